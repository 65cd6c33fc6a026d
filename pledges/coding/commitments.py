"""How binding a pledge is, as rules over cues: rejection > demand > review > firm > intent."""

from collections.abc import Mapping

from pledges.coding.labels import Commitment

Cues = Mapping[str, float]

_MODAL_PLANS = frozenset(("modal_want", "modal_wish", "modal_should", "modal_must"))


def rule_commitment(cues: Cues) -> tuple[Commitment, float]:
    """The commitment that the codebook's order gives a pledge, and how sure that is on the whole.

    In a picture of the future every pledge is a vision: that is not asked here.
    """
    for rule in (_led, _rejection, _demand, _review, _firm):
        found = rule(cues)
        if found:
            return found
    return "intent", 0.85


def _led(cues: Cues) -> tuple[Commitment, float] | None:
    """What can't stand alone binds as its lead-in does: "Wir lehnen ab:" above "den Verkauf"."""
    if "introduced" not in cues or "whole_sentence" in cues:
        return None
    if "led_rejects" in cues:
        return "rejection", 0.9
    asks = {"led_calls", "led_strives", "led_modal_must", "led_modal_should"} & cues.keys()
    if "led_outside" in cues and asks:
        return "demand", 0.9
    if "led_examines" in cues:
        return "review", 0.9
    if "led_we_will" in cues and not {"led_strives", "examines", "rejects"} & cues.keys():
        return "firm", 0.9
    return None


def _rejection(cues: Cues) -> tuple[Commitment, float] | None:
    if "rejects" in cues and ("we_acts" in cues or "verbless" in cues):
        return "rejection", 0.7
    if {"negates", "opens_demand", "verbless"} <= cues.keys():
        return "rejection", 0.75
    return None


def _demand(cues: Cues) -> tuple[Commitment, float] | None:
    if "outside" not in cues:
        return None
    if {"calls", "modal_must", "modal_should", "strives"} & cues.keys():
        return "demand", 0.65
    return None


def _review(cues: Cues) -> tuple[Commitment, float] | None:
    if "examines" in cues or "modal_could" in cues:
        return "review", 0.65
    # An idea that only might be; beside "soll" or "will" the measure is mentioned as a plan as well.
    is_idea = "modal_can" in cues and "we_acts" not in cues and not _MODAL_PLANS & cues.keys()
    return ("review", 0.5) if is_idea else None


def _firm(cues: Cues) -> tuple[Commitment, float] | None:
    if "strives" in cues or _MODAL_PLANS & cues.keys():
        return ("firm", 0.6) if "we_will" in cues and "strives" not in cues else None
    # "Wir werden unterstützen" is firm, "wir unterstützen" only says whose side the party takes.
    if "we_only_support" in cues and "we_will" not in cues:
        return None
    if "we_will" in cues or "passive" in cues or "future" in cues:
        return "firm", 0.85
    if "we_verb_action" in cues:
        return "firm", 0.75
    return None
