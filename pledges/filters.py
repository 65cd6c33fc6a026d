"""Filters of statements, as they stand in a link: readable, German, one name each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pledges.models import Commitment, Kind, Origin, Party, Programme, Statement, Topic
from pledges.querysets import StatementQuerySet
from pledges.search.query import Search, named_by, names, search_for

KINDS = {
    "vorhaben": Kind.PLEDGE,
    "bilanz": Kind.RECORD,
    "grundsatz": Kind.VALUE,
    "hintergrund": Kind.CONTEXT,
}
COMMITMENTS = {
    "fest": Commitment.FIRM,
    "absicht": Commitment.INTENT,
    "pruefung": Commitment.REVIEW,
    "forderung": Commitment.DEMAND,
    "ausschluss": Commitment.REJECTION,
    "zielbild": Commitment.VISION,
}
ORIGINS = {"maschine": Origin.MACHINE, "codebuch": Origin.CODEBOOK, "redaktion": Origin.EDITOR}
MEASURABLE = {"ja": True, "nein": False}
ORDERS = {
    "programm": _("nach Programm"),
    "abwechselnd": _("abwechselnd"),
    "treffer": _("beste Treffer zuerst"),
}

Choices = Sequence[tuple[str, Any]]


class _Choices(django_filters.MultipleChoiceFilter):
    """Several choices of one filter mean "or"; none means all."""

    def __init__(self, meaning: dict[str, Any] | None = None, **options: Any) -> None:
        self.meaning = meaning
        super().__init__(distinct=False, **options)

    def filter(self, qs: StatementQuerySet, value: Sequence[str]) -> StatementQuerySet:
        if not value:
            return qs
        wanted = [self.meaning[slug] for slug in value] if self.meaning else value
        return qs.filter(**{f"{self.field_name}__in": wanted})


def _labelled(meaning: dict[str, Any]) -> Choices:
    return [(slug, choice.label) for slug, choice in meaning.items()]


class StatementFilter(django_filters.FilterSet):
    """The filters of a list of statements. `programmes` are those on offer, with their authors.

    Programme, party and place are resolved to programmes here, so that no filter needs a join.
    """

    q = django_filters.CharFilter(method="filter_words", max_length=200, label=_("Suchwort"))
    programm = _Choices(method="filter_programmes", label=_("Programm"))
    partei = _Choices(method="filter_programmes", label=_("Partei / Gruppe"))
    art = _Choices(KINDS, field_name="kind", choices=_labelled(KINDS), label=_("Art der Aussage"))
    bindung = _Choices(
        COMMITMENTS, field_name="commitment", choices=_labelled(COMMITMENTS), label=_("Bindung")
    )
    messbar = _Choices(
        MEASURABLE,
        field_name="measurable",
        choices=[("ja", _("ja")), ("nein", _("nein"))],
        label=_("Messbar"),
    )
    herkunft = _Choices(
        ORIGINS, field_name="origin", choices=_labelled(ORIGINS), label=_("Herkunft der Einordnung")
    )
    ort = _Choices(method="filter_programmes", label=_("Ort"))
    folge = django_filters.ChoiceFilter(
        method="keep", choices=list(ORDERS.items()), empty_label=None, label=_("Reihenfolge")
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        queryset: StatementQuerySet,
        *,
        programmes: Sequence[Programme],
        topics: Sequence[Topic] = (),
    ) -> None:
        super().__init__(data, queryset)
        self.programmes, self.topics = programmes, topics
        self.slugs_of = {
            "programm": {p.pk: {p.slug} for p in programmes},
            "partei": {p.pk: {party.slug for party in p.authors} for p in programmes},
            "ort": {p.pk: {p.place.slug} for p in programmes},
        }
        parties = {party.slug: party.short_name for p in programmes for party in p.authors}
        places = {p.place.slug: p.place.name for p in programmes}
        self._offer("programm", [(p.slug, p.short_title) for p in programmes])
        self._offer("partei", _by_label(parties))
        self._offer("ort", _by_label(places))
        if topics:
            self.filters["thema"] = _Choices(
                method="filter_topics", choices=[(t.slug, t.name) for t in topics], label=_("Thema")
            )
            self.filters["thema"].parent = self

    def _offer(self, name: str, choices: Choices) -> None:
        self.filters[name].extra["choices"] = choices

    def filter_words(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return queryset.found_by(self.search)

    def filter_programmes(
        self, queryset: StatementQuerySet, name: str, value: Iterable[str]
    ) -> StatementQuerySet:
        wanted = set(value)
        return queryset.of(p for p in self.programmes if self.slugs_of[name][p.pk] & wanted)

    def filter_topics(
        self, queryset: StatementQuerySet, name: str, value: Iterable[str]
    ) -> StatementQuerySet:
        return queryset.about_any(value)

    def keep(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return queryset

    def belonging(self, name: str, row: Mapping[str, Any]) -> set[str]:
        """The choices of a filter that a row of `StatementQuerySet.tally` falls under."""
        if name in self.slugs_of:
            return self.slugs_of[name][row["programme"]]
        if name == "thema":
            return {row["topic"]}
        chooser = self.filters[name]
        return {slug for slug, meaning in chooser.meaning.items() if meaning == row[chooser.field_name]}

    @cached_property
    def search(self) -> Search:
        """What the words of a valid filter ask for."""
        return self.search_for(self.form.cleaned_data.get("q", ""))

    def search_for(self, words: str) -> Search:
        """What these words ask for; they may name a party or topic on offer."""
        return search_for(words, names(self._named))

    @property
    def named(self) -> "list[Topic | Party]":
        """The topics and parties on offer that the words name."""
        tokens = named_by(self.search.query.terms, names(self._named))
        parties = {party.pk: party for programme in self.programmes for party in programme.authors}
        return [
            *(topic for topic in self.topics if f"@t{topic.pk}" in tokens),
            *(party for party in parties.values() if f"@p{party.pk}" in tokens),
        ]

    @cached_property
    def _named(self) -> tuple[tuple[str, str], ...]:
        parties = {party.pk: party for programme in self.programmes for party in programme.authors}
        topics = ((name, f"@t{topic.pk}") for topic in self.topics for name in (topic.name_de, topic.name_en))
        return (*((party.short_name, f"@p{party.pk}") for party in parties.values()), *topics)

    @property
    def searched(self) -> list[Programme]:
        """The programmes that the filters of programme, party and place leave."""
        wanted = {name: set(self.chosen()[name]) for name in self.slugs_of}
        return [
            programme
            for programme in self.programmes
            if all(not slugs or slugs & self.slugs_of[name][programme.pk] for name, slugs in wanted.items())
        ]

    def chosen(self) -> dict[str, list[str]]:
        """The filters with several choices, and what is chosen of each."""
        return {
            name: self.form.cleaned_data.get(name) or []
            for name, chooser in self.filters.items()
            if isinstance(chooser, _Choices)
        }


def _by_label(names: dict[str, str]) -> Choices:
    return sorted(names.items(), key=lambda choice: choice[1].casefold())
