"""The machine's opinion on statements."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from pledges.coding import CODER_VERSION, code
from pledges.coding.labels import Labels, Unit
from pledges.coding_log import add_codings
from pledges.labels import refresh_labels
from pledges.models import Origin, Programme, ProgrammeKind
from pledges.training import portals_model
from pledges.units import programme_units


def machine_labels(units: Sequence[Unit], parties: Sequence[str], kind: str) -> tuple[Labels, ...]:
    """Code the statements of a programme of this kind, in the order of its text; asks no database.

    `parties`: the authors' short names.
    """
    return code(
        units,
        parties=parties,
        kind_of_text="vision" if kind == ProgrammeKind.VISION else None,
        model=portals_model(),
    )


@transaction.atomic
def code_by_machine(programme: Programme, labels: Sequence[Labels] | None = None) -> int:
    """Give the machine's coding to every current statement that nobody has coded, and to those of other
    words by now that the machine alone has; return how many.

    `labels`: those of all passages of the text, in order, where they are known beforehand.
    """
    wanted = programme.statements.current().filter(
        Q(codings=None) | Q(origin=Origin.MACHINE, wording_changed=True)
    )
    position_of = dict(wanted.values_list("pk", "position"))
    if not position_of:
        return 0
    if labels is None:
        units = list(programme_units(programme).values())
        names = [party.short_name for party in programme.authors]
        labels = machine_labels(units, names, programme.kind)
    found = {key: labels[position - 1] for key, position in position_of.items()}
    add_codings(found, Origin.MACHINE, CODER_VERSION)
    refresh_labels(found)
    return len(found)
