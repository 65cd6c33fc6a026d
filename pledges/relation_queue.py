"""What an editor needs to judge whether two statements are on the same matter, asked in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from pledges.models import Programme, Relation, Statement, Topic
from pledges.models.relations import RelationQuerySet
from pledges.models.statements import StatementQuerySet
from pledges.units import stored_paths
from sources.models import Passage

SHOWN_AROUND = 2
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Side:
    """A statement of a pair in its place: the headings above it, the sentences before and after."""

    statement: Statement
    path: tuple[str, ...]
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


def chosen(programmes: Sequence[Programme], topic: Topic | None) -> RelationQuerySet:
    """Return the relations of one programme, or between two, of which both statements are on the topic."""
    found = Relation.objects.joining(programmes)
    return found.about(topic) if topic else found


def sides_of(statements: Iterable[int]) -> dict[int, Side]:
    """Return the statements with these keys, each in its place, in seven queries at most."""
    found = list(Statement.objects.filter(pk__in=statements).for_editors())
    passages = [statement.passage for statement in found if statement.passage]
    near = _near(passages)
    paths = stored_paths({passage.document_id for passage in passages})
    return {statement.pk: _side(statement, near, paths) for statement in found}


def find_by_words(
    statements: StatementQuerySet, words: str, programme: Programme | None = None
) -> list[Statement]:
    """Return those of the statements, of the programme if one is named, that still stand and hold all the
    words: MOST_FOUND + 1 at most, none without words."""
    found = statements.current().containing(words)
    found = found.of([programme]) if programme else found
    return list(found.in_reading_order().for_editors()[: MOST_FOUND + 1])


def related_to(statement: Statement) -> dict[int, Relation]:
    """Return the relations of a statement, the rejected too, by the key of the other one."""
    relations = Relation.objects.of(statement).select_related("a__programme", "b__programme", "judged_by")
    return {r.b_id if r.a_id == statement.pk else r.a_id: r for r in relations}


def _near(passages: Iterable[Passage]) -> list[Passage]:
    near = [Passage.objects.around(passage, SHOWN_AROUND, SHOWN_AROUND) for passage in passages]
    return list(reduce(or_, near, Passage.objects.none()))


def _side(statement: Statement, near: Iterable[Passage], paths: dict) -> Side:
    passage = statement.passage
    if passage is None:
        return Side(statement, (), (), ())
    own = [other for other in near if other.document_id == passage.document_id]
    distance = {other: other.position - passage.position for other in own}
    return Side(
        statement,
        paths.get(passage.section_id, ()),
        tuple(other for other in own if -SHOWN_AROUND <= distance[other] < 0),
        tuple(other for other in own if 0 < distance[other] <= SHOWN_AROUND),
    )
