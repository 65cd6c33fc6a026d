from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers

from pledges.directory import directory
from pledges.facets import Facet
from pledges.models import Programme, Statement
from pledges.views.listing import list_statements, page_or_part, with_programmes


@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    programmes, topics = known.texts, known.topics
    listing = list_statements(
        request,
        Statement.objects.published().current(),
        programmes,
        topics=topics,
        defaults={"folge": "treffer"},
    )
    if listing.moved_to and not listing.problems:
        return redirect(request.path + listing.moved_to)
    words = request.GET.get("q", "").strip()
    context = {"listing": listing, "words": words, "programmes": programmes}
    if listing.page is None:
        return render(request, "pledges/search.html", context, status=listing.status)
    context["statements"] = with_programmes(listing.page, programmes)
    context["named"] = listing.filters.named
    context["excerpts"] = _silent_excerpts(programmes, listing.facets)
    return render(request, page_or_part(request, "pledges/search.html"), context)


def _silent_excerpts(programmes: list[Programme], facets: list[Facet]) -> list[Programme]:
    """The excerpts in which nothing was found, which says nothing of the whole text."""
    by_programme = next(facet for facet in facets if facet.name == "programm")
    counts = {choice.value: choice.count for choice in by_programme.choices}
    return [programme for programme in programmes if not programme.whole and not counts[programme.slug]]
