"""What the choices of programmes, relations, renderings, hints and targets may be, held by the database.

On SQLite this remakes their tables, which drops their triggers; those that hold the rules are made again here,
all others after every migration (see `pledges.apps`).
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

honesty = import_module("pledges.migrations.0002_honesty")


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0010_fewer_indexes'),
        ('sources', '0002_verbatim'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(honesty.remove, honesty.install),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['kind', 'topic', 'text', 'other'])), name='hint_about_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'accepted', 'declined'])), name='hint_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['programme', 'vision', 'cooperation', 'excerpt', 'digest'])), name='programme_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('digest_of', models.F('id')), _negated=True), name='programme_is_no_digest_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['same_measure', 'same_goal', 'conflict', 'unrelated'])), name='relation_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['suggested', 'confirmed', 'rejected'])), name='relation_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['machine', 'codebook', 'editor'])), name='relation_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'codebook'), ('status', 'suggested'), ('judged_by__isnull', False), _connector='OR'), name='relation_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rendering',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['faithful', 'partial', 'distorted', 'fabricated', 'fragment'])), name='rendering_verdict_is_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['amount', 'share', 'money', 'deadline', 'total'])), name='target_kind_is_known'),
        ),
        migrations.RunPython(honesty.install, honesty.remove),
    ]
