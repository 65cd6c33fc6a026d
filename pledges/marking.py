"""Words marked in a sentence: those that spoke for a label, and those that another edition changed. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pledges.folding import fold

Piece = tuple[str, bool]
"""A stretch of a text, and whether it is marked."""

_SHORTEST_STEM = 4
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\s+|\S+")


def mark_reasons(text: str, reasons: Iterable[str]) -> list[Piece]:
    """Mark the whole words of a text that a reason names: word for word, or as the stem of one."""
    spans = sorted({span for reason in reasons for span in _spans(text, reason)})
    return _cut(text, spans)


def changed_words(former: str, text: str) -> tuple[list[Piece], list[Piece]]:
    """Mark in the former words what is gone, and in the present ones what is new."""
    old, new = _TOKEN.findall(former), _TOKEN.findall(text)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    gone: list[Piece] = []
    come: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        gone.append(("".join(old[a:b]), what != "equal"))
        come.append(("".join(new[c:d]), what != "equal"))
    return [piece for piece in gone if piece[0]], [piece for piece in come if piece[0]]


def _spans(text: str, reason: str) -> Iterable[tuple[int, int]]:
    found = re.compile(rf"(?<!\w){re.escape(reason)}(?!\w)", re.IGNORECASE).finditer(text) if reason else ()
    whole = [match.span() for match in found]
    if whole:
        return whole
    stem = fold(reason)
    # Verbs are named by their infinitive: "digitalisieren" for "digitalisiert".
    stem = stem.removesuffix("en") if len(stem) > _SHORTEST_STEM + 1 else stem
    if len(stem) < _SHORTEST_STEM:
        return []
    return [match.span() for match in _WORD.finditer(text) if stem in fold(match.group())]


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        pieces += [(text[at : max(start, at)], False), (text[max(start, at) : end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]
