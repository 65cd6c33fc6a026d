"""The machine's opinion on statements."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from pledges.analysis import heading_paths, is_listed
from pledges.coding import CODER_VERSION, code
from pledges.coding.labels import Unit
from pledges.coding_log import add_codings
from pledges.labels import refresh_labels
from pledges.models import Coding, Origin, Programme, ProgrammeKind, Statement
from sources.models import Section


@transaction.atomic
def code_by_machine(programme: Programme) -> int:
    """Give every current statement that nobody has coded the machine's coding; return how many."""
    statements = list(programme.statements.current().in_reading_order().for_cards())
    coded = set(Coding.objects.filter(statement__programme=programme).values_list("statement", flat=True))
    if all(statement.pk in coded for statement in statements):
        return 0
    labels = code(
        _units(programme, statements),
        parties=[party.short_name for party in programme.authors],
        kind_of_text="vision" if programme.kind == ProgrammeKind.VISION else None,
    )
    found = {s.pk: given for s, given in zip(statements, labels, strict=True) if s.pk not in coded}
    add_codings(found, Origin.MACHINE, CODER_VERSION)
    refresh_labels(found)
    return len(found)


def _units(programme: Programme, statements: Sequence[Statement]) -> list[Unit]:
    sections = Section.objects.filter(document=programme.document).order_by("position")
    in_block = Counter(statement.passage.block for statement in statements if statement.passage)
    paths = heading_paths((section.pk, section.parent_id, section.display_title) for section in sections)
    return [
        Unit(
            text=statement.text,
            headings=paths[statement.passage.section_id],
            is_item=is_listed(statement.passage.is_item, in_block[statement.passage.block]),
            lead_in=statement.passage.lead_in.text if statement.passage.lead_in else "",
        )
        for statement in statements
        if statement.passage
    ]
