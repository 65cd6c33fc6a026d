"""What the learned models are shown of a statement: cues, the rules' opinion, neighbours, letters."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pledges.coding.commitments import rule_commitment
from pledges.coding.context import Place, is_vision, places_of
from pledges.coding.cues import Cue, cues_of, heading_cues, strengths
from pledges.coding.kinds import KINDS, rule_kind
from pledges.coding.labels import Kind, TargetSpan, Unit
from pledges.coding.lexicon import Hit, hits_in, topic_points
from pledges.coding.measures import binds
from pledges.coding.morphology import Grammar, grammar_of, party_words
from pledges.coding.targets import find_targets
from pledges.coding.topics import heading_points
from pledges.coding.words import words_of

Features = dict[str, float]

_RULE_WEIGHT = 2.0
_NEIGHBOUR_CUES = ("item", "lead_in")
_LETTERS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement as the rules see it in its place; points are those of the topics (see lexicon)."""

    unit: Unit
    grammar: Grammar
    place: Place
    cues: tuple[Cue, ...]
    strengths: Mapping[str, float]
    vision: bool
    rule_kind: Kind
    rule_certainty: float
    targets: tuple[TargetSpan, ...]
    hits: tuple[Hit, ...]
    text_points: Mapping[str, float]
    lead_in_points: Mapping[str, float]
    heading_points: Mapping[str, float]


def look_at(
    units: Sequence[Unit], parties: Sequence[str] = (), kind_of_text: str | None = None
) -> tuple[Seen, ...]:
    """See the statements of one text with the rules' eyes; arguments as for `code`."""
    names = party_words(tuple(parties))
    grammars = [grammar_of(unit.text, names) for unit in units]
    places = places_of(units, grammars)
    vision = (
        is_vision(grammars, [u.text for u in units]) if kind_of_text is None else kind_of_text == "vision"
    )
    return tuple(
        _see(unit, grammar, place, names, vision)
        for unit, grammar, place in zip(units, grammars, places, strict=True)
    )


def _see(unit: Unit, grammar: Grammar, place: Place, names: frozenset[str], vision: bool) -> Seen:
    lead_in = grammar_of(place.lead_in, names) if place.lead_in else None
    hits = hits_in(grammar.words)
    targets = find_targets(unit.text)
    cues = (*cues_of(unit.text, grammar, place, lead_in, hits, targets), *heading_cues(unit.headings))
    strong = strengths(cues)
    kind, certainty = rule_kind(strong, vision)
    return Seen(
        unit=unit,
        grammar=grammar,
        place=place,
        cues=cues,
        strengths=strong,
        vision=vision,
        rule_kind=kind,
        rule_certainty=certainty,
        targets=targets,
        hits=hits,
        text_points=topic_points(hits),
        lead_in_points=topic_points(hits_in(words_of(unit.lead_in or place.lead_in))),
        heading_points=heading_points(unit.headings),
    )


def rule_probabilities(seen: Seen) -> dict[Kind, float]:
    """The rules' opinion on the kind as probabilities: what is not sure is shared by the other kinds."""
    rest = (1 - seen.rule_certainty) / (len(KINDS) - 1)
    return {kind: seen.rule_certainty if kind == seen.rule_kind else rest for kind in KINDS}


def kind_features(text: Sequence[Seen], place: int) -> Features:
    """Features of the kind of statement number `place` of a text."""
    seen = text[place]
    features: Features = dict(seen.strengths)
    for kind, probability in rule_probabilities(seen).items():
        features[f"rule_logit_{kind}"] = _RULE_WEIGHT * math.log(probability / (1 - probability))
    features[f"rule_{seen.rule_kind}"] = _RULE_WEIGHT
    features["length"] = min(len(seen.grammar.words), 40) / 20
    for name, step in (("previous", -1), ("next", 1)):
        features.update(_neighbour(text, place, place + step, name))
    return features


def _neighbour(text: Sequence[Seen], place: int, other: int, name: str) -> Iterator[tuple[str, float]]:
    if not 0 <= other < len(text) or text[other].unit.headings != text[place].unit.headings:
        yield f"{name}_none", 1.0
        return
    for kind, probability in rule_probabilities(text[other]).items():
        yield f"{name}_{kind}", probability
    yield from ((f"{name}_{cue}", 1.0) for cue in _NEIGHBOUR_CUES if cue in text[other].strengths)


def commitment_features(seen: Seen) -> Features:
    """Features of a pledge's commitment."""
    features: Features = dict(seen.strengths)
    commitment, certainty = rule_commitment(seen.strengths)
    features[f"rule_{commitment}"] = _RULE_WEIGHT * (0.5 + certainty)
    return features


_MEASURABLE_CUES = ("past_word", "now_word", "rejects", "negates", "stays", "perfect", "examines", "strives")


def measurable_features(seen: Seen) -> Features:
    """Features of whether a pledge sets a target: figures that bind, by kind, and those only mentioned."""
    features: Features = {}
    for target in seen.targets:
        # A figure that is only mentioned says little, whatever its kind.
        if not binds(seen.unit.text, target):
            features["mentioned"] = 1.0
            continue
        features["binding"] = 1.0
        features[f"binding_{target.kind}"] = 1.0
        if target.kind == "total":
            features[f"binding_{seen.unit.text[target.start : target.end].lower()[:4]}"] = 1.0
    # What is ruled out either comes or doesn't: a clear yes or no.
    if rule_commitment(seen.strengths)[0] == "rejection":
        features["rejection"] = 1.0
    features.update((f"cue_{name}", 1.0) for name in _MEASURABLE_CUES if name in seen.strengths)
    if seen.vision:
        features["vision"] = 1.0
    return features


def word_grams(seen: Seen) -> list[str]:
    """Words and pairs of neighbouring words, folded."""
    forms = [word.form for word in seen.grammar.words]
    return [*forms, *(f"{a} {b}" for a, b in pairwise(forms))]


@lru_cache(maxsize=65536)
def _letters_of(form: str) -> tuple[str, ...]:
    padded = f" {form} "
    return tuple(padded[i : i + n] for n in _LETTERS for i in range(max(1, len(padded) - n + 1)))


def letter_grams(seen: Seen) -> list[str]:
    """Runs of two to five letters inside words, with the word's edges as spaces."""
    return [gram for word in seen.grammar.words for gram in _letters_of(word.form)]
