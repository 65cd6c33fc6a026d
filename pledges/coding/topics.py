"""What a statement is about: points of the lexicon in its text, its lead-in, headings and neighbours."""

from collections.abc import Mapping, Sequence

from pledges.coding.lexicon import Hit, hits_in, topic_points
from pledges.coding.words import words_of

HEADING_SHARE = 0.4
LEAD_IN_SHARE = 0.5
SECOND_TOPIC_SHARE = 0.6
FALLBACK_TOPIC = "beteiligung"


def heading_points(headings: Sequence[str]) -> dict[str, float]:
    """Points of the headings above a statement: the nearest that says something fully, the next half."""
    points: dict[str, float] = {}
    weight = 1.0
    for heading in reversed(headings):
        found = topic_points(hits_in(words_of(heading)))
        for topic, value in found.items():
            points[topic] = points.get(topic, 0.0) + weight * value
        weight = weight / 2 if found else weight
    return points


def place_points(
    text: Mapping[str, float], lead_in: Mapping[str, float], headings: Mapping[str, float]
) -> dict[str, float]:
    """The points of a statement in its place."""
    topics = {*text, *lead_in, *headings}
    return {
        topic: text.get(topic, 0.0)
        + LEAD_IN_SHARE * lead_in.get(topic, 0.0)
        + HEADING_SHARE * headings.get(topic, 0.0)
        for topic in topics
    }


def rule_topics(points: Mapping[str, float]) -> tuple[tuple[str, ...], float]:
    """One to three topics by points, the main one first, and how sure the choice is."""
    ranked = sorted(points, key=lambda topic: (-points[topic], topic))
    if not ranked:
        return (FALLBACK_TOPIC,), 0.2
    best = points[ranked[0]]
    chosen = tuple(t for t in ranked[:3] if points[t] >= max(SECOND_TOPIC_SHARE * best, 2.0)) or ranked[:1]
    rest = sum(points[topic] for topic in ranked[1:2])
    return tuple(chosen), min(0.95, 0.4 + 0.5 * (best - rest) / best + 0.02 * best)


def text_hits(text: str) -> tuple[Hit, ...]:
    """The lexicon's hits in a text."""
    return hits_in(words_of(text))
