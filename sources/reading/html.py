"""HTML: blocks from tags, and where a page has none for headings and lists, from bold lines and bullets."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sources.reading.blocks import Block
from sources.reading.bullets import list_mark
from sources.reading.encodings import decode
from sources.reading.headings import is_capitals, is_lead_in, looks_like_heading, with_levels
from sources.reading.hyphens import joined_lines
from sources.reading.joining import join_letterhead, stops_short
from sources.reading.markup import Element, MarkedLine, elements

_BOLD_RANK, _CAPITALS_RANK = 8, 7
_LONGEST_HEADING = 160
_WRAPPED = range(30, 110)
_LEAST_WRAPPED = 3
_ENDS = re.compile(r"[.!?…][\"'“”»«’)\]]*$")


def read_html(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of an HTML page. Raises UnreadableFile."""
    blocks: list[Block] = []
    for element in elements(decode(data)):
        blocks.extend(_element_blocks(element))
    return with_levels(join_letterhead(blocks))


def _element_blocks(element: Element) -> Iterator[Block]:
    lines = [line for line in element.lines if line.text]
    if element.heading:
        yield Block("heading", joined_lines(line.text for line in lines), element.heading)
        return
    is_item = element.level > 0
    for stretch in _stretches(lines):
        heading = _heading(stretch)
        if heading and not is_item:
            yield Block("heading", heading, _CAPITALS_RANK if is_capitals(heading) else _BOLD_RANK)
            continue
        text = joined_lines(line.text for line in stretch)
        mark = list_mark(text)
        if is_item:
            yield Block(
                "item", mark.text if mark and not mark.number else text, element.level, mark=element.number
            )
            is_item = False
        elif mark and (mark.number or not mark.soft):
            yield Block("item", mark.text, 1, mark=mark.number)
        else:
            yield Block("paragraph", text)


def _heading(stretch: list[MarkedLine]) -> str:
    """Return the text of lines that are bold or in capitals as a whole and short, else ""."""
    text = joined_lines(line.text for line in stretch)
    mark = list_mark(text)
    if not text or (mark and not mark.number):
        return ""
    if all(line.bold for line in stretch) and len(text) <= _LONGEST_HEADING:
        return "" if is_lead_in(text) else text
    return text if is_capitals(text) and looks_like_heading(text) else ""


def _stretches(lines: list[MarkedLine]) -> list[list[MarkedLine]]:
    """Group the lines between breaks: a break wraps a line, ends a paragraph or an item."""
    wrapped = _are_wrapped(lines)
    stretches: list[list[MarkedLine]] = []
    for index, line in enumerate(lines):
        if index and not _ends_stretch(lines[index - 1], line, wrapped=wrapped):
            stretches[-1].append(line)
        else:
            stretches.append([line])
    return stretches


def _are_wrapped(lines: list[MarkedLine]) -> bool:
    """Return whether breaks wrap lines at a width: several lines of like length that end in mid-sentence."""
    plain = [line for line in lines if not line.bold]
    if len(plain) < _LEAST_WRAPPED:
        return False
    lengths = sorted(len(line.text) for line in plain)
    cut = sum(not _ENDS.search(line.text) and not list_mark(after.text) for line, after in pairwise(plain))
    return lengths[len(lengths) // 2] in _WRAPPED and cut > 0.5 * (len(plain) - 1)


def _ends_stretch(before: MarkedLine, line: MarkedLine, *, wrapped: bool) -> bool:
    mark = list_mark(line.text)
    if line.gap or before.bold != line.bold:
        return True
    if mark and (not mark.soft or mark.number):
        return True
    if line.text[0].islower() or before.text[-1] in ",-–:" or (line.bold and not _ENDS.search(before.text)):
        return False
    if stops_short(before.text):
        return False
    if wrapped:
        return bool(_ENDS.search(before.text)) and len(before.text) < _WRAPPED.start * 2
    return True
