"""A relation says to readers what it is about, and why.

Without Django's own AddField, which on SQLite remakes the table and so loses its triggers.
"""

from django.db import migrations, models

COLUMNS = {
    "matter_de": ("Worum es geht", 60),
    "matter_en": ("Worum es geht, englisch", 60),
    "reason_de": ("Begründung", 400),
    "reason_en": ("Begründung, englisch", 400),
}


class Migration(migrations.Migration):
    dependencies = [("pledges", "0011_known_values")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE pledges_relation ADD COLUMN {name} varchar({length}) NOT NULL DEFAULT ''",
                    f"ALTER TABLE pledges_relation DROP COLUMN {name}",
                )
                for name, (_label, length) in COLUMNS.items()
            ],
            state_operations=[
                migrations.AddField(
                    model_name="relation",
                    name=name,
                    field=models.CharField(blank=True, default="", max_length=length, verbose_name=label),
                    preserve_default=False,
                )
                for name, (label, length) in COLUMNS.items()
            ],
        ),
    ]
