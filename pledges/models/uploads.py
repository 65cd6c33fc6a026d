"""Files that editors hand over in the admin, on their way to becoming a programme's text."""

import datetime
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.models.politics import Programme
from sources.models import Document

# A process that reads or loads says every few seconds that it is alive.
SILENT_AFTER = datetime.timedelta(seconds=60)


class UploadState(models.TextChoices):
    WAITING = "waiting", _("wartet")
    READING = "reading", _("wird gelesen")
    COMPARED = "compared", _("verglichen, noch nicht geladen")
    LOADING = "loading", _("wird geladen")
    LOADED = "loaded", _("geladen")
    FAILED = "failed", _("gescheitert")
    DISCARDED = "discarded", _("verworfen")


# Those of which nothing comes any more.
CLOSED = (UploadState.LOADED, UploadState.DISCARDED)
# Those of a file that may still be let go of: it isn't loaded, nor being loaded.
DISCARDABLE = (UploadState.WAITING, UploadState.READING, UploadState.COMPARED, UploadState.FAILED)


class UploadQuerySet(models.QuerySet["Upload"]):
    def light(self) -> "UploadQuerySet":
        """Without the file and the difference, which are the bulk of a row."""
        return self.defer("content", "difference")

    def open(self) -> "UploadQuerySet":
        """Those of which something may still come."""
        return self.exclude(state__in=CLOSED)

    def with_content(self, data: bytes) -> "UploadQuerySet":
        """Those that came as just this file, light."""
        return self.light().filter(sha256=hashlib.sha256(data).hexdigest())


class Upload(models.Model):
    """A file for a new programme, which `about` describes, or a new edition of `programme`.

    A process of its own reads and loads it (see `pledges.uploads`): `worker` names the one that has it in
    hand, `beat_at` is when it was last heard of; `loaded_by` is who had it loaded. `basis` is the text
    that the difference was made against.
    The content goes when the file is loaded, as the document has it then, or discarded.
    """

    content = models.BinaryField(_("Datei"), editable=False)
    file_name = models.CharField(_("Dateiname"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="uploads",
        verbose_name=_("hochgeladen von"),
    )
    uploaded_at = models.DateTimeField(_("hochgeladen am"))
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("Programm"),
    )
    about = models.JSONField(_("Angaben zum neuen Programm"), default=dict, blank=True, editable=False)
    state = models.CharField(
        _("Stand"), max_length=9, choices=UploadState, default=UploadState.WAITING, editable=False
    )
    pages = models.PositiveIntegerField(_("Seiten"), null=True, editable=False)
    pages_read = models.PositiveIntegerField(_("gelesene Seiten"), default=0, editable=False)
    problem = models.CharField(_("Grund"), max_length=20, blank=True, editable=False)
    detail = models.TextField(_("Näheres"), blank=True, editable=False)
    basis = models.CharField(_("verglichen mit"), max_length=100, blank=True, editable=False)
    difference = models.JSONField(_("Unterschiede"), null=True, editable=False)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploads_loaded",
        editable=False,
        verbose_name=_("geladen von"),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploads",
        editable=False,
        verbose_name=_("Quelle"),
    )
    worker = models.CharField(_("Vorgang"), max_length=32, blank=True, editable=False)
    beat_at = models.DateTimeField(_("zuletzt gemeldet"), editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien einlesen")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_is_known"),
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(state__in=CLOSED), name="upload_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.LOADED) | Q(programme__isnull=False, document__isnull=False),
                name="upload_loaded_as_a_programmes_document",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_edition(self) -> bool:
        """Whether the programme stood already when the file came."""
        return not self.about

    @property
    def short_title(self) -> str:
        return self.programme.short_title if self.programme else str(self.about.get("short_title", ""))

    @property
    def is_running(self) -> bool:
        """Whether a process has it in hand, or is about to."""
        return self.state in (UploadState.WAITING, UploadState.READING, UploadState.LOADING)

    @property
    def is_silent(self) -> bool:
        """Whether a process should have it in hand, but wasn't heard of for a minute."""
        return self.is_running and self.beat_at < timezone.now() - SILENT_AFTER

    @property
    def may_be_discarded(self) -> bool:
        return self.state in DISCARDABLE
