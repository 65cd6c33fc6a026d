"""After all migrations the triggers stand: on SQLite, Django remakes a table to change it, and drops them."""

import importlib

import pytest
from django.core.management import call_command
from django.db import connection

from pledges import full_text, packing
from pledges.versions import content_models, keep_triggers

pledges = importlib.import_module("pledges.migrations.0002_honesty")
sources = importlib.import_module("sources.migrations.0002_verbatim")

ON_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
ON_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"


def wanted() -> set[str]:
    rules = {name: events for name, (_table, events, _refused) in pledges.RULES.items()}
    rules |= {f"{table}_is_verbatim": ("insert", "update") for table in sources.TABLES}
    rules |= {"sources_document_is_verbatim": ("update",)}
    tables = [model._meta.db_table for model in content_models()]
    moved = {f"{table}_version_{event}" for table in tables for event in ("insert", "update", "delete")}
    moved |= {f"{table}_void_{event}" for table in packing.PROGRAMME_OF for event in packing.EVENTS}
    if connection.vendor == "postgresql":
        return set(rules) | moved | {f"{table}_in_turn" for table in tables}
    moved |= {f"search_follows_{event}" for event in full_text.TRIGGERS}
    return {f"{name}_{event}" for name, events in rules.items() for event in events} | moved


def standing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_all_triggers_stand():
    assert standing() == wanted()


@pytest.mark.django_db
def test_a_dropped_trigger_of_the_version_is_made_again():
    name = "pledges_party_version_update"
    with connection.cursor() as cursor:
        on_table = " ON pledges_party" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on_table}")
    assert name not in standing()

    keep_triggers()

    assert standing() == wanted()


@pytest.mark.django_db(transaction=True)
def test_migrating_keeps_the_triggers():
    call_command("migrate", verbosity=0)

    assert standing() == wanted()


@pytest.mark.django_db(transaction=True)
def test_tables_that_are_remade_get_their_triggers_again():
    call_command("migrate", "pledges", "0010", verbosity=0)
    call_command("migrate", verbosity=0)

    assert standing() == wanted()
