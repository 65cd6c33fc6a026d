"""What the workbench of the editors needs."""

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Remaking a table drops its triggers on SQLite: they go before and come back after, on every database.
honesty = importlib.import_module("pledges.migrations.0002_honesty")


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0002_honesty'),
        ('sources', '0002_verbatim'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(honesty.remove, honesty.install),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='Zeitpunkt')),
                ('what', models.TextField(verbose_name='was geändert wurde')),
            ],
            options={
                'verbose_name': 'Sammeländerung',
                'verbose_name_plural': 'Sammeländerungen',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Hint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('kind', 'Art oder Bindung'), ('topic', 'Thema'), ('text', 'Wortlaut'), ('other', 'etwas anderes')], max_length=5, verbose_name='Was stimmt nicht?')),
                ('words', models.TextField(max_length=1000, verbose_name='Hinweis')),
                ('received_at', models.DateTimeField(verbose_name='eingegangen')),
                ('status', models.CharField(choices=[('open', 'offen'), ('accepted', 'übernommen'), ('declined', 'nicht übernommen')], default='open', max_length=8, verbose_name='Stand')),
                ('answer', models.TextField(blank=True, help_text='Erscheint öffentlich auf der Seite der Aussage.', max_length=500, verbose_name='Antwort')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='beantwortet am')),
            ],
            options={
                'verbose_name': 'Hinweis',
                'verbose_name_plural': 'Hinweise',
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('drawn_at', models.DateTimeField(verbose_name='gezogen am')),
                ('seed', models.PositiveIntegerField(verbose_name='Startwert der Ziehung')),
            ],
            options={
                'verbose_name': 'Stichprobe',
                'verbose_name_plural': 'Stichproben',
                'ordering': ['-drawn_at', '-pk'],
                'permissions': [('settle_sample', 'Abweichungen klären')],
            },
        ),
        migrations.CreateModel(
            name='SampledStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='Stelle')),
            ],
            options={
                'verbose_name': 'Aussage der Stichprobe',
                'verbose_name_plural': 'Aussagen der Stichprobe',
                'ordering': ['position'],
            },
        ),
        migrations.AlterModelOptions(
            name='programme',
            options={'ordering': ['short_title', 'slug'], 'permissions': [('publish_programme', 'Programme veröffentlichen')], 'verbose_name': 'Programm', 'verbose_name_plural': 'Programme'},
        ),
        migrations.AddField(
            model_name='coding',
            name='codebook',
            field=models.CharField(default='Codebuch 2026', max_length=40, verbose_name='Fassung des Codebuchs'),
        ),
        migrations.AddField(
            model_name='coding',
            name='is_blind',
            field=models.BooleanField(default=False, verbose_name='ohne Kenntnis anderer Kodierungen'),
        ),
        migrations.AddField(
            model_name='coding',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='pledges.coding', verbose_name='galt zuvor'),
        ),
        migrations.AddField(
            model_name='coding',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='pledges.coding', verbose_name='nimmt zurück'),
        ),
        migrations.AddField(
            model_name='programme',
            name='published_at',
            field=models.DateTimeField(blank=True, help_text='Ohne Zeitpunkt ein Entwurf, der nirgends öffentlich erscheint.', null=True, verbose_name='veröffentlicht am'),
        ),
        migrations.AddField(
            model_name='relation',
            name='judged_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='beurteilt am'),
        ),
        migrations.AddField(
            model_name='relation',
            name='judged_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_judged', to=settings.AUTH_USER_MODEL, verbose_name='beurteilt von'),
        ),
        migrations.AddField(
            model_name='rendering',
            name='judged_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='beurteilt am'),
        ),
        migrations.AddField(
            model_name='rendering',
            name='judged_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_judged', to=settings.AUTH_USER_MODEL, verbose_name='beurteilt von'),
        ),
        migrations.AddField(
            model_name='statement',
            name='doubt',
            field=models.FloatField(default=0, help_text='1 minus Sicherheit des unsichersten Merkmals; 0, wo nicht die Maschine kodiert hat.', verbose_name='Zweifel der Maschine'),
        ),
        migrations.AddField(
            model_name='statement',
            name='former_text',
            field=models.TextField(blank=True, editable=False, verbose_name='früherer Wortlaut'),
        ),
        migrations.AddField(
            model_name='statement',
            name='reworded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Wortlaut geändert am'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['programme', '-doubt'], name='statement_doubt'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='relation_judged_by_somebody_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='rendering',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='rendering_judged_by_somebody_at_some_time'),
        ),
        migrations.AddField(
            model_name='bulkchange',
            name='editor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_changes', to=settings.AUTH_USER_MODEL, verbose_name='Redaktion'),
        ),
        migrations.AddField(
            model_name='coding',
            name='bulk_change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='pledges.bulkchange', verbose_name='Sammeländerung'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.CheckConstraint(condition=models.Q(('undoes', None), ('origin', 'editor'), _connector='OR'), name='coding_undone_by_an_editor'),
        ),
        migrations.AddField(
            model_name='hint',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hints_answered', to=settings.AUTH_USER_MODEL, verbose_name='beantwortet von'),
        ),
        migrations.AddField(
            model_name='hint',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hints', to='pledges.statement', verbose_name='Aussage'),
        ),
        migrations.AddField(
            model_name='sample',
            name='coder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples_to_code', to=settings.AUTH_USER_MODEL, verbose_name='zweite kodierende Person'),
        ),
        migrations.AddField(
            model_name='sample',
            name='drawn_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples_drawn', to=settings.AUTH_USER_MODEL, verbose_name='gezogen von'),
        ),
        migrations.AddField(
            model_name='sample',
            name='programme',
            field=models.ForeignKey(blank=True, help_text='Ohne Angabe wird aus allen Programmen gezogen.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='pledges.programme', verbose_name='Programm'),
        ),
        migrations.AddField(
            model_name='sampledstatement',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sampled_as_first', to='pledges.coding', verbose_name='erste Kodierung'),
        ),
        migrations.AddField(
            model_name='sampledstatement',
            name='sample',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='pledges.sample'),
        ),
        migrations.AddField(
            model_name='sampledstatement',
            name='second',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sampled_as_second', to='pledges.coding', verbose_name='zweite Kodierung'),
        ),
        migrations.AddField(
            model_name='sampledstatement',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settles', to='pledges.coding', verbose_name='geklärt durch'),
        ),
        migrations.AddField(
            model_name='sampledstatement',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sampled', to='pledges.statement', verbose_name='Aussage'),
        ),
        migrations.AddIndex(
            model_name='hint',
            index=models.Index(fields=['statement', 'status'], name='hint_of_statement'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='hint_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='sampledstatement',
            constraint=models.UniqueConstraint(fields=('sample', 'statement'), name='sampled_statement_once'),
        ),
        migrations.AddConstraint(
            model_name='sampledstatement',
            constraint=models.UniqueConstraint(fields=('sample', 'position'), name='sampled_position_once'),
        ),
        migrations.AddConstraint(
            model_name='sampledstatement',
            constraint=models.CheckConstraint(condition=models.Q(('settled_by', None), ('second__isnull', False), _connector='OR'), name='sampled_settled_after_second'),
        ),
        migrations.RunPython(honesty.install, honesty.remove),
    ]
