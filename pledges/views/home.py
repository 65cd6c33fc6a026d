from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pledges.alphabet import place_in_alphabet
from pledges.cards import with_programmes
from pledges.choices import PLEDGES
from pledges.columns import Columns, columns
from pledges.comparison import find_matters, suggested
from pledges.directory import directory
from pledges.meanings import COMMITMENT_MEANINGS, KIND_MEANINGS
from pledges.models import Programme, Relation, Topic
from pledges.places import Scope, scope_of
from pledges.shares import shares


def home(request: HttpRequest) -> HttpResponse:
    """With several places: the sums over all, and which place it shall be."""
    known, found = directory(request), columns(request)
    scope = scope_of(request, known.texts_by_place)
    topics = known.topics
    statements, pledges = found.number_by_programme({}), found.number_by_programme(PLEDGES)
    context = {
        "scope": scope,
        "kind_meanings": KIND_MEANINGS,
        "commitment_meanings": COMMITMENT_MEANINGS,
        "topics": topics,
        "rows": topic_rows(topics, scope, found),
        "texts": len(scope.texts),
        "statements": sum(statements[programme.pk] for programme in scope.texts),
        "pledges": sum(pledges[programme.pk] for programme in scope.texts),
    }
    if not scope.is_open:
        selection = suggested(scope.texts, timezone.localdate())
        context |= {
            "authors": _names_of_authors(scope.texts),
            "selection": selection,
            "suggested": [text.slug for text in selection.texts],
            "example": _example(scope.texts, found),
            "shares": shares(scope.texts, pledges, statements),
            "digests": known.digests_of(scope.place),
        }
    return render(request, "pledges/home.html", context, status=scope.status)


def topic_rows(topics: Iterable[Topic], scope: Scope, found: Columns) -> list[dict]:
    """Each topic with how many pledges there are on it, and of each text of a place in the texts' order."""
    pledges = found.rows(PLEDGES)
    if scope.is_open:
        numbers = found.number_by_topic(pledges)
        return [{"topic": topic, "pledges": numbers[topic.slug], "numbers": []} for topic in topics]
    own = [(programme, found.topics_of(programme, pledges)) for programme in scope.texts]
    return [
        {
            "topic": topic,
            "pledges": sum(numbers[topic.slug] for _programme, numbers in own),
            "numbers": [(programme, numbers[topic.slug]) for programme, numbers in own],
        }
        for topic in topics
    ]


def _names_of_authors(texts: Iterable[Programme]) -> str:
    """Whose texts they are: each once, by name."""
    names = {party.short_name for text in texts for party in text.authors}
    return get_text_list(sorted(names, key=place_in_alphabet), _("und"))


def _example(texts: list[Programme], found: Columns) -> dict | None:
    """The matter that joins most programmes, of several the first in the texts."""
    relations = list(Relation.objects.shown().between(texts).with_statements())
    with_programmes([s for relation in relations for s in (relation.a, relation.b)], texts)
    matters = find_matters(relations, texts)
    if not matters:
        return None
    cells = [cell for cell in matters[0].cells if cell.statements]
    first = matters[0].statements[0].pk
    topics = found.topics_by_key([first]).get(first)
    return {"matter": matters[0], "cells": cells, "topic": topics[0] if topics else None}
