"""Statements, the topics and targets that they have, and the questions that are asked of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pledges.among import Among
from pledges.full_text import Meets
from pledges.models.labelled import Kind, Labelled, Origin
from pledges.models.politics import Programme, Topic, address_of
from pledges.search.query import Search, search_for
from sources.models import Passage

_ANY_KEY = "KEY"


class Cause(models.IntegerChoices):
    """Why a statement waits for an editor, the most pressing first."""

    HINT = 0, _("Hinweis aus der Leserschaft")
    REWORDED = 1, _("Wortlaut geändert")
    DIFFERING = 2, _("Kodierende uneinig")
    MACHINE = 3, _("nur von der Maschine kodiert")
    UNCHECKED = 4, _("nach Codebuch kodiert, noch von niemandem geprüft")


def address_of_statement(key: str, language: str | None) -> str:
    """The page of a statement. A list shows twenty, each another one, and to ask Django for each would take
    longer than to find them."""
    return address_of("statement", _ANY_KEY, language).replace(_ANY_KEY, key)


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        """Those of the programmes that the public may see, gone ones too."""
        return self.filter(programme__in=Programme.objects.published())

    def current(self) -> "StatementQuerySet":
        """Those that stand in the text as it is now."""
        return self.filter(gone_since=None)

    def pledges(self) -> "StatementQuerySet":
        return self.filter(kind=Kind.PLEDGE)

    def about(self, topic: Topic) -> "StatementQuerySet":
        return self.filter(topics_given__topic=topic)

    def about_any(self, slugs: Iterable[str]) -> "StatementQuerySet":
        """Those with at least one of the topics, each once."""
        given = StatementTopic.objects.filter(statement=OuterRef("pk"), topic__slug__in=list(slugs))
        return self.filter(Exists(given))

    def of(self, programmes: Iterable[Programme]) -> "StatementQuerySet":
        return self.filter(programme__in=list(programmes))

    def with_keys(self, keys: Sequence[int]) -> "StatementQuerySet":
        """Those of a page; for thousands see `pledges.keys.in_batches`."""
        return self.filter(Among("pk", keys))

    def containing(self, words: str) -> "StatementQuerySet":
        """Those that a search for the words finds; none without words, nor with filters among them, which
        only a list with fields for them knows (see `pledges.typed_filters`): what isn't understood never
        widens."""
        search = search_for(words)
        return self.none() if search.query.finds_all or search.query.filters else self.found_by(search)

    def found_by(self, search: Search) -> "StatementQuerySet":
        """Those that meet all that is searched, in the worst of its tiers too."""
        if search.query.is_void:
            return self.none()
        found = self.filter(Meets("pk", search.tiers[-1])) if search.tiers else self.all()
        for phrase in search.query.phrases:
            found = found.filter(search_row__words__contains=f" {' '.join(phrase)} ")
        if search.without:
            found = found.exclude(Meets("pk", search.without))
        for phrase in search.query.excluded_phrases:
            found = found.exclude(search_row__words__contains=f" {' '.join(phrase)} ")
        return found

    def in_reading_order(self) -> "StatementQuerySet":
        return self.order_by("programme", "position")

    def within_their_text(self) -> "StatementQuerySet":
        """With all that is told of a statement within its programme, in two queries."""
        return self.with_their_place().prefetch_related("topics_given")

    def for_editors(self) -> "StatementQuerySet":
        """With all that editors see of a statement and its programme by itself, in three queries."""
        return (
            self.within_their_text()
            .select_related("programme")
            .prefetch_related("programme__authorships__party")
        )

    def with_their_place(self) -> "StatementQuerySet":
        """With where they stand in their text: the section, and what introduces them."""
        return self.select_related("passage__section", "passage__lead_in")

    def in_doubt(self) -> "StatementQuerySet":
        """Those in the text that no editor has checked as they stand now, or on which two coders then said
        different things; of them, see `by_doubt`."""
        return self.current().filter(_doubtful())

    def by_doubt(self) -> "StatementQuerySet":
        """The most doubtful first: by `cause` (see Cause), then by how unsure the machine was."""
        cause = Case(
            When(Exists(_open_hints()), then=Cause.HINT),
            When(wording_changed=True, then=Cause.REWORDED),
            When(Q(contested=True) | _coders_differ(), then=Cause.DIFFERING),
            When(origin=Origin.MACHINE, then=Cause.MACHINE),
            default=Cause.UNCHECKED,
            output_field=models.IntegerField(),
        )
        return self.annotate(cause=cause).order_by("cause", "-doubt", "programme", "position")

    def not_to_be_coded_blind_by(self, coder: Any) -> "StatementQuerySet":
        """All but those that this user shall still code without sight of other labels."""
        given = _sampled().filter(statement=OuterRef("pk"), sample__coder=coder, second=None)
        return self.exclude(Exists(given))

    def number_checked(self) -> tuple[int, int]:
        """How many of those in the text an editor has checked, and how many there are."""
        counts = {"all": Count("pk"), "unchecked": Count("pk", filter=_doubtful())}
        found = self.current().order_by().aggregate(**counts)
        return found["all"] - found["unchecked"], found["all"]

    def number_unchecked_by_programme(self) -> dict[int, dict[str, int]]:
        """By the programme's key: `all_of_it` that stand in its text, those of them that are `unchecked` by
        editors, coded `by_machine` alone, `reworded` since they were coded."""
        counts = {
            "all_of_it": Count("pk"),
            "unchecked": Count("pk", filter=_doubtful()),
            "by_machine": Count("pk", filter=Q(origin=Origin.MACHINE)),
            "reworded": Count("pk", filter=Q(wording_changed=True)),
        }
        rows = self.current().order_by().values_list("programme").annotate(**counts)
        return {programme: dict(zip(counts, numbers, strict=True)) for programme, *numbers in rows}

    def number_by_programme(self) -> dict[int, int]:
        """How many there are of each programme, by its key."""
        return dict(self.order_by().values_list("programme").annotate(n=Count("pk")))


def _doubtful() -> Q:
    return ~Q(origin=Origin.EDITOR) | Q(wording_changed=True) | Q(Exists(_open_hints())) | _coders_differ()


# Hints and samples refer to statements, and so are models of later modules.


def _open_hints() -> models.QuerySet:
    return apps.get_model("pledges", "Hint").objects.open().filter(statement=OuterRef("pk"))


def _coders_differ() -> Q:
    # Asked once, of the few that were coded twice, and not of each statement.
    return Q(pk__in=_sampled().undecided().values("statement"))


def _sampled() -> Any:
    return apps.get_model("pledges", "SampledStatement").objects


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
        return address_of_statement(self.key, get_language())

    @property
    def is_pledge(self) -> bool:
        return self.kind == Kind.PLEDGE

    @property
    def ordered_topics(self) -> list[Topic]:
        """The topics, main one first; without a query after `within_their_text()`."""
        return [given.topic for given in self.topics_given.all()]


class PledgeManager(models.Manager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> StatementQuerySet:
        return super().get_queryset().pledges()


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
