"""The machine's opinion on statements."""

from django.db import transaction

from pledges.coding import CODER_VERSION, code
from pledges.coding_log import add_codings
from pledges.labels import refresh_labels
from pledges.models import Origin, Programme, ProgrammeKind
from pledges.training import portals_model
from pledges.units import programme_units


@transaction.atomic
def code_by_machine(programme: Programme) -> int:
    """Give every current statement that nobody has coded the machine's coding; return how many."""
    uncoded = set(programme.statements.current().filter(codings=None).values_list("pk", flat=True))
    if not uncoded:
        return 0
    units = programme_units(programme)
    labels = code(
        list(units.values()),
        parties=[party.short_name for party in programme.authors],
        kind_of_text="vision" if programme.kind == ProgrammeKind.VISION else None,
        model=portals_model(),
    )
    found = {s.pk: given for s, given in zip(units, labels, strict=True) if s.pk in uncoded}
    add_codings(found, Origin.MACHINE, CODER_VERSION)
    refresh_labels(found)
    return len(found)
