"""Statements, the opinions on them, and the labels that follow from these."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pledges.models.politics import Programme, Topic, address_of
from pledges.querysets import PledgeManager, StatementQuerySet
from sources.models import Passage

# The codebook that statements are coded after, as the log names it.
CODEBOOK = "Codebuch 2026"
_ANY_KEY = "KEY"


class Kind(models.TextChoices):
    PLEDGE = "pledge", _("Vorhaben")
    RECORD = "record", _("Bilanz")
    VALUE = "value", _("Grundsatz")
    CONTEXT = "context", _("Hintergrund")


class Commitment(models.TextChoices):
    FIRM = "firm", _("fest zugesagt")
    INTENT = "intent", _("beabsichtigt")
    REVIEW = "review", _("wird geprüft")
    DEMAND = "demand", _("Forderung an andere")
    REJECTION = "rejection", _("schließt aus")
    VISION = "vision", _("Zielbild")


class Origin(models.TextChoices):
    MACHINE = "machine", _("Maschine")
    CODEBOOK = "codebook", _("nach Codebuch")
    EDITOR = "editor", _("Redaktion")


_LABELS = {choice.value: choice.label for choice in (*Kind, *Commitment)}


class Labelled(models.Model):
    """The labels of the codebook, as a coding gives them and as they hold for a statement."""

    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    commitment = models.CharField(_("Bindung"), max_length=10, choices=Commitment, blank=True)
    measurable = models.BooleanField(_("messbar"), default=False)
    origin = models.CharField(_("Herkunft"), max_length=8, choices=Origin)
    contested = models.BooleanField(_("Durchgänge uneinig"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=Kind.PLEDGE) & ~Q(commitment=""))
                | (~Q(kind=Kind.PLEDGE) & Q(commitment="")),
                name="%(class)s_commitment_exactly_where_pledge",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PLEDGE) | Q(measurable=False),
                name="%(class)s_measurable_only_where_pledge",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="%(class)s_kind_is_known"),
            models.CheckConstraint(
                condition=Q(commitment__in=["", *Commitment.values]), name="%(class)s_commitment_is_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="%(class)s_origin_is_known"),
        ]

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """As Django's own, which gathers all choices anew each time; a list shows it on every card."""
        return str(_LABELS.get(self.kind, self.kind))

    def get_commitment_display(self) -> str:  # type: ignore[no-redef]
        return str(_LABELS.get(self.commitment, self.commitment))


class Statement(Labelled):
    """A passage of a programme as it is coded now.

    `key` is its permalink. A statement whose passage vanished from the text stays, `gone_since` then;
    its labels are those of its effective coding (see `pledges.labels`), never set by hand.
    """

    key = models.SlugField(_("Kennung"), max_length=100, unique=True)
    # Here and below: an index that begins with the key stands among the model's own, one more would be waste.
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        related_name="statements",
        verbose_name=_("Programm"),
        db_index=False,
    )
    # Checked at the end of the transaction, like the passage's own keys: see sources.models.Passage.
    passage = models.OneToOneField(
        Passage,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="statement",
        verbose_name=_("Textstelle"),
    )
    text = models.TextField(_("Wortlaut"))
    position = models.PositiveIntegerField(_("Satz"))
    share = models.FloatField(
        _("Ort im Programm"),
        help_text=_("0 am Anfang, 1 am Ende; danach wechseln Listen zwischen Programmen."),
    )
    certainty = models.FloatField(_("Sicherheit der Maschine"), null=True, blank=True)
    doubt = models.FloatField(
        _("Zweifel der Maschine"),
        default=0,
        help_text=_("1 minus Sicherheit des unsichersten Merkmals; 0, wo nicht die Maschine kodiert hat."),
    )
    topics = models.ManyToManyField(
        Topic, through="StatementTopic", related_name="statements", verbose_name=_("Themen")
    )
    # After the holding coding was given; the words that it was given for are `former_text`.
    wording_changed = models.BooleanField(_("Wortlaut geändert"), default=False)
    reworded_at = models.DateTimeField(_("Wortlaut geändert am"), null=True, blank=True, editable=False)
    former_text = models.TextField(_("früherer Wortlaut"), blank=True, editable=False)
    gone_since = models.DateTimeField(_("nicht mehr im Text seit"), null=True, blank=True)

    # Of one that is only shown, by who has all topics at hand.
    known_topics: list[Topic] | None = None

    objects = StatementQuerySet.as_manager()

    class Meta(Labelled.Meta):
        verbose_name = _("Aussage")
        verbose_name_plural = _("Aussagen")
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=Q(gone_since__isnull=False) | Q(passage__isnull=False),
                name="statement_stands_in_the_text_or_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0) & Q(share__lte=1), name="statement_share_is_a_share"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "position"], name="statement_reading_order"),
            models.Index(fields=["kind", "programme"], name="statement_kind_programme"),
            models.Index(fields=["programme", "-doubt"], name="statement_doubt"),
            models.Index(fields=["contested"], name="statement_contested", condition=Q(contested=True)),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        # A page shows twenty, each another one: to ask Django for each takes longer than to find them.
        return address_of("statement", _ANY_KEY, get_language()).replace(_ANY_KEY, self.key)

    @property
    def is_pledge(self) -> bool:
        return self.kind == Kind.PLEDGE

    @property
    def ordered_topics(self) -> list[Topic]:
        """The topics, main one first; without a query after `for_cards()`, or where they are known."""
        if self.known_topics is not None:
            return self.known_topics
        return [given.topic for given in self.topics_given.all()]


class Pledge(Statement):
    """A statement of kind pledge."""

    objects = PledgeManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("Vorhaben")
        verbose_name_plural = pgettext_lazy("Mehrzahl", "Vorhaben")


class TopicGivenManager(models.Manager):
    """With the topics themselves, as a given topic is of no use without."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("topic")


class StatementTopic(models.Model):
    """A topic that holds for a statement; position 0 is the main one."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="topics_given", db_index=False
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="statements_given", db_index=False
    )
    position = models.PositiveSmallIntegerField(_("Stelle"))

    objects = TopicGivenManager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "topic"], name="statement_topic_once"),
            models.UniqueConstraint(fields=["statement", "position"], name="statement_topic_position_once"),
        ]
        indexes = [models.Index(fields=["topic", "statement"], name="statement_topic_by_topic")]

    def __str__(self) -> str:
        return str(self.topic)


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


class TargetKind(models.TextChoices):
    AMOUNT = "amount", _("Menge")
    SHARE = "share", _("Anteil")
    MONEY = "money", _("Geldbetrag")
    DEADLINE = "deadline", _("Frist")
    TOTAL = "total", _("alle oder keine")


class Target(models.Model):
    """A number, sum, share, date or total that a pledge sets: `statement.text[start:end]`."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="targets", verbose_name=_("Aussage")
    )
    kind = models.CharField(_("Art"), max_length=8, choices=TargetKind)
    start = models.PositiveIntegerField(_("Anfang"))
    end = models.PositiveIntegerField(_("Ende"))
    value = models.FloatField(_("Wert"), null=True, blank=True)
    unit = models.CharField(_("Einheit"), max_length=80, blank=True)
    period = models.CharField(_("Zeitraum"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("Jahr"), null=True, blank=True)

    class Meta:
        verbose_name = _("Zielgröße")
        verbose_name_plural = _("Zielgrößen")
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="target_not_empty"),
            models.UniqueConstraint(fields=["statement", "start", "kind"], name="target_once"),
            models.CheckConstraint(condition=Q(kind__in=TargetKind.values), name="target_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return self.statement.text[self.start : self.end]
