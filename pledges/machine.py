"""The machine's opinion on statements, and the targets that it finds in pledges."""

from collections.abc import Iterable

from django.db import transaction

from pledges.analysis import heading_paths
from pledges.coding import CODER_VERSION, code
from pledges.coding.labels import Unit
from pledges.coding.targets import find_targets
from pledges.coding_log import add_codings
from pledges.labels import refresh_labels
from pledges.models import Coding, Origin, Programme, ProgrammeKind, Statement, Target
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


@transaction.atomic
def refresh_targets(programme: Programme) -> int:
    """Find the targets in the programme's pledges anew; return how many statements' targets changed."""
    stored: dict[int, list[Target]] = {}
    for target in Target.objects.filter(statement__programme=programme):
        stored.setdefault(target.statement_id, []).append(target)
    changed = 0
    for statement in programme.statements.current().only("text", "kind", "programme"):
        wanted = _targets(statement) if statement.is_pledge else []
        if _as_values(wanted) != _as_values(stored.get(statement.pk, [])):
            Target.objects.filter(statement=statement).delete()
            Target.objects.bulk_create(wanted)
            changed += 1
    return changed


def _targets(statement: Statement) -> list[Target]:
    return [
        Target(
            statement=statement,
            kind=span.kind,
            start=span.start,
            end=span.end,
            value=span.value,
            unit=span.unit,
            period=span.period,
            year=span.year,
        )
        for span in find_targets(statement.text)
    ]


def _as_values(targets: Iterable[Target]) -> set[tuple]:
    return {(t.kind, t.start, t.end, t.value, t.unit, t.period, t.year) for t in targets}


def _units(programme: Programme, statements: Iterable[Statement]) -> list[Unit]:
    sections = Section.objects.filter(document=programme.document).order_by("position")
    paths = heading_paths((section.pk, section.parent_id, section.display_title) for section in sections)
    return [
        Unit(
            text=statement.text,
            headings=paths[statement.passage.section_id],
            is_item=statement.passage.is_item,
            lead_in=statement.passage.lead_in.text if statement.passage.lead_in else "",
        )
        for statement in statements
        if statement.passage
    ]
