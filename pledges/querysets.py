"""The questions that pages ask of statements and relations. What is visible is decided here alone."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from pledges.full_text import Meets
from pledges.search.query import Search, search_for

if TYPE_CHECKING:
    from pledges.models import Programme, Statement, Topic


class Cause(models.IntegerChoices):
    """Why a statement waits for an editor, the most pressing first."""

    HINT = 0, _("Hinweis aus der Leserschaft")
    REWORDED = 1, _("Wortlaut geändert")
    DIFFERING = 2, _("Kodierende uneinig")
    MACHINE = 3, _("nur von der Maschine kodiert")
    UNCHECKED = 4, _("nach Codebuch kodiert, noch von niemandem geprüft")


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        """Those of the programmes that the public may see, gone ones too."""
        return self.filter(programme__in=_published_programmes())

    def current(self) -> "StatementQuerySet":
        """Those that stand in the text as it is now."""
        return self.filter(gone_since=None)

    def pledges(self) -> "StatementQuerySet":
        return self.filter(kind="pledge")

    def about(self, topic: "Topic") -> "StatementQuerySet":
        return self.filter(topics_given__topic=topic)

    def about_any(self, slugs: Iterable[str]) -> "StatementQuerySet":
        """Those with at least one of the topics, each once."""
        through = apps.get_model("pledges", "StatementTopic")
        given = through.objects.filter(statement=OuterRef("pk"), topic__slug__in=list(slugs))
        return self.filter(Exists(given))

    def of(self, programmes: "Iterable[Programme]") -> "StatementQuerySet":
        return self.filter(programme__in=list(programmes))

    def containing(self, words: str) -> "StatementQuerySet":
        """Those that a search for the words finds; none where nothing is left of them but accents."""
        return self.found_by(search_for(words))

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

    def for_cards(self) -> "StatementQuerySet":
        """With all that a card shows, in two queries; the programmes are a page's own (`with_programmes`)."""
        return self.with_their_place().prefetch_related("topics_given")

    def for_editors(self) -> "StatementQuerySet":
        """With all that editors see of a statement and its programme by itself, in three queries."""
        return self.for_cards().select_related("programme").prefetch_related("programme__authorships__party")

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
            When(origin="machine", then=Cause.MACHINE),
            default=Cause.UNCHECKED,
            output_field=models.IntegerField(),
        )
        return self.annotate(cause=cause).order_by("cause", "-doubt", "programme", "position")

    def not_to_be_coded_blind_by(self, coder: Any) -> "StatementQuerySet":
        """All but those that this user shall still code without sight of other labels."""
        sampled = apps.get_model("pledges", "SampledStatement").objects
        given = sampled.filter(statement=OuterRef("pk"), sample__coder=coder, second=None)
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
            "by_machine": Count("pk", filter=Q(origin="machine")),
            "reworded": Count("pk", filter=Q(wording_changed=True)),
        }
        rows = self.current().order_by().values_list("programme").annotate(**counts)
        return {programme: dict(zip(counts, numbers, strict=True)) for programme, *numbers in rows}

    def number_by_programme(self) -> dict[int, int]:
        """How many there are of each programme, by its key."""
        return dict(self.order_by().values_list("programme").annotate(n=Count("pk")))


_LABELS = ("kind", "commitment", "measurable")
_PAIR = ("first", "second")


def _doubtful() -> Q:
    return ~Q(origin="editor") | Q(wording_changed=True) | Q(Exists(_open_hints())) | _coders_differ()


def _open_hints() -> models.QuerySet:
    return apps.get_model("pledges", "Hint").objects.open().filter(statement=OuterRef("pk"))


def _coders_differ() -> Q:
    """Those that two coders of a complete sample coded otherwise, until somebody decides on it.

    `pledges.sampling.differing` says of a pair what `_differing` asks the database: tests hold them together.
    """
    sampled = apps.get_model("pledges", "SampledStatement").objects
    still_coded = Exists(sampled.filter(sample=OuterRef("sample"), second=None))
    decided = apps.get_model("pledges", "Coding").objects.filter(
        statement=OuterRef("statement"),
        origin="editor",
        made_at__gt=OuterRef("second__made_at"),
        is_blind=False,
        undoes=None,
        undone_by=None,
    )
    twice = sampled.filter(
        _differing(), ~still_coded, ~Exists(decided), second__isnull=False, settled_by=None
    )
    # Asked once, of the few that were coded twice, and not of each statement.
    return Q(pk__in=twice.values("statement"))


def _differing() -> Q:
    """Of statements coded twice: that any label differs, the main topic too; further topics have no order."""
    labels = [~Q(**{f"first__{name}": F(f"second__{name}")}) for name in _LABELS]
    topics = [Q(Exists(_topics_lacking(one, other))) for one, other in (_PAIR, _PAIR[::-1])]
    return reduce(or_, [*labels, *topics, Q(Exists(_topics_lacking(*_PAIR, position=0)))])


def _topics_lacking(one: str, other: str, **place: int) -> models.QuerySet:
    """The topics (at this place) that the one coding gives and the other doesn't."""
    given = apps.get_model("pledges", "CodingTopic").objects.order_by()
    others = given.filter(coding=OuterRef(OuterRef(other)), **place)
    return given.filter(coding=OuterRef(one), **place).exclude(topic__in=others.values("topic"))


def _published_programmes() -> "models.QuerySet[Programme]":
    return apps.get_model("pledges", "Programme").objects.published()


class PledgeManager(models.Manager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> StatementQuerySet:
        return super().get_queryset().pledges()


class RelationQuerySet(models.QuerySet):
    def shown(self) -> "RelationQuerySet":
        """Those that the public sees: no rejected ones, and none that only the machine suggests.

        Both statements still stand, in texts that the public may see.
        """
        public = _published_programmes()
        given = self.exclude(status="rejected").exclude(status="suggested", origin="machine")
        return given.standing().filter(a__programme__in=public, b__programme__in=public)

    def standing(self) -> "RelationQuerySet":
        """Those of which both statements stand in the text as it is now."""
        return self.filter(a__gone_since=None, b__gone_since=None)

    def waiting(self) -> "RelationQuerySet":
        """Those that an editor should judge: first what the public sees already, then the likeliest."""
        by_machine = Case(When(origin="machine", then=1), default=0, output_field=models.IntegerField())
        likeliest = F("certainty").desc(nulls_last=True)
        return self.standing().filter(status="suggested").order_by(by_machine, likeliest, "a", "b")

    def number_judged(self) -> tuple[int, int]:
        """How many of those that an editor should judge, or has, are judged, and how many there are."""
        judged, suggested = Q(judged_by__isnull=False), Q(status="suggested")
        wanted = self.standing().order_by()
        found = wanted.aggregate(
            judged=Count("pk", filter=judged), all=Count("pk", filter=judged | suggested)
        )
        return found["judged"], found["all"]

    def number_by_kind(self) -> dict[str, tuple[int, int]]:
        """How many there are of each kind, and how many of those an editor confirmed."""
        counts = {"all": Count("pk"), "confirmed": Count("pk", filter=Q(status="confirmed"))}
        rows = self.order_by().values_list("kind").annotate(**counts)
        return {kind: (number, confirmed) for kind, number, confirmed in rows}

    def joining(self, programmes: "Sequence[Programme]") -> "RelationQuerySet":
        """Those of one programme with any other, or between two; all where none is named."""
        if len(programmes) > 1:
            return self.between(programmes)
        mine = Q(a__programme__in=programmes) | Q(b__programme__in=programmes)
        return self.filter(mine) if programmes else self

    def of(self, statement: "Statement") -> "RelationQuerySet":
        return self.filter(Q(a=statement) | Q(b=statement))

    def between(self, programmes: "Iterable[Programme]") -> "RelationQuerySet":
        chosen = list(programmes)
        return self.filter(a__programme__in=chosen, b__programme__in=chosen)

    def about(self, topic: "Topic") -> "RelationQuerySet":
        """Those of which both statements are about the topic."""
        given = topic.statements.through.objects.filter(topic=topic)
        return self.filter(
            Exists(given.filter(statement=OuterRef("a"))), Exists(given.filter(statement=OuterRef("b")))
        )

    def with_statements(self) -> "RelationQuerySet":
        """With both statements as a card without topics shows them, in one query."""
        return self.select_related(
            "a__passage__section", "a__passage__lead_in", "b__passage__section", "b__passage__lead_in"
        ).order_by("a__programme", "a__position", "b__position")
