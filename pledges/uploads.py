"""What becomes of a file that an editor handed over: read, compared, loaded, each in a process of its own.

Every step changes the row only as long as it is in the state that it expects, so that two clicks, or a
process that was taken for dead, do nothing twice.
"""

import hashlib
import logging
import os
import subprocess
import sys
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from pledges.addition import CodedFile, namesake, new_entry, read_and_code, take_up
from pledges.catalogue import CatalogueError
from pledges.editions import Difference, compare, standings
from pledges.loading import load_programme
from pledges.models import Programme, Upload, UploadState
from pledges.models.uploads import DISCARDABLE, SILENT_AFTER
from pledges.relation_suggestions import suggest_relations
from pledges.versions import let_others_wait
from sources.models import Document
from sources.reading import UnreadableFile
from sources.reading.fingerprint import reader_fingerprint

logger = logging.getLogger(__name__)

# Where a further try may come to something else; any other reason lies in the file.
WORTH_ANOTHER_TRY = ("changed", "unexpected", "not_started", "too_slow")


class Superseded(Exception):
    """Somebody discarded the file meanwhile, or started it again: this process has no say any more."""


class OutOfDate(Exception):
    """What the difference was made against isn't so any more: another text ("changed"), or a programme with
    the slug ("taken") or the short title ("title_taken") that a new one is to have."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def prepare(upload: Upload, content: bytes, file_name: str, editor: User, about: dict[str, Any]) -> None:
    """Fill in a new row, not saved yet, for an edition of its programme, or for a new one.

    `about`: for a new one the arguments of `pledges.addition.new_entry`.
    """
    upload.content, upload.sha256 = content, hashlib.sha256(content).hexdigest()
    upload.file_name = file_name
    upload.about = about
    upload.uploaded_by = editor
    upload.uploaded_at = upload.beat_at = timezone.now()


def make_way(upload: Upload) -> None:
    """Discard what failed of the same file, as that is handed over anew, say under its right name."""
    for failed in Upload.objects.light().filter(sha256=upload.sha256, state=UploadState.FAILED):
        discard(failed)


# --- What editors decide


def ask_to_load(upload: Upload, editor: User) -> bool:
    """Let a process load what is compared, in the editor's name; False if it no longer waits for that.

    Raises OutOfDate; then it has to be compared again.
    """
    try:
        _check_basis(upload)
    except OutOfDate as reason:
        if _change(upload, UploadState.COMPARED, state=UploadState.FAILED, problem=reason.problem):
            raise
    asked = {"state": UploadState.LOADING, "beat_at": timezone.now(), "loaded_by": editor}
    return _change(upload, UploadState.COMPARED, **asked)


def discard(upload: Upload) -> bool:
    """Let go of a file that isn't loaded, nor being loaded; False if it is."""
    let_go: dict[str, Any] = {"content": b"", "difference": None, "worker": "", "loaded_by": None}
    return _change(upload, *DISCARDABLE, state=UploadState.DISCARDED, **let_go)


def try_again(upload: Upload) -> bool:
    """Let another process take over where one failed or fell silent; False if there is no need to."""
    now = timezone.now()
    if upload.state == UploadState.FAILED:
        afresh = {"pages": None, "pages_read": 0, "problem": "", "detail": "", "difference": None}
        afresh["loaded_by"] = None
        return _change(upload, UploadState.FAILED, state=UploadState.WAITING, beat_at=now, **afresh)
    silent = Upload.objects.filter(beat_at=upload.beat_at, beat_at__lt=now - SILENT_AFTER)
    was_loading = upload.state == UploadState.LOADING
    begun = UploadState.LOADING if was_loading else UploadState.WAITING
    running = silent.filter(pk=upload.pk, state=upload.state) if upload.is_running else silent.none()
    return running.update(state=begun, worker="", beat_at=now) == 1


def _change(upload: Upload, *states: UploadState, **values: Any) -> bool:
    return Upload.objects.filter(pk=upload.pk, state__in=states).update(**values) == 1


def start(upload: int) -> None:
    """Start a process that does what there is to do; it outlives the request and doesn't hold it up."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "read_upload", str(upload)]
    try:
        subprocess.Popen(  # noqa: S603 - the program is this one, the argument is a number
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        logger.exception("No process could be started for upload %s", upload)
        Upload.objects.filter(pk=upload, worker="").update(
            state=UploadState.FAILED, problem="not_started", detail=os.strerror(error.errno or 0)
        )


# --- What the process does


def claim(upload: int) -> Upload | None:
    """Take the file in hand, unless another process has it or there is nothing to do."""
    worker = uuid.uuid4().hex
    begun = Upload.objects.filter(pk=upload, worker="")
    waiting = begun.filter(state=UploadState.WAITING)
    now = timezone.now()
    waiting.update(worker=worker, state=UploadState.READING, beat_at=now)
    begun.filter(state=UploadState.LOADING).update(worker=worker, beat_at=now)
    return Upload.objects.select_related("programme", "loaded_by").filter(pk=upload, worker=worker).first()


def work_on(upload: Upload) -> None:
    """Read and compare, or load, a file that was claimed; what goes wrong is kept with it."""
    try:
        if upload.state == UploadState.READING:
            _read(upload)
        else:
            _load(upload)
    except Superseded:
        return
    except UnreadableFile as refusal:
        _fail(upload, refusal.code, str(refusal))
    except CatalogueError as error:
        _fail(upload, "catalogue", str(error))
    except OutOfDate as reason:
        _fail(upload, reason.problem)
    except Exception:
        logger.exception("Upload %s failed", upload.pk)
        _fail(upload, "unexpected")


def beat(upload: Upload, **values: Any) -> None:
    """Say that the process is alive. Raises Superseded."""
    mine = Upload.objects.filter(pk=upload.pk, worker=upload.worker)
    if not mine.update(beat_at=timezone.now(), **values):
        raise Superseded


def _read(upload: Upload) -> None:
    basis = _basis_of(upload)
    file = _file(upload)
    with transaction.atomic():
        _programme, difference = _take_up(upload, file)
        transaction.set_rollback(True)
    beat(upload, state=UploadState.COMPARED, basis=basis, difference=difference.as_rows(), worker="")


def _load(upload: Upload) -> None:
    _check_basis(upload)
    file = _file(upload)
    with transaction.atomic():
        # Whoever else would replace this programme's text waits here, and then finds another basis.
        let_others_wait()
        mine = Upload.objects.select_for_update().filter(pk=upload.pk, worker=upload.worker)
        if not list(mine.values_list("pk")):
            raise Superseded
        _check_basis(upload)
        programme, difference = _take_up(upload, file)
        done = {"programme": programme, "document": programme.document, "difference": difference.as_rows()}
        beat(upload, state=UploadState.LOADED, content=b"", worker="", **done)
    # Seconds of work for which nobody should wait.
    suggest_relations(programme)


def _file(upload: Upload) -> CodedFile:
    """Read the file and code it, in no transaction."""
    about = upload.about
    programme = upload.programme
    parties = [party.slug for party in programme.authors] if programme else about["parties"]
    kind = programme.kind if programme else about["kind"]

    def progress(page: int, of: int) -> None:
        beat(upload, pages_read=page, pages=of)

    return read_and_code(bytes(upload.content), upload.file_name, parties, kind, progress)


def _take_up(upload: Upload, file: CodedFile) -> tuple[Programme, Difference]:
    if upload.programme_id:
        programme = Programme.objects.select_related("document").get(pk=upload.programme_id)
    else:
        programme, _remarks = load_programme(new_entry(**upload.about))
        if programme.document_id:
            raise OutOfDate("taken")
    before = standings(programme)
    take_up(programme, file)
    return programme, compare(before, standings(programme))


def _check_basis(upload: Upload) -> None:
    if _basis_of(upload) != upload.basis:
        raise OutOfDate("changed")


def _basis_of(upload: Upload) -> str:
    """Name the text that the file is compared with, and the reader: if one changes, so may the difference.

    Raises OutOfDate where a programme of the name that a new one is to have stands by now.
    """
    if upload.programme_id is None:
        entry = new_entry(**upload.about)
        if Programme.objects.filter(slug=entry.slug).exists():
            raise OutOfDate("taken")
        if namesake(entry):
            raise OutOfDate("title_taken")
        return f"new {reader_fingerprint()}"
    document = Document.objects.light().filter(programme=upload.programme_id).first()
    read = f"{document.pk} {document.read_at.isoformat()}" if document else "unread"
    return f"{read} {reader_fingerprint()}"


def _fail(upload: Upload, problem: str, detail: str = "") -> None:
    mine = Upload.objects.filter(pk=upload.pk, worker=upload.worker)
    mine.update(state=UploadState.FAILED, problem=problem, detail=detail, worker="")
