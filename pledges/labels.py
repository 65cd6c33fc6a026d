"""The labels that hold for a statement, derived from its codings: an editor's, else the codebook's,
else the machine's; of several, the newest. What was taken back or given blind doesn't count. Nothing else
writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from pledges.index import refresh_facets_of_topics
from pledges.models import Coding, CodingTopic, Origin, Statement, StatementTopic, Topic
from pledges.packing import Given, pack_again, read_packed_of
from pledges.versions import let_others_wait

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
    held = holding_alone(statements)
    prefetch_related_objects([*held.values()], "topics_given")
    return held


def holding_alone(statements: Collection[int]) -> dict[int, Coding]:
    """As `holding`, but without the topics."""
    known = defaultdict(list)
    for coding in Coding.objects.filter(statement__in=statements):
        known[coding.statement_id].append(coding)
    return {key: effective(codings) for key, codings in known.items() if standing(codings)}


def topics_of(held: Mapping[int, Coding]) -> dict[int, Given]:
    """Return the topics of the coding that is held for each statement, by the statement's key."""
    given = _topics_given(CodingTopic.objects.filter(coding__in=held.values()), "coding")
    return {key: given[coding.pk] for key, coding in held.items()}


def topic_keys() -> dict[str, int]:
    """Return the keys of all topics by their slugs."""
    return dict(Topic.objects.order_by().values_list("slug", "pk"))


@transaction.atomic(savepoint=False)
def refresh_labels(statements: Collection[int]) -> int:
    """Write the effective labels of the statements with these keys; return how many changed.

    A statement without any coding is left as it is.
    """
    let_others_wait()
    held = holding_alone(statements)
    found = Statement.objects.filter(pk__in=held)
    return relabel(found, held, topics_of(held), topic_keys().values())


def relabel(
    statements: Iterable[Statement],
    held: Mapping[int, Coding],
    wanted: Mapping[int, Given],
    topics: Collection[int],
) -> int:
    """Write the labels of the coding that is held for each of the statements; return how many changed.

    `wanted`: the topics of that coding, both by the statement's key; `topics`: the keys of all that there
    are. The statements follow as objects too. Belongs into a transaction that others wait for already: one
    that has added a coding, or `let_others_wait`.
    """
    given, facets = _given_so_far(held)
    moved = {key for key in held if given[key] != wanted[key]}
    changed = [s for s in statements if s.pk in moved or _differs(s, held[s.pk])]
    packed = read_packed_of({statement.programme_id for statement in changed}, topics)
    for statement in changed:
        _apply(statement, held[statement.pk])
    _save(changed)
    new_topics = {key: wanted[key] for key in moved}
    _give_topics(new_topics, instead_of=[key for key in moved if given[key]])
    refresh_facets_of_topics(new_topics, facets)
    pack_again(packed, changed, wanted, topics)
    return len(changed)


def _save(statements: list[Statement]) -> None:
    # An editor codes one at a time, which a bulk update takes several times as long for.
    if len(statements) == 1:
        statements[0].save(update_fields=[*_LABELS, *_DERIVED])
    else:
        Statement.objects.bulk_update(statements, [*_LABELS, *_DERIVED], batch_size=500)


def _given_so_far(statements: Iterable[int]) -> tuple[dict[int, list[tuple[int, int]]], dict[int, str]]:
    """The topics of each of the statements with these keys, in order, and its facets."""
    topics, facets = defaultdict[int, list[tuple[int, int]]](list), dict[int, str]()
    rows = Statement.objects.filter(pk__in=statements).order_by("topics_given__position")
    names = ("pk", "search_row__facets", "topics_given__position", "topics_given__topic")
    for key, found_by, position, topic in rows.values_list(*names):
        if found_by is not None:
            facets[key] = found_by
        if topic is not None:
            topics[key].append((position, topic))
    return topics, facets


def _topics_given(rows: QuerySet, to: str) -> dict[int, list[tuple[int, int]]]:
    """What each coding, or each statement, was given, in order."""
    topics = defaultdict[int, list[tuple[int, int]]](list)
    for key, *given in rows.order_by("position").values_list(to, "position", "topic"):
        topics[key].append((given[0], given[1]))
    return topics


def _give_topics(topics: Mapping[int, Given], instead_of: Collection[int]) -> None:
    if instead_of:
        StatementTopic.objects.filter(statement__in=instead_of).delete()
    StatementTopic.objects.bulk_create(
        StatementTopic(statement_id=key, topic_id=topic, position=position)
        for key, given in topics.items()
        for position, topic in given
    )


def _differs(statement: Statement, coding: Coding) -> bool:
    return any(getattr(statement, name) != value for name, value in _values(statement, coding).items())


def _apply(statement: Statement, coding: Coding) -> None:
    for name, value in _values(statement, coding).items():
        setattr(statement, name, value)


def _values(statement: Statement, coding: Coding) -> dict[str, Any]:
    """What the coding means for the statement's own fields."""
    reworded = statement.reworded_at is not None and statement.reworded_at > coding.made_at
    labels = {name: getattr(coding, name) for name in _LABELS}
    return labels | {"certainty": coding.kind_certainty, "doubt": coding.doubt, "wording_changed": reworded}
