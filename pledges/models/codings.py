"""The opinions on statements: a log that is added to, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pledges.models.labelled import Labelled, Origin
from pledges.models.politics import Topic
from pledges.models.statements import Statement, TopicGivenManager

# The codebook that statements are coded after, as the log names it.
CODEBOOK = "Codebuch 2026"


class BulkChange(models.Model):
    """Many codings that an editor gave in one go, to be taken back in one go."""

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="bulk_changes",
        verbose_name=_("Redaktion"),
    )
    made_at = models.DateTimeField(_("Zeitpunkt"))
    what = models.TextField(_("was geändert wurde"))

    class Meta:
        verbose_name = _("Sammeländerung")
        verbose_name_plural = _("Sammeländerungen")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.what


class Coding(Labelled):
    """One opinion on a statement: who, when, what. Added to, never changed, never deleted.

    `coder` names the machine's version or the codebook; `editor` is set exactly for an editor's coding.
    `previous` is the coding that held before. One that `undoes` another takes it out of what holds, and
    tells the labels that hold since. One that `is_blind` was given without sight of any other (see
    `Sample`): it never holds.
    """

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="codings",
        verbose_name=_("Aussage"),
        db_index=False,
    )
    coder = models.CharField(_("Kodiert von"), max_length=80)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codings",
        verbose_name=_("Redaktion"),
    )
    made_at = models.DateTimeField(_("Zeitpunkt"))
    codebook = models.CharField(_("Fassung des Codebuchs"), max_length=40, default=CODEBOOK)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("galt zuvor"),
    )
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("nimmt zurück"),
    )
    bulk_change = models.ForeignKey(
        BulkChange,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codings",
        verbose_name=_("Sammeländerung"),
    )
    is_blind = models.BooleanField(_("ohne Kenntnis anderer Kodierungen"), default=False)
    topics = models.ManyToManyField(
        Topic, through="CodingTopic", related_name="codings", verbose_name=_("Themen")
    )
    kind_certainty = models.FloatField(_("Sicherheit: Art"), null=True, blank=True)
    commitment_certainty = models.FloatField(_("Sicherheit: Bindung"), null=True, blank=True)
    measurable_certainty = models.FloatField(_("Sicherheit: messbar"), null=True, blank=True)
    topics_certainty = models.FloatField(_("Sicherheit: Themen"), null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = _("Kodierung")
        verbose_name_plural = _("Kodierungen")
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=Q(origin=Origin.EDITOR, editor__isnull=False)
                | (~Q(origin=Origin.EDITOR) & Q(editor__isnull=True)),
                name="coding_editor_exactly_where_an_editor_coded",
            ),
            models.CheckConstraint(
                condition=Q(undoes=None) | Q(origin=Origin.EDITOR), name="coding_undone_by_an_editor"
            ),
        ]
        indexes = [models.Index(fields=["statement", "origin", "made_at"], name="coding_newest_of_origin")]

    def __str__(self) -> str:
        return f"{self.get_origin_display()}: {self.get_kind_display()}"

    @property
    def ordered_topics(self) -> list[Topic]:
        return [given.topic for given in self.topics_given.all()]

    @property
    def doubt(self) -> float:
        """1 less the certainty of the least certain label; 0 where nobody says how certain."""
        certainties = (
            self.kind_certainty,
            self.commitment_certainty,
            self.measurable_certainty,
            self.topics_certainty,
        )
        return 1 - min((known for known in certainties if known is not None), default=1.0)


class CodingTopic(models.Model):
    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="topics_given", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="codings_given")
    position = models.PositiveSmallIntegerField(_("Stelle"))

    objects = TopicGivenManager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["coding", "topic"], name="coding_topic_once"),
            models.UniqueConstraint(fields=["coding", "position"], name="coding_topic_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.topic)
