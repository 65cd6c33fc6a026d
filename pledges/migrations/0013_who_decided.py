"""What a person decides: whose a programme is, who had a file loaded, which sample the method page shows.

On SQLite this remakes the table of samples, whose triggers are made again after every migration.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_the_one_that_was_shown(apps, schema_editor):
    """So far the newest sample that was complete and of published texts stood on the method page."""
    sample, drawn = (apps.get_model("pledges", name) for name in ("Sample", "SampledStatement"))
    programme = apps.get_model("pledges", "Programme")
    hidden = programme.objects.filter(
        models.Q(published_at=None)
        | models.Q(digest_of__isnull=False, digest_of__published_at=None)
    )
    refused = drawn.objects.filter(models.Q(second=None) | models.Q(statement__programme__in=hidden))
    newest = sample.objects.exclude(pk__in=refused.values("sample")).order_by("-drawn_at", "-pk").first()
    if newest:
        sample.objects.filter(pk=newest.pk).update(is_shown=True)


class Migration(migrations.Migration):

    dependencies = [
        ("pledges", "0012_why_related"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='authorship',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='pledges.programme', verbose_name='Programm'),
        ),
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
        migrations.AddField(
            model_name='upload',
            name='loaded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads_loaded', to=settings.AUTH_USER_MODEL, verbose_name='geladen von'),
        ),
        migrations.AlterModelOptions(
            name='sample',
            options={'ordering': ['-drawn_at', '-pk'], 'permissions': [('settle_sample', 'Abweichungen klären'), ('show_sample', 'Stichproben auf der Methodenseite zeigen')], 'verbose_name': 'Stichprobe', 'verbose_name_plural': 'Stichproben'},
        ),
        migrations.AddField(
            model_name='sample',
            name='is_shown',
            field=models.BooleanField(default=False, editable=False, verbose_name='auf der Methodenseite'),
        ),
        migrations.RunPython(keep_the_one_that_was_shown, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.UniqueConstraint(condition=models.Q(('is_shown', True)), fields=('is_shown',), name='sample_shown_is_one'),
        ),
    ]
