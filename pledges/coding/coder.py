"""From statements to labels: the rules see, the learned models weigh."""

from collections.abc import Mapping, Sequence
from functools import cache

from pledges.coding import linear
from pledges.coding.features import Seen, look_at, measurable_features
from pledges.coding.labels import MOST_TOPICS, Certainty, Commitment, Kind, Labels, Unit
from pledges.coding.model import YES, Model, commitment_row, kind_row
from pledges.coding.store import load_or_train
from pledges.coding.topic_features import section_points, topic_rows

CODER_VERSION = "1.3"
FURTHER_TOPIC = 0.4
"""From this probability on a second or third topic is given; it makes the best F1 of texts held out."""
MEASURABLE_FROM = 0.2
"""Targets are rare, so that the best F1 of texts held out lies below one half."""
PLEDGE_FROM = 0.45
"""Below this probability a statement is the likeliest of the other kinds, of which there are three: together
they may be likelier than a pledge though each is less likely. It makes the best kappa of texts held out."""
_SLOGAN_TOPIC = "beteiligung"


@cache
def default_model() -> Model:
    """The model of the shipped codings, loaded or trained once a process."""
    return load_or_train()


def code(
    units: Sequence[Unit],
    *,
    parties: Sequence[str] = (),
    kind_of_text: str | None = None,
    model: Model | None = None,
) -> tuple[Labels, ...]:
    """Code the statements of one programme, given in the order of the text; one `Labels` a unit.

    `parties`: names of the authors ("SPD", "Die Grünen"), so that "die SPD will" reads as "wir wollen".
    `kind_of_text`: what the text is filed as: "vision" for a picture of the reached future, any other word
    for none; None where it isn't filed, and then the whole text decides. `model`: None for the shipped one,
    which the first call may have to train (seconds).
    """
    chosen = model or default_model()
    text = look_at(units, parties, kind_of_text)
    sections = section_points(text)
    return tuple(_labels(text, place, sections[place], chosen) for place in range(len(text)))


def _labels(text: Sequence[Seen], place: int, section: Mapping[str, float], model: Model) -> Labels:
    seen = text[place]
    kind, kind_certainty = _kind(text, place, model)
    is_pledge = kind == "pledge"
    commitment, commitment_certainty = _commitment(seen, model) if is_pledge else (None, None)
    measurable, measurable_certainty = _measurable(seen, model) if is_pledge else (False, 1.0)
    topics, topic_certainty = _topics(text, place, section, model) if kind != "context" else ((), 1.0)
    return Labels(
        kind=kind,
        commitment=commitment,
        measurable=measurable,
        topics=topics,
        certainty=Certainty(kind_certainty, commitment_certainty, measurable_certainty, topic_certainty),
        targets=seen.targets,
    )


def _kind(text: Sequence[Seen], place: int, model: Model) -> tuple[Kind, float]:
    """The likeliest kind; in a picture of the future, which is too rare to learn from, the rules' one."""
    seen = text[place]
    if seen.vision:
        return seen.rule_kind, seen.rule_certainty
    found = linear.probabilities(model.kind, kind_row(text, place, model.words, model.letters))
    if found["pledge"] < PLEDGE_FROM:
        found = {kind: chance for kind, chance in found.items() if kind != "pledge"}
    best = max(found, key=lambda kind: found[kind])
    return best, found[best]  # type: ignore[return-value]


def _commitment(seen: Seen, model: Model) -> tuple[Commitment, float]:
    if seen.vision:
        return "vision", 0.98
    found = linear.probabilities(model.commitment, commitment_row(seen, model.words))
    best = max(found, key=lambda commitment: found[commitment])
    return best, found[best]  # type: ignore[return-value]


def _measurable(seen: Seen, model: Model) -> tuple[bool, float]:
    chance = linear.probabilities(model.measurable, measurable_features(seen))[YES]
    return (True, chance) if chance >= MEASURABLE_FROM else (False, 1 - chance)


def _topics(
    text: Sequence[Seen], place: int, section: Mapping[str, float], model: Model
) -> tuple[tuple[str, ...], float]:
    """The likeliest topic and up to two more that are likely enough; the certainty is the first one's."""
    rows = topic_rows(text, place, section)
    chances = {topic: linear.probabilities(model.topics, row)[YES] for topic, row in rows.items()}
    ranked = sorted(chances, key=lambda topic: (-chances[topic], topic != _SLOGAN_TOPIC, topic))
    further = [topic for topic in ranked[1:MOST_TOPICS] if chances[topic] >= FURTHER_TOPIC]
    return (ranked[0], *further), chances[ranked[0]]
