"""Two to four programmes side by side on one topic."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.cards import Card, find_cards, with_programmes
from pledges.choices import COMMITMENTS, PLEDGES
from pledges.columns import Columns, columns
from pledges.comparison import FEWEST, MOST, differing, find_matters, suggested
from pledges.directory import directory
from pledges.models import Programme, Relation, Topic
from pledges.places import Scope, Texts, narrowed, scope_of
from pledges.problems import find_problems
from pledges.shares import Share, shares

PER_COLUMN = 10


class ComparisonForm(forms.Form):
    thema = forms.ChoiceField(label=_("Thema"))
    programm = forms.MultipleChoiceField(label=_("Programme (zwei bis vier)"))
    folge = forms.ChoiceField(
        label=_("Reihenfolge der Spalten"),
        choices=[("name", _("nach Namen")), ("zufall", _("ausgelost, jeden Tag neu"))],
        required=False,
    )

    def __init__(self, data: QueryDict, topics: Sequence[Topic], programmes: Sequence[Programme]) -> None:
        super().__init__(data)
        self._offer("thema", [(topic.slug, topic.name) for topic in topics])
        self._offer("programm", [(p.slug, p.short_title) for p in programmes])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_programm(self) -> list[str]:
        chosen = list(dict.fromkeys(self.cleaned_data["programm"]))
        if not FEWEST <= len(chosen) <= MOST:
            raise forms.ValidationError(_("Bitte wählen Sie zwei bis vier Programme."))
        return chosen


def compare(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    topics, programmes = known.topics, known.texts
    scope = _scope(request, known.texts_by_place)
    data = request.GET.copy()
    selection = None
    if not data.getlist("programm") and not scope.is_open:
        # For anybody the same.
        selection = suggested(scope.texts, timezone.localdate())
        data.setlist("programm", [text.slug for text in selection.texts])
    named = set(data.getlist("programm"))
    offered = [p for p in programmes if p.slug in named] if scope.is_open else scope.texts
    form = ComparisonForm(data, topics, offered)
    context = {"form": form, "topics": topics, "scope": scope, "selection": selection, "is_open": True}
    context["programmes"] = [] if scope.is_open else scope.texts
    is_asked = bool(set(request.GET) - {"ort"})
    if scope.problems or not is_asked or (scope.is_open and not data.getlist("programm")):
        return render(request, "pledges/compare.html", context, status=scope.status)
    if not form.is_valid():
        return render(
            request, "pledges/compare.html", context | {"problems": find_problems(form, data)}, status=400
        )
    topic = next(topic for topic in topics if topic.slug == form.cleaned_data["thema"])
    compared = _compared(programmes, form.cleaned_data, timezone.localdate())
    places = dict.fromkeys(programme.place.slug for programme in compared)
    others = [p for place in places for p in known.texts_by_place.of[place] if p not in compared]
    context |= _compare(topic, columns(request), compared, others)
    context |= {"parties_without_text": known.parties_without_text, "is_open": False}
    return render(request, "pledges/compare.html", context)


def _scope(request: HttpRequest, texts: Texts) -> Scope:
    """The place that the link names, else that of the programmes that it names."""
    scope = scope_of(request, texts)
    named = set(request.GET.getlist("programm"))
    if scope.problems or not scope.is_open or not named:
        return scope
    return narrowed(texts, {p.place.slug for p in texts.all if p.slug in named})


def _compared(programmes: Sequence[Programme], chosen: dict, today: date) -> list[Programme]:
    compared = [programme for programme in programmes if programme.slug in chosen["programm"]]
    if chosen["folge"] == "zufall":
        # Drawn for a day, so that a page can be quoted and kept; nobody gains by the order for long.
        random.Random(f"{today}").shuffle(compared)  # noqa: S311
    return compared


def _compare(topic: Topic, found: Columns, compared: list[Programme], others: list[Programme]) -> dict:
    numbers = found.number_by_programme(PLEDGES | {"thema": [topic.slug]})
    totals = found.number_by_programme(PLEDGES)
    by_kind = found.kinds_by_programme([*compared, *others], {"thema": [topic.slug]})
    relations = list(Relation.objects.shown().between(compared).about(topic).with_statements())
    with_programmes([s for relation in relations for s in (relation.a, relation.b)], compared)
    matters = find_matters(relations, compared)
    above = [statement for matter in matters for statement in matter.statements]
    pledges = found.rows(PLEDGES | {"thema": [topic.slug]})
    rest = found.without(pledges, [statement.pk for statement in above])
    listed = find_cards(
        [key for programme in compared for key in found.first_of(programme, rest, PER_COLUMN + 1)], found
    )
    return {
        "topic": topic,
        "differing": differing(compared),
        "compared": compared,
        "matters": matters,
        "columns": [
            _column(share, found.labels_of(share.programme, pledges), listed)
            for share in shares(compared, numbers, totals, by_kind=by_kind)
        ],
        "others": shares(others, numbers, totals, by_kind=by_kind),
    }


def _column(share: Share, labels: Mapping[str, Counter[str]], listed: list[Card]) -> dict:
    own = [card for card in listed if card.programme == share.programme]
    return {
        "share": share,
        "facts": [(commitment, labels["bindung"][slug]) for slug, commitment in COMMITMENTS.items()],
        "measurable": labels["messbar"]["ja"],
        "statements": own[:PER_COLUMN],
        "has_more": len(own) > PER_COLUMN,
        "has_some_above": share.number > len(own),
    }
