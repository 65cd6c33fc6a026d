from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.choices import PLEDGES
from pledges.colours import party_rules
from pledges.columns import columns
from pledges.directory import directory, find_or_404
from pledges.places import by_place, scope_of
from pledges.shares import shares, shares_by_topic


def party(request: HttpRequest, slug: str) -> HttpResponse:
    known, found = directory(request), columns(request)
    party = find_or_404(known.parties, slug)
    scope = scope_of(request, by_place(text for text in known.texts if party in text.authors))
    texts = [] if scope.is_open else scope.texts
    pledges = found.rows(PLEDGES)
    totals = found.number_by_programme(PLEDGES)
    # The bars of all parties of a place have one measure: their pages may be looked at side by side.
    beside = known.texts_by_place.of[scope.place.slug] if scope.place else []
    about = {text.pk: found.topics_of(text, pledges) for text in beside}
    rows, full = shares_by_topic(known.topics, texts, about, totals, beside)
    return render(
        request,
        "pledges/party.html",
        {
            "party": party,
            "scope": scope,
            "texts": shares(texts, totals, found.number_by_programme({})),
            "digests": [d for d in known.digests_of(scope.place) if party in d.authors],
            "rows": rows,
            "full_bar": full,
        },
        status=scope.status,
    )


def party_colours(request: HttpRequest) -> HttpResponse:
    """The hairlines' colours, as a style sheet of their own: the security policy forbids them in the page."""
    known = directory(request)
    pairs = {p.party_key: [party.colour for party in p.authors] for p in known.programmes}
    pairs |= {party.slug: [party.colour] for party in known.parties}
    return HttpResponse(party_rules(pairs), content_type="text/css; charset=utf-8")
