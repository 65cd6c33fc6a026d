from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from pledges.colours import party_rules
from pledges.directory import directory, find_or_404
from pledges.models import Statement
from pledges.shares import full_bar, shares, sum_by_programme


def party(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    party = find_or_404(known.parties, slug)
    texts = [programme for programme in known.texts if party in programme.authors]
    pledges = Statement.objects.published().current().pledges().of(texts)
    totals, tally = pledges.number_by_programme(), pledges.tally_by_topic()
    numbers = {t: sum_by_programme(row for row in tally if row["topic"] == t.slug) for t in known.topics}
    whole = {programme.pk for programme in texts if programme.whole}
    full = full_bar(n / totals[key] for own in numbers.values() for key, n in own.items() if key in whole)
    return render(
        request,
        "pledges/party.html",
        {
            "party": party,
            "texts": shares(
                texts, totals, Statement.objects.published().current().of(texts).number_by_programme(), 100
            ),
            "digests": [programme for programme in known.digests if party in programme.authors],
            "rows": [(topic, shares(texts, own, totals, full)) for topic, own in numbers.items()],
            "full_bar": full,
        },
    )


@cache_control(public=True, max_age=60)
def party_colours(request: HttpRequest) -> HttpResponse:
    """The hairlines' colours, as a style sheet of their own: the security policy forbids them in the page."""
    known = directory(request)
    pairs = {p.party_key: [party.colour for party in p.authors] for p in known.programmes}
    pairs |= {party.slug: [party.colour] for party in known.parties}
    return HttpResponse(party_rules(pairs), content_type="text/css; charset=utf-8")
