"""The database's own full-text index over the rows of `SearchRow`, and how a question asks it.

PostgreSQL keeps its index itself. SQLite's FTS5 follows the rows by triggers, so that no write forgets it;
remaking a table drops its triggers there, so they are looked after each migration.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection, connections
from django.db.models import BooleanField, Func
from numpy.typing import NDArray

from pledges.search.expressions import AnyOf, Expression, for_fts5, for_tsquery

TABLE = "pledges_searchindex"
_ROWS = "pledges_searchrow"
_ADD = "INSERT INTO {index} (rowid, tokens, facets) VALUES (NEW.statement_id, NEW.tokens, NEW.facets);"
_DROP = (
    "INSERT INTO {index} ({index}, rowid, tokens, facets)"
    " VALUES ('delete', OLD.statement_id, OLD.tokens, OLD.facets);"
)
TRIGGERS = {"insert": _ADD, "delete": _DROP, "update": _DROP + _ADD}
_TRIGGER = "CREATE TRIGGER IF NOT EXISTS search_follows_{event} AFTER {event} ON {rows} BEGIN {actions} END"


class Meets(Func):
    """Whether the statement with this key meets a condition on tokens; asks the full-text index."""

    output_field = BooleanField()

    def __init__(self, key: str, condition: Expression) -> None:
        super().__init__(key)
        self.condition = condition

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        found = f"(SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %%s)"  # noqa: S608
        return self._as_member(compiler, connection, found, for_fts5(self.condition), **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        found = f"(SELECT statement_id FROM {_ROWS} WHERE vector @@ %%s::tsquery)"  # noqa: S608
        return self._as_member(compiler, connection, found, for_tsquery(self.condition), **context)

    def _as_member(
        self, compiler: Any, connection: Any, found: str, asked: str, **context: Any
    ) -> tuple[str, tuple]:
        sql, parameters = super().as_sql(
            compiler, connection, template=f"%(expressions)s IN {found}", **context
        )
        return sql, (*parameters, asked)


def keys_meeting(conditions: Sequence[Expression]) -> list[NDArray[np.int64]]:
    """Return the keys of the statements that meet each of the conditions, in one query.

    They come as one text a condition: some ten thousand rows would take longer to fetch than to find.
    """
    to_ask = [(place, condition) for place, condition in enumerate(conditions) if not _is_nothing(condition)]
    if not to_ask:
        return [np.empty(0, dtype=np.int64) for _ in conditions]
    is_sqlite = connection.vendor == "sqlite"
    asked = for_fts5 if is_sqlite else for_tsquery
    one = (
        f"SELECT %s, group_concat(rowid, ' ') FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
        if is_sqlite
        else f"SELECT %s, string_agg(statement_id::text, ' ') FROM {_ROWS} WHERE vector @@ %s::tsquery"  # noqa: S608
    )
    parameters = [given for place, each in to_ask for given in (place, asked(each))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(to_ask)), parameters)
        found = dict(cursor.fetchall())
    return [
        np.fromstring(found.get(place) or "", dtype=np.int64, sep=" ") for place in range(len(conditions))
    ]


def _is_nothing(condition: Expression) -> bool:
    return isinstance(condition, AnyOf) and not condition.parts


def keep_following(using: str = "default", **_sent: object) -> None:
    """Make the triggers that SQLite's index needs to follow the rows, unless they stand."""
    connection = connections[using]
    if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for event, actions in TRIGGERS.items():
            cursor.execute(_TRIGGER.format(event=event, rows=_ROWS, actions=actions.format(index=TABLE)))


def make_anew() -> None:
    """Make the index over the rows as they stand, whatever state it was in."""
    keep_following()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')")  # noqa: S608
        else:
            cursor.execute(f"REINDEX INDEX {TABLE}")
