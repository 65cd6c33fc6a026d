from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.choices import PLEDGES
from pledges.columns import columns
from pledges.directory import directory
from pledges.places import scope_of
from pledges.shares import Share, shares_by_topic


def overview(request: HttpRequest) -> HttpResponse:
    """How each text's pledges are spread over the topics, by main topic, so that a column sums to all.

    Beside each share stands how many of the pledges are about the topic at all: where it is the main one of
    none, the text need not be silent on it.
    """
    known, found = directory(request), columns(request)
    scope = scope_of(request, known.texts_by_place)
    texts = [] if scope.is_open else scope.texts
    pledges = found.rows(PLEDGES)
    totals = found.number_by_programme(PLEDGES)
    main = {text.pk: found.topics_of(text, pledges, main=True) for text in texts}
    about = {text.pk: found.topics_of(text, pledges) for text in texts}
    by_topic, full = shares_by_topic(known.topics, texts, main, totals)
    rows = [
        (topic, [_cell(share, about[share.programme.pk][topic.slug]) for share in shares])
        for topic, shares in by_topic
    ]
    context = {"scope": scope, "texts": [(p, totals[p.pk]) for p in texts], "rows": rows, "full_bar": full}
    return render(request, "pledges/overview.html", context, status=scope.status)


def _cell(share: Share, about: int) -> tuple[Share, int, int]:
    """With how many pledges the link leads to, and how many of them the topic is not the main one of."""
    return share, about, about - share.number
