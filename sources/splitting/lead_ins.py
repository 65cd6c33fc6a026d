"""Passages that can't be understood alone, and the passage that they need."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sources.splitting.layout import PlacedBlock
from sources.splitting.spans import PassageSpan

_POINTERS = """dies|diese[rsnm]?|hierbei|hierfür|hierzu|hierdurch|hierunter|hiermit|dazu|dabei|damit|dadurch
|dafür|dagegen|daran|darauf|daraus|darin|darüber|davon|danach|deren|dessen|denen|sie|er|so|solche[rsnm]?|hier|dort|ebenso
|ebenfalls|gleiches|letztere[rsnm]?|ihre[rsnm]?|ihr|dasselbe|beide[rsn]?|das\\s+gleiche
|this|these|those|that|it|they|such|its|their|thereby|here|both"""
# "Das" is an article, unless a verb follows.
_VERBS = """ist|sind|war|waren|heißt|bedeutet|gilt|muss|müssen|kann|können|soll|sollen|darf|dürfen|wird|werden
|will|wollen|möchten|hat|haben|macht|schafft|spart|stärkt|betrifft|zeigt|erreichen|schützt|hilft|geht|geschieht|lehnen
|fordern|sieht|sehen|unterstützen|reicht|führt|wäre|würde|bringt|sorgt|entspricht|fördert|verbessert|ermöglicht
|trägt|dient|umfasst|erfordert"""
_OPENING = re.compile(
    r"[\W_]*(?:(?:auch|und|aber|doch|denn|nur|gerade|genau|erst|all|also|and|but|only)\s+)?"
    rf"(?:{_POINTERS}|das\s+(?:{_VERBS}))(?![\w-])".replace("\n", ""),
    re.IGNORECASE,
)
_CLOSERS = "\"'“”»«’)]"


def opens_with_pointer(sentence: str) -> bool:
    """Return whether `sentence` opens with a word that points to the one before ("Dies …", "Auch dazu …")."""
    return _OPENING.match(sentence) is not None


def is_introduced(introduction: str, item: str) -> bool:
    """Return whether a list item completes the passage before the list, and is no sentence of its own."""
    return not (_is_closed(introduction) and _is_closed(item) and not item[:1].islower())


def _is_closed(sentence: str) -> bool:
    return sentence.rstrip(_CLOSERS)[-1:] in ("!", "?", ".")


def with_lead_ins(
    text: str, body: Sequence[PlacedBlock], passages: Sequence[PassageSpan]
) -> tuple[PassageSpan, ...]:
    """Give each passage its lead-in: an item the passage that introduces its list, a sentence that opens
    with a pointer the one before it in its section. `body[passage.block]` is a passage's block."""
    complete: list[PassageSpan] = []
    paragraph: int | None = None
    lists: list[tuple[int, int]] = []  # (level, last passage) of the items that enclose this one
    for index, passage in enumerate(passages):
        before = complete[-1] if complete and complete[-1].section == passage.section else None
        opens_block = before is None or before.block != passage.block
        if before is None:
            paragraph, lists = None, []
        level = body[passage.block].block.level
        lead_in = None
        if passage.is_item and opens_block:
            while lists and lists[-1][0] >= level:
                lists.pop()
            lead_in = _introduction(text, passages, lists[-1][1] if lists else paragraph, passage)
        if lead_in is None and before is not None and opens_with_pointer(text[passage.start : passage.end]):
            lead_in = index - 1
        complete.append(replace(passage, lead_in=lead_in))
        if not passage.is_item:
            paragraph, lists = index, []
        elif opens_block:
            lists.append((level, index))
        else:
            lists[-1] = (level, index)
    return tuple(complete)


def _introduction(
    text: str, passages: Sequence[PassageSpan], candidate: int | None, item: PassageSpan
) -> int | None:
    if candidate is None:
        return None
    introduction = passages[candidate]
    fits = is_introduced(text[introduction.start : introduction.end], text[item.start : item.end])
    return candidate if fits else None
