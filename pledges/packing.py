"""A programme's statements as one array of what lists filter and order them by, kept beside the programme.

At 350,000 statements counting all choices of all filters asks for all of their labels; reading these from
2,400 arrays takes some hundredths of a second, from the rows themselves some seconds.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from django.db import connections, transaction
from numpy.typing import NDArray

from pledges.models import (
    Commitment,
    Kind,
    Origin,
    PackedStatements,
    Statement,
    StatementTopic,
    Topic,
)
from pledges.versions import let_others_wait

# What a statement is filtered by itself; its place here is its number in `labels`.
LABELS = tuple(product(Kind.values, ["", *Commitment.values], [False, True], Origin.values))
_NUMBER: dict[tuple[Any, ...], int] = {labels: number for number, labels in enumerate(LABELS)}

# `topics`: a bit for each topic, by the order of the topics' keys; `main`, `second`: that place of the first
# two plus 1, 0 for none. A third one is the bit that is left: the codebook knows no fourth.
ROW = np.dtype(
    [
        ("key", "<i8"),
        ("topics", "<i8"),
        ("share", "<f8"),
        ("labels", "u1"),
        ("main", "u1"),
        ("second", "u1"),
    ]
)

Rows = NDArray[np.void]
# Position and key of each topic of a statement.
Given = Sequence[tuple[int, int]]


@transaction.atomic(savepoint=False)
def pack(programmes: Collection[int]) -> None:
    """Pack the statements of the programmes with these keys."""
    # So that no change slips in between reading and storing.
    let_others_wait()
    topics = list(Topic.objects.order_by().values_list("pk", flat=True))
    _store(read_from_statements(programmes, topics), topics)


def packed_of(statements: Iterable[Statement], topics: Collection[int]) -> dict[int, Rows]:
    """Return what is packed of the statements' programmes, which come with it (`programme__packed`)."""
    programmes = {statement.programme_id: statement.programme for statement in statements}
    stored = {key: getattr(programme, "packed", None) for key, programme in programmes.items()}
    layout = layout_of(topics)
    return {
        key: np.frombuffer(packed.rows, ROW).copy()
        for key, packed in stored.items()
        if packed and packed.layout == layout
    }


def pack_again(
    packed: Mapping[int, Rows],
    changed: Iterable[Statement],
    given: Mapping[int, Given],
    topics: Collection[int],
) -> None:
    """Pack the programmes of the changed statements, of which nothing else has changed since `packed` was
    read. `given`: the topics of each statement, by its key; `topics`: the keys of all that there are."""
    programmes: dict[int, list[Statement]] = {}
    for statement in changed:
        programmes.setdefault(statement.programme_id, []).append(statement)
    place = _places(topics)
    for programme, rows in packed.items():
        _patch(rows, programmes[programme], given, place)
    missing = programmes.keys() - packed.keys()
    _store({**packed, **read_from_statements(missing, topics)}, topics)


def read_packed(topics: Collection[int]) -> dict[int, Rows]:
    """Return the packed statements of each programme, by its key, that are packed as they are now."""
    stored = PackedStatements.objects.filter(layout=layout_of(topics)).values_list("programme", "rows")
    # One after the other into one buffer: some thousand small ones would leave as many holes behind.
    buffer, ends = bytearray(), dict[int, int]()
    for programme, rows in stored.iterator(chunk_size=100):
        buffer += rows
        ends[programme] = len(buffer)
    joined = np.frombuffer(buffer, dtype=ROW)
    starts = [0, *ends.values()]
    return {
        programme: joined[start // ROW.itemsize : end // ROW.itemsize]
        for start, (programme, end) in zip(starts, ends.items(), strict=False)
    }


def read_from_statements(programmes: Iterable[int], topics: Collection[int]) -> dict[int, Rows]:
    """Return the statements of each of the programmes in the order of its text; two queries a programme,
    as all rows at once would not fit into a worker's memory."""
    place = _places(topics)
    return {key: _read(key, place) for key in programmes}


def layout_of(topics: Iterable[int]) -> str:
    """Return a hash of all that the meaning of packed rows depends on."""
    return _layout(tuple(sorted(topics)))


@lru_cache(maxsize=8)
def _layout(topics: tuple[int, ...]) -> str:
    meaning = repr((ROW.descr, LABELS, list(topics)))
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def _places(topics: Iterable[int]) -> dict[int, int]:
    return {topic: at for at, topic in enumerate(sorted(topics))}


def _read(programme: int, place: dict[int, int]) -> Rows:
    statements = Statement.objects.filter(programme=programme, gone_since=None).order_by("position")
    given: dict[int, list[tuple[int, int]]] = {}
    topics = StatementTopic.objects.filter(statement__programme=programme).order_by()
    for statement, position, topic in topics.values_list("statement", "position", "topic"):
        given.setdefault(statement, []).append((position, topic))
    values = statements.values_list("pk", "share", "kind", "commitment", "measurable", "origin")
    rows = [
        (key, mask, share, _NUMBER[tuple(labels)], main, second)
        for key, share, *labels in values
        for mask, main, second in [_topics(given.get(key, ()), place)]
    ]
    return np.array(rows, dtype=ROW)


def _topics(given: Given, place: dict[int, int]) -> tuple[int, int, int]:
    """What `topics`, `main` and `second` are of a statement with these topics."""
    number = {position: place[topic] + 1 for position, topic in given}
    return sum(1 << place[topic] for _position, topic in given), number.get(0, 0), number.get(1, 0)


def _patch(
    rows: Rows, statements: Iterable[Statement], given: Mapping[int, Given], place: dict[int, int]
) -> None:
    at = {key: number for number, key in enumerate(rows["key"].tolist())}
    for statement in statements:
        # One that is gone from the text has no row.
        if statement.pk in at:
            row = rows[at[statement.pk]]
            row["topics"], row["main"], row["second"] = _topics(given[statement.pk], place)
            row["labels"] = _NUMBER[
                statement.kind, statement.commitment, statement.measurable, statement.origin
            ]


def _store(rows: Mapping[int, Rows], topics: Collection[int]) -> None:
    layout = layout_of(topics)
    PackedStatements.objects.bulk_create(
        (PackedStatements(programme_id=key, layout=layout, rows=own.tobytes()) for key, own in rows.items()),
        update_conflicts=True,
        unique_fields=["programme"],
        update_fields=["layout", "rows"],
    )


# --- Triggers: a change of statements or their topics voids what is packed of their programmes

PROGRAMME_OF = {
    "pledges_statement": "{row}programme_id",
    "pledges_statementtopic": "(SELECT programme_id FROM pledges_statement WHERE id = {row}statement_id)",
}
# A statement that moved to another programme is missing in the former one too.
EVENTS = {
    "insert": ("insert", "NEW"),
    "update": ("update", "NEW"),
    "move": ("update", "OLD"),
    "delete": ("delete", "OLD"),
}
# On PostgreSQL triggers fire in the order of their names: after those of `pledges.versions`, whose one row
# lets every change wait for the one before, so that no two wait for each other.
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_void_{name} AFTER {event} ON {table}
BEGIN DELETE FROM pledges_packedstatements WHERE programme_id = {programme}; END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_void() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM pledges_packedstatements WHERE programme_id IN (SELECT {programme} FROM touched);
    RETURN NULL;
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_void_{name} AFTER {event} ON {table}
REFERENCING {side} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION {table}_void()
"""


def keep_triggers(using: str = "default", **_sent: object) -> None:
    """Make the triggers that are missing; changes nothing where all stand (see `pledges.apps`)."""
    connection = connections[using]
    if PackedStatements._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was one
    make = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    with connection.cursor() as cursor:
        for table, programme in PROGRAMME_OF.items():
            for statement in make(table, programme):
                cursor.execute(statement)


def _for_sqlite(table: str, programme: str) -> Iterable[str]:
    for name, (event, side) in EVENTS.items():
        yield _SQLITE.format(table=table, name=name, event=event, programme=programme.format(row=f"{side}."))


def _for_postgresql(table: str, programme: str) -> Iterable[str]:
    yield _POSTGRESQL_FUNCTION.format(table=table, programme=programme.format(row=""))
    for name, (event, side) in EVENTS.items():
        yield _POSTGRESQL_TRIGGER.format(table=table, name=name, event=event, side=side)
