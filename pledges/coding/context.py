"""Where a statement stands: in which list, under which lead-in, beside whom, in what kind of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledges.coding.labels import Unit
from pledges.coding.morphology import Grammar

_FULL_STOP = re.compile(r"[.!?][\"“”»«')\]]*\s*$")
_COMMA_END = re.compile(r"[,;]\s*$")
_BULLET = re.compile(r"^\s*(?:[-–•·*▪■►➢✓\uf000-\uf0ff]|\d{1,2}[.)]\s)")
_CONTINUES = re.compile(r"^(?:dass|damit|sowie|und|oder|um)\b")
_VISION_WORDS = re.compile(r"\bvision(?:en)?\b|\bträum|\bzukunftsbild|\bim jahr 20[3-6]\d\b", re.IGNORECASE)

VISION_SHARE_OF_PLANS = 0.2
VISION_SHARE_OF_STATES = 0.6
_SHORTEST_VISION = 12
_LONGEST_LEAD_IN = 30
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A statement's place: whether it reads as a list item, whether the file marks it as one, and what
    introduces it ("" for nothing)."""

    is_item: bool
    is_marked: bool
    lead_in: str
    is_lead_in: bool


def is_fragment(text: str, grammar: Grammar) -> bool:
    """Whether a text is no sentence of its own: no full stop and no finite verb, or a dass-clause."""
    if _CONTINUES.match(text):
        return True
    return not grammar.has_finite and not _FULL_STOP.search(text)


def opens_list(text: str, grammar: Grammar) -> bool:
    """Whether a text reads as what introduces a list: it ends in a colon, or it breaks off after us.

    "Wir fordern daher", "Die FDP setzt sich dafür ein," break off; what is longer than a line does not.
    """
    # A colon always opens; without one only a short text that breaks off after its authors does.
    bare = text.rstrip()
    if bare.endswith(":"):
        return True
    if not grammar.we_acts or len(grammar.words) > _LONGEST_LEAD_IN or _FULL_STOP.search(bare):
        return False
    return bool(_COMMA_END.search(bare)) or len(grammar.words) <= _SHORT


def places_of(units: Sequence[Unit], grammars: Sequence[Grammar]) -> tuple[Place, ...]:
    """The place of every statement, from the reader's marks where there are any, else from the texts.

    A lead-in holds until a sentence with a full stop that is no item; a dass-clause still finds it later
    in its section.
    """
    places: list[Place] = []
    lead_in, open_list = "", False
    for i, (unit, grammar) in enumerate(zip(units, grammars, strict=True)):
        marked = unit.is_item or bool(_BULLET.match(unit.text))
        if i and unit.headings != units[i - 1].headings:
            lead_in, open_list = "", False
        bare = _BULLET.sub("", unit.text).strip()
        opens = not marked and opens_list(bare, grammar)
        continues = open_list and (bare[:1].islower() or not _FULL_STOP.search(bare))
        in_list = marked or (not opens and (continues or is_fragment(bare, grammar)))
        # Of a sentence in running text the lead-in is only what "dies" refers to: no list above it.
        found = unit.lead_in or (lead_in if open_list or bare.startswith("dass") else "")
        introduced = found if in_list else ""
        places.append(Place(in_list, marked, introduced, opens))
        if opens:
            lead_in, open_list = unit.text, True
        elif not in_list:
            open_list = False
    return tuple(places)


def is_vision(grammars: Sequence[Grammar], texts: Sequence[str]) -> bool:
    """Whether a programme is told as a picture of the reached future.

    Then most sentences are in the present or perfect tense, hardly one says what somebody wants, must or will
    do, and the text says somewhere that it pictures something, or the authors hardly act in it.
    """
    sentences = [grammar for grammar in grammars if grammar.modals or grammar.has_finite]
    if len(sentences) < _SHORTEST_VISION or len(sentences) < len(grammars) / 2:
        return False
    plans = sum(bool(g.modals & {"want", "wish", "should", "must", "need"}) or g.is_future for g in sentences)
    states = sum(bool(g.modals & {"be", "was_done"}) or g.is_passive for g in sentences)
    authors_act = sum(g.we_acts for g in sentences)
    pictured = any(_VISION_WORDS.search(text) for text in texts[:20])
    few_plans = plans <= VISION_SHARE_OF_PLANS * len(sentences)
    return few_plans and states >= VISION_SHARE_OF_STATES * len(sentences) and (
        pictured or authors_act <= 0.1 * len(sentences)
    )  # fmt: skip
