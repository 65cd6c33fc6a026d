"""Where a statement stands: in which list, under which lead-in, beside whom, in what kind of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledges.coding.labels import Unit
from pledges.coding.morphology import Grammar

_FULL_STOP = re.compile(r"[.!?][\"“”»«')\]]*\s*$")
_OPENS_LIST = re.compile(
    r"(?::|\b(?:wollen|fordern|will|fordert|möchten|werden|sollen|daher|deshalb|darum))\s*$"
)
_COMMA_END = re.compile(r"[,;]\s*$")
_BULLET = re.compile(r"^\s*(?:[-–•·*▪■►➢✓\uf000-\uf0ff]|\d{1,2}[.)]\s)")
_CONTINUES = re.compile(r"^(?:dass|damit|sowie|und|oder|um)\b")
_VISION_WORDS = re.compile(r"\bvision(?:en)?\b|\bträum|\bzukunftsbild|\bim jahr 20[3-6]\d\b", re.IGNORECASE)

VISION_SHARE_OF_PLANS = 0.2
VISION_SHARE_OF_STATES = 0.6
_SHORTEST_VISION = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A statement's place: whether it reads as a list item, and what introduces it ("" for nothing)."""

    is_item: bool
    lead_in: str
    is_lead_in: bool
    depth: float


def is_fragment(text: str, grammar: Grammar) -> bool:
    """Whether a text is no sentence of its own: no full stop and no finite verb, or a dass-clause."""
    if _CONTINUES.match(text):
        return True
    return not grammar.has_finite and not _FULL_STOP.search(text)


def opens_list(text: str, grammar: Grammar) -> bool:
    """Whether a text ends as what introduces a list: by a colon, a bare modal verb, a comma after us."""
    short = len(grammar.words) <= 30
    if not short and not text.rstrip().endswith(":"):
        return False
    return bool(_OPENS_LIST.search(text)) or (grammar.we_acts and bool(_COMMA_END.search(text)))


def places_of(units: Sequence[Unit], grammars: Sequence[Grammar]) -> tuple[Place, ...]:
    """The place of every statement, from the reader's marks where there are any, else from the texts.

    A lead-in holds until a sentence with a full stop that is no item; a dass-clause still finds it later
    in its section.
    """
    places: list[Place] = []
    lead_in, open_list = "", False
    for i, (unit, grammar) in enumerate(zip(units, grammars, strict=True)):
        if i and unit.headings != units[i - 1].headings:
            lead_in, open_list = "", False
        bare = _BULLET.sub("", unit.text).strip()
        fragment = is_fragment(bare, grammar)
        in_list = (
            unit.is_item or bool(_BULLET.match(unit.text)) or (fragment and not opens_list(bare, grammar))
        )
        in_list = in_list or (open_list and (bare[:1].islower() or not _FULL_STOP.search(bare)))
        introduced = unit.lead_in or (lead_in if in_list and (open_list or bare.startswith("dass")) else "")
        opens = opens_list(bare, grammar) and not in_list
        places.append(Place(in_list, introduced, opens, i / max(1, len(units) - 1)))
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
