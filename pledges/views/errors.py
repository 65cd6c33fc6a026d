from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pledges.models import Party, Programme, Topic
from pledges.suggestions import nearest


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 404 that offers the topic, programme or party whose slug is most like what was asked for."""
    return render(request, "404.html", {"suggestion": _suggestion(request)}, status=404)


def _suggestion(request: HttpRequest) -> dict[str, str] | None:
    match = request.resolver_match
    if match is None or "slug" not in match.kwargs:
        return None
    models: dict[str, Any] = {"topic": Topic, "programme": Programme, "digest": Programme, "party": Party}
    model = models.get(match.url_name or "")
    names = [(row.slug, str(row)) for row in model.objects.all()] if model else []
    near = nearest(match.kwargs["slug"], names)
    return {"name": near[1], "link": reverse(match.view_name, args=[near[0]])} if near else None
