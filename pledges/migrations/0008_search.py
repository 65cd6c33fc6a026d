"""What statements are found by: rows of tokens, and over them the full-text index of the database at hand.

SQLite: an FTS5 table that takes the tokens as they are; the triggers that keep it current are made after every
migration (pledges.full_text). PostgreSQL: a generated tsvector of the same tokens with a GIN index.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = """
CREATE VIRTUAL TABLE pledges_searchindex USING fts5(
    tokens, facets, content='pledges_searchrow', content_rowid='statement_id',
    detail=none, columnsize=0, tokenize="ascii tokenchars '=+#^~@%.'"
)
"""

POSTGRESQL = """
ALTER TABLE pledges_searchrow ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    array_to_tsvector(array_remove(string_to_array(tokens || ' ' || facets, ' '), ''))
) STORED;
CREATE INDEX pledges_searchindex ON pledges_searchrow USING gin (vector);
"""


def install(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE pledges_searchindex")


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0007_queue'),
    ]

    operations = [
        migrations.RemoveField(model_name='statement', name='search_text'),
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_row', serialize=False, to='pledges.statement')),
                ('words', models.TextField()),
                ('tokens', models.TextField()),
                ('facets', models.TextField()),
                ('rules', models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('form', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('spelling', models.CharField(max_length=200)),
            ],
        ),
        migrations.RunPython(install, remove),
    ]
