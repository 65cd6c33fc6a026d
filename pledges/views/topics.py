from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.cards import find_cards
from pledges.choices import PLEDGES
from pledges.columns import columns
from pledges.comparison import Selection, select
from pledges.directory import directory, find_or_404
from pledges.models import Programme, Topic
from pledges.places import narrowed, scope_of
from pledges.problems import find_problems
from pledges.shares import Share, full_bar, shares
from pledges.views.home import topic_rows
from pledges.views.listing import Listing, list_statements, page_or_part

PER_COLUMN = 10


def topics(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    scope = scope_of(request, known.texts_by_place)
    context = {"scope": scope, "rows": topic_rows(known.topics, scope, columns(request))}
    return render(request, "pledges/topics.html", context, status=scope.status)


class ViewForm(forms.Form):
    ansicht = forms.ChoiceField(
        label=_("Ansicht"), choices=[("liste", _("als Liste")), ("spalten", _("in Spalten"))], required=False
    )


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    topic = find_or_404(known.topics, slug)
    # A link that says nothing of kinds means pledges; the form, which always sends an order, means all.
    defaults = {} if "folge" in request.GET else {"art": "vorhaben"}
    listing = list_statements(request, about=topic, defaults=defaults)
    if listing.moved_to:
        return redirect(request.path + listing.moved_to)
    view = ViewForm(request.GET)
    if not view.is_valid():
        listing = replace(listing, page=None, problems=listing.problems + find_problems(view, request.GET))
    scope = narrowed(known.texts_by_place, listing.places)
    is_narrowed = bool(defaults) and not any(request.GET.getlist("art"))
    context = {"topic": topic, "listing": listing, "scope": scope, "is_narrowed": is_narrowed}
    context["title"] = listing.titled(topic.name)
    if listing.page is None:
        return render(request, "pledges/topic.html", context, status=listing.status)
    if not scope.is_open:
        context |= _shares(topic, scope.texts, listing)
    if view.cleaned_data["ansicht"] == "spalten":
        chosen = listing.filters.chosen()["programm"]
        texts = [text for text in scope.texts if text.slug in chosen or not chosen]
        context["selection"] = selection = select(texts, timezone.localdate())
        context["columns"] = _columns(listing, selection)
    else:
        context["statements"] = listing.cards
    return render(request, page_or_part(request, "pledges/topic.html"), context)


def _shares(topic: Topic, programmes: list[Programme], listing: Listing) -> dict:
    known = listing.filters.columns
    numbers = known.number_by_programme(PLEDGES | {"thema": [topic.slug]})
    totals = known.number_by_programme(PLEDGES)
    full = full_bar(numbers[p.pk] / totals[p.pk] for p in programmes if p.whole and totals[p.pk])
    by_kind = known.kinds_by_programme(programmes, {"thema": [topic.slug]})
    found = shares(programmes, numbers, totals, full, by_kind)
    return {"shares": found, "full_bar": full, "silent": _silent(listing, found)}


def _silent(listing: Listing, found: list[Share]) -> list[Share]:
    """The texts in question without a pledge on the topic. Where only some pledges are asked for, which have
    none of these is another matter."""
    searched = listing.searched if listing.is_of_texts_alone else []
    return [share for share in found if share.silence and share.programme in searched]


def _columns(listing: Listing, selection: Selection) -> list[dict]:
    """The beginning of what each of the programmes says."""
    known = listing.filters.columns
    keys = [key for p in selection.texts for key in known.first_of(p, listing.counts.rows, PER_COLUMN)]
    cards = find_cards(keys, known)
    return [
        {"programme": programme, "statements": [card for card in cards if card.programme == programme]}
        for programme in selection.texts
    ]
