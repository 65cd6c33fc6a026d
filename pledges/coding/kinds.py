"""The codebook's kinds as rules over cues: a first opinion without any training."""

from collections.abc import Mapping

from pledges.coding.labels import Kind

KINDS: tuple[Kind, ...] = ("pledge", "record", "value", "context")
Cues = Mapping[str, float]

_MODAL_PLANS = (
    "modal_want",
    "modal_wish",
    "modal_should",
    "modal_must",
    "modal_need",
    "strives",
    "aims",
    "is_needed",
    "calls",
)
_ACTS = (
    "verb_action_infinitive", "verb_action_zu-infinitive", "verb_action_participle", "verb_review_infinitive",
    "verb_review_participle", "we_verb_action", "action_noun", "verb_striving_infinitive",
)  # fmt: skip


def names_action(cues: Cues) -> bool:
    """Whether an action or outcome is named that one could look for afterwards."""
    return any(name in cues for name in _ACTS)


def is_planned(cues: Cues) -> bool:
    """Whether somebody wants, must, should or is called on to do something."""
    return any(name in cues for name in _MODAL_PLANS)


def rule_kind(cues: Cues, vision: bool) -> tuple[Kind, float]:
    """The kind that the codebook's rules give, and how sure the rule that spoke is on the whole."""
    for rule in (_empty, _in_list, _fragment, _announced, _planned, _told_as_reached):
        found = rule(cues, vision)
        if found:
            return found
    return _descriptive(cues)


def _empty(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    if "ends_question" in cues or ("greeting" in cues and not names_action(cues)):
        return "context", 0.9
    if "lead_in" in cues and not names_action(cues):
        return "context", 0.8
    return None


def _in_list(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    if "opens_dass" in cues:
        return "pledge", 0.9
    if "item" not in cues:
        return None
    plan_above = any(name.startswith("led_") for name in cues)
    if plan_above or "verbless" in cues or "ends_infinitive" in cues:
        return "pledge", 0.9
    return None


def _fragment(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    if "verbless" not in cues:
        return None
    if "opens_action_noun" in cues or "opens_demand" in cues or "ends_infinitive" in cues:
        return "pledge", 0.8
    return ("value", 0.5) if "ends_exclamation" in cues else ("context", 0.6)


def _announced(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    if "we_will" in cues and ("perfect" not in cues):
        return "pledge", 0.93
    if {"strives", "calls", "rejects"} & cues.keys() and "we_acts" in cues and "perfect" not in cues:
        return "pledge", 0.85
    if "we_verb_action" in cues or "we_verb_striving" in cues:
        return "pledge", 0.75
    return None


def _planned(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    if not is_planned(cues):
        return None
    if names_action(cues):
        return "pledge", 0.8 if "abstract" not in cues else 0.65
    return ("value", 0.55) if "abstract" in cues or "creed" in cues else ("pledge", 0.6)


def _told_as_reached(cues: Cues, vision: bool) -> tuple[Kind, float] | None:
    return ("pledge", 0.85) if vision else None


def _descriptive(cues: Cues) -> tuple[Kind, float]:
    if "perfect" in cues:
        return "record", 0.6
    if "modal_will" in cues and "passive" in cues:
        return "pledge", 0.5
    if "creed" in cues or "attitude" in cues:
        return "value", 0.55
    return "context", 0.55
