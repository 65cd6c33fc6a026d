import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views import defaults

from pledges.models import Party, Programme, Topic
from pledges.problems import nearest

Suggestion = Topic | Programme | Party
_SUGGESTED: dict[str, Callable[[], Iterable[Any]]] = {
    "topic": Topic.objects.all,
    "programme": Programme.objects.published,
    "digest": Programme.objects.published,
    "party": Party.objects.published,
}
_OF_STATEMENTS = ("statement", "hint", "hint-thanks")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 404 that offers the topic, programme or party whose slug is most like what was asked for."""
    return render(request, "404.html", {"suggestion": _suggestion(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A 500; a 503 that asks to try again where only the database is busy, full or away."""
    if not isinstance(sys.exception(), OperationalError):
        return defaults.server_error(request)
    return HttpResponse(get_template("503.html").render(), status=503, headers={"Retry-After": "60"})


def _suggestion(request: HttpRequest) -> Suggestion | None:
    match = request.resolver_match
    if match is None:
        return None
    # Addresses of the admin come here too; they have a key or slug of their own, but other names.
    if match.view_name in _OF_STATEMENTS:
        return _programme_of(match.kwargs["key"])
    known = _SUGGESTED.get(match.view_name)
    rows = {row.slug: row for row in known()} if known else {}
    near = nearest(match.kwargs["slug"], [(slug, str(row)) for slug, row in rows.items()]) if rows else None
    return rows[near[0]] if near else None


def _programme_of(key: str) -> Suggestion | None:
    """A statement's key begins with the slug of its programme."""
    fitting = [p for p in Programme.objects.published().in_own_words() if key.startswith(f"{p.slug}-")]
    return max(fitting, key=lambda programme: len(programme.slug), default=None)
