"""Which words spoke for a label: for editors who check what the machine coded."""

from collections.abc import Sequence
from dataclasses import replace

from pledges.coding.coder import default_model
from pledges.coding.features import Seen, kind_features, look_at
from pledges.coding.kinds import rule_kind
from pledges.coding.labels import Labels, Unit
from pledges.coding.linear import scores
from pledges.coding.model import Model

MOST_REASONS = 4


def reasons(
    units: Sequence[Unit],
    coded: Sequence[Labels],
    *,
    parties: Sequence[str] = (),
    kind_of_text: str | None = None,
    model: Model | None = None,
) -> tuple[tuple[str, ...], ...]:
    """For each statement the words that spoke most for its kind and its main topic, verbatim or as stems.

    Arguments as for `code`, and what it said. Words that spoke against are not told.
    """
    chosen = model or default_model()
    text = look_at(units, parties, kind_of_text)
    return tuple(
        tuple(
            dict.fromkeys(
                (*_for_kind(text, place, labels.kind, chosen), *_for_topics(text[place], labels.topics[:1]))
            )
        )
        for place, labels in enumerate(coded)
    )


def _for_kind(text: Sequence[Seen], place: int, kind: str, model: Model) -> list[str]:
    """The words whose cue, were it not there, would leave the kind least likely."""
    first, column = max(place - 1, 0), model.kind.classes.index(kind)
    near, at = text[first : place + 2], place - first
    whole = _score(near, at, column, model)
    lost: dict[str, float] = {}
    for cue in text[place].cues:
        if cue.words and cue.words not in lost:
            lost[cue.words] = whole - _score(_without(near, at, cue.name), at, column, model)
    spoken = [words for words, score in lost.items() if score > 0]
    return sorted(spoken, key=lambda words: -lost[words])[:MOST_REASONS]


def _without(text: Sequence[Seen], place: int, name: str) -> list[Seen]:
    # A cue speaks through the rules too, so they are asked anew.
    seen = text[place]
    strengths = {other: value for other, value in seen.strengths.items() if other != name}
    kind, certainty = rule_kind(strengths, seen.vision)
    changed = replace(seen, strengths=strengths, rule_kind=kind, rule_certainty=certainty)
    return [*text[:place], changed, *text[place + 1 :]]


def _score(text: Sequence[Seen], place: int, column: int, model: Model) -> float:
    return float(scores(model.kind, kind_features(text, place))[column])


def _for_topics(seen: Seen, topics: Sequence[str]) -> list[str]:
    hits = [(hit.points[topic], hit.stem) for topic in topics for hit in seen.hits if topic in hit.points]
    return list(dict.fromkeys(stem for _, stem in sorted(hits, reverse=True)))[:MOST_REASONS]
