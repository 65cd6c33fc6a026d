from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from pledges.colours import party_rules
from pledges.models import Party, Programme, Statement, Topic
from pledges.shares import full_bar, shares, sum_by_programme


def party(request: HttpRequest, slug: str) -> HttpResponse:
    party = get_object_or_404(Party.objects.published(), slug=slug)
    programmes = Programme.objects.published().filter(parties=party).with_authors().by_name()
    texts = [programme for programme in programmes if not programme.digest_of_id]
    pledges = Statement.objects.published().current().pledges().of(texts)
    totals, tally = pledges.number_by_programme(), pledges.tally_by_topic()
    topics = Topic.objects.by_name()
    numbers = {t: sum_by_programme(row for row in tally if row["topic"] == t.slug) for t in topics}
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
            "digests": [programme for programme in programmes if programme.digest_of_id],
            "rows": [(topic, shares(texts, own, totals, full)) for topic, own in numbers.items()],
            "full_bar": full,
        },
    )


@cache_control(public=True, max_age=60)
def party_colours(request: HttpRequest) -> HttpResponse:
    """The hairlines' colours, as a style sheet of their own: the security policy forbids them in the page."""
    programmes = Programme.objects.published().with_authors().by_name()
    pairs = {programme.party_key: [party.colour for party in programme.authors] for programme in programmes}
    pairs |= {party.slug: [party.colour] for party in Party.objects.published()}
    return HttpResponse(party_rules(pairs), content_type="text/css; charset=utf-8")
