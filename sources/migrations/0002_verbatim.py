"""The database itself holds what the portal stands for: a passage and a heading are the document's text,
to the letter, at their place. Migrating a table on SQLite may drop its triggers; then this has to run again
(tests/test_triggers.py notices)."""

from django.db import migrations

TABLES = {"sources_passage": "text", "sources_section": "heading"}

SQLITE = """
CREATE TRIGGER {table}_is_verbatim_{event} BEFORE {event} ON {table}
WHEN NEW.{words} IS NOT (
    SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_document WHERE id = NEW.document_id
)
BEGIN SELECT RAISE(ABORT, '{table}_is_verbatim'); END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION {table}_is_verbatim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.{words} IS DISTINCT FROM (
        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_document WHERE id = NEW.document_id
    ) THEN
        RAISE check_violation USING MESSAGE = '{table}_is_verbatim';
    END IF;
    RETURN NEW;
END $$
"""

POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_is_verbatim BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_verbatim()
"""


def install(apps, schema_editor):
    for table, words in TABLES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_FUNCTION.format(table=table, words=words))
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=table))
        else:
            for event in ("insert", "update"):
                schema_editor.execute(SQLITE.format(table=table, words=words, event=event))


def remove(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_verbatim ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_is_verbatim()")
        else:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_is_verbatim_{event}")


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
