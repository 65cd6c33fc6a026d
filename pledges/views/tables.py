"""The lists of statements as files: what a list page shows, whole, with the same filters and order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pledges.directory import directory, find_or_404
from pledges.models import Topic
from pledges.statement_table import table_of
from pledges.tables import FORMATS, write_table
from pledges.views.listing import Listing, list_statements

# A name that says more is cut off by what saves it.
_LONGEST_NAME = 100


def statements_table(request: HttpRequest) -> HttpResponse:
    """Every statement of every text, or what a search found."""
    return _table(request, list_statements(request, topics=directory(request).topics))


def topic_table(request: HttpRequest, slug: str) -> HttpResponse:
    """The statements about a topic, of every kind where the link names none."""
    topic = find_or_404(directory(request).topics, slug)
    return _table(request, list_statements(request, about=topic), topic)


def _table(request: HttpRequest, listing: Listing, topic: Topic | None = None) -> HttpResponse:
    if listing.moved_to:
        return redirect(request.path + listing.moved_to)
    if not listing.fits_a_table:
        return render(request, "pledges/table.html", {"listing": listing, "topic": topic}, status=400)
    site = f"{request.scheme}://{request.get_host()}"
    table = table_of(listing.keys, listing.filters.columns, site)
    # As the spreadsheets of the language take it apart.
    content = write_table(table, "csv", delimiter="," if get_language() == "en" else ";")
    headers = {"Content-Disposition": content_disposition_header(True, _file_name(listing, topic))}
    return HttpResponse(content, content_type=f"{FORMATS['csv']}; charset=utf-8", headers=headers)


def _file_name(listing: Listing, topic: Topic | None) -> str:
    """What the file holds, and of which day: "wortlaut-aussagen-wohnen-vorhaben-2026-11-22.csv"."""
    chosen = [value for values in listing.filters.chosen().values() for value in values]
    words = listing.filters.form.cleaned_data.get("q", "")
    what = [_("aussagen"), topic.slug if topic else "", *chosen, slugify(words)]
    stem = "-".join(filter(None, ["wortlaut", *what]))[:_LONGEST_NAME].rstrip("-")
    return f"{stem}-{timezone.localdate():%Y-%m-%d}.csv"
