"""Tables of Markdown: which lines are one, and which of its cells are text."""

import re
from collections.abc import Sequence
from itertools import groupby

_DASHES = re.compile(r":?-+:?")
_CELL_END = re.compile(r"(?<!\\)\|")
# What the reader of PDF takes for a table of candidates, dates or sums, too (furniture.py).
_LEAST_ROWS, _LEAST_CELLS, _LONGEST_CELL = 4, 3, 32


def is_row(line: str) -> bool:
    """Return whether `line` is a row with an outer stroke on both sides."""
    bare = line.strip()
    return len(bare) > 1 and bare[0] == bare[-1] == "|"


def stretches(lines: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Return the lines as (whether it is a table, lines), in their order.

    Rows without outer strokes are a table from the line above their delimiter row on.
    """
    marks = [is_row(line) for line in lines]
    for at, line in enumerate(lines):
        if at and "|" in line and _is_delimiter(line) and "|" in lines[at - 1]:
            marks[at - 1 : at + 1] = [True, True]
        elif at and marks[at - 1] and "|" in line:
            marks[at] = True
    pairs = groupby(zip(marks, lines, strict=True), key=lambda pair: pair[0])
    return [(is_table, [line for _, line in found]) for is_table, found in pairs]


def kept_cells(rows: Sequence[str]) -> list[str]:
    """Return the cells with words, row by row; rows of short cells side by side are no text."""
    cells = [_cells(row) for row in rows if not _is_delimiter(row)]
    short = [all(len(cell) <= _LONGEST_CELL for cell in row) for row in cells]
    full = sum(is_short and len(row) >= _LEAST_CELLS for row, is_short in zip(cells, short, strict=True))
    drops = full >= _LEAST_ROWS
    return [
        cell for row, is_short in zip(cells, short, strict=True) if not (drops and is_short) for cell in row
    ]


def _is_delimiter(row: str) -> bool:
    cells = _cells(row)
    return bool(cells) and all(map(_DASHES.fullmatch, cells))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(row) if cell.strip()]
