"""The labels that hold for a statement, derived from its codings: an editor's, else the codebook's,
else the machine's; of several, the newest. Nothing else writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction

from pledges.models import Coding, Origin, Statement, StatementTopic

_RANK = {Origin.EDITOR: 2, Origin.CODEBOOK: 1, Origin.MACHINE: 0}
_LABELS = ("kind", "commitment", "measurable", "origin", "contested")


def precedence(coding: Coding) -> tuple:
    """Return what codings of a statement are ordered by; the greatest holds."""
    return _RANK[Origin(coding.origin)], coding.made_at, coding.pk


def effective(codings: Iterable[Coding]) -> Coding:
    """Return the coding that holds. Raises ValueError where there is none."""
    return max(codings, key=precedence)


@transaction.atomic
def refresh_labels(statements: Collection[int]) -> int:
    """Write the effective labels of the statements with these keys; return how many changed.

    A statement without any coding is left as it is.
    """
    holding = {key: effective(codings) for key, codings in _codings_of(statements).items()}
    changed = [s for s in _with_topics(statements) if s.pk in holding and _differs(s, holding[s.pk])]
    for statement in changed:
        _apply(statement, holding[statement.pk])
    Statement.objects.bulk_update(changed, [*_LABELS, "certainty"], batch_size=500)
    StatementTopic.objects.filter(statement__in=changed).delete()
    StatementTopic.objects.bulk_create(
        StatementTopic(statement=statement, topic_id=given.topic_id, position=given.position)
        for statement in changed
        for given in holding[statement.pk].topics_given.all()
    )
    return len(changed)


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
    return (
        any(getattr(statement, name) != getattr(coding, name) for name in _LABELS)
        or statement.certainty != coding.kind_certainty
        or _topics(statement) != _topics(coding)
    )


def _apply(statement: Statement, coding: Coding) -> None:
    for name in _LABELS:
        setattr(statement, name, getattr(coding, name))
    statement.certainty = coding.kind_certainty
