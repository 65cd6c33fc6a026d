"""How statements of different documents, and lines of a digest, hang together."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pledges.models.labelled import Origin
from pledges.models.politics import Programme, Topic
from pledges.models.statements import Statement, StatementTopic
from sources.models import Passage


class RelationKind(models.TextChoices):
    SAME_MEASURE = "same_measure", _("gleiche Maßnahme")
    SAME_GOAL = "same_goal", _("gleiches Ziel")
    CONFLICT = "conflict", _("Widerspruch")
    UNRELATED = "unrelated", _("kein Bezug")


class RelationStatus(models.TextChoices):
    SUGGESTED = "suggested", _("vorgeschlagen")
    CONFIRMED = "confirmed", _("bestätigt")
    REJECTED = "rejected", _("verworfen")


class Judged(models.Model):
    """Who of the editors decided, and when; nobody where it is as it came."""

    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss_judged",
        verbose_name=_("beurteilt von"),
    )
    judged_at = models.DateTimeField(_("beurteilt am"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="%(class)s_judged_by_somebody_at_some_time",
            ),
        ]


class Said(NamedTuple):
    """Words of the portal, and the language that they are in."""

    words: str
    language: str


class RelationQuerySet(models.QuerySet["Relation"]):
    def shown(self) -> "RelationQuerySet":
        """Those that the public sees: no rejected ones, and none that only the machine suggests.

        Both statements still stand, in texts that the public may see.
        """
        public = Programme.objects.published()
        given = self.exclude(status=RelationStatus.REJECTED)
        given = given.exclude(status=RelationStatus.SUGGESTED, origin=Origin.MACHINE)
        return given.standing().filter(a__programme__in=public, b__programme__in=public)

    def standing(self) -> "RelationQuerySet":
        """Those of which both statements stand in the text as it is now."""
        return self.filter(a__gone_since=None, b__gone_since=None)

    def waiting(self) -> "RelationQuerySet":
        """Those that an editor should judge: first what the public sees already, then the likeliest."""
        by_machine = Case(When(origin=Origin.MACHINE, then=1), default=0, output_field=models.IntegerField())
        likeliest = F("certainty").desc(nulls_last=True)
        suggested = self.standing().filter(status=RelationStatus.SUGGESTED)
        return suggested.order_by(by_machine, likeliest, "a", "b")

    def number_judged(self) -> tuple[int, int]:
        """How many of those that an editor should judge, or has, are judged, and how many there are."""
        judged, suggested = Q(judged_by__isnull=False), Q(status=RelationStatus.SUGGESTED)
        wanted = self.standing().order_by()
        found = wanted.aggregate(
            judged=Count("pk", filter=judged), all=Count("pk", filter=judged | suggested)
        )
        return found["judged"], found["all"]

    def number_by_kind(self) -> dict[str, tuple[int, int]]:
        """How many there are of each kind, and how many of those an editor confirmed."""
        counts = {"all": Count("pk"), "confirmed": Count("pk", filter=Q(status=RelationStatus.CONFIRMED))}
        rows = self.order_by().values_list("kind").annotate(**counts)
        return {kind: (number, confirmed) for kind, number, confirmed in rows}

    def joining(self, programmes: Sequence[Programme]) -> "RelationQuerySet":
        """Those of one programme with any other, or between two; all where none is named."""
        if len(programmes) > 1:
            return self.between(programmes)
        mine = Q(a__programme__in=programmes) | Q(b__programme__in=programmes)
        return self.filter(mine) if programmes else self

    def of(self, statement: Statement) -> "RelationQuerySet":
        return self.filter(Q(a=statement) | Q(b=statement))

    def between(self, programmes: Iterable[Programme]) -> "RelationQuerySet":
        chosen = list(programmes)
        return self.filter(a__programme__in=chosen, b__programme__in=chosen)

    def about(self, topic: Topic) -> "RelationQuerySet":
        """Those of which both statements are about the topic."""
        given = StatementTopic.objects.filter(topic=topic)
        return self.filter(
            Exists(given.filter(statement=OuterRef("a"))), Exists(given.filter(statement=OuterRef("b")))
        )

    def with_statements(self) -> "RelationQuerySet":
        """With both statements as a card without topics shows them, in one query."""
        return self.select_related(
            "a__passage__section", "a__passage__lead_in", "b__passage__section", "b__passage__lead_in"
        ).order_by("a__programme", "a__position", "b__position")


class Relation(Judged):
    """Two statements of different documents on the same matter, `a` the one loaded first.

    To readers `matter_*` names the matter, `reason_*` says what the two share or where they differ; `note` is
    the editors' own. A trigger (migration 0002) refuses two statements of the same programme.
    """

    # How long each may be.
    WORDS = {"matter_de": 60, "matter_en": 60, "reason_de": 400, "reason_en": 400}

    a = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="relations_as_a", verbose_name=_("Aussage A")
    )
    b = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="relations_as_b", verbose_name=_("Aussage B")
    )
    kind = models.CharField(_("Art"), max_length=12, choices=RelationKind)
    status = models.CharField(
        _("Stand"), max_length=9, choices=RelationStatus, default=RelationStatus.SUGGESTED
    )
    origin = models.CharField(_("Herkunft"), max_length=8, choices=Origin)
    certainty = models.FloatField(_("Sicherheit der Maschine"), null=True, blank=True)
    note = models.TextField(_("Anmerkung"), blank=True)
    matter_de = models.CharField(_("Worum es geht"), max_length=WORDS["matter_de"], blank=True)
    matter_en = models.CharField(_("Worum es geht, englisch"), max_length=WORDS["matter_en"], blank=True)
    reason_de = models.CharField(_("Begründung"), max_length=WORDS["reason_de"], blank=True)
    reason_en = models.CharField(_("Begründung, englisch"), max_length=WORDS["reason_en"], blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta(Judged.Meta):
        verbose_name = _("Bezug")
        verbose_name_plural = _("Bezüge")
        constraints = [
            *Judged.Meta.constraints,
            models.UniqueConstraint(fields=["a", "b"], name="relation_pair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="relation_pair_is_ordered"),
            models.CheckConstraint(
                condition=~Q(kind=RelationKind.UNRELATED) | Q(status=RelationStatus.REJECTED),
                name="relation_unrelated_is_rejected",
            ),
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=RelationStatus.values), name="relation_status_is_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="relation_origin_is_known"),
            # The codebook's own came judged already, by nobody of the editors.
            models.CheckConstraint(
                condition=Q(origin=Origin.CODEBOOK)
                | Q(status=RelationStatus.SUGGESTED)
                | Q(judged_by__isnull=False),
                name="relation_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} – {self.b_id}: {self.get_kind_display()}"

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.WORDS}

    @property
    def matter(self) -> str:
        """Its name in the language at hand; "" where it has none in that one."""
        return self.matter_en if get_language() == "en" else self.matter_de

    @property
    def reason(self) -> Said | None:
        """In the language at hand, else in the other one; None where there is none at all."""
        given = [Said(self.reason_de, "de"), Said(self.reason_en, "en")]
        given.sort(key=lambda said: said.language != get_language())
        return next((said for said in given if said.words), None)


class Verdict(models.TextChoices):
    FAITHFUL = "faithful", _("treu")
    PARTIAL = "partial", _("verkürzt")
    DISTORTED = "distorted", _("verfälscht")
    FABRICATED = "fabricated", _("erfunden")
    FRAGMENT = "fragment", _("Bruchstück")


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def published(self) -> "RenderingQuerySet":
        """Those of the lines of digests that the public may see."""
        return self.filter(passage__document__programme__in=Programme.objects.published())

    def by_line(self) -> "RenderingQuerySet":
        """With their lines, in the order of these."""
        return self.select_related("passage").order_by("passage__position")


class Rendering(Judged):
    """A line of a digest, the statements that it renders, a verdict and its reason."""

    passage = models.OneToOneField(
        Passage, on_delete=models.DO_NOTHING, related_name="rendering", verbose_name=_("Zeile")
    )
    sources = models.ManyToManyField(
        Statement, related_name="renderings", blank=True, verbose_name=_("gibt wieder")
    )
    verdict = models.CharField(_("Urteil"), max_length=10, choices=Verdict)
    note_de = models.TextField(_("Begründung"), blank=True)
    note_en = models.TextField(_("Begründung, englisch"), blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta(Judged.Meta):
        verbose_name = _("Wiedergabe")
        verbose_name_plural = _("Wiedergaben")
        constraints = [
            *Judged.Meta.constraints,
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="rendering_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.passage_id}"

    @property
    def origin(self) -> Origin:
        """Who the verdict is from."""
        return Origin.EDITOR if self.judged_by_id else Origin.CODEBOOK

    @property
    def note(self) -> str:
        return self.note_en if get_language() == "en" else self.note_de
