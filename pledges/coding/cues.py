"""Cues: named facts about a statement that speak for a kind, a commitment or a measurable target.

They are what the rules weigh and what the learned models see first; `words` of a cue tell an editor why.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pledges.coding.context import Place
from pledges.coding.labels import TargetSpan
from pledges.coding.lexicon import LEXICON_FOLDER, Hit, split_entries
from pledges.coding.morphology import Grammar, is_infinitive

_STRONG = 3.0
_SUPPORTING = frozenset(("unterstützen", "befürworten", "begrüssen"))
_ENDINGS = {"question": "?", "exclamation": "!", "colon": ":", "comma": ",", "full_stop": "."}


@dataclass(frozen=True, slots=True)
class Cue:
    """A fact about a statement with its strength and the words that show it ("" where none does)."""

    name: str
    strength: float
    words: str = ""


@cache
def _phrase_patterns() -> dict[str, re.Pattern[str]]:
    with (LEXICON_FOLDER / "phrases.toml").open("rb") as file:
        fields = tomllib.load(file)
    return {
        name: re.compile("|".join(_between_words(line) for line in text.split("\n") if line), re.IGNORECASE)
        for name, text in fields.items()
    }


def _between_words(line: str) -> str:
    opening = "" if line.startswith("^") else r"\b"
    return f"{opening}{line}" if line.endswith((",", ":")) else rf"{opening}{line}\b"


@cache
def noun_list(name: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """A list of nouns.toml: single words, word ends (written `-ausbau`), and phrases."""
    with (LEXICON_FOLDER / "nouns.toml").open("rb") as file:
        entries = tuple(split_entries(tomllib.load(file)[name]))
    singles = frozenset(entry for entry in entries if not entry.startswith("-") and " " not in entry)
    ends = tuple(entry[1:] for entry in entries if entry.startswith("-"))
    return singles, ends, tuple(f" {entry} " for entry in entries if " " in entry)


def is_action_noun(form: str) -> bool:
    """Whether a folded noun names an action: "Förderung", "Radwegeausbau"."""
    singles, ends, _ = noun_list("action")
    return form in singles or form.endswith((*ends, "ierung"))


def _listed(grammar: Grammar, name: str) -> list[str]:
    singles, _, phrases = noun_list(name)
    forms = [word.form for word in grammar.words]
    text = f" {' '.join(forms)} " if phrases else ""
    return [form for form in forms if form in singles] + [
        phrase.strip() for phrase in phrases if phrase in text
    ]


def _phrase_cues(text: str) -> Iterable[Cue]:
    for name, pattern in _phrase_patterns().items():
        match = pattern.search(text)
        if match:
            yield Cue(name, 1.0, match.group()[:60])


def _own_phrase_cues(text: str, grammar: Grammar) -> Iterable[Cue]:
    """The phrases of a statement; a purpose ("Damit das so bleibt, muss …") is no result."""
    opens_sub = bool(grammar.clauses) and not grammar.clauses[0].is_main
    silent = {"states_facts", "opens_result"} if opens_sub else {"states_facts"}
    yield from (cue for cue in _phrase_cues(text) if cue.name not in silent)


def _target_cues(text: str, targets: Sequence[TargetSpan]) -> Iterable[Cue]:
    for target in targets:
        yield Cue(f"target_{target.kind}", 1.0, text[target.start : target.end])


def _grammar_cues(grammar: Grammar) -> Iterable[Cue]:
    for name in sorted(grammar.modals):
        yield Cue(f"modal_{name}", 1.0, name)
    for name in sorted(grammar.we_modals):
        yield Cue(f"we_{name}", 1.0, name)
    for reading in grammar.we_verbs:
        yield Cue(f"we_verb_{reading.meaning}", 1.0, reading.infinitive)
    if grammar.we_verbs and all(reading.infinitive in _SUPPORTING for reading in grammar.we_verbs):
        yield Cue("we_only_support", 1.0, grammar.we_verbs[0].infinitive)
    for reading in grammar.verbs:
        yield Cue(f"verb_{reading.meaning}_{reading.form}", 1.0, reading.infinitive)
    flags = {
        "we_acts": grammar.we_acts,
        "verbless": not grammar.has_finite,
        "ends_infinitive": grammar.ends_infinitive,
        "must_be_done": grammar.must_be_done,
        "must_become": grammar.must_become,
        "must_be": grammar.must_be,
        "enables": grammar.enables,
        "passive": grammar.is_passive,
        "future": grammar.is_future,
        "perfect": grammar.is_perfect,
    }
    yield from (Cue(name, 1.0) for name, holds in flags.items() if holds)


def _noun_cues(grammar: Grammar) -> Iterable[Cue]:
    nouns = [word for word in grammar.words if word.is_capital and is_action_noun(word.form)]
    if nouns:
        yield Cue("action_noun", min(len(nouns), 3.0), nouns[0].text)
    content = [word for word in grammar.words if word.is_word]
    if any(word.is_capital and is_action_noun(word.form) for word in content[:3]):
        yield Cue("opens_action_noun", 1.0, content[0].text)
    if content and content[0].form in noun_list("demand_openers")[0]:
        yield Cue("opens_demand", 1.0, content[0].text)
    for name in ("outside", "abstract"):
        listed = _listed(grammar, name)
        if listed:
            yield Cue(name, min(len(listed), 3.0), listed[0])


def _subject_matter_cues(hits: Sequence[Hit]) -> Iterable[Cue]:
    """How much of municipal life a statement names: who plans something real names things."""
    stems = [hit.stem for hit in hits if max(hit.points.values()) >= _STRONG]
    if stems:
        yield Cue("subject_matter", min(len(set(stems)), 4) / 2, stems[0])


def _shape_cues(text: str, grammar: Grammar) -> Iterable[Cue]:
    content = [word for word in grammar.words if word.is_word]
    for name, mark in _ENDINGS.items():
        if text.rstrip(' "“”»').endswith(mark):
            yield Cue(f"ends_{name}", 1.0)
    yield from (Cue(f"opens_{name}", 1.0) for name in _openings(text, grammar))
    if len(content) <= 4:
        yield Cue("very_short", 1.0)
    if grammar.has_finite and grammar.words[0].is_capital and text.rstrip(' "“”»').endswith((".", "!")):
        yield Cue("whole_sentence", 1.0)
    if any(word.is_word and not word.is_capital and is_infinitive(word.form) for word in grammar.words[-3:]):
        yield Cue("infinitive_near_end", 1.0)


def _openings(text: str, grammar: Grammar) -> Iterable[str]:
    if text[:1].islower():
        yield "lower"
    if grammar.clauses and grammar.clauses[0].opener == "dass" and not grammar.has_finite:
        yield "dass"


def _place_cues(place: Place, lead_in: Grammar | None) -> Iterable[Cue]:
    if place.is_item:
        yield Cue("item", 1.0)
    if place.is_marked:
        yield Cue("marked_item", 1.0)
    if place.is_lead_in:
        yield Cue("lead_in", 1.0)
    if lead_in is not None:
        yield Cue("introduced", 1.0, place.lead_in)
        yield from (
            Cue(f"led_{cue.name}", 1.0, cue.words)
            for cue in _phrase_cues(place.lead_in)
            if cue.name in _LEADS
        )
        yield from (Cue(f"led_modal_{name}", 1.0, name) for name in sorted(lead_in.modals))
        yield from (Cue(f"led_we_{name}", 1.0, name) for name in sorted(lead_in.we_modals))
        yield from (Cue("led_outside", 1.0, form) for form in _listed(lead_in, "outside")[:1])


_LEADS = frozenset(
    ("states_facts", "strives", "aims", "is_needed", "calls", "supports", "rejects", "examines", "continues")
)


_ABOUT_PEOPLE = re.compile(
    r".*(?:kandidat|listenpl[aä]tz|lebenslauf|ansprechpartner|ansprechperson).*"
    r"|(?:(?:unser|der|das|ihr|mein) )?(?:team|vorstand|kontakt|kontaktdaten|impressum|quellen|laufbahn)"
    r"|zur person|über (?:mich|uns)",
    re.IGNORECASE,
)


def heading_cues(headings: Sequence[str]) -> Iterable[Cue]:
    """Under "Vorstand", "Lebenslauf" or "Kontakt" stand names, lives and addresses."""
    if headings and _ABOUT_PEOPLE.fullmatch(headings[-1]):
        yield Cue("about_people", 1.0, headings[-1])


def cues_of(
    text: str,
    grammar: Grammar,
    place: Place,
    lead_in: Grammar | None,
    hits: Sequence[Hit],
    targets: Sequence[TargetSpan],
) -> tuple[Cue, ...]:
    """All cues of a statement; `lead_in` is the grammar of what introduces it, None where nothing does."""
    return (
        *_grammar_cues(grammar),
        *_own_phrase_cues(text, grammar),
        *_target_cues(text, targets),
        *_noun_cues(grammar),
        *_subject_matter_cues(hits),
        *_shape_cues(text, grammar),
        *_place_cues(place, lead_in),
    )


def strengths(cues: Iterable[Cue]) -> Mapping[str, float]:
    """The strongest of each cue by name."""
    found: dict[str, float] = {}
    for cue in cues:
        found[cue.name] = max(cue.strength, found.get(cue.name, 0.0))
    return found
