"""Which words spoke for a label: for editors who check what the machine coded."""

from collections.abc import Sequence

from pledges.coding.coder import default_model
from pledges.coding.features import Seen, look_at
from pledges.coding.labels import Labels, Unit
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
        (*_for_kind(seen, labels.kind, chosen), *_for_topics(seen, labels.topics[:1]))
        for seen, labels in zip(text, coded, strict=True)
    )


def _for_kind(seen: Seen, kind: str, model: Model) -> list[str]:
    column = model.kind.classes.index(kind)
    weighed = [
        (float(model.kind.weights[model.kind.index[cue.name], column]) * cue.strength, cue.words)
        for cue in seen.cues
        if cue.words and cue.name in model.kind.index
    ]
    spoken = dict.fromkeys(words for weight, words in sorted(weighed, reverse=True) if weight > 0)
    return list(spoken)[:MOST_REASONS]


def _for_topics(seen: Seen, topics: Sequence[str]) -> list[str]:
    hits = [(hit.points[topic], hit.stem) for topic in topics for hit in seen.hits if topic in hit.points]
    return list(dict.fromkeys(stem for _, stem in sorted(hits, reverse=True)))[:MOST_REASONS]
