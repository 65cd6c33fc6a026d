"""The labels that hold for a statement, derived from its codings: an editor's, else the codebook's,
else the machine's; of several, the newest. What was taken back or given blind doesn't count. Nothing else
writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from pledges.index import refresh_facets
from pledges.models import Coding, Origin, Statement, StatementTopic
from pledges.packing import pack

_RANK = {Origin.EDITOR: 2, Origin.CODEBOOK: 1, Origin.MACHINE: 0}
_DERIVED = ("certainty", "doubt", "wording_changed")
_LABELS = ("kind", "commitment", "measurable", "origin", "contested")


def precedence(coding: Coding) -> tuple:
    """Return what codings of a statement are ordered by; the greatest holds."""
    return _RANK[Origin(coding.origin)], coding.made_at, coding.pk


def standing(codings: Iterable[Coding]) -> list[Coding]:
    """Return those of a statement's codings that can hold: not blind, not taken back, no taking back."""
    known = list(codings)
    undone = {coding.undoes_id for coding in known}
    return [c for c in known if not c.is_blind and c.undoes_id is None and c.pk not in undone]


def effective(codings: Iterable[Coding]) -> Coding:
    """Return the coding that holds of all those of a statement. Raises ValueError where there is none."""
    return max(standing(codings), key=precedence)


def holding(statements: Collection[int]) -> dict[int, Coding]:
    """Return the coding that holds for each of the statements with these keys that has one, with topics."""
    return {key: effective(codings) for key, codings in _codings_of(statements).items() if standing(codings)}


@transaction.atomic(savepoint=False)
def refresh_labels(statements: Collection[int]) -> int:
    """Write the effective labels of the statements with these keys; return how many changed.

    A statement without any coding is left as it is.
    """
    held = holding(statements)
    changed = [s for s in _with_topics(statements) if s.pk in held and _differs(s, held[s.pk])]
    for statement in changed:
        _apply(statement, held[statement.pk])
    _save(changed)
    StatementTopic.objects.filter(statement__in=changed).delete()
    StatementTopic.objects.bulk_create(
        StatementTopic(statement=statement, topic_id=given.topic_id, position=given.position)
        for statement in changed
        for given in held[statement.pk].topics_given.all()
    )
    refresh_facets({statement.pk for statement in changed})
    pack({statement.programme_id for statement in changed})
    return len(changed)


def _save(statements: list[Statement]) -> None:
    # An editor codes one at a time, which a bulk update takes several times as long for.
    if len(statements) == 1:
        statements[0].save(update_fields=[*_LABELS, *_DERIVED])
    else:
        Statement.objects.bulk_update(statements, [*_LABELS, *_DERIVED], batch_size=500)


def _codings_of(statements: Collection[int]) -> dict[int, list[Coding]]:
    codings = defaultdict(list)
    for coding in Coding.objects.filter(statement__in=statements).prefetch_related("topics_given"):
        codings[coding.statement_id].append(coding)
    return codings


def _with_topics(statements: Collection[int]) -> list[Statement]:
    return list(Statement.objects.filter(pk__in=statements).prefetch_related("topics_given"))


def _topics(labelled: Statement | Coding) -> list[tuple[int, int]]:
    return sorted((given.position, given.topic_id) for given in labelled.topics_given.all())


def _differs(statement: Statement, coding: Coding) -> bool:
    wanted = _values(statement, coding)
    return any(getattr(statement, name) != value for name, value in wanted.items()) or (
        _topics(statement) != _topics(coding)
    )


def _apply(statement: Statement, coding: Coding) -> None:
    for name, value in _values(statement, coding).items():
        setattr(statement, name, value)


def _values(statement: Statement, coding: Coding) -> dict[str, Any]:
    """What the coding means for the statement's own fields."""
    reworded = statement.reworded_at is not None and statement.reworded_at > coding.made_at
    labels = {name: getattr(coding, name) for name in _LABELS}
    return labels | {"certainty": coding.kind_certainty, "doubt": coding.doubt, "wording_changed": reworded}
