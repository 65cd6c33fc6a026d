"""Lists that are one sentence with their introduction, and lists of statements."""

import re
from collections.abc import Sequence

from sources.splitting.layout import PlacedBlock
from sources.splitting.sentences import sentence_spans

_EXAMPLE = re.compile(
    r"(?:zum beispiel|beispielsweise|z\.\s?b\.|etwa|wie|darunter|u\.\s?a\.|unter anderem"
    r"|such as|for example|including)[\s:]*$",
    re.IGNORECASE,
)
_AND_SO_ON = re.compile(
    r"(?:und vieles mehr|und so weiter|etc|usw|u\.?\s?v\.?\s?a?\.?\s?m|u\.?\s?s\.?\s?w|…|\.\.\.)\.?",
    re.IGNORECASE,
)
_MOST_WORDS = 8


def enumerations(text: str, placed: Sequence[PlacedBlock]) -> dict[int, int]:
    """Return for each paragraph that goes on as a list of mere names the index of the list's last item."""
    found = {}
    index = 0
    while index < len(placed):
        last = _last_item(placed, index)
        if last > index and placed[index].block.kind == "paragraph":
            left, right = sentence_spans(text[placed[index].start : placed[index].end])[-1]
            introduction = text[placed[index].start + left : placed[index].start + right]
            if is_enumeration(
                introduction, [text[item.start : item.end] for item in placed[index + 1 : last + 1]]
            ):
                found[index] = last
        index = max(last, index) + 1
    return found


def _last_item(placed: Sequence[PlacedBlock], index: int) -> int:
    """Return the index of the last item of the list that begins right after `index`."""
    while index + 1 < len(placed) and placed[index + 1].block.kind == "item":
        index += 1
    return index


def is_enumeration(introduction: str, items: Sequence[str]) -> bool:
    """Return whether the items are mere examples of the introduction, with which they are one sentence.

    So read "Dazu gehören zum Beispiel - Frauen - Kinder - etc.": each item is a short name, and either the
    introduction announces examples or the last item says "and so on".
    """
    if introduction[-1:] in ".!?" or any(len(item.split()) > _MOST_WORDS for item in items):
        return False
    if any(item.endswith((".", "!", "?", ":")) for item in items[:-1]):
        return False
    return bool(_EXAMPLE.search(introduction) or _AND_SO_ON.fullmatch(items[-1]))
