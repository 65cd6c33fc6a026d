"""Names of a programme's authors."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pledges", "0012_why_related"),
    ]

    operations = [
        migrations.AlterField(
            model_name='authorship',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorships', to='pledges.party', verbose_name='Partei / Gruppe'),
        ),
        migrations.AlterField(
            model_name='authorship',
            name='position',
            field=models.PositiveSmallIntegerField(help_text='Eine Zahl; wer die kleinste hat, wird zuerst genannt.', verbose_name='Stelle'),
        ),
    ]
