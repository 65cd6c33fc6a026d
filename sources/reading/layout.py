"""Glyphs of a page to lines in the order in which a person reads them: columns, spreads, margins.

The page is cut at gutters, strips that no line crosses, vertical cuts first (recursive XY-cut, Nagy and
Seth 1984). A wide gap in a justified line is told from a gutter by the lines above and below it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from sources.reading.accents import with_accents
from sources.reading.bullets import is_bare_mark, list_mark
from sources.reading.columns import columns
from sources.reading.glyphs import Glyph, Shape
from sources.reading.initials import with_initials
from sources.reading.linenumbers import without_line_numbers

# In units of the font's line height, about 1.2 times the font size.
_SPACE = 0.25
_SAME_ROW = 0.3
_RAISED_ROW = 0.6
_WIDE_GAP = 0.75
_GUTTER = 0.7
_LONE_GAP = 1.5
_ALIGNED = 0.1
_NEAR_ROWS, _NEAR_TEXT = 12.0, 5.0
_ASKED_ROWS = 4
_MOST_EDGES = 12
_MARK_REACH = 6.0
_SMALL = 0.8
_LEAST_MARK = 0.15
_LARGEST_MARK = 0.7
_DRAWN_MARK_REACH = 2.0
_LONE_SHAPE = 3.0
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    coloured: bool


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
        return all(word.bold for word in self._lettered)

    @cached_property
    def coloured(self) -> bool:
        return all(word.coloured for word in self._lettered)

    @cached_property
    def _lettered(self) -> list[Word]:
        return [word for word in self.words if any(map(str.isalnum, word.text))]


def lines_in_order(glyphs: Sequence[Glyph], shapes: Sequence[Shape]) -> list[Line]:
    """Return the lines of a page in reading order; small shapes before them may be their list marks."""
    words = _without_notes_numbers(_words(with_accents(glyphs)))
    rows = without_line_numbers(_rows(with_initials(words)))
    lines = [Line(tuple(words)) for row in range(len(rows)) for words in _cut_at_gutters(rows, row)]
    return in_columns(_with_drawn_marks(_with_their_marks(lines), shapes))


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in reading order, numbered by the columns in which they stand."""
    regions = columns(lines)
    return [replace(line, region=number) for number, region in enumerate(regions) for line in region]


def _words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Group glyphs that touch, in the order in which they are drawn; a space or a gap ends a word."""
    words: list[Word] = []
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and (glyph.text.isspace() or not _touches(held, glyph)):
            words.append(_word(held))
            held = []
        if not glyph.text.isspace():
            held.append(glyph)
    return [*words, _word(held)] if held else words


def _touches(held: Sequence[Glyph], glyph: Glyph) -> bool:
    before, size = held[-1], max(held[0].size, glyph.size)
    # The letters of a ligature share one box.
    follows = glyph.x0 - before.x1 > -_SAME_ROW * size or abs(glyph.x0 - before.x0) < 0.01 * size
    height = _RAISED_ROW if glyph.size < _SMALL * held[0].size else _SAME_ROW
    return follows and glyph.x0 - before.x1 < _SPACE * size and abs(held[0].y - glyph.y) < height * size


def _word(glyphs: Sequence[Glyph]) -> Word:
    base = sorted(glyphs, key=lambda glyph: glyph.size)[len(glyphs) // 2]
    bold = sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs)
    text = "".join(glyph.text for glyph in _without_footnote_mark(glyphs, base))
    right = max(glyph.x1 for glyph in glyphs)
    return Word(text, glyphs[0].x0, right, base.y, base.size, bold, base.coloured)


def _without_footnote_mark(glyphs: Sequence[Glyph], base: Glyph) -> Sequence[Glyph]:
    """Leave out raised small figures after a word or a mark ("Stadt³"), but not those of "m²"."""
    end = len(glyphs)
    while end and glyphs[end - 1].text.isdigit() and _is_raised(glyphs[end - 1], base):
        end -= 1
    return glyphs[:end] if end > 2 else glyphs


def _without_notes_numbers(words: Sequence[Word]) -> list[Word]:
    """Leave out the raised numbers before the words of footnotes, as those in the text."""
    last = words[-1:]
    return [
        word
        for word, after in pairwise(words)
        if not (
            word.text.isdecimal()
            and _is_raised(word, after)
            and 0 < after.x0 - word.x0 < _LONE_GAP * after.size
        )
    ] + list(last)


def _is_raised(glyph: Glyph | Word, base: Glyph | Word) -> bool:
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
    """Ask the rows around a wide gap: in a gutter one strip is free in all rows above or in all below."""
    sides = [
        _asked(rows, range(at - 1, -1, -1), before, after),
        _asked(rows, range(at + 1, len(rows)), before, after),
    ]
    if not any(sides):
        if _is_justified(rows, at, before, after):
            return False
        return after.x0 - before.x1 > _LONE_GAP * before.size or _has_column_at(rows, at, after)
    width = _GUTTER * before.size
    free = [_widest_free(before.x1, after.x0, side) > width for side in sides]
    sure = [is_free for is_free, side in zip(free, sides, strict=True) if len(side) > 1]
    return any(sure) if sure else all(free)


def _is_justified(rows: Sequence[Sequence[Word]], at: int, before: Word, after: Word) -> bool:
    """Return whether what stands around a gap is as wide as text near it, of another type: a heading set
    justified."""
    edges = _edges(rows[at])
    if len(edges) > _MOST_EDGES:
        return False
    widths = [
        (left, right) for left, _ in edges for _, right in edges if left <= before.x0 and right >= after.x1
    ]
    return any(
        abs(row[0].y - before.y) < _NEAR_TEXT * before.size
        and any(abs(edge[0] - left) + abs(edge[1] - right) < 2 for edge in _edges(row))
        for row in rows[max(0, at - _ASKED_ROWS) : at + _ASKED_ROWS + 1]
        if row is not rows[at]
        for left, right in widths
    )


def _edges(row: Sequence[Word]) -> list[tuple[float, float]]:
    """Return the left and the right edge of each run of words of a row without a wide gap."""
    starts, ends = [row[0].x0], []
    for before, word in pairwise(row):
        if word.x0 - before.x1 > _WIDE_GAP * before.size:
            ends.append(before.x1)
            starts.append(word.x0)
    return list(zip(starts, [*ends, row[-1].x1], strict=True))


def _has_column_at(rows: Sequence[Sequence[Word]], at: int, after: Word) -> bool:
    """Return whether a row nearby begins where `after` does: a column with lines at heights of its own."""
    reach = _NEAR_ROWS * after.size
    return any(
        abs(row[0].x0 - after.x0) < _ALIGNED * after.size and abs(row[0].y - after.y) < reach
        for row in rows[max(0, at - 2 * int(_NEAR_ROWS)) : at + 2 * int(_NEAR_ROWS)]
    )


def _asked(
    rows: Sequence[Sequence[Word]], order: Iterable[int], before: Word, after: Word
) -> list[Sequence[Word]]:
    """Return the nearest rows in that order that reach to both sides of the gap, of the same type."""
    found: list[Sequence[Word]] = []
    for row in order:
        if abs(rows[row][0].y - before.y) > _NEAR_ROWS * before.size or len(found) == _ASKED_ROWS:
            break
        like = [word for word in rows[row] if abs(word.size - before.size) < 0.1 * before.size]
        if like and like[0].x0 < before.x1 and like[-1].x1 > after.x0:
            found.append(like)
    return found


def _widest_free(left: float, right: float, rows: Iterable[Sequence[Word]]) -> float:
    """Return the width of the widest strip between `left` and `right` that no word of `rows` touches."""
    words = sorted((word for row in rows for word in row if word.x1 > left), key=lambda word: word.x0)
    widest, free_from = 0.0, left
    for word in words:
        widest = max(widest, min(word.x0, right) - free_from)
        free_from = max(free_from, word.x1)
    return max(widest, right - free_from)


def _with_their_marks(lines: Sequence[Line]) -> list[Line]:
    """Join each list mark that is printed apart with the line that it belongs to."""
    marks = [line for line in lines if is_bare_mark(line.text) or _SECTION_NUMBER.fullmatch(line.text)]
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
        and (is_bare_mark(mark.text) or _is_heading_of(mark, line))
    ]
    return min(near, key=lambda line: line.x0, default=None)


def _is_heading_of(number: Line, line: Line) -> bool:
    """Return whether a bare number is a heading's: of the same size, bold or in colour both."""
    same = abs(number.size - line.size) < (1 - _SMALL) * line.size
    return same and ((number.bold and line.bold) or (number.coloured and line.coloured))


def _with_drawn_marks(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Line]:
    """Give the lines of a list whose bullets are drawn a printed one; one alone, or a
    pattern of them, is ornament."""
    ordered = sorted(shapes, key=_middle)
    found: list[tuple[Line, Shape]] = []
    for line in lines:
        first = bisect_left(ordered, line.y - _LARGEST_MARK * line.size, key=_middle)
        beside = ordered[first : bisect_left(ordered, line.y, key=_middle)]
        around = [shape for shape in beside if abs(shape.x0 - line.x0) < _LONE_SHAPE * line.size]
        if len({round(shape.x0) for shape in around}) == 1 and _is_mark_of(around[0], line):
            found.append((line, around[0]))
    kinds = Counter(_kind(shape) for _, shape in found)
    marked = {
        id(line): Line(
            (Word("•", shape.x0, shape.x1, line.y, line.size, line.bold, line.coloured), *line.words)
        )
        for line, shape in found
        if kinds[_kind(shape)] > 1
    }
    return [marked.get(id(line), line) for line in lines]


def _is_mark_of(shape: Shape, line: Line) -> bool:
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    if not (_LEAST_MARK * line.size < min(width, height) and max(width, height) < _LARGEST_MARK * line.size):
        return False
    near = 0 < line.x0 - shape.x1 < _DRAWN_MARK_REACH * line.size
    return near and not line.bold and list_mark(line.text) is None


def _middle(shape: Shape) -> float:
    return (shape.top + shape.bottom) / 2


def _kind(shape: Shape) -> tuple[int, int]:
    return round(shape.x1 - shape.x0), round(shape.bottom - shape.top)
