"""The numbers beside the lines of a draft or a motion, by which a debate names its places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.reading.layout import Word

_LEAST_NUMBERS = 5
_LONGEST_NUMBER = 4
# A table of candidates counts its rows too, but most of them are parted into cells.
_MOST_PARTED = 0.3


def without_line_numbers(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """Return the rows (words side by side, from the page's top) without the numbers that count them."""
    numbered = [row for row in rows if row[0].text.isdecimal() and len(row[0].text) <= _LONGEST_NUMBER]
    counted: set[int] = set()
    for run in _runs(numbered):
        parted = sum(_is_parted(row[1:]) for row in run)
        if len(run) >= _LEAST_NUMBERS and parted <= _MOST_PARTED * len(run):
            counted |= {id(row[0]) for row in run}
    kept = ([word for word in row if id(word) not in counted] for row in rows)
    return [row for row in kept if row]


def _runs(rows: Sequence[list[Word]]) -> list[list[list[Word]]]:
    """Cut rows that open with a number into runs that count on by the same step at one left or right edge."""
    runs: list[list[list[Word]]] = []
    for row in rows:
        if runs and _counts_on(runs[-1], row[0]):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _counts_on(run: Sequence[list[Word]], number: Word) -> bool:
    last = run[-1][0]
    step = int(run[1][0].text) - int(run[0][0].text) if len(run) > 1 else 0
    aligned = min(abs(number.x0 - last.x0), abs(number.x1 - last.x1)) < 1
    return aligned and int(number.text) - int(last.text) in ((step,) if step else (1, 2, 5, 10))


def _is_parted(words: Sequence[Word]) -> bool:
    return any(word.x0 - before.x1 > word.size for before, word in pairwise(words))
