"""What a page's link says behind its question mark: words, filters, the page of a list."""

from collections.abc import Iterable

from django.http import QueryDict


def link_with(given: QueryDict, name: str, values: Iterable[str]) -> str:
    """Return the link with these values of a name in place of others, to the beginning of a list."""
    link = given.copy()
    link.pop("seite", None)
    link.setlist(name, list(values))
    return f"?{link.urlencode()}"


def without_empty(given: QueryDict) -> QueryDict:
    """Return a copy without the values that are empty, which say nothing."""
    data = given.copy()
    for name, values in given.lists():
        data.setlist(name, [value for value in values if value])
        if not data.getlist(name):
            del data[name]
    return data
