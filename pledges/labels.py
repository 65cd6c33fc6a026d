"""The labels that hold for a statement, derived from its codings: an editor's, else the codebook's,
else the machine's; of several, the newest. What was taken back or given blind doesn't count. Nothing else
writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import FilteredRelation, Prefetch, Q, prefetch_related_objects

from pledges.coding.labels import Labels
from pledges.index import refresh_facets_of_topics
from pledges.keys import in_batches
from pledges.models import Coding, CodingTopic, Origin, SearchRow, Statement, StatementTopic, Topic
from pledges.packing import Given, pack_again, packed_of
from pledges.versions import let_others_wait

_RANK = {Origin.EDITOR: 2, Origin.CODEBOOK: 1, Origin.MACHINE: 0}
_DERIVED = ("certainty", "doubt", "wording_changed")
_LABELS = ("kind", "commitment", "measurable", "origin", "contested")


class Topics(NamedTuple):
    """`keys`: those of all topics by their slugs; `given`: what statements have, by their keys."""

    keys: Mapping[str, int]
    given: Mapping[int, Given]


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
    for batch in in_batches(held):
        prefetch_related_objects([held[key] for key in batch], "topics_given")
    return held


def holding_alone(statements: Collection[int]) -> dict[int, Coding]:
    """As `holding`, but without the topics."""
    held: dict[int, Coding] = {}
    for batch in in_batches(statements):
        known = defaultdict(list)
        for coding in Coding.objects.filter(statement__in=batch):
            known[coding.statement_id].append(coding)
        held |= {key: effective(codings) for key, codings in known.items() if standing(codings)}
    return held


def holding_of_one(statement: int) -> tuple[Statement, Coding | None]:
    """Return the statement with this key, and the coding that holds for it if it has one, without topics.

    One query where it has, with all that `relabel` needs to know of a statement.
    """
    codings = Coding.objects.filter(statement=statement)
    # Whole rows: to leave columns out takes longer than to fetch them.
    known = list(codings.select_related("statement__search_row", "statement__programme__packed"))
    if not known:
        return Statement.objects.get(pk=statement), None
    return known[0].statement, effective(known) if standing(known) else None


def labels_of(labelled: Coding | Statement) -> Labels:
    """Return the labels of a coding, or those that hold for a statement; without a query where its topics
    are fetched."""
    topics = tuple(topic.slug for topic in labelled.ordered_topics)
    commitment = labelled.commitment or None
    return Labels(labelled.kind, commitment, labelled.measurable, topics)  # type: ignore[arg-type]


def topics_of(held: Mapping[int, Coding]) -> dict[int, Given]:
    """Return the topics of the coding that is held for each statement, by the statement's key."""
    given: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = CodingTopic.objects.filter(coding__in=held.values()).order_by("position")
    for coding, position, topic in rows.values_list("coding", "position", "topic"):
        given[coding].append((position, topic))
    return {key: given[coding.pk] for key, coding in held.items()}


def topic_keys() -> dict[str, int]:
    """Return the keys of all topics by their slugs."""
    return dict(Topic.objects.order_by().values_list("slug", "pk"))


def read_topics(statements: Collection[int]) -> Topics:
    """Return the keys of all topics, and those that the statements with these keys have, in one query."""
    if not statements:
        return Topics(topic_keys(), {})
    keys, given = dict[str, int](), {statement: list[tuple[int, int]]() for statement in statements}
    own = FilteredRelation("statements_given", condition=Q(statements_given__statement__in=given))
    rows = Topic.objects.annotate(own=own).order_by("own__position")
    for slug, topic, statement, position in rows.values_list("slug", "pk", "own__statement", "own__position"):
        keys[slug] = topic
        if statement is not None:
            given[statement].append((position, topic))
    return Topics(keys, given)


@transaction.atomic(savepoint=False)
def refresh_labels(statements: Collection[int]) -> int:
    """Write the effective labels of the statements with these keys; return how many changed.

    A statement without any coding is left as it is.
    """
    let_others_wait()
    return sum(map(_refresh, in_batches(statements)))


def _refresh(statements: Collection[int]) -> int:
    held = holding_alone(statements)
    return relabel(Statement.objects.filter(pk__in=held), held, topics_of(held), read_topics(held))


def relabel(
    statements: Iterable[Statement], held: Mapping[int, Coding], wanted: Mapping[int, Given], topics: Topics
) -> int:
    """Write the labels of the coding that is held for each of the statements; return how many changed.

    `wanted`: the topics of that coding, both by the statement's key; `topics`: those so far. The statements
    follow as objects too. Belongs into a transaction that others wait for already, from before anything of
    it was read (`let_others_wait`).
    """
    moved = {key for key in held if topics.given[key] != wanted[key]}
    changed = [s for s in statements if s.pk in moved or _differs(s, held[s.pk])]
    # A change of the statements voids what is packed of them, so it is read before.
    prefetch_related_objects(
        changed, Prefetch("search_row", SearchRow.objects.only("facets")), "programme__packed"
    )
    packed = packed_of(changed, topics.keys.values())
    for statement in changed:
        _apply(statement, held[statement.pk])
    _save(changed)
    new_topics = {key: wanted[key] for key in moved}
    _give_topics(new_topics, instead_of=[key for key in moved if topics.given[key]])
    refresh_facets_of_topics([s for s in changed if s.pk in moved], new_topics)
    pack_again(packed, changed, wanted, topics.keys.values())
    return len(changed)


def _save(statements: list[Statement]) -> None:
    # An editor codes one at a time, which a bulk update takes several times as long for.
    if len(statements) == 1:
        statements[0].save(update_fields=[*_LABELS, *_DERIVED])
    else:
        Statement.objects.bulk_update(statements, [*_LABELS, *_DERIVED], batch_size=500)


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
