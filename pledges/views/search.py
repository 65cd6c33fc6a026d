from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pledges.directory import directory
from pledges.models import Party, Programme, Topic
from pledges.shares import EXCERPT, NOTHING_FOUND, UNREAD, silence_of
from pledges.views.listing import Listing, list_statements, page_or_part


def search(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    listing = list_statements(request, topics=known.topics, defaults={"folge": "treffer"})
    if listing.moved_to:
        return redirect(request.path + listing.moved_to)
    words = request.GET.get("q", "").strip()
    title = _("Suche: %(words)s") % {"words": words} if words else _("Suche")
    context = {"listing": listing, "title": listing.titled(title), "words": words}
    if listing.page is None:
        return render(request, "pledges/search.html", context, status=listing.status)
    context["statements"] = listing.cards
    context["also"] = _also(listing)
    context["silent"] = _silent(listing)
    # The names of those of hundreds of towns would hide what was found.
    context["is_one_place"] = len(listing.places) <= 1
    return render(request, page_or_part(request, "pledges/search.html"), context)


def _also(listing: Listing) -> list[Topic | Party]:
    """The topics and parties that the words name; where they name no topic, that of most of the hits."""
    filters = listing.filters
    named = filters.named
    if filters.search.query.finds_all or any(isinstance(row, Topic) for row in named):
        return named
    of_most = filters.columns.topics_of_most(listing.counts.rows)
    return [*(topic for topic in filters.topics if topic in of_most), *named]


def _silent(listing: Listing) -> dict[str, list[Programme]]:
    """The texts in question in which nothing was found, by what that says of them."""
    counts = listing.counts.by_filter["programm"]
    silent: dict[str, list[Programme]] = {NOTHING_FOUND: [], EXCERPT: [], UNREAD: []}
    for programme in listing.searched:
        if silence := silence_of(programme, counts[programme.slug]):
            silent[silence].append(programme)
    return {silence.replace("-", "_"): programmes for silence, programmes in silent.items()}
