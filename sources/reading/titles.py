"""Headings in capitals, shown in normal spelling where the document itself says how."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sources.reading.blocks import Block
from sources.reading.headings import is_capitals
from sources.reading.words import normal_case

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]\s|[\"„“»‚(*–|]\s?)\s*$")
_CLEAR = 0.9

Spellings = dict[str, Counter[str]]


def with_display_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give each heading in capitals a title in normal spelling, where every word of it is known.

    A word is known by its spelling inside the sentences of the same document, else from the dictionary; a
    word that is spelt in two ways ("Leben", "leben") leaves the title empty: no title is guessed.
    """
    if not any(block.kind == "heading" and is_capitals(block.text) for block in blocks):
        return tuple(blocks)
    spellings = _spellings(block.text for block in blocks if block.kind != "heading")
    return tuple(
        replace(block, title=_normal(block.text, spellings))
        if block.kind == "heading" and not block.title and is_capitals(block.text)
        else block
        for block in blocks
    )


def _spellings(texts: Iterable[str]) -> Spellings:
    spellings: Spellings = defaultdict(Counter)
    for text in texts:
        for found in _WORD.finditer(text):
            if not _SENTENCE_START.search(text[max(0, found.start() - 4) : found.start()]):
                spellings[_key(found[0])][found[0]] += 1
    return spellings


def _key(word: str) -> str:
    return word.casefold()


def _normal(heading: str, spellings: Spellings) -> str:
    parts, at = [], 0
    for found in _WORD.finditer(heading):
        spelt = _spelling(found[0], spellings)
        if not spelt:
            return ""
        parts += [heading[at : found.start()], spelt]
        at = found.end()
    title = "".join([*parts, heading[at:]])
    first = _WORD.search(title)
    return title[: first.start()] + title[first.start()].upper() + title[first.start() + 1 :] if first else ""


def _spelling(word: str, spellings: Spellings) -> str:
    """Return the one spelling of a word in capitals, "" without one; a "B" may be a misread "ß"."""
    for candidate in dict.fromkeys((word, word.replace("B", "ß"))):
        count = spellings.get(_key(candidate))
        if count:
            spelt, often = count.most_common(1)[0]
            return spelt if often >= _CLEAR * count.total() else ""
    return normal_case(word)
