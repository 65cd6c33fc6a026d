"""A programme says where it was published, if that is known.

Without Django's own AddField, which on SQLite remakes the table and so loses its triggers.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0013_who_decided")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE pledges_programme ADD COLUMN source_url varchar(500) NOT NULL DEFAULT ''",
                    "ALTER TABLE pledges_programme DROP COLUMN source_url",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="programme",
                    name="source_url",
                    field=models.URLField(
                        blank=True,
                        default="",
                        help_text="Wo der Text veröffentlicht wurde, am besten auf den eigenen Seiten der Partei.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="Fundstelle im Netz",
                    ),
                    preserve_default=False,
                )
            ],
        ),
    ]
