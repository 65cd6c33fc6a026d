"""Files as they came, their text, and the places of its sections and passages. Knows no politics."""

import hashlib

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

# From one document along the links, both ways: there are thousands of others.
_LINE = """
WITH RECURSIVE older (id, replaces_id) AS (
    SELECT id, replaces_id FROM sources_document WHERE id = %s
    UNION SELECT d.id, d.replaces_id FROM sources_document d JOIN older ON d.id = older.replaces_id
), newer (id) AS (
    SELECT id FROM sources_document WHERE id = %s
    UNION SELECT d.id FROM sources_document d JOIN newer ON d.replaces_id = newer.id
)
SELECT id FROM older UNION SELECT id FROM newer
"""


class DocumentQuerySet(models.QuerySet["Document"]):
    def light(self) -> "DocumentQuerySet":
        """Without the file and its text, which are the bulk of a row."""
        return self.defer("content", "text")

    def with_content(self, data: bytes) -> "DocumentQuerySet":
        """The one that is just this file, light; every question whether a file is known is asked here."""
        return self.light().filter(sha256=hashlib.sha256(data).hexdigest())

    def line_of(self, key: int) -> set[int]:
        """The keys of a document and of all before and after it, which it replaces or which replace it."""
        return {document.pk for document in self.editions(key)} or {key}

    def editions(self, key: int | None) -> list["Document"]:
        """All editions of the text that the document with this key is one of, oldest first, in one query.

        Empty where it is the only one.
        """
        found = list(self.light().filter(pk__in=RawSQL(_LINE, (key, key))).order_by("pk"))  # noqa: S611
        return found if len(found) > 1 else []


class Document(models.Model):
    """One file as it came, and the text that was read from it.

    A changed file is a document of its own that `replaces` the former one, which stays.
    """

    slug = models.SlugField(_("Kürzel"), max_length=80, unique=True)
    file_name = models.CharField(_("Dateiname"), max_length=200)
    content = models.BinaryField(_("Datei"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    text = models.TextField(_("Text"), editable=False)
    added_at = models.DateTimeField(_("hinzugefügt"), auto_now_add=True)
    read_at = models.DateTimeField(_("gelesen"), editable=False)
    read_with = models.CharField(
        _("Stand des Lesers"), max_length=16, editable=False, help_text=_("Prüfsumme über den Code, der las.")
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("ersetzt"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quelle")
        verbose_name_plural = _("Quellen")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_is_hexadecimal"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Section(models.Model):
    """A heading and what stands under it; the one without a heading holds what stands before the first."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="subsections"
    )
    position = models.PositiveIntegerField(_("Stelle"))
    level = models.PositiveSmallIntegerField(_("Ebene"))
    heading = models.TextField(_("Überschrift im Wortlaut"), blank=True)
    title = models.TextField(_("Überschrift in lesbarer Schreibweise"), blank=True)
    start = models.PositiveIntegerField(_("Anfang"))
    end = models.PositiveIntegerField(_("Ende"))

    class Meta:
        verbose_name = _("Abschnitt")
        verbose_name_plural = _("Abschnitte")
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="section_position_once"),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("heading")), name="section_as_long_as_its_heading"
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        return self.title or self.heading

    @property
    def anchor(self) -> str:
        return f"abschnitt-{self.position}"


class PassageQuerySet(models.QuerySet["Passage"]):
    def not_verbatim(self) -> "PassageQuerySet":
        """Those whose text isn't the document's text at their place: never any."""
        here = Substr("document__text", F("start") + 1, F("end") - F("start"))
        return self.annotate(text_there=here).exclude(text_there=F("text"))

    def around(self, passage: "Passage", before: int, after: int) -> "PassageQuerySet":
        """A passage with so many before and so many after it in its document, as they follow each other."""
        reach = (passage.position - before, passage.position + after)
        return self.filter(document=passage.document_id, position__range=reach).order_by("position")


class Passage(models.Model):
    """One sentence or list item, verbatim: `document.text[start:end]`, held by a trigger (migration 0002)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    # Re-reading a file replaces its passages in one go and keeps the keys of those that stayed; the
    # database checks these two at the end of the transaction, so nothing needs to cascade meanwhile.
    section = models.ForeignKey(Section, on_delete=models.DO_NOTHING, related_name="passages")
    lead_in = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="introduces"
    )
    position = models.PositiveIntegerField(_("Satz"))
    start = models.PositiveIntegerField(_("Anfang"))
    end = models.PositiveIntegerField(_("Ende"))
    text = models.TextField(_("Wortlaut"))
    page = models.PositiveIntegerField(_("Seite"), null=True, blank=True)
    block = models.PositiveIntegerField(_("Absatz"))
    is_item = models.BooleanField(_("Listenpunkt"), default=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Textstelle")
        verbose_name_plural = _("Textstellen")
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="passage_position_once"),
            models.UniqueConstraint(fields=["document", "start"], name="passage_start_once"),
            models.UniqueConstraint(fields=["document", "end"], name="passage_end_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_not_empty"),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("text")), name="passage_as_long_as_its_text"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        return anchor_of(self.position)


def anchor_of(position: int) -> str:
    """Where the page of a text holds the passage at this position."""
    return f"satz-{position}"
