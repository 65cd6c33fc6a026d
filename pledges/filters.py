"""Filters of statements, as they stand in a link: readable, German, one name each."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pledges.choices import COMMITMENTS, KINDS, MEASURABLE, ORIGINS, TEXT_KINDS
from pledges.columns import Columns
from pledges.models import Kind, Party, Programme, Statement, Topic
from pledges.models.statements import StatementQuerySet
from pledges.search.query import Search, named_by, search_for

ORDERS = {
    "programm": _("nach Programm"),
    "abwechselnd": _("abwechselnd"),
    "treffer": _("beste Treffer zuerst"),
}


class ChoicesField(forms.MultipleChoiceField):
    """Several of many values; `offer` names them. Some thousand are neither copied nor gone through."""

    def __init__(self, *, offer: Mapping[str, Any], **options: Any) -> None:
        super().__init__(choices=lambda: list(offer.items()), **options)
        self.offer = offer

    def valid_value(self, value: str) -> bool:
        return value in self.offer


class _Choices(django_filters.MultipleChoiceFilter):
    """Several choices of one filter mean "or"; none means all."""

    field_class = ChoicesField

    def __init__(
        self, meaning: Mapping[str, Any] | None = None, offer: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        self.meaning = meaning
        named = {slug: choice.label for slug, choice in meaning.items()} if meaning and not offer else offer
        super().__init__(distinct=False, offer=named or {}, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Choices":
        """A filter for one request: its own options, the same names of the same values."""
        copied = copy(self)
        copied.extra = dict(self.extra)
        return copied

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        if not value:
            return qs
        wanted = [self.meaning[slug] for slug in value] if self.meaning else value
        return qs.filter(**{f"{self.field_name}__in": wanted})


class _OfProgramme(_Choices):
    """What a statement's programme says of itself; `field_name` is a field of the programme."""

    def filter(self, qs: StatementQuerySet, value: Sequence[str]) -> StatementQuerySet:
        return qs.filter(programme__in=super().filter(Programme.objects.all(), value)) if value else qs


class _Measurable(_Choices):
    """Asked of pledges alone: what is none is not "not measurable"."""

    def filter(self, qs: StatementQuerySet, value: Sequence[str]) -> StatementQuerySet:
        return super().filter(qs, value).filter(kind=Kind.PLEDGE) if value else qs


class _Topics(_Choices):
    def filter(self, qs: StatementQuerySet, value: Sequence[str]) -> StatementQuerySet:
        return qs.about_any(value) if value else qs


class StatementFilter(django_filters.FilterSet):
    """The filters of a list of statements, on offer what there is in `columns`.

    Lists count and page by the columns (see `pledges.columns`). `qs` asks the database: what the filters
    leave of `statements`, whatever is searched for, is what other words may find.
    """

    q = django_filters.CharFilter(method="keep", max_length=200, label=_("Suchwort"))
    ort = _OfProgramme(field_name="place__slug", label=_("Ort"))
    partei = _OfProgramme(field_name="authorships__party__slug", label=_("Partei / Gruppe"))
    programm = _OfProgramme(field_name="slug", label=_("Programm"))
    jahr = _OfProgramme(field_name="year", label=_("Jahr"))
    textart = _OfProgramme(TEXT_KINDS, field_name="kind", label=_("Art des Textes"))
    art = _Choices(KINDS, field_name="kind", label=_("Art der Aussage"))
    bindung = _Choices(COMMITMENTS, field_name="commitment", label=_("Bindung"))
    messbar = _Measurable(
        MEASURABLE, {"ja": _("ja"), "nein": _("nein")}, field_name="measurable", label=_("Messbar")
    )
    herkunft = _Choices(ORIGINS, field_name="origin", label=_("Herkunft der Einordnung"))
    folge = django_filters.ChoiceFilter(
        method="keep", choices=list(ORDERS.items()), empty_label=None, label=_("Reihenfolge")
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        statements: Callable[[], StatementQuerySet],
        *,
        columns: Columns,
        topics: Sequence[Topic] = (),
    ) -> None:
        super().__init__(data, Statement.objects.all())
        self.statements = statements
        self.columns, self.topics = columns, topics
        for name, offer in columns.offers.items():
            self.filters[name].extra["offer"] = offer
        present = columns.offers["textart"]
        labels = {slug: kind.label for slug, kind in TEXT_KINDS.items() if slug in present}
        self.filters["textart"].extra["offer"] = labels
        if topics:
            language = get_language()
            offer = {topic.slug: topic.name_in(language) for topic in topics}
            self.filters["thema"] = _Topics(offer=offer, label=_("Thema"))

    @cached_property
    def form(self) -> Any:
        """The fields of this request. To make a class for each form, as usual, takes longer than the form."""
        form = forms.Form(self.data)
        form.fields = {name: chooser.field for name, chooser in self.filters.items()}
        return form

    @property
    def qs(self) -> StatementQuerySet:
        self.queryset = self.statements()
        return super().qs

    def keep(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return queryset

    @cached_property
    def search(self) -> Search:
        """What the words of a valid filter ask for."""
        return self.search_for(self.form.cleaned_data.get("q", ""))

    def search_for(self, words: str) -> Search:
        """What these words ask for; they may name a party or topic on offer."""
        return search_for(words, self._naming)

    @property
    def named(self) -> "list[Topic | Party]":
        """The topics and parties on offer that the words name."""
        tokens = named_by(self.search.query.terms, self._naming)
        parties = self.columns.parties_by_token
        return [
            *(topic for topic in self.topics if f"@t{topic.pk}" in tokens),
            *(party for token, party in parties.items() if token in tokens),
        ]

    @property
    def _naming(self) -> Mapping[str, Sequence[str]]:
        return self.columns.naming if self.topics else self.columns.naming_parties

    def chosen(self) -> dict[str, list[str]]:
        """The filters with several choices, and what is chosen of each."""
        return {
            name: self.form.cleaned_data.get(name) or []
            for name, chooser in self.filters.items()
            if isinstance(chooser, _Choices)
        }
