"""Glyphs of a page to lines in the order in which a person reads them: columns, spreads, margins.

The page is cut at gutters, strips that no line crosses, vertical cuts first (recursive XY-cut, Nagy and
Seth 1984). A wide gap in a justified line is told from a gutter by the lines above and below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from sources.reading.bullets import is_bare_mark
from sources.reading.columns import columns
from sources.reading.glyphs import Glyph

# In units of the font's line height, about 1.2 times the font size.
_SPACE = 0.25
_SAME_ROW = 0.3
_WIDE_GAP = 0.75
_GUTTER = 0.7
_NEAR_ROWS = 12.0
_ASKED_ROWS = 3
_MARK_REACH = 6.0
_SMALL = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """Words side by side in one column; `region` numbers the columns of a page in reading order."""

    words: tuple[Word, ...]
    region: int = 0

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def x0(self) -> float:
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def _longest(self) -> Word:
        return max(self.words, key=lambda word: len(word.text))

    @cached_property
    def y(self) -> float:
        return self._longest.y

    @cached_property
    def size(self) -> float:
        return self._longest.size

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


def lines_in_order(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order."""
    rows = _rows(_words(glyphs))
    lines = [Line(tuple(words)) for row in range(len(rows)) for words in _cut_at_gutters(rows, row)]
    regions = columns(_with_their_marks(lines))
    return [replace(line, region=number) for number, region in enumerate(regions) for line in region]


def _words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Group glyphs that touch, in the order in which they are drawn; a space or a gap ends a word."""
    words: list[Word] = []
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and (glyph.text.isspace() or not _touches(held[-1], glyph)):
            words.append(_word(held))
            held = []
        if not glyph.text.isspace():
            held.append(glyph)
    return [*words, _word(held)] if held else words


def _touches(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    # The letters of a ligature share one box.
    follows = glyph.x0 - before.x1 > -_SAME_ROW * size or abs(glyph.x0 - before.x0) < 0.01 * size
    return follows and glyph.x0 - before.x1 < _SPACE * size and abs(before.y - glyph.y) < _SAME_ROW * size


def _word(glyphs: Sequence[Glyph]) -> Word:
    base = sorted(glyphs, key=lambda glyph: glyph.size)[len(glyphs) // 2]
    bold = sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs)
    text = "".join(glyph.text for glyph in _without_footnote_mark(glyphs, base))
    return Word(text, glyphs[0].x0, max(glyph.x1 for glyph in glyphs), base.y, base.size, bold)


def _without_footnote_mark(glyphs: Sequence[Glyph], base: Glyph) -> Sequence[Glyph]:
    """Leave out raised small figures after a word or a mark ("Stadt³"), but not those of "m²"."""
    end = len(glyphs)
    while end and glyphs[end - 1].text.isdigit() and _is_raised(glyphs[end - 1], base):
        end -= 1
    return glyphs[:end] if end > 2 else glyphs


def _is_raised(glyph: Glyph, base: Glyph) -> bool:
    return glyph.size < _SMALL * base.size and glyph.y < base.y - 0.1 * base.size


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Group words by their baseline, from the page's top, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y):
        if rows and word.y - rows[-1][0].y < _SAME_ROW * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _cut_at_gutters(rows: Sequence[Sequence[Word]], at: int) -> Iterator[list[Word]]:
    held = [rows[at][0]]
    for before, word in pairwise(rows[at]):
        size = min(before.size, word.size)
        if word.x0 - before.x1 > _WIDE_GAP * size and _is_gutter(rows, at, before, word):
            yield held
            held = []
        held.append(word)
    yield held


def _is_gutter(rows: Sequence[Sequence[Word]], at: int, before: Word, after: Word) -> bool:
    """Ask the rows around a wide gap whether they leave a strip of it free; most of them decide."""
    free = crossed = 0
    for step in (-1, 1):
        asked, row = 0, at + step
        while 0 <= row < len(rows) and asked < _ASKED_ROWS:
            if abs(rows[row][0].y - before.y) > _NEAR_ROWS * before.size:
                break
            answer = _leaves_strip(rows[row], before, after)
            if answer is not None:
                asked += 1
                free += answer
                crossed += not answer
            row += step
    return free > crossed or not crossed


def _leaves_strip(row: Sequence[Word], before: Word, after: Word) -> bool | None:
    """Return whether `row` leaves a strip free between `before` and `after`, None if it can't tell."""
    like = [word for word in row if abs(word.size - before.size) < 0.1 * before.size]
    if not like or like[0].x0 > before.x1 or like[-1].x1 < after.x0:
        return None
    edges = [before.x1, *(edge for word in like for edge in (word.x0, word.x1)), after.x0]
    inside = [min(max(edge, before.x1), after.x0) for edge in edges]
    gaps = [right - left for left, right in zip(inside[::2], inside[1::2], strict=True)]
    return max(gaps) > _GUTTER * before.size


def _with_their_marks(lines: Sequence[Line]) -> list[Line]:
    """Join each list mark that is printed apart with the line that it belongs to."""
    marks = [line for line in lines if is_bare_mark(line.text)]
    taken: set[int] = set()
    joined: dict[int, Line] = {}
    for mark in marks:
        text = _marked_line(mark, lines)
        if text is not None and id(text) not in joined:
            taken.add(id(mark))
            joined[id(text)] = Line((*mark.words, *text.words))
    return [joined.get(id(line), line) for line in lines if id(line) not in taken]


def _marked_line(mark: Line, lines: Sequence[Line]) -> Line | None:
    reach = _MARK_REACH * mark.size
    near = [
        line
        for line in lines
        if line is not mark
        and 0 < line.x0 - mark.x0 < reach
        and abs(line.y - mark.y) < 0.5 * max(line.size, mark.size)
        and not is_bare_mark(line.text)
    ]
    return min(near, key=lambda line: line.x0, default=None)
