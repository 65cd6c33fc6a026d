"""What a heading looks like where the format does not say, and which level it has."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sources.reading.blocks import Block

_LONGEST_HEADING = 110
_MOST_WORDS = 13
_CLOSERS = "\"'“”»«’)]*"
_SENTENCE_ENDS = ".!?:;,…–-"
_SENTENCE_ENDED = re.compile(r"[.!?]\s")
_SALUTATION = re.compile(r"(?:Lieber?|Sehr geehrter?|Hallo|Guten Tag|Dear)\b.{0,90},", re.IGNORECASE)
_LEAST_REFRAINS = 3
_LEAD_IN_WORDS = 7


def is_capitals(line: str) -> bool:
    """Return whether `line` is written in capitals ("ß" has none) and holds a word of 3 letters or more."""
    letters = [char for char in line if char.isalpha() and char != "ß"]
    capitals = sum(char.isupper() for char in letters)
    return (
        len(letters) > 3
        and capitals >= 0.95 * len(letters)
        and any(len(word) > 2 and word.isalpha() for word in line.split())
    )


def looks_like_heading(line: str) -> bool:
    """Return whether a line that stands alone is a heading: short, without an end mark, or in capitals."""
    words = line.split()
    if len(line) > _LONGEST_HEADING or len(words) > _MOST_WORDS or not any(char.isalpha() for char in line):
        return False
    if is_capitals(line):
        return True
    return not line[0].islower() and line.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS


def is_lead_in(text: str) -> bool:
    """Return whether bold text introduces what follows or is a sentence ("Deshalb wollen wir …:")."""
    end = text.rstrip(_CLOSERS)[-1:]
    if end in (",", ";") or text[:1].islower():
        return True
    return is_sentence(text) or (end == ":" and len(text.split()) > _LEAD_IN_WORDS)


def is_sentence(text: str) -> bool:
    """Return whether a text ends with a full stop and a sentence of it is longer than headings are."""
    longest = max(len(sentence.split()) for sentence in _SENTENCE_ENDED.split(text))
    return text.rstrip(_CLOSERS)[-1:] == "." and longest > _LEAD_IN_WORDS


def is_salutation(text: str) -> bool:
    """Return whether a text is the first line of a letter: "Liebe Bürgerinnen und Bürger,"."""
    return _SALUTATION.fullmatch(text) is not None


def with_levels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Turn the ranks that headings carry as `level` into levels from 1, no level left out.

    Headings in capitals that open with the first heading's first word, again and again ("X CAN …"), are
    chapters: they rank above the others of their rank.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    refrain = _refrain(headings)
    ranks = {id(block): (block.level, _is_below(block, refrain)) for block in headings}
    order = {rank: level for level, rank in enumerate(sorted(set(ranks.values())), start=1)}
    return tuple(
        replace(block, level=order[ranks[id(block)]]) if block.kind == "heading" else block
        for block in blocks
    )


def _first_word(block: Block) -> str:
    return block.text.split()[0] if block.text.split() else ""


def _refrain(headings: Iterable[Block]) -> str:
    capitals = [_first_word(block) for block in headings if is_capitals(block.text)]
    if not capitals:
        return ""
    count = Counter(capitals)[capitals[0]]
    return capitals[0] if count >= max(_LEAST_REFRAINS, len(capitals) // 10) and count < len(capitals) else ""


def _is_below(block: Block, refrain: str) -> bool:
    return bool(refrain) and _first_word(block) != refrain
