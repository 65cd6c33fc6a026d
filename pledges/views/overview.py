from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.choices import PLEDGES
from pledges.columns import columns
from pledges.directory import directory
from pledges.places import scope_of
from pledges.shares import shares_by_topic


def overview(request: HttpRequest) -> HttpResponse:
    """How each text's pledges are spread over the topics, by main topic, so that a column sums to all."""
    known, found = directory(request), columns(request)
    scope = scope_of(request, known.texts_by_place)
    texts = [] if scope.is_open else scope.texts
    pledges = found.rows(PLEDGES)
    totals = found.number_by_programme(PLEDGES)
    own = {text.pk: found.topics_of(text, pledges, main=True) for text in texts}
    rows, full = shares_by_topic(known.topics, texts, own, totals)
    context = {"scope": scope, "texts": [(p, totals[p.pk]) for p in texts], "rows": rows, "full_bar": full}
    return render(request, "pledges/overview.html", context, status=scope.status)
