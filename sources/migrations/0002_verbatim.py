"""The database itself holds what the portal stands for: a passage and a heading are the document's text,
to the letter, at their place, and the text does not change under them. Migrating a table on SQLite may drop its triggers; then this has to run again
(tests/test_triggers.py notices)."""

from django.db import migrations

TABLES = {"sources_passage": "text", "sources_section": "heading"}

CHANGED_UNDER_PASSAGES = (
    "NEW.text <> OLD.text AND ("
    "EXISTS (SELECT 1 FROM sources_passage WHERE document_id = NEW.id)"
    " OR EXISTS (SELECT 1 FROM sources_section WHERE document_id = NEW.id))"
)

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

SQLITE_OF_DOCUMENTS = f"""
CREATE TRIGGER sources_document_is_verbatim_update BEFORE UPDATE OF text ON sources_document
WHEN {CHANGED_UNDER_PASSAGES}
BEGIN SELECT RAISE(ABORT, 'sources_document_is_verbatim'); END
"""

POSTGRESQL_FUNCTION_OF_DOCUMENTS = f"""
CREATE FUNCTION sources_document_is_verbatim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {CHANGED_UNDER_PASSAGES} THEN
        RAISE check_violation USING MESSAGE = 'sources_document_is_verbatim';
    END IF;
    RETURN NEW;
END $$
"""

POSTGRESQL_TRIGGER_OF_DOCUMENTS = """
CREATE TRIGGER sources_document_is_verbatim BEFORE UPDATE OF text ON sources_document
FOR EACH ROW EXECUTE FUNCTION sources_document_is_verbatim()
"""


def install(apps, schema_editor):
    for table, words in TABLES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_FUNCTION.format(table=table, words=words))
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=table))
        else:
            for event in ("insert", "update"):
                schema_editor.execute(SQLITE.format(table=table, words=words, event=event))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION_OF_DOCUMENTS)
        schema_editor.execute(POSTGRESQL_TRIGGER_OF_DOCUMENTS)
    else:
        schema_editor.execute(SQLITE_OF_DOCUMENTS)


def remove(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_verbatim ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_is_verbatim()")
        else:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_is_verbatim_{event}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER sources_document_is_verbatim ON sources_document")
        schema_editor.execute("DROP FUNCTION sources_document_is_verbatim()")
    else:
        schema_editor.execute("DROP TRIGGER sources_document_is_verbatim_update")


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
