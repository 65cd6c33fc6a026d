"""What waits for an editor, as the first page of the admin counts it."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from pledges.models import Hint, Relation, Sample
from pledges.statement_queue import waiting


@dataclass(frozen=True, slots=True)
class ToDo:
    """How many statements, hints and relations wait, 0 without the right to them; samples with progress."""

    statements: int
    hints: int
    relations: int
    samples: list[Sample]


def to_do(editor: User) -> ToDo:
    """Return what waits for this editor, in four queries at most."""
    may_code = editor.has_perm("pledges.change_statement")
    done = Sample.objects.complete()
    samples = Sample.objects.filter(coder=editor).exclude(pk__in=done).with_progress()
    return ToDo(
        statements=waiting(editor, None, None).count() if may_code else 0,
        hints=Hint.objects.open().count() if editor.has_perm("pledges.change_hint") else 0,
        relations=Relation.objects.waiting().count() if editor.has_perm("pledges.change_relation") else 0,
        samples=list(samples) if may_code else [],
    )
