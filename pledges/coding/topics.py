"""Points of the topics that headings give to what stands under them."""

from collections.abc import Sequence

from pledges.coding.lexicon import hits_in, topic_points
from pledges.coding.words import words_of

HEADING_SHARE = 0.4
LEAD_IN_SHARE = 0.5


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
