"""Words marked in a text: that spoke for a label, that another edition changed, that are quoted. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pledges.folding import fold

Piece = tuple[str, bool]
"""A stretch of a text, and whether it is marked."""

_SHORTEST_STEM = 4
# As notes quote: an omission stands for words between.
_QUOTED = re.compile(r"[\"„“](?P<words>[^\"„“”]+)[\"“”]")
_GAP = re.compile(r"\.\.\.|…")
_WORD = re.compile(r"\w+")
# A word or a mark, so that a full stop stays where a word before it comes in.
_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])\s*")


def mark_reasons(text: str, reasons: Iterable[str]) -> list[Piece]:
    """Mark the whole words of a text that a reason names: word for word, or as the stem of one."""
    spans = sorted({span for reason in reasons for span in _spans(text, reason)})
    return _cut(text, spans)


def mark_quotations(note: str, of: Iterable[str], but: Iterable[str]) -> list[Piece]:
    """Mark what a note quotes of these texts, word for word, unless it stands in the others as well."""
    own, others = _bare(" ".join(of)), _bare(" ".join(but))
    spans = []
    for match in _QUOTED.finditer(note):
        parts = [_bare(part) for part in _GAP.split(match["words"])]
        if all(part in own for part in parts) and not all(part in others for part in parts):
            spans.append(match.span("words"))
    return _cut(note, spans)


def _bare(text: str) -> str:
    """The words alone, each between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def changed_words(former: str, text: str) -> tuple[list[Piece], list[Piece]]:
    """Mark in the former words what is gone, and in the present ones what is new."""
    old, new = _TOKEN.findall(former), _TOKEN.findall(text)
    matcher = SequenceMatcher(a=[t.strip() for t in old], b=[t.strip() for t in new], autojunk=False)
    codes = matcher.get_opcodes()
    return (
        _joined(old, [(start, end, what != "equal") for what, start, end, _, _ in codes]),
        _joined(new, [(start, end, what != "equal") for what, _, _, start, end in codes]),
    )


def _joined(tokens: Sequence[str], runs: Iterable[tuple[int, int, bool]]) -> list[Piece]:
    """Join the tokens of each run; a space after a marked run is not marked."""
    pieces: list[Piece] = []
    for start, end, is_marked in runs:
        stretch = "".join(tokens[start:end])
        bare = stretch.rstrip() if is_marked else stretch
        pieces += [(bare, is_marked), (stretch[len(bare) :], False)]
    return [piece for piece in pieces if piece[0]]


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
