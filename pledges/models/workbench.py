"""What editors work with beside the codings themselves: samples coded twice, and hints from readers."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.models.codings import Coding, CodingTopic
from pledges.models.labelled import Origin
from pledges.models.politics import Programme
from pledges.models.statements import Statement

_PAIR = ("first", "second")


class SampleQuerySet(models.QuerySet["Sample"]):
    def complete(self) -> "SampleQuerySet":
        """Those of which every statement is coded a second time."""
        open_ones = SampledStatement.objects.filter(sample=OuterRef("pk"), second=None)
        return self.exclude(Exists(open_ones))

    def published(self) -> "SampleQuerySet":
        """Those that hold no statement of a text that the public may not see."""
        hidden = SampledStatement.objects.filter(sample=OuterRef("pk")).exclude(
            statement__programme__in=Programme.objects.published()
        )
        return self.exclude(Exists(hidden))

    def with_progress(self) -> "SampleQuerySet":
        """With the number of their statements as `size`, and of those already coded again as `coded`."""
        return self.annotate(
            size=models.Count("statements"),
            coded=models.Count("statements", filter=Q(statements__second__isnull=False)),
        )


class Sample(models.Model):
    """Statements drawn to be coded a second time by `coder`, who sees no other labels."""

    title = models.CharField(_("Bezeichnung"), max_length=120)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
        verbose_name=_("Programm"),
        help_text=_("Ohne Angabe wird aus allen Programmen gezogen."),
    )
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="samples_drawn",
        verbose_name=_("gezogen von"),
    )
    drawn_at = models.DateTimeField(_("gezogen am"))
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="samples_to_code",
        verbose_name=_("zweite kodierende Person"),
    )
    seed = models.PositiveIntegerField(_("Startwert der Ziehung"))
    is_shown = models.BooleanField(_("auf der Methodenseite"), default=False, editable=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stichprobe")
        verbose_name_plural = _("Stichproben")
        ordering = ["-drawn_at", "-pk"]
        permissions = [
            ("settle_sample", _("Abweichungen klären")),
            ("show_sample", _("Stichproben auf der Methodenseite zeigen")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["is_shown"], condition=Q(is_shown=True), name="sample_shown_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SampledStatementQuerySet(models.QuerySet["SampledStatement"]):
    def undecided(self) -> "SampledStatementQuerySet":
        """Those of complete samples that the two coded otherwise, until somebody decides on the statement.

        `pledges.sampling.differing` says of a pair what `_differing` asks the database: tests hold them
        together.
        """
        still_coded = SampledStatement.objects.filter(sample=OuterRef("sample"), second=None)
        decided = Coding.objects.filter(
            statement=OuterRef("statement"),
            origin=Origin.EDITOR,
            made_at__gt=OuterRef("second__made_at"),
            is_blind=False,
            undoes=None,
            undone_by=None,
        )
        both = self.filter(_differing(), second__isnull=False, settled_by=None)
        return both.exclude(Exists(still_coded)).exclude(Exists(decided))


def _differing() -> Q:
    """Of statements coded twice: that any label differs, the main topic too; further topics have no order."""
    labels = [~Q(**{f"first__{name}": F(f"second__{name}")}) for name in ("kind", "commitment", "measurable")]
    topics = [Q(Exists(_topics_lacking(one, other))) for one, other in (_PAIR, _PAIR[::-1])]
    return reduce(or_, [*labels, *topics, Q(Exists(_topics_lacking(*_PAIR, position=0)))])


def _topics_lacking(one: str, other: str, **place: int) -> models.QuerySet:
    """The topics (at this place) that the one coding gives and the other doesn't."""
    given = CodingTopic.objects.order_by()
    others = given.filter(coding=OuterRef(OuterRef(other)), **place)
    return given.filter(coding=OuterRef(one), **place).exclude(topic__in=others.values("topic"))


class SampledStatement(models.Model):
    """A statement of a sample: the coding that held when it was drawn, and the blind one.

    Where the two differ, `settled_by` is the coding that a chief editor then gave.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="statements")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="sampled", verbose_name=_("Aussage")
    )
    position = models.PositiveIntegerField(_("Stelle"))
    first = models.ForeignKey(
        Coding, on_delete=models.PROTECT, related_name="sampled_as_first", verbose_name=_("erste Kodierung")
    )
    second = models.OneToOneField(
        Coding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sampled_as_second",
        verbose_name=_("zweite Kodierung"),
    )
    settled_by = models.ForeignKey(
        Coding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="settles",
        verbose_name=_("geklärt durch"),
    )

    objects = SampledStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Aussage der Stichprobe")
        verbose_name_plural = _("Aussagen der Stichprobe")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "statement"], name="sampled_statement_once"),
            models.UniqueConstraint(fields=["sample", "position"], name="sampled_position_once"),
            models.CheckConstraint(
                condition=Q(settled_by=None) | Q(second__isnull=False), name="sampled_settled_after_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample}: {self.position}"


class HintAbout(models.TextChoices):
    KIND = "kind", _("Art oder Bindung")
    TOPIC = "topic", _("Thema")
    TEXT = "text", _("Wortlaut")
    OTHER = "other", _("etwas anderes")


class HintStatus(models.TextChoices):
    OPEN = "open", _("offen")
    ACCEPTED = "accepted", _("übernommen")
    DECLINED = "declined", _("nicht übernommen")


class HintQuerySet(models.QuerySet["Hint"]):
    def open(self) -> "HintQuerySet":
        return self.filter(status=HintStatus.OPEN)

    def told(self) -> "HintQuerySet":
        """Those that readers are told of, newest first: all accepted, and declined ones with an answer."""
        silent = Q(status=HintStatus.DECLINED, answer="")
        return self.exclude(status=HintStatus.OPEN).exclude(silent).order_by("-answered_at", "-pk")


class Hint(models.Model):
    """What a reader thinks is wrong about a statement. Of the reader it keeps nothing but the words."""

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="hints", verbose_name=_("Aussage")
    )
    about = models.CharField(_("Was stimmt nicht?"), max_length=5, choices=HintAbout)
    words = models.TextField(_("Hinweis"), max_length=1000)
    received_at = models.DateTimeField(_("eingegangen"))
    status = models.CharField(_("Stand"), max_length=8, choices=HintStatus, default=HintStatus.OPEN)
    answer = models.TextField(
        _("Antwort"),
        max_length=500,
        blank=True,
        help_text=_("Erscheint öffentlich auf der Seite der Aussage."),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hints_answered",
        verbose_name=_("beantwortet von"),
    )
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    objects = HintQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hinweis")
        verbose_name_plural = _("Hinweise")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=HintStatus.OPEN, answered_at=None, answered_by=None)
                | (~Q(status=HintStatus.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="hint_answered_by_somebody",
            ),
            models.CheckConstraint(condition=Q(about__in=HintAbout.values), name="hint_about_is_known"),
            models.CheckConstraint(condition=Q(status__in=HintStatus.values), name="hint_status_is_known"),
        ]
        indexes = [models.Index(fields=["statement", "status"], name="hint_of_statement")]

    def __str__(self) -> str:
        """Without the words, so that no log keeps them when they are deleted."""
        return f"{self.get_about_display()}, {timezone.localdate(self.received_at):%d.%m.%Y}"
