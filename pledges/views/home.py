from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.comparison import find_matters
from pledges.directory import directory
from pledges.models import Programme, Relation, Statement, Topic
from pledges.shares import shares, sum_by_programme
from pledges.views.listing import with_programmes


def home(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    texts = known.texts
    rows = topic_rows(known.topics, texts)
    current = Statement.objects.published().current()
    statements, pledges = current.number_by_programme(), current.pledges().number_by_programme()
    return render(
        request,
        "pledges/home.html",
        {
            "texts": shares(texts, pledges, statements, full=100),
            "digests": known.digests,
            "topics": rows,
            "all_topics": [row["topic"] for row in rows],
            "text_programmes": texts,
            "suggested": [p.slug for p in texts if p.whole][:4],
            "statements": sum(statements.values()),
            "pledges": sum(pledges.values()),
            "example": _example(texts),
        },
    )


def topic_rows(topics: Iterable[Topic], texts: list[Programme]) -> list[dict]:
    """Each topic with how many pledges which programme has on it, in the programmes' order."""
    tally = Statement.objects.published().current().pledges().tally_by_topic()
    rows = []
    for topic in topics:
        own = sum_by_programme(row for row in tally if row["topic"] == topic.slug)
        numbers = [(programme, own.get(programme.pk, 0)) for programme in texts]
        rows.append({"topic": topic, "pledges": sum(n for _p, n in numbers), "numbers": numbers})
    return rows


def _example(texts: list[Programme]) -> dict | None:
    """The matter that joins most programmes, of several the first in the texts."""
    relations = list(Relation.objects.shown().between(texts).with_statements())
    with_programmes([s for relation in relations for s in (relation.a, relation.b)], texts)
    matters = find_matters(relations, texts)
    if not matters:
        return None
    cells = [cell for cell in matters[0].cells if cell.statements]
    topics = matters[0].statements[0].ordered_topics
    return {"matter": matters[0], "cells": cells, "topic": topics[0] if topics else None}
