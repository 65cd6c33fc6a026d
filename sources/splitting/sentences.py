"""Where sentences end in German and English programmes."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from sources.splitting.wordlists import word_list

_CLOSERS = "\"'”“»«’‹›)\\]"
# A bracket without an end mark of its own belongs to the sentence before: "… Gier.“ (M. Gandhi)".
_STOP = re.compile(
    rf"((?<![.!?…])[.!?…]+[{_CLOSERS}*]*)(?:\s\([^()]{{0,90}}[^()\s.!?…]\))?(?=\s)|(?<=[a-zäöüß]{{3}})([.!?])(?=[A-ZÄÖÜ][a-zäöüß])"
)
_WORD_BEFORE = re.compile(r"[^\s(\[{\"'„“”»«‚‘/–—]+$")
_WORD_AFTER = re.compile(r"[^\W_]+(?:[-*:/][^\W_]+)*")
_OPENING = "\"'„“”»«‚‘(["
_SINGLE_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,3}|[IVX]{1,5}")
_NO_VOWEL = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,5}")
_ORDINAL_BEFORE = word_list("before_ordinals")
_AFTER_ORDINALS = word_list("after_ordinals")
_WEB = re.compile(r"www\.|https?:|@|\.(?:de|com|org|net|eu|nrw|info)\b", re.IGNORECASE)
# A bracket is one part of its sentence: full stops in it end nothing, unless it is never closed.
_LONGEST_BRACKET = 400
# The letters before and after an end mark that decide on it.
_WINDOW = 160
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?…][\"”“»)]?)\s*$")
# With a full stop after them these are abbreviations; those of the second list may end a sentence too, which
# the next word decides: whether it is one that opens sentences.
_ABBREVIATIONS, _MAY_END = word_list("abbreviations"), word_list("may_end")
_OPENERS = word_list("openers")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return [start, end) of each sentence of one paragraph, without the white space between them.

    Every character of `text` that is no white space is in exactly one span; a text without an end mark
    is one sentence.
    """
    spans, start = [], 0
    for end in [*_boundaries(text), len(text)]:
        left = start + len(text[start:end]) - len(text[start:end].lstrip())
        right = left + len(text[start:end].strip())
        if right > left:
            spans.append((left, right))
            start = end
    return spans


def _boundaries(text: str) -> Iterator[int]:
    brackets = _bracket_spans(text)
    closes = [stop for _, stop in brackets]
    for found in _STOP.finditer(text):
        end = found.end()
        nearest = bisect_right(closes, end)
        if nearest < len(brackets) and brackets[nearest][0] < found.start():
            continue
        before = text[max(0, found.start() - _WINDOW) : found.start()]
        if _ends_sentence(before, found[1] or found[2], text[end : end + _WINDOW]):
            yield end


def _bracket_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], -1
    for at, char in enumerate(text):
        if char == "(" and start < 0:
            start = at
        elif char == ")" and start >= 0:
            if at - start <= _LONGEST_BRACKET:
                spans.append((start, at + 1))
            start = -1
    # A bracket of whole sentences ("(Das gilt. Immer.)") begins after an end mark: it splits inside.
    return [
        (start, stop) for start, stop in spans if not _SENTENCE_BEFORE.search(text[max(0, start - 4) : start])
    ]


def _ends_sentence(before: str, stop: str, after: str) -> bool:
    following = after.lstrip()
    if not following:
        return False
    glued = following == after
    bare = following.lstrip(_OPENING)
    # "… heraus! – hat uns stark gemacht": a dash and a small letter go on with the sentence.
    if bare.lstrip("–—- ")[:1].islower():
        return False
    if following[0] == "(" and not bare[:1].isupper():
        return False
    word = _WORD_BEFORE.search(before[-80:])
    if glued:
        return not _WEB.search(before[-40:] + stop + after[:20])
    if not word or "." not in stop or stop.startswith(("..", "…", "!", "?")):
        return True
    return _full_stop_ends(word[0], stop, bare, before)


def _full_stop_ends(word: str, stop: str, following: str, before: str) -> bool:
    """Decide on one full stop: `word` stands before it, `following` after it."""
    opener = _WORD_AFTER.match(following)
    opens = opener is not None and opener[0] in _OPENERS
    small = word.casefold().lstrip("(")
    if len(stop) > 1 and not small[-1:].isdigit() and small not in _ABBREVIATIONS:
        return True
    if small in _MAY_END or small.replace(" ", "") in _MAY_END:
        return opens
    if small in _ABBREVIATIONS or _NO_VOWEL.fullmatch(word):
        return False
    if _SINGLE_LETTERS.fullmatch(word):
        return opens and (word.isupper() or _pair(before, word) in _MAY_END)
    if _ORDINAL.fullmatch(word):
        return _number_ends(word, before, opener[0] if opener else "", opens)
    return True


def _pair(before: str, word: str) -> str:
    """Return an abbreviation of several letters that are printed apart: "u. a" as "u.a"."""
    parts = before.split()[-2:]
    return "".join(parts).casefold().lstrip("(") if len(parts) > 1 and len(parts[0]) == 2 else word.casefold()


def _number_ends(word: str, before: str, follower: str, opens: bool) -> bool:
    """Decide on a number's full stop: an ordinal ("am 14. September") or the sentence's end ("bis 35.")."""
    if follower.casefold() in _AFTER_ORDINALS or (follower.isdigit() and len(follower) < 3):
        return False
    if opens:
        return True
    words = before.split()
    preceding = words[-2].casefold().rstrip(".") if len(words) > 1 else ""
    return bool(preceding) and preceding not in _ORDINAL_BEFORE and len(word) > 2
