"""What programs that roam the web are asked to leave out."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Searches and tables hold nothing that the lists don't, and cost the most; a hint's form is for people.
_LEFT_OUT = ("/suche/", "/en/suche/", "/*.csv", "/*/hinweis/")


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _LEFT_OUT)]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join([*lines, "", f"Sitemap: {sitemap}", ""]), content_type="text/plain")
