"""Lines in reading order to headings, paragraphs and items, by gaps, indents, marks and type."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sources.reading.blocks import Block
from sources.reading.bullets import ListMark, is_bare_mark, list_mark
from sources.reading.headings import is_capitals, is_lead_in, is_salutation, is_sentence, looks_like_heading
from sources.reading.hyphens import joined_lines
from sources.reading.layout import Line
from sources.reading.lines import squeezed

_CLOSERS = "\"'“”»«’)]*"
_LARGER, _SMALLER = 1.08, 0.95
_WIDE_PITCH, _WIDER_PITCH = 1.35, 1.12
# Headings are set as wide as the text, or closer.
_HEADINGS_LEADING = 0.85
_INDENT = 0.6
_SHORTFALL = 0.28
_LONGEST_HEADING = 200
_MOST_HEADING_LINES = 4
_NEAR_LINES = 12
_LOWEST_RANK = 90
_FARTHEST_ORIGIN = 8
_ADDRESS = re.compile(r"@|www\.|://")


Look = tuple[float, bool, bool]


@dataclass(frozen=True, slots=True)
class Type:
    """How running text is set: its line height, the distance between its lines, bold or in colour.

    `leads`: the looks (see `_look`) of the larger or bolder text that sums up what follows.
    """

    size: float
    pitch: float
    bold: bool
    coloured: bool
    leads: frozenset[Look] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `breaks`: a column or page begins with them. `room`: how much further
    the last line could have gone to the right."""

    lines: tuple[Line, ...]
    page: int
    mark: ListMark | None
    breaks: bool
    room: float

    def may_go_on_in(self, after: "Paragraph") -> bool:
        """Return whether `after`, at the top of the next column, may be the rest of this paragraph: the
        first word of `after` did not fit into this one's last line."""
        first = after.lines[0].words[0]
        return after.breaks and first.x1 - first.x0 + 0.2 * first.size > self.room


def running_type(lines: Iterable[Sequence[Line]]) -> Type:
    """Return the type that most of the letters of the pages are set in."""
    sizes: Counter[Look] = Counter()
    pages = list(lines)
    for page in pages:
        for line in page:
            sizes[_look(line)] += len(line.text)
    first = ((12.0, False, False), 0)
    (size, bold, coloured), _ = max(sizes.items(), key=lambda item: item[1], default=first)
    pitches: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            step = below.y - above.y
            same = above.region == below.region and abs(above.size - size) < 1 and abs(below.size - size) < 1
            if same and 0 < step < 3 * size:
                pitches[round(step * 2) / 2] += 1
    pitch, _ = max(pitches.items(), key=lambda item: item[1], default=(size, 0))
    return Type(size, pitch, bold, coloured)


def _look(line: Line) -> Look:
    return round(line.size * 2) / 2, line.bold, line.coloured


def with_leads(body: Type, found: Iterable[Paragraph]) -> Type:
    """Return the type of running text with the looks in which there are more sentences than headings."""
    sentences: Counter[Look] = Counter()
    for paragraph in found:
        if all(_is_display(line, body) for line in paragraph.lines):
            sentences[_look(paragraph.lines[0])] += 1 if is_sentence(_text(paragraph)) else -1
    return replace(body, leads=frozenset(look for look, surplus in sentences.items() if surplus > 0))


def paragraphs(lines: Sequence[Line], page: int, body: Type) -> list[Paragraph]:
    """Group the lines of one page."""
    found: list[Paragraph] = []
    held: list[Line] = []
    breaks = True
    rights: dict[int, float] = defaultdict(float)
    for line in lines:
        rights[line.region] = max(rights[line.region], line.x1)
    for index, line in enumerate(lines):
        new_region = index > 0 and line.region != lines[index - 1].region
        if held and (new_region or _starts_anew(lines, index, held, body)):
            found.append(_paragraph(held, page, breaks, rights[held[-1].region]))
            held, breaks = [], new_region
        held.append(line)
    if held:
        found.append(_paragraph(held, page, breaks, rights[held[-1].region]))
    return found


def _paragraph(lines: Sequence[Line], page: int, breaks: bool, right: float) -> Paragraph:
    first = lines[0].text
    mark = list_mark(f"{first} x" if is_bare_mark(first) else first)
    return Paragraph(tuple(lines), page, mark, breaks, right - lines[-1].x1)


def _starts_anew(lines: Sequence[Line], index: int, held: Sequence[Line], body: Type) -> bool:
    above, line = lines[index - 1], lines[index]
    if is_bare_mark(above.text) and len(held) == 1:
        return False
    if _is_lone_mark(line, above) or _opens_item(line, held) or is_salutation(above.text):
        return True
    if _other_type(above, line) or line.y - above.y > _pitch(above, body) * _WIDE_PITCH or line.y < above.y:
        return True
    if _is_display(line, body) and _is_display(above, body):
        return False
    if list_mark(held[0].text):
        return _leaves_item(lines, index, held, body) or _stopped_early(lines, index)
    return _is_indented(line, held, body) or _stopped_early(lines, index)


def _is_lone_mark(line: Line, above: Line) -> bool:
    """Return whether a line is a list mark alone: "m." may be the end of "mind. 2,50 m."."""
    return is_bare_mark(line.text) and (_ends(above) or not line.text[0].isalpha())


def _opens_item(line: Line, held: Sequence[Line]) -> bool:
    mark = list_mark(line.text)
    if mark is None:
        return False
    if not mark.soft:
        # A hyphen in the middle of a sentence may come to stand at a line's start.
        return line.text[0] not in "-*+" or _ends(held[-1]) or list_mark(held[0].text) is not None
    opens_list = list_mark(held[0].text) is not None or _ends(held[-1]) or line.x0 > held[-1].x0 + line.size
    return opens_list and (mark.number != "" or mark.text[:1] != "")


def _ends(line: Line) -> bool:
    return line.text.rstrip(_CLOSERS)[-1:] in (".", "!", "?", ":", ";", ",")


def _is_cut(paragraph: Paragraph, after: Paragraph) -> bool:
    """Return whether a column or a page ends with a paragraph that has not come to an end."""
    ended = paragraph.lines[-1].text.rstrip(_CLOSERS)[-1:] in (".", "!", "?", ":", ";")
    return (after.breaks or after.page > paragraph.page) and not ended


def _other_type(above: Line, line: Line) -> bool:
    if abs(above.size - line.size) > (_LARGER - 1) * max(above.size, line.size):
        return True
    if above.coloured != line.coloured and above.words[-1].coloured != line.words[0].coloured:
        return True
    return above.words[-1].bold != line.words[0].bold and (above.bold or line.bold)


def _pitch(line: Line, body: Type) -> float:
    if abs(line.size - body.size) < 0.1 * body.size:
        return max(body.pitch, line.size * 0.95)
    return line.size * max(1.1, _HEADINGS_LEADING * body.pitch / body.size)


def _is_display(line: Line, body: Type) -> bool:
    return (line.bold and not body.bold) or line.size > _LARGER * body.size or _is_coloured(line, body)


def _is_coloured(line: Line, body: Type) -> bool:
    """Return whether a line stands out by its colour, and is no small print."""
    return line.coloured and not body.coloured and line.size > _SMALLER * body.size


def _is_indented(line: Line, held: Sequence[Line], body: Type) -> bool:
    """Return whether a line opens a paragraph by its indent."""
    above = held[-1]
    deeper = line.x0 > above.x0 + _INDENT * body.size and above.x0 <= held[0].x0 + 1
    return deeper and (_ends(above) or line.text[0].isupper())


def _leaves_item(lines: Sequence[Line], index: int, held: Sequence[Line], body: Type) -> bool:
    """Return whether a line leaves an item's hanging indent.

    Of an item of one line the indent is not seen: there the mark's own edge is none where the line stands a
    little apart, or where other items above hang.
    """
    line, above, step = lines[index], held[-1], _INDENT * body.size
    if len(held) > 1 and line.x0 < above.x0 - step:
        return True
    text_at = held[1].x0 if len(held) > 1 else held[0].words[min(1, len(held[0].words) - 1)].x0
    if line.x0 >= text_at - step:
        return False
    if line.x0 < held[0].x0 - 1 or line.x0 > held[0].x0 + 1:
        return line.x0 < held[0].x0
    if line.y - above.y > _WIDER_PITCH * _pitch(above, body):
        return True
    near = [other for other in lines[max(0, index - _NEAR_LINES) : index] if other.region == line.region]
    return any(
        list_mark(first.text) and not list_mark(second.text) and second.x0 > first.x0 + step
        for first, second in pairwise(near)
    )


def _stopped_early(lines: Sequence[Line], index: int) -> bool:
    """Return whether the line above ends where the first word of this one would still have fitted."""
    above, line = lines[index - 1], lines[index]
    near = [other for other in lines[max(0, index - 4) : index + 4] if other.region == line.region]
    right = max(other.x1 for other in near)
    room = right - above.x1
    if room < line.words[0].x1 - line.words[0].x0 + 0.4 * line.size:
        return False
    if above.text.rstrip(_CLOSERS)[-1:] in (".", "!", "?", ":"):
        return True
    width = right - min(other.x0 for other in near)
    return room > _SHORTFALL * width and not line.text[0].islower() and above.text[-1:] not in "-,"


def origins_of(told: Sequence[Paragraph]) -> dict[int, int]:
    """Return for the index of each paragraph that may be the rest of an earlier one that one's index: the
    last of the same type, whatever stands in the margin or below the text between them."""
    origins = {}
    for index, paragraph in enumerate(told):
        near = range(index - 1, max(-1, index - 1 - _FARTHEST_ORIGIN), -1)
        same = [at for at in near if not _other_type(told[at].lines[-1], paragraph.lines[0])]
        # A box beside the columns may be set in the same type: what it says has ended.
        cut = (at for at in same if _is_cut(told[at], told[at + 1]))
        origin = next(cut, same[0] if same else None)
        if origin is not None and told[origin].may_go_on_in(paragraph):
            origins[index] = origin
    return origins


def as_block(paragraph: Paragraph, body: Type) -> Block | None:
    """Return a paragraph as a block, None without words; a heading's `level` is its rank (1 is highest)."""
    text = _text(paragraph)
    if not any(map(str.isalnum, text)):
        return None
    mark = list_mark(text) if paragraph.mark else None
    if _is_heading(text, paragraph.lines, body, mark):
        title = mark.text if mark and not mark.number else text
        return Block("heading", title, _rank(paragraph.lines[0], title, body), paragraph.page)
    if mark:
        return Block("item", mark.text, 1, paragraph.page, mark=mark.number)
    return Block("paragraph", text, 0, paragraph.page)


def _text(paragraph: Paragraph) -> str:
    return squeezed(joined_lines(_joined_letters(line.text) for line in paragraph.lines))


def _joined_letters(text: str) -> str:
    """Undo letter-spacing: "W O H N E N" is one word."""
    words = text.split(" ")
    runs: list[str] = []
    single = 0
    for word in words:
        is_letter = len(word) == 1 and word.isalnum()
        if is_letter and single:
            runs[-1] += word
        else:
            runs.append(word)
        single = single + 1 if is_letter else 0
    spaced = sum(len(word) == 1 and word.isalnum() for word in words)
    return " ".join(runs) if spaced >= 3 and len(words) - len(runs) >= 2 else text


def _is_heading(text: str, lines: Sequence[Line], body: Type, mark: ListMark | None) -> bool:
    if len(text) > _LONGEST_HEADING or len(lines) > _MOST_HEADING_LINES:
        return False
    larger = lines[0].size > 1.12 * body.size
    if mark and not mark.number and not larger and not all(line.bold and line.coloured for line in lines):
        return False
    if not all(_is_display(line, body) for line in lines):
        return is_capitals(text) and len(text) > 5 and mark is None and not is_lead_in(text)
    if _look(lines[0]) in body.leads:
        return looks_like_heading(text)
    if larger:
        return not is_sentence(text)
    if all(_is_coloured(line, body) and not line.bold for line in lines):
        return looks_like_heading(text) and not _ADDRESS.search(text)
    return not is_lead_in(text)


def _rank(line: Line, text: str, body: Type) -> int:
    """Return a heading's rank: the larger the type, the lower the number; bold before plain type."""
    size = round(line.size / body.size * 20)
    return max(1, _LOWEST_RANK - size) * 4 + (0 if line.bold else 2) + (0 if is_capitals(text) else 1)
