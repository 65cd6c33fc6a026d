"""What no constraint within a row can say: a relation joins statements of different programmes, a coding is
never changed, and a statement's words are those of its passage. Migrating one of these tables on SQLite may
drop its triggers; then this has to run again (tests/test_triggers.py notices)."""

from django.db import migrations

RULES = {
    # name: (table, events, what is refused)
    "relation_between_programmes": (
        "pledges_relation",
        ("insert", "update"),
        "(SELECT programme_id FROM pledges_statement WHERE id = NEW.a_id)"
        " = (SELECT programme_id FROM pledges_statement WHERE id = NEW.b_id)",
    ),
    "statement_is_verbatim": (
        "pledges_statement",
        ("insert", "update"),
        "NEW.gone_since IS NULL"
        " AND NEW.text <> (SELECT text FROM sources_passage WHERE id = NEW.passage_id)",
    ),
    "coding_is_never_changed": ("pledges_coding", ("update",), "1 = 1"),
}

SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} WHEN {refused}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {refused} THEN RAISE check_violation USING MESSAGE = '{name}'; END IF;
    RETURN NEW;
END $$
"""

POSTGRESQL_TRIGGER = """
CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def install(apps, schema_editor):
    for name, (table, events, refused) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_FUNCTION.format(name=name, refused=refused))
            schema_editor.execute(
                POSTGRESQL_TRIGGER.format(name=name, table=table, events=" OR ".join(events))
            )
        else:
            for event in events:
                schema_editor.execute(SQLITE.format(name=name, table=table, event=event, refused=refused))


def remove(apps, schema_editor):
    for name, (table, events, _refused) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            for event in events:
                schema_editor.execute(f"DROP TRIGGER {name}_{event}")


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial"), ("sources", "0002_verbatim")]
    operations = [migrations.RunPython(install, remove)]
