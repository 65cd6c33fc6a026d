from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.directory import directory
from pledges.models import Statement
from pledges.shares import full_bar, shares, sum_by_programme


def overview(request: HttpRequest) -> HttpResponse:
    """How each text's pledges are spread over the topics, by main topic, so that a column sums to all."""
    known = directory(request)
    texts, topics = known.texts, known.topics
    tally = Statement.objects.published().current().pledges().mainly_about_something().tally_by_topic()
    numbers = {t: sum_by_programme(row for row in tally if row["topic"] == t.slug) for t in topics}
    totals = Statement.objects.published().current().pledges().number_by_programme()
    whole = {programme.pk for programme in texts if programme.whole}
    full = full_bar(n / totals[key] for own in numbers.values() for key, n in own.items() if key in whole)
    rows = [(topic, shares(texts, own, totals, full)) for topic, own in numbers.items()]
    context = {"texts": [(p, totals.get(p.pk, 0)) for p in texts], "rows": rows, "full_bar": full}
    return render(request, "pledges/overview.html", context)
