"""A draft that was a mistake, taken out whole, so that its file can be handed over again.

The only thing in the portal that deletes statements: nobody but editors ever saw them, and nobody decided
anything about them.
"""

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet

from pledges.models import (
    Coding,
    Hint,
    Origin,
    Programme,
    Relation,
    RelationStatus,
    SampledStatement,
    Upload,
    UploadState,
)
from pledges.versions import let_others_wait
from sources.models import Document


class NotRemovable(Exception):
    """It is public or was once, didn't come by one upload, or somebody decided something about it."""


def may_be_removed(programme: Programme) -> bool:
    """Whether it is a draft that one upload made, that was never public, and that holds nobody's work."""
    return _is_of_one_upload(programme) and _was_never_public(programme) and not _holds_work(programme)


@transaction.atomic
def remove(programme: Programme) -> None:
    """Delete it with its statements, the machine's codings and suggestions, and its document.

    The upload stays, discarded. Raises NotRemovable, and then nothing is deleted.
    """
    # Whoever is coding one of its statements now has finished before it is asked whether anybody did.
    let_others_wait()
    programme = Programme.objects.get(pk=programme.pk)
    if not may_be_removed(programme):
        raise NotRemovable
    documents = Document.objects.light().filter(pk__in=[programme.document_id])
    programme.uploads.update(state=UploadState.DISCARDED, programme=None, document=None, difference=None)
    # What follows from the programme needs no lines of its own in the trail.
    with disable_auditlog():
        _relations_of(programme).delete()
        codings = Coding.objects.filter(statement__programme=programme)
        # The newest first, as each names the one before.
        while codings.exists():
            codings.filter(followed_by=None).delete()
        programme.statements.all().delete()
    programme.delete()
    documents.delete()


def _is_of_one_upload(programme: Programme) -> bool:
    """Where there is an edition before it, or another file that waits for it, more hangs on it."""
    document = programme.document_id
    if document is None or not Document.objects.filter(pk=document, replaces=None).exists():
        return False
    uploads = list(Upload.objects.light().filter(programme=programme))
    return [(upload.state, upload.is_edition) for upload in uploads] == [(UploadState.LOADED, False)]


def _was_never_public(programme: Programme) -> bool:
    """The trail tells of every publishing and withdrawing of what an upload made."""
    kind = ContentType.objects.get_for_model(Programme)
    told = LogEntry.objects.filter(content_type=kind, object_pk=str(programme.pk))
    changed = told.filter(action=LogEntry.Action.UPDATE, changes__has_key="published_at")
    return programme.is_draft and not changed.exists()


def _holds_work(programme: Programme) -> bool:
    """Whether anybody coded, judged, drew, hinted at or summed up anything of it."""
    judged = ~Q(status=RelationStatus.SUGGESTED) | ~Q(origin=Origin.MACHINE) | Q(judged_by__isnull=False)
    return (
        Coding.objects.filter(statement__programme=programme).exclude(origin=Origin.MACHINE).exists()
        or _relations_of(programme).filter(judged).exists()
        or SampledStatement.objects.filter(statement__programme=programme).exists()
        or programme.samples.exists()
        or Hint.objects.filter(statement__programme=programme).exists()
        or programme.digests.exists()
    )


def _relations_of(programme: Programme) -> QuerySet[Relation]:
    return Relation.objects.filter(Q(a__programme=programme) | Q(b__programme=programme))
