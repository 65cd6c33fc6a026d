"""Initials: a first letter set over two lines and more, given back to its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.reading.layout import Word

# In units of the line height of the text beside the initial.
_LEAST_SIZE = 1.6
_REACH = 1.5
_LEAST_LINES = 2


def with_initials(words: Sequence[Word]) -> list[Word]:
    """Return the words with each initial joined to the first word of the lines that it stands beside."""
    found = list(words)
    for initial in [word for word in words if _is_letter(word.text)]:
        beside = [word for word in found if _stands_beside(word, initial)]
        first = min(beside, key=lambda word: (word.y, word.x0), default=None)
        # Beside one line alone, a small letter says that it is the rest of a word.
        enough = _lines(beside) >= _LEAST_LINES or (first and first.text[0].islower())
        if first and first.text[0].isalpha() and enough:
            at = next(at for at, word in enumerate(found) if word is first)
            found[at] = replace(first, text=initial.text + first.text)
            found = [word for word in found if word is not initial]
    return found


def _is_letter(text: str) -> bool:
    return text[-1].isupper() and len(text.strip("„“\"'»«")) == 1


def _stands_beside(word: Word, initial: Word) -> bool:
    """Return whether `word` opens a line of text that the initial, on the last line, reaches up to."""
    near = 0 <= word.x0 - initial.x1 + 0.3 * word.size < _REACH * word.size
    above = initial.y - initial.size < word.y - 0.5 * word.size and word.y < initial.y + 0.3 * word.size
    return near and above and initial.size > _LEAST_SIZE * word.size


def _lines(words: Sequence[Word]) -> int:
    return len({round(word.y) for word in words})
