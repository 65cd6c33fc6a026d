"""What stands on the pages of a PDF and is no part of its text: running heads and feet, page numbers,
tables of contents, tables of candidates, forms."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from sources.reading.layout import Line, in_columns
from sources.reading.running import is_page_number, title_key

# The share of a page's height at its top and bottom where running heads and feet stand.
_EDGE = 0.13
_LONGEST_HEAD = 90
_LEAST_PAGES = 3
_SMALLER = 0.95
_APART = 1.4
_SAME_PLACE = 3.0
Place = tuple[bool, int]

_CONTENTS = re.compile(
    r"(?:inhalt|inhaltsverzeichnis|inhaltsübersicht|gliederung|contents|table of contents)\W*", re.IGNORECASE
)
_ENDS_WITH_PAGE = re.compile(
    r"(?:\.{3,}|[.…_]{2,}\s|\s)\s*(?:(?:Seite|S\.)\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?$"
)
_OPENS_WITH_PAGE = re.compile(r"\d{1,3}\s+[^\W\d_]")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_LEAST_ENTRIES = 4
_NEXT_LINE = 1.4
_NUMBER = re.compile(r"\d+")
_LONGEST_ENTRY = 130

_FORM_WORDS = re.compile(
    r"\b(?:IBAN|BIC|SEPA|Lastschrift\w*|Kontoinhaber\w*|Kreditinstitut|Unterschrift|Geburtsdatum|Aufnahmeantrag"
    r"|Beitrittserklärung|Beitrittsantrag|Mitgliedsantrag|Vorname|Postleitzahl|PLZ|Hausnummer|Geburtsort"
    r"|Bankleitzahl|BLZ|Kontonummer|Mitgliedsbeitrag|Ort,\s*Datum|Datum,\s*Ort|Telefax|Beruf)\b"
)
_LEAST_FORM_WORDS = 5
_LONGEST_FIELD = 60

_LEAST_ROWS = 4
_LONGEST_CELL = 32


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in reading order."""

    number: int
    height: float
    lines: tuple[Line, ...]


def without_furniture(pages: Sequence[PageLines], body_size: float) -> list[PageLines]:
    """Return the pages with the lines that are text. `body_size` is the line height of running text."""
    heads = _heads(pages, body_size)
    kept = []
    in_contents = False
    for page in pages:
        lines = [line for line in page.lines if id(line) not in heads]
        if len(lines) < len(page.lines):
            # A foot beside the text's column may have stood in its way.
            lines = in_columns(lines)
        lines, in_contents = _without_contents(lines, goes_on=in_contents)
        lines = _without_form(_without_tables(lines))
        kept.append(PageLines(page.number, page.height, tuple(lines)))
    return kept


def _heads(pages: Sequence[PageLines], body_size: float) -> set[int]:
    """Return the ids of the running heads, running feet and page numbers.

    Only what has nothing but other running heads above it (for feet: below it) is one.
    """
    outer = _repeated(pages, body_size) | _page_numbers(pages)
    found: set[int] = set()
    for page in pages:
        from_top = sorted(page.lines, key=lambda line: line.y)
        for order in (from_top, from_top[::-1]):
            for line, after in zip_longest(order, order[1:]):
                if id(line) not in outer or not _is_apart(line, after, body_size):
                    break
                found.add(id(line))
    return found


def _is_apart(line: Line, after: Line | None, body_size: float) -> bool:
    """Return whether a line is set apart from the next one towards the middle of the page."""
    return (
        after is None
        or line.size < _SMALLER * body_size
        or abs(after.y - line.y) > _APART * body_size
        or abs(after.y - line.y) < _SAME_PLACE
    )


def _edge_lines(page: PageLines) -> Iterator[tuple[Place, Line]]:
    """Yield the short lines near the top and the bottom of a page with their place: (at top, height)."""
    for line in page.lines:
        at_top, at_bottom = line.y < _EDGE * page.height, line.y > (1 - _EDGE) * page.height
        if (at_top or at_bottom) and len(line.text) <= _LONGEST_HEAD:
            yield (at_top, round((line.y if at_top else page.height - line.y) / _SAME_PLACE)), line


def _page_numbers(pages: Sequence[PageLines]) -> set[int]:
    numbers = [line for page in pages for _, line in _edge_lines(page) if is_page_number(line.text)]
    return {id(line) for line in numbers} if len(numbers) >= min(_LEAST_PAGES, len(pages)) else set()


def _repeated(pages: Sequence[PageLines], body_size: float) -> set[int]:
    """Return the ids of the lines that stand at the same height of several pages and either say the same
    or are printed smaller than the text."""
    places: dict[Place, list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        for place, line in _edge_lines(page):
            places[place].append((page.number, line))
    found = set()
    for lines in places.values():
        keys = Counter(title_key(line.text) for _, line in lines)
        least = 2 if _counts_its_pages(lines) else _LEAST_PAGES
        found |= {id(line) for _, line in lines if keys[title_key(line.text)] >= least}
        on_pages = len({number for number, _ in lines})
        if on_pages >= max(2, 0.3 * len(pages)):
            found |= {id(line) for _, line in lines if line.size < _SMALLER * body_size}
    return found


def _counts_its_pages(lines: Sequence[tuple[int, Line]]) -> bool:
    """Return whether of lines, each with its page, some on every page hold that page's number."""
    steps: dict[int, set[int]] = defaultdict(set)
    for page, line in lines:
        steps[page] |= {int(number) - page for number in _NUMBER.findall(line.text) if len(number) < 4}
    return len(steps) > 1 and bool(set.intersection(*steps.values()))


def _without_contents(lines: list[Line], *, goes_on: bool) -> tuple[list[Line], bool]:
    """Leave out a table of contents; return also whether it may go on on the next page."""
    title = next((line for line in lines if _CONTENTS.fullmatch(line.text)), None)
    rows = _rows(lines)
    entries = [row for row in rows if _is_entry(_row_text(row))]
    leaders = sum(bool(_LEADERS.search(line.text)) for line in lines)
    full = len(entries) >= max(_LEAST_ENTRIES, 0.5 * len(rows))
    counts = full and _counts_pages(lines)
    listed = leaders >= _LEAST_ENTRIES or (title and len(entries) >= _LEAST_ENTRIES) or counts
    if not (listed or (goes_on and full)):
        return lines, False
    top = title.y if title else min(row[0].y for row in entries)
    # The last entry may go on below its number.
    below = _NEXT_LINE if title or counts else 0
    bottom = max(row[0].y + below * row[0].size for row in entries) + 1
    rest = [
        line
        for line in lines
        if not top - 1 <= line.y <= bottom or len(_LEADERS.sub("", line.text)) > _LONGEST_ENTRY
    ]
    return rest, full


def _counts_pages(lines: Sequence[Line]) -> bool:
    """Return whether numbers at the ends or starts of lines rise as pages do: by other steps than one."""
    found = [_ENDS_WITH_PAGE.search(f" {line.text}") or _OPENS_WITH_PAGE.match(line.text) for line in lines]
    numbers = [int(_NUMBER.findall(number[0])[0]) for number in found if number]
    steps = [after - before for before, after in pairwise(numbers)]
    return len(steps) >= _LEAST_ENTRIES and min(steps) >= 0 and max(steps) > 1


def _row_text(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in row)


def _is_entry(row: str) -> bool:
    # Leaders may be longer than the title before them.
    return len(_LEADERS.sub("", row)) <= _LONGEST_ENTRY and bool(
        _ENDS_WITH_PAGE.search(row) or _OPENS_WITH_PAGE.match(row) or _LEADERS.search(row)
    )


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.y, line.x0)):
        if rows and line.y - rows[-1][0].y < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _without_tables(lines: list[Line]) -> list[Line]:
    """Leave out runs of rows of three and more short cells side by side (candidates, dates, sums)."""
    table: set[int] = set()
    run: list[list[Line]] = []
    gap = 0
    for row in [*_rows(lines), []]:
        if len(row) >= 3 and all(len(line.text) <= _LONGEST_CELL for line in row):
            run.append(row)
            gap = 0
        elif len(row) == 1 and len(row[0].text) <= _LONGEST_CELL and gap < 2 and run:
            run.append(row)
            gap += 1
        elif row and len(row) == 2 and all(len(line.text) <= _LONGEST_CELL for line in row) and run:
            run.append(row)
        else:
            if sum(len(cells) >= 3 for cells in run) >= _LEAST_ROWS:
                table |= {id(line) for cells in run for line in cells}
            run, gap = [], 0
    return [line for line in lines if id(line) not in table]


def _without_form(lines: list[Line]) -> list[Line]:
    """Leave out the fields of a form (membership, donations): on such a page all that is no long line."""
    words = {found[0].casefold() for line in lines for found in _FORM_WORDS.finditer(line.text)}
    if len(words) < _LEAST_FORM_WORDS:
        return lines
    return [line for line in lines if len(line.text) > _LONGEST_FIELD and not _FORM_WORDS.search(line.text)]
