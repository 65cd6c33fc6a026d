"""Statements with all that their cards show, from what is kept in the process as far as it is there."""

from collections.abc import Iterable

from pledges.columns import Columns
from pledges.models import Programme, Statement


def find_statements(keys: Iterable[int], known: Columns) -> list[Statement]:
    """Return the public statements with these keys, in their order, with all that a card shows: one query."""
    wanted = [int(key) for key in keys]
    found = {s.pk: s for s in Statement.objects.with_keys(wanted).with_their_place()}
    topics = known.topics_by_key(wanted)
    statements = [found[key] for key in wanted if key in found]
    for statement in statements:
        statement.programme = known.programmes[known.place[statement.programme_id]]
        statement.known_topics = topics[statement.pk]
    return statements


def with_programmes(statements: Iterable[Statement], programmes: Iterable[Programme]) -> list[Statement]:
    """Return the statements, each knowing its programme among those given, without a query."""
    known = {programme.pk: programme for programme in programmes}
    ready = list(statements)
    for statement in ready:
        statement.programme = known[statement.programme_id]
    return ready
