"""Lines of a group that are no continuation of the line above: a heading right above its text."""

from itertools import pairwise

from sources.reading.bullets import list_mark
from sources.reading.headings import looks_like_heading
from sources.reading.joining import stops_short
from sources.reading.lines import LineGroup

# Wider text is not wrapped at all; in narrower text (a verse, an address) a short line says nothing.
_WIDEST_WRAP, _NARROWEST_WRAP = 130, 50
_FULL = 0.8
_LINES_BEFORE, _LINES_AFTER = 3, 4
_GOES_ON_AFTER = ",-–—/&:|"
_OPENERS = "„\"'»«(*_"


def without_glued_lines(groups: list[LineGroup]) -> list[LineGroup]:
    """Cut each group after the lines that ended though the next word would have fitted in them."""
    return [part for group in groups for part in _parts(group)]


def _parts(group: LineGroup) -> list[LineGroup]:
    lengths = [len(line.rstrip()) for line in group.lines]
    parts = [[group.lines[0]]]
    for at, (before, line) in enumerate(pairwise(group.lines)):
        # The lines around say how wide the text is set: columns of a page differ.
        width = max(lengths[max(0, at - _LINES_BEFORE) : at + _LINES_AFTER + 1])
        if _ends(before.strip(), line.strip(), width):
            parts.append([line])
        else:
            parts[-1].append(line)
    last = len(parts) - 1
    return [
        LineGroup(tuple(part), group.page, group.starts_page and at == 0, group.ends_page and at == last)
        for at, part in enumerate(parts)
    ]


def _ends(before: str, line: str, width: int) -> bool:
    """Return whether a paragraph or heading ends with `before`; `width`: of the widest line around."""
    if list_mark(line) or not line.lstrip(_OPENERS)[:1].isupper() or before[-1] in _GOES_ON_AFTER:
        return False
    mark = list_mark(before)
    text = mark.text if mark else before
    if stops_short(text):
        return False
    if width > _WIDEST_WRAP:
        return True
    fits = len(before) + 1 + len(line.split()[0]) < _FULL * width
    return width > _NARROWEST_WRAP and fits and (text[-1] in ".!?" or looks_like_heading(text))
