from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.vary import vary_on_headers

from pledges.directory import directory, find_or_404
from pledges.models import Programme, Statement
from pledges.querysets import StatementQuerySet
from pledges.shares import full_bar, shares
from pledges.suggestions import find_problems
from pledges.views.home import topic_rows
from pledges.views.listing import Listing, list_statements, page_or_part, with_programmes

PER_COLUMN = 10
COLUMNS = 4


def topics(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    return render(request, "pledges/topics.html", {"rows": topic_rows(known.topics, known.texts)})


class ViewForm(forms.Form):
    ansicht = forms.ChoiceField(
        label=_("Ansicht"), choices=[("liste", _("als Liste")), ("spalten", _("in Spalten"))], required=False
    )


@vary_on_headers("HX-Request")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    topic, programmes = find_or_404(known.topics, slug), known.texts
    about = Statement.objects.published().current().about(topic)
    # A link that says nothing of kinds means pledges; the form, which always sends an order, means all.
    defaults = {} if "folge" in request.GET else {"art": "vorhaben"}
    listing = list_statements(request, about, programmes, defaults=defaults)
    if listing.moved_to and not listing.problems:
        return redirect(request.path + listing.moved_to)
    view = ViewForm(request.GET)
    if not view.is_valid():
        listing = replace(listing, page=None, problems=listing.problems + find_problems(view, request.GET))
    context = {"topic": topic, "listing": listing, **_shares(about, programmes)}
    if listing.page is None:
        return render(request, "pledges/topic.html", context, status=listing.status)
    if view.cleaned_data["ansicht"] == "spalten":
        context["columns"] = _columns(listing, programmes)
    else:
        context["statements"] = with_programmes(listing.page, programmes)
    return render(request, page_or_part(request, "pledges/topic.html"), context)


def _shares(about: StatementQuerySet, programmes: list[Programme]) -> dict:
    numbers = about.pledges().number_by_programme()
    totals = Statement.objects.published().current().pledges().number_by_programme()
    full = full_bar(numbers.get(p.pk, 0) / totals[p.pk] for p in programmes if p.whole and p.pk in totals)
    return {"shares": shares(programmes, numbers, totals, full), "full_bar": full}


def _columns(listing: Listing, programmes: list[Programme]) -> list[dict]:
    """The beginning of what each of up to four programmes says, those chosen or the first by name."""
    chosen = listing.filters.chosen()["programm"]
    shown = [programme for programme in programmes if programme.slug in chosen or not chosen][:COLUMNS]
    found = listing.filters.qs.of(shown).first_of_each_programme(PER_COLUMN).for_cards()
    statements = with_programmes(found, programmes)
    return [
        {"programme": programme, "statements": [s for s in statements if s.programme_id == programme.pk]}
        for programme in shown
    ]
