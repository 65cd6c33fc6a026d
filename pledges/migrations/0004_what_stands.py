"""What stood before there were drafts is public, and as doubtful as the machine's newest coding says."""

from django.db import migrations
from django.utils import timezone

CERTAINTIES = ("kind_certainty", "commitment_certainty", "measurable_certainty", "topics_certainty")


def publish(apps, schema_editor):
    apps.get_model("pledges", "Programme").objects.filter(published_at=None).update(
        published_at=timezone.now()
    )


def doubt(apps, schema_editor):
    codings = apps.get_model("pledges", "Coding").objects.filter(origin="machine", statement__origin="machine")
    newest = {coding.statement_id: coding for coding in codings.order_by("made_at", "pk")}
    statements = list(apps.get_model("pledges", "Statement").objects.filter(pk__in=newest))
    for statement in statements:
        given = [getattr(newest[statement.pk], name) for name in CERTAINTIES]
        statement.doubt = 1 - min((known for known in given if known is not None), default=1.0)
    apps.get_model("pledges", "Statement").objects.bulk_update(statements, ["doubt"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("pledges", "0003_workbench")]
    operations = [
        migrations.RunPython(publish, migrations.RunPython.noop),
        migrations.RunPython(doubt, migrations.RunPython.noop),
    ]
