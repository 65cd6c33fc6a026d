from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.columns import columns
from pledges.directory import directory
from pledges.places import scope_of
from pledges.shares import full_bar, shares


def overview(request: HttpRequest) -> HttpResponse:
    """How each text's pledges are spread over the topics, by main topic, so that a column sums to all."""
    known, found = directory(request), columns(request)
    scope = scope_of(request, known.texts_by_place)
    texts = [] if scope.is_open else scope.texts
    pledges = found.rows({"art": ["vorhaben"]})
    totals = found.number_by_programme({"art": ["vorhaben"]})
    own = {text.pk: found.topics_of(text, pledges, main=True) for text in texts}
    numbers = {topic: {text.pk: own[text.pk][topic.slug] for text in texts} for topic in known.topics}
    whole = [text.pk for text in texts if text.whole and totals[text.pk]]
    full = full_bar(by_text[key] / totals[key] for by_text in numbers.values() for key in whole)
    rows = [(topic, shares(texts, by_text, totals, full)) for topic, by_text in numbers.items()]
    context = {"scope": scope, "texts": [(p, totals[p.pk]) for p in texts], "rows": rows, "full_bar": full}
    return render(request, "pledges/overview.html", context, status=scope.status)
