"""What was sent after a session had ended: nobody's work vanishes without a word."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urljoin

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

NOT_SAVED = _("Sie waren abgemeldet; das wurde nicht gespeichert. Bitte noch einmal.")


def only_posted(view: Callable[..., HttpResponse], form: str = "../") -> Callable[..., HttpResponse]:
    """Lead a GET, as it comes once somebody has signed in again, to the page of the form, and say so.

    `form`: where the form stands, as seen from the view's own address.
    """

    @wraps(view)
    def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        messages.warning(request, NOT_SAVED)
        query = request.GET.urlencode()
        return redirect(urljoin(request.path, form) + (f"?{query}" if query else ""))

    return posted


def say_what_is_lost(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever is led to the sign-in by a form that they sent reads there that it was lost."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        leads_to = response.headers.get("Location", "") if request.method == "POST" else ""
        if leads_to.startswith(reverse("admin:login")) and request.user.is_anonymous:
            messages.warning(request, NOT_SAVED)
        return response

    return middleware
