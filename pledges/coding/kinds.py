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


_NO_PLANS = frozenset(("led_outside", "led_states_facts"))
_TELLING = frozenset((
    "now_word", "past_word", "problem", "effect", "opens_result", "opens_contrast", "modal_can", "perceives",
))  # fmt: skip


def names_action(cues: Cues) -> bool:
    """Whether an action or outcome is named that one could look for afterwards."""
    return any(name in cues for name in _ACTS)


def is_planned(cues: Cues) -> bool:
    """Whether somebody wants, must, should or is called on to do something."""
    return any(name in cues for name in _MODAL_PLANS)


def rule_kind(cues: Cues, vision: bool) -> tuple[Kind, float]:
    """The kind that the codebook's rules give, and how sure the rule that spoke is on the whole."""
    if vision:
        return _in_vision(cues)
    for rule in (_empty, _in_list, _fragment, _announced, _planned):
        found = rule(cues)
        if found:
            return found
    return _descriptive(cues)


_COMPLETE_DEMANDS = frozenset(
    ("introduced", "opens_action_noun", "opens_demand", "ends_infinitive", "opens_dass")
)


def _empty(cues: Cues) -> tuple[Kind, float] | None:
    # A name, a line of a life or an address; candidates list demands of their own, too.
    if "about_people" in cues and "verbless" in cues and not _COMPLETE_DEMANDS & cues.keys():
        return "context", 0.95
    if "ends_question" in cues or ({"greeting", "letterhead"} & cues.keys() and not is_planned(cues)):
        return "context", 0.9
    if "lead_in" in cues and (
        {"very_short", "announces", "ends_comma"} & cues.keys() or "subject_matter" not in cues
    ):
        return "context", 0.85
    return None


def _in_list(cues: Cues) -> tuple[Kind, float] | None:
    if "opens_dass" in cues:
        tells = "led_states_facts" in cues and "led_calls" not in cues
        return ("context", 0.85) if tells else ("pledge", 0.9)
    if "item" not in cues:
        return None
    # A whole sentence in a list says itself what it is; only what can't stand alone completes its lead-in.
    led = {name for name in cues if name.startswith("led_")} - _NO_PLANS
    plan_above = "whole_sentence" not in cues and led
    if plan_above or (("verbless" in cues or "ends_infinitive" in cues) and "marked_item" in cues):
        return "pledge", 0.9
    return None


def _fragment(cues: Cues) -> tuple[Kind, float] | None:
    if "verbless" not in cues:
        return None
    if {"opens_action_noun", "opens_demand", "ends_infinitive", "names_plan"} & cues.keys():
        return "pledge", 0.8
    if "item" in cues and ("action_noun" in cues or "subject_matter" in cues):
        return "pledge", 0.7
    return ("value", 0.5) if "ends_exclamation" in cues else ("context", 0.6)


def _announced(cues: Cues) -> tuple[Kind, float] | None:
    # "So fördern wir …" tells what a measure brings, which the codebook counts as context.
    explains = {"opens_result", "opens_so", "opens_reason"} & cues.keys()
    if "we_will" in cues:
        return ("context", 0.6) if explains else ("pledge", 0.93)
    if {"perfect", "perceives"} & cues.keys():
        return None
    if "we_verb_past" in cues:
        return "record", 0.7
    if {"strives", "calls", "rejects"} & cues.keys() and "we_acts" in cues:
        return "pledge", 0.85
    if {"we_want", "we_wish"} & cues.keys() and names_action(cues):
        return "pledge", 0.7 if "abstract" in cues else 0.85
    if {"we_verb_action", "we_verb_striving", "we_verb_rejecting"} & cues.keys():
        return ("context", 0.65) if explains else ("pledge", 0.75)
    if {"we_verb_ensuring", "we_verb_other"} & cues.keys() and not {
        "attitude",
        "we_verb_state",
    } & cues.keys():
        return ("context", 0.6) if explains or "effect" in cues else ("pledge", 0.6)
    return None


def _planned(cues: Cues) -> tuple[Kind, float] | None:
    if not is_planned(cues) or {"perceives", "perfect", "modal_past", "modal_would"} & cues.keys():
        return None
    if "opens_contrast" in cues and "must_be_done" not in cues:
        return None
    if {"opens_result", "opens_so", "opens_reason"} & cues.keys() and "we_acts" not in cues:
        return "context", 0.6
    if "enables" in cues:
        return "value", 0.6
    # "Die Schule braucht mehr Geld" describes a need, "Wir brauchen mehr Geld" announces a plan.
    if "modal_need" in cues and "need_ours" not in cues:
        return "context" if "problem" in cues or "is_needed" in cues else "value", 0.5
    if names_action(cues):
        return "pledge", 0.65 if "abstract" in cues or "must_be" in cues else 0.8
    if {"stays", "must_be_done"} & cues.keys() or any(name.startswith("target_") for name in cues):
        return "pledge", 0.65
    # What must be without an action that is named is a creed: "Verwaltung muss einfach sein".
    creed = {"abstract", "creed", "must_be", "must_become", "opens_pointing", "modal_must"} & cues.keys()
    return ("value", 0.55) if creed else ("pledge", 0.6)


def _in_vision(cues: Cues) -> tuple[Kind, float]:
    """A picture of the future pledges what it tells, but for its introduction, slogans and explanations."""
    has_target = any(name.startswith("target_") for name in cues)
    if {"ends_question", "greeting", "opens_result", "perceives"} & cues.keys():
        return "context", 0.7
    if "verbless" in cues and "ends_exclamation" in cues and not has_target:
        return "value", 0.7
    if not has_target and "subject_matter" not in cues and not names_action(cues):
        return "context", 0.6
    return "pledge", 0.95


def _descriptive(cues: Cues) -> tuple[Kind, float]:
    if "perfect" in cues or "modal_past" in cues:
        return "record", 0.6
    if "modal_may" in cues and "negates" in cues:
        return "pledge", 0.6
    tells = bool(_TELLING & cues.keys())
    if "passive" in cues and {"more", "future_word", "continues", "negates"} & cues.keys():
        return ("context", 0.5) if tells else ("pledge", 0.6)
    if "city_acts" in cues and not tells and "subject_matter" in cues:
        return "pledge", 0.55
    if "creed" in cues or "attitude" in cues:
        return "value", 0.55
    return "context", 0.55
