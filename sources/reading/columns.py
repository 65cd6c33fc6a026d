"""The reading order of a page's lines: columns from left to right, what spans them above and below."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.reading.layout import Line

# In units of the line height.
_GUTTER = 0.5
_SAME_HEIGHT = 0.5
_BESIDE = 0.8
# Parts that share less of their height than this are read one below the other.
_SIDE_BY_SIDE = 0.25
_DEEPEST = 12
_MOST_TORN_ROWS = 3
_CLOSE = 1.5
_LARGER = 1.1
_BALANCED = 3.0
_ALIGNED = 0.1
_STRIP, _WIDE_STRIP = 3.5, 7.0
_NEARLY_ALIGNED = 1.2
_SAME_RANK = 0.95
_FULL = 5.0
_OPEN_ENDS = frozenset("abcdefghijklmnopqrstuvwxyzäöüß,-\u2010\u00ad")


def columns(lines: Sequence[Line], depth: int = 0) -> list[list[Line]]:
    """Return `lines` as columns in reading order, the lines of each from top to bottom.

    A band is a run of lines that leaves a gutter free; its columns are read one after the other, then
    what stands below the band.
    """
    ordered = sorted(lines, key=lambda line: (line.y, line.x0))
    regions: list[list[Line]] = []
    while ordered:
        first = _first_side_by_side(ordered)
        if first is None or depth > _DEEPEST:
            return [*regions, ordered]
        top, end = _band(ordered, first)
        if _is_river(ordered, top, end):
            ordered = [*ordered[:top], *_whole_rows(ordered[top:end]), *ordered[end:]]
            continue
        if top:
            regions.append(ordered[:top])
        end = _above_heading(ordered, top, end)
        parts = _parts(ordered[top:end])
        if len(parts) < 2:
            # Side by side, but nothing parts them: lines of a picture or a table, as they stand.
            regions.append(ordered[top:end])
        else:
            regions += [column for part in parts for column in columns(part, depth + 1)]
        ordered = ordered[end:]
    return regions


def _is_river(ordered: Sequence[Line], top: int, end: int) -> bool:
    """Return whether a band is no columns but a justified line or two torn apart by wide gaps.

    So it is where the lines right above and right below run through the gap.
    """
    rows = _by_row(ordered[top:end])
    torn = sum(len(row) > 1 for row in rows)
    if not (0 < top <= end < len(ordered) and 0 < torn <= _MOST_TORN_ROWS):
        return False
    band, near = ordered[top:end], (ordered[top - 1], ordered[end])
    close = near[1].y - near[0].y < (len(rows) + 1) * _CLOSE * band[0].size
    like = all(abs(line.size - band[0].size) < 0.1 * band[0].size for line in near)
    return close and like and all(not _parts([*band, line]) for line in near)


def _by_row(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.y - rows[-1][0].y < _SAME_HEIGHT * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _whole_rows(lines: Sequence[Line]) -> list[Line]:
    return [
        replace(
            row[0],
            words=tuple(sorted((word for line in row for word in line.words), key=lambda word: word.x0)),
        )
        for row in _by_row(lines)
    ]


def _first_side_by_side(ordered: Sequence[Line]) -> int | None:
    """Return the index of the first line that has another one beside it."""
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.y - line.y > _BESIDE * line.size:
                break
            if other.x0 > line.x1 or line.x0 > other.x1:
                return index
    return None


def _band(ordered: Sequence[Line], first: int) -> tuple[int, int]:
    """Return [top, end) of the lines around `first` that leave a gutter free."""
    end = first + 2
    while end < len(ordered) and _parts(ordered[first : end + 1]):
        end += 1
    top = first
    while top and _parts(ordered[top - 1 : end]):
        top -= 1
    if end == len(ordered):
        return top, end
    body = sorted(line.size for line in ordered[top:end])[(end - top) // 2]
    while end > first + 2 and (ordered[end - 1].bold or ordered[end - 1].size > _LARGER * body):
        # A heading right above a line that spans the columns belongs to that line.
        end -= 1
    return top, end


def _above_heading(ordered: Sequence[Line], top: int, end: int) -> int:
    """Return the end of the band, cut above a heading that belongs to all columns though it is short."""
    parts = [sorted(part, key=lambda line: line.y) for part in _parts(ordered[top:end])]
    body = sorted(line.size for line in ordered[top:end])[(end - top) // 2]
    heads = {id(line) for line in ordered[top:end] if line.bold or line.size > _LARGER * body}
    for part in parts:
        for at, line in enumerate(part):
            if (
                at
                and id(line) in heads
                and id(part[at - 1]) not in heads
                and _spans(part, at, parts, heads, body)
            ):
                return ordered.index(line)
    return end


def _spans(
    part: Sequence[Line], at: int, parts: Sequence[Sequence[Line]], heads: Container[int], body: float
) -> bool:
    """Return whether the heading that begins with the line `part[at]` stands across all columns.

    So it is where the other columns leave its height free, all end above it at about one height, and
    either go on below at one height, or the heading would cut a sentence.
    """
    title = part[at]
    own = next(
        (part[index:] for index in range(at, len(part)) if not _is_title(part[index], title, heads)), []
    )
    others = [other for other in parts if other is not part]
    above = [part[:at], *([line for line in other if line.y < part[at].y] for other in others)]
    below = [own, *([line for line in other if line.y >= part[at].y] for other in others)]
    if not (all(above) and all(below)) or any(_is_title(lines[0], title, heads) for lines in below):
        return False
    ends, starts = [lines[-1].y for lines in above], [lines[0].y for lines in below]
    strip = min(starts) - max(ends)
    if strip < _STRIP * body or max(ends) - min(ends) > _BALANCED * body:
        return False
    # A wide strip may hold a picture, below which a column goes on at any height.
    apart = _ALIGNED if strip > _WIDE_STRIP * body else _NEARLY_ALIGNED
    is_aligned = max(starts) - min(starts) < apart * body
    return _is_cut(above[0], body) or (is_aligned and not any(_is_cut(lines, body) for lines in above))


def _is_title(line: Line, title: Line, heads: Container[int]) -> bool:
    """Return whether a line is a heading of the rank of `title`, no smaller one below it."""
    return id(line) in heads and line.size > _SAME_RANK * title.size


def _is_cut(lines: Sequence[Line], body: float) -> bool:
    """Return whether the last of a column's lines is full and ends in the middle of a sentence."""
    return lines[-1].text[-1] in _OPEN_ENDS and max(line.x1 for line in lines) - lines[-1].x1 < _FULL * body


def _parts(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut `lines` at every gutter that runs through all of them; [] where no cut leaves columns."""
    parts: list[list[Line]] = []
    right = float("-inf")
    for line in sorted(lines, key=lambda line: line.x0):
        if not parts or line.x0 - right > _GUTTER * line.size:
            parts.append([])
        parts[-1].append(line)
        right = max(right, line.x1)
    merged: list[list[Line]] = []
    for part in parts:
        if merged and _shared_height(merged[-1], part) < _SIDE_BY_SIDE:
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    return merged if len(merged) > 1 else []


def _shared_height(left: Sequence[Line], right: Sequence[Line]) -> float:
    """Return how much of the shorter part's height the other one stands beside, from 0 to 1."""
    tops = [min(line.y - line.size for line in part) for part in (left, right)]
    bottoms = [max(line.y for line in part) for part in (left, right)]
    shared = min(bottoms) - max(tops)
    return max(shared, 0.0) / min(bottoms[0] - tops[0], bottoms[1] - tops[1])
