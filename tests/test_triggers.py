"""After all migrations the triggers stand: on SQLite, Django remakes a table to change it, and drops them."""

import importlib

import pytest
from django.db import connection

pledges = importlib.import_module("pledges.migrations.0002_honesty")
sources = importlib.import_module("sources.migrations.0002_verbatim")

ON_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
ON_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"


def wanted() -> set[str]:
    rules = {name: events for name, (_table, events, _refused) in pledges.RULES.items()}
    rules |= {f"{table}_is_verbatim": ("insert", "update") for table in sources.TABLES}
    rules |= {"sources_document_is_verbatim": ("update",)}
    if connection.vendor == "postgresql":
        return set(rules)
    return {f"{name}_{event}" for name, events in rules.items() for event in events}


@pytest.mark.django_db
def test_all_triggers_stand():
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)
        assert {name for (name,) in cursor.fetchall()} == wanted()
