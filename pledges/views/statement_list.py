from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pledges.directory import directory
from pledges.links import without_empty
from pledges.views.listing import list_statements, page_or_part

# What a link needn't say.
_ORDER = {"folge": "abwechselnd"}
_AS_WITHOUT = {**_ORDER, "seite": "1"}


def statements(request: HttpRequest) -> HttpResponse:
    """Every statement of every text, with every filter; no text fills the first pages by its name alone."""
    link = short_link(request)
    if link != request.get_full_path() and not request.htmx:  # type: ignore[attr-defined]
        return redirect(link)
    listing = list_statements(request, topics=directory(request).topics, defaults=_ORDER)
    if listing.moved_to:
        return redirect(request.path + listing.moved_to)
    context = {
        "listing": listing,
        "title": listing.titled(_("Alle Aussagen")),
        "statements": listing.cards,
    }
    response = render(
        request,
        "pledges/statements.html" if listing.problems else page_or_part(request, "pledges/statements.html"),
        context,
        status=listing.status,
    )
    if request.htmx:  # type: ignore[attr-defined]
        response["HX-Push-Url"] = link
    return response


def short_link(request: HttpRequest) -> str:
    """Return the address without what says nothing: a form sends its empty fields too."""
    shortened = {
        name: [value for value in dict.fromkeys(values) if value != _AS_WITHOUT.get(name)]
        for name, values in without_empty(request.GET).lists()
    }
    if dict(request.GET.lists()) == {name: values for name, values in shortened.items() if values}:
        return request.get_full_path()
    link = QueryDict(mutable=True)
    for name, values in shortened.items():
        link.setlist(name, values)
    return f"{request.path}?{link.urlencode()}" if link.urlencode() else request.path
