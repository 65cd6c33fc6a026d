"""The target figures that stand in pledges. They follow the words and the kind that holds."""

from collections.abc import Collection, Iterable
from itertools import chain

from django.db import transaction

from pledges.coding.targets import find_targets
from pledges.models import Statement, Target


@transaction.atomic(savepoint=False)
def refresh_targets(statements: Iterable[Statement]) -> int:
    """Find the targets in those of the statements that are pledges anew; return for how many they changed."""
    known = list(statements)
    stored: dict[int, list[Target]] = {}
    for target in Target.objects.filter(statement__in=known):
        stored.setdefault(target.statement_id, []).append(target)
    changed: dict[int, list[Target]] = {}
    for statement in known:
        wanted = _targets(statement) if statement.is_pledge else []
        if _as_values(wanted) != _as_values(stored.get(statement.pk, [])):
            changed[statement.pk] = wanted
    if outdated := changed.keys() & stored.keys():
        Target.objects.filter(statement__in=outdated).delete()
    Target.objects.bulk_create(chain(*changed.values()))
    return len(changed)


@transaction.atomic(savepoint=False)
def follow_kind(statements: Collection[Statement]) -> None:
    """Give targets to those of the statements that became pledges, and take them from those that ceased to
    be: no other has any."""
    pledges = [statement for statement in statements if statement.is_pledge]
    if ceased := {statement.pk for statement in statements} - {pledge.pk for pledge in pledges}:
        Target.objects.filter(statement__in=ceased).delete()
    found = chain.from_iterable(_targets(pledge) for pledge in pledges)
    Target.objects.bulk_create(found, ignore_conflicts=True)


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
