"""Running titles and page numbers: what a page repeats and nobody reads as the text."""

import re
from collections import Counter
from collections.abc import Iterable

_PAGE_NUMBER = re.compile(
    r"[-–—|•\s]*(?:(?:Seite|S\.|Page|p\.)\s*)?\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?[-–—|•\s]*", re.IGNORECASE
)
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_LONGEST_TITLE = 140
_SHARE_AT_EDGES = 0.8


def is_page_number(line: str) -> bool:
    """Return whether `line` is nothing but a page's number ("12", "Seite 3 von 40", "– 7 –")."""
    return len(line) <= 24 and _PAGE_NUMBER.fullmatch(line) is not None


def title_key(line: str) -> str:
    """Return the letters of `line` without case, digits and spaces: the same on every page."""
    return _NOT_LETTERS.sub("", line).casefold()


def running_titles(lines: Iterable[tuple[str, int, bool]]) -> frozenset[str]:
    """Return the keys of the running titles among `lines`: (text, page, stands at the page's edge) each.

    A running title is repeated, and but for the first page's title nearly always at an edge: a heading
    that every chapter has ("Unsere Forderungen") only now and then does.
    """
    total, later, edges = Counter[str](), Counter[str](), Counter[str]()
    for line, page, at_edge in lines:
        if 0 < len(line) <= _LONGEST_TITLE:
            key = title_key(line)
            is_title = page == 1 and key not in total
            total[key] += 1
            later[key] += not is_title
            edges[key] += at_edge and not is_title
    return frozenset(
        key
        for key, count in total.items()
        if len(key) > 2 and count > 1 and edges[key] and edges[key] >= _SHARE_AT_EDGES * later[key]
    )
