"""Text into groups of lines that stand together, with the gaps between them."""

import re
from dataclasses import dataclass

from sources.reading.running import is_page_number, running_titles, title_key

# A text saved from a PDF shows a page's end as a run of empty lines.
_PAGE_GAP = 3
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines without an empty line between them; `page` counts the form feeds and wide gaps before them."""

    lines: tuple[str, ...]
    page: int
    starts_page: bool = False
    ends_page: bool = False


def squeezed(text: str) -> str:
    """Return `text` with each run of white space, no-break spaces too, as one space."""
    return _SPACE.sub(" ", text).strip()


def line_groups(text: str) -> list[LineGroup]:
    """Return the groups of non-empty lines of `text`; lines keep their indentation and trailing spaces."""
    groups: list[LineGroup] = []
    held: list[str] = []
    page, gap = 1, 0
    for line in [*text.replace("\f", "\n" * (_PAGE_GAP + 1)).split("\n"), ""]:
        if line.strip():
            held.append(line)
            gap = 0
            continue
        if held:
            groups.append(LineGroup(tuple(held), page))
            held = []
        gap += 1
        if gap == _PAGE_GAP and groups:
            page += 1
    return _with_edges(_without_page_numbers(_with_edges(groups)))


def _with_edges(groups: list[LineGroup]) -> list[LineGroup]:
    """Say of each group whether it is the first or the last of its page."""
    pages = [0, *(group.page for group in groups), 0]
    return [
        LineGroup(group.lines, group.page, pages[at] != group.page, pages[at + 2] != group.page)
        for at, group in enumerate(groups)
    ]


def _without_page_numbers(groups: list[LineGroup]) -> list[LineGroup]:
    """Leave out a number alone at a page's edge."""
    return [
        group
        for group in groups
        if not ((group.starts_page or group.ends_page) and is_page_number(_lone_line(group)))
    ]


def without_running_titles(groups: list[LineGroup]) -> list[LineGroup]:
    """Leave out the lines that every page repeats at its edge; the first of them on page 1 is the title."""
    if not groups or groups[-1].page == 1:
        # Without a second page nothing is a running title, not even a last sentence that stood before.
        return groups
    lone = [(_lone_line(group), group.page, group.starts_page or group.ends_page) for group in groups]
    running = running_titles(lone)
    kept, titles = [], set()
    for group, (line, page, _) in zip(groups, lone, strict=True):
        key = title_key(line)
        if line and key in running and (page > 1 or key in titles):
            continue
        titles.add(key)
        kept.append(group)
    return kept


def _lone_line(group: LineGroup) -> str:
    return group.lines[0].strip() if len(group.lines) == 1 else ""
