"""The machine's opinion on statements."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from pledges.coding import CODER_VERSION, code
from pledges.coding.labels import Labels, Unit
from pledges.coding_log import add_codings, refresh
from pledges.labels import holding, labels_of, refresh_labels
from pledges.models import Coding, Origin, Programme, Statement
from pledges.training import portals_model
from pledges.units import programme_units
from pledges.versions import let_others_wait

# Less is noise of a training that saw a few more sentences.
NOTABLE = 0.1


def machine_labels(units: Sequence[Unit], parties: Sequence[str], kind: str) -> tuple[Labels, ...]:
    """Code the statements of a programme of this kind, in the order of its text; asks no database.

    `parties`: the authors' short names.
    """
    return code(units, parties=parties, kind_of_text=kind, model=portals_model())


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
        labels = list(_said_of(programme).values())
    found = {key: labels[position - 1] for key, position in position_of.items()}
    add_codings(found, Origin.MACHINE, CODER_VERSION)
    refresh_labels(found)
    return len(found)


def recode_by_machine(programme: Programme) -> int:
    """Give a new coding to the current statements that the machine alone coded, where it says something else
    now or is notably more or less certain; return how many. What anybody checked stays untouched.
    """
    unchecked = programme.statements.current().filter(origin=Origin.MACHINE)
    if not unchecked.exists():
        return 0
    # To code takes seconds, in which nobody has to wait for this; meanwhile anything may have changed.
    said = _said_of(programme)
    with transaction.atomic():
        let_others_wait()
        words_of = dict(unchecked.values_list("pk", "text"))
        held = holding(words_of)
        found = {
            statement.pk: labels
            for statement, labels in said.items()
            if words_of.get(statement.pk) == statement.text and _is_news(held[statement.pk], labels)
        }
        add_codings(found, Origin.MACHINE, CODER_VERSION)
        refresh(found)
    return len(found)


def _said_of(programme: Programme) -> dict[Statement, Labels]:
    """What the machine says of the programme's current statements, in order."""
    units = programme_units(programme)
    names = [party.short_name for party in programme.authors]
    return dict(zip(units, machine_labels(list(units.values()), names, programme.kind), strict=True))


def _is_news(held: Coding, labels: Labels) -> bool:
    if labels_of(held) != replace(labels, certainty=None, targets=()):
        return True
    now = labels.certainty
    former = (
        held.kind_certainty,
        held.commitment_certainty,
        held.measurable_certainty,
        held.topics_certainty,
    )
    new = (now.kind, now.commitment, now.measurable, now.topics) if now else (None,) * 4
    return any(abs((a or 0.0) - (b or 0.0)) >= NOTABLE for a, b in zip(former, new, strict=True))
