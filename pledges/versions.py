"""The version of the data: counters that every change of content moves, whoever makes it and however.

Pages are kept by them, so they have to move in the very transaction of the change. Triggers do that; no
write can forget them. Remaking a table drops its triggers on SQLite, so they are looked after each migration.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, connections, models

from pledges.models import DataVersion

# What no page shows; every other table of the two apps counts, those that are yet to come as well.
NOT_SHOWN = {"DataVersion", "BulkChange", "Upload", "PackedStatements"}
# The few and seldom changed tables of `pledges.directory` have a counter of their own.
DIRECTORY = {"Place", "Party", "Election", "Topic", "Programme", "Authorship"}

_CONTENT_ROW, _DIRECTORY_ROW = 1, 2
_TABLE = DataVersion._meta.db_table
_ASK = f"""
SELECT number, (SELECT number FROM {_TABLE} WHERE id = {_DIRECTORY_ROW}), changed_at
FROM {_TABLE} WHERE id = {_CONTENT_ROW}
"""  # noqa: S608
_MOVE = """
INSERT INTO {version} (id, number, changed_at) VALUES {rows}
ON CONFLICT (id) DO UPDATE SET number = {version}.number + 1, changed_at = {now}
"""
_SQLITE = "CREATE TRIGGER IF NOT EXISTS {table}_version_{event} AFTER {event} ON {table} BEGIN {move}; END"
# Once a statement, however many rows it changed, and not where it changed none.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM touched) THEN {move}; END IF;
    RETURN NULL;
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_version_{event} AFTER {event} ON {table}
REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION {table}_version()
"""
_EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
# Who writes content waits until nobody else does, before the first row is touched: two of them would both
# lock rows and then wait for each other's, as each moves the counters. SQLite has but one writer anyway.
_TAKE_TURN = f"pg_advisory_xact_lock({int.from_bytes(b'Wortlaut')})"
_POSTGRESQL_IN_TURN = f"""
CREATE OR REPLACE FUNCTION pledges_write_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {_TAKE_TURN};
    RETURN NULL;
END $$
"""
_POSTGRESQL_IN_TURN_TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_in_turn BEFORE INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION pledges_write_in_turn()
"""


@dataclass(frozen=True, slots=True)
class Version:
    """How often any content has changed, how often the directory, and when anything last did."""

    content: int = 0
    directory: int = 0
    changed_at: datetime.datetime | None = None


def data_version() -> Version:
    """Return the version as it stands, in one query; zeros where nothing was ever stored."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        row = cursor.fetchone()
    if row is None:
        return Version()
    content, directory, changed_at = row
    return Version(content, directory or 0, _as_utc(changed_at))


def let_others_wait() -> None:
    """Let every other change of content wait until this transaction ends, as one's own change does.

    To be called before what is to be changed is read; instead of `select_for_update`, which would lock a row
    while another waits for it with the turn in hand.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_TAKE_TURN}")


def keep_triggers(using: str = "default", **_sent: object) -> None:
    """Make the triggers that are missing; changes nothing where all stand (see `pledges.apps`)."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if _TABLE not in tables:
        return  # migrated back to before there was one
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_IN_TURN)
        for model in content_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(
                    _POSTGRESQL_FUNCTION.format(table=table, move=_move(model, "clock_timestamp()"))
                )
                cursor.execute(_POSTGRESQL_IN_TURN_TRIGGER.format(table=table))
                for event, rows in _EVENTS.items():
                    cursor.execute(_POSTGRESQL_TRIGGER.format(table=table, event=event, rows=rows))
            else:
                move = _move(model, "CURRENT_TIMESTAMP")
                for event in _EVENTS:
                    cursor.execute(_SQLITE.format(table=table, event=event, move=move))


def content_models() -> list[type[models.Model]]:
    """Return the models of which pages show something."""
    found = [
        model
        for app in ("sources", "pledges")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return [model for model in found if not model._meta.proxy and model.__name__ not in NOT_SHOWN]


def _move(model: type[models.Model], now: str) -> str:
    moved = [_CONTENT_ROW, *([_DIRECTORY_ROW] if model.__name__ in DIRECTORY else [])]
    rows = ", ".join(f"({row}, 1, {now})" for row in moved)
    return _MOVE.format(version=_TABLE, rows=rows, now=now).strip()


@lru_cache(maxsize=8)
def _as_utc(value: Any) -> datetime.datetime:
    """SQLite gives text in UTC, PostgreSQL a time with its zone."""
    moment: datetime.datetime = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment
