"""Drops the indexes that begin as another does: each coding wrote to five of them for nothing.

Without Django's own AlterField, which on SQLite remakes the tables and so loses their triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "pledges_coding_statement_id_97f4bfd8": "pledges_coding (statement_id)",
    "pledges_codingtopic_coding_id_84a7f2b0": "pledges_codingtopic (coding_id)",
    "pledges_statement_programme_id_6540323b": "pledges_statement (programme_id)",
    "pledges_statementtopic_statement_id_272789f2": "pledges_statementtopic (statement_id)",
    "pledges_statementtopic_topic_id_5cf509cf": "pledges_statementtopic (topic_id)",
}


class Migration(migrations.Migration):
    dependencies = [("pledges", "0009_scale")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {columns}")
                for name, columns in INDEXES.items()
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="coding",
                    name="statement",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codings",
                        to="pledges.statement",
                        verbose_name="Aussage",
                    ),
                ),
                migrations.AlterField(
                    model_name="codingtopic",
                    name="coding",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics_given",
                        to="pledges.coding",
                    ),
                ),
                migrations.AlterField(
                    model_name="statement",
                    name="programme",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="pledges.programme",
                        verbose_name="Programm",
                    ),
                ),
                migrations.AlterField(
                    model_name="statementtopic",
                    name="statement",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics_given",
                        to="pledges.statement",
                    ),
                ),
                migrations.AlterField(
                    model_name="statementtopic",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements_given",
                        to="pledges.topic",
                    ),
                ),
            ],
        ),
    ]
