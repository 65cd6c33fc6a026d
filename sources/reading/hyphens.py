"""Hyphens that a line's end left, undone; those that belong to the word, kept."""

import re
from collections.abc import Iterable

from sources.reading.wordlists import word_list
from sources.reading.words import is_compound, is_noun, is_word

_INNER = re.compile(r"(?<![\w-])([^\W\d_]{2,})-([a-zäöüß]{3,})(?![\w-])")
_GENDER = re.compile(r"(?<=[^\W\d_])-\s?(?=[*:_](?:in|r|n)(?:nen)?\b)")
_LAST_PART = re.compile(r"([^\W_]+|(?<=\w)/)[-\u2010\u00ad]$")
_ADDRESS = re.compile(r"(?:@|www\.|://)\S*-$")
_OPEN_ADDRESS = re.compile(r"(?:@|www\.|://)\S*[./]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
# "BürgerInnen" holds a capital and no hyphen.
_INNER_CAPITALS = ("In", "Innen")
_LONGEST_WORD = 80
# "Rad- und Fußwege": the hyphen stands for the second half.
_SUSPENDING = word_list("suspending")
_ENGLISH_ENDS = word_list("english_ends")


def joined_lines(lines: Iterable[str]) -> str:
    """Return the lines of a paragraph as one, words that a line's end cut made whole."""
    parts: list[str] = []
    for line in lines:
        after = line.strip()
        if parts and after:
            parts[-1], after = _joint(parts[-1], after)
        parts.append(after)
    return undone("".join(parts).replace("\u00ad", ""))


def join(before: str, after: str) -> str:
    """Return `before` and `after`, which follow each other on a page, with what belongs between them."""
    return "".join(_joint(before, after)) if before and after else before + after


def _joint(before: str, after: str) -> tuple[str, str]:
    cut = _LAST_PART.search(before[-_LONGEST_WORD:])
    if not cut and _goes_on_as_address(before, after):
        return before, after
    if not cut:
        return before, f" {after}"
    if before[-1] == "\u00ad" or after[:1] in "*:_":
        return before[:-1], after
    found = _FIRST_PART.match(after)
    if not found or found[0].casefold() in _SUSPENDING:
        return before, f" {after}" if found else after
    keeps = _ADDRESS.search(before[-_LONGEST_WORD:]) or _keeps_hyphen_at_line_end(cut[1], found[0])
    return (before if keeps else before[:-1]), after


def _goes_on_as_address(before: str, after: str) -> bool:
    """Return whether a line's end cut an address behind a point or a stroke: "www.stadt." and "de"."""
    if not (_OPEN_ADDRESS.search(before[-_LONGEST_WORD:]) and (after[0].islower() or after[0].isdecimal())):
        return False
    found = _FIRST_PART.match(after)
    return found is None or found[0] not in _SUSPENDING


def _keeps_hyphen_at_line_end(first: str, second: str) -> bool:
    if first == "/" or any(map(str.isdecimal, first)):
        return True
    if second[0].islower():
        return first.casefold() == "nicht"
    if first.isupper() and second.isupper() and len(second) > 2:
        small = (first + second).lower()
        return not (is_word(small.capitalize()) or (len(first) > 3 and is_compound(small)))
    return second not in _INNER_CAPITALS


def undone(text: str) -> str:
    """Return `text` without the hyphens in the middle of words that some page's line end left."""
    text = _GENDER.sub("", text)
    return _INNER.sub(lambda found: _one_word(found[1], found[2]), text)


def _one_word(first: str, second: str) -> str:
    return first + second if _was_cut(first, second) else f"{first}-{second}"


def _was_cut(first: str, second: str) -> bool:
    if second in _SUSPENDING or second in _ENGLISH_ENDS:
        return False
    if is_word(first + second):
        return True
    if first[1:].islower() and first[0].isupper() and is_noun(second):
        # A noun after a hyphen would have a capital: "Wohnungsbau-vorhaben" was one word.
        return is_word(first) or is_compound(first) or is_compound(first + second)
    return not is_word(second) and is_compound(first + second)
