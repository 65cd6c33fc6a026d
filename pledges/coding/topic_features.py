"""What the topic model is shown of a statement and one topic: points of the lexicon near and far."""

import math
from collections.abc import Mapping, Sequence

from pledges.coding.features import Features, Seen
from pledges.coding.lexicon import TOPICS
from pledges.coding.topics import HEADING_SHARE, LEAD_IN_SHARE

_NEIGHBOURHOOD = 2


def _share(points: Mapping[str, float], topic: str) -> float:
    total = sum(points.values())
    return points.get(topic, 0.0) / total if total else 0.0


def _rank_feature(points: Mapping[str, float], topic: str) -> float:
    """How far a topic is behind the best (1 = it is the best, 0 = it has no points)."""
    best = max(points.values(), default=0.0)
    return points.get(topic, 0.0) / best if best else 0.0


def _add(points: dict[str, float], more: Mapping[str, float], weight: float) -> None:
    for topic, value in more.items():
        points[topic] = points.get(topic, 0.0) + weight * value


def around(text: Sequence[Seen], place: int) -> dict[str, float]:
    """Points of the statements next to one in its section, the nearer the more."""
    points: dict[str, float] = {}
    for step in range(1, _NEIGHBOURHOOD + 1):
        for other in (place - step, place + step):
            if 0 <= other < len(text) and text[other].unit.headings == text[place].unit.headings:
                _add(points, text[other].text_points, 1 / step)
    return points


def section_points(text: Sequence[Seen]) -> list[dict[str, float]]:
    """For each statement the points of its whole section; each statement of it counts alike."""
    sections: dict[tuple[str, ...], dict[str, float]] = {}
    for seen in text:
        points = sections.setdefault(seen.unit.headings, {})
        total = sum(seen.text_points.values())
        _add(points, seen.text_points, 1 / total if total else 0.0)
    return [sections[seen.unit.headings] for seen in text]


def _first_hit(seen: Seen, topic: str) -> float:
    places = [hit.position for hit in seen.hits if topic in hit.points]
    return 1 - min(places) / max(1, len(seen.grammar.words)) if places else 0.0


def topic_rows(text: Sequence[Seen], place: int, section: Mapping[str, float]) -> dict[str, Features]:
    """Features of statement number `place` for every topic that it, its lead-in or its headings speak for.

    Where they speak for none, what stands around decides; else a neighbour's topic would become its own.
    """
    seen = text[place]
    near = around(text, place)
    combined: dict[str, float] = dict(seen.text_points)
    _add(combined, seen.lead_in_points, LEAD_IN_SHARE)
    _add(combined, seen.heading_points, HEADING_SHARE)
    candidates = [t for t in TOPICS if t in combined] or [t for t in TOPICS if t in near or t in section]
    return {topic: _row(seen, topic, combined, near, section) for topic in candidates or TOPICS}


def _row(
    seen: Seen,
    topic: str,
    combined: Mapping[str, float],
    near: Mapping[str, float],
    section: Mapping[str, float],
) -> Features:
    own = seen.text_points.get(topic, 0.0)
    alone = not seen.text_points
    row: Features = {
        "text_log": math.log1p(own),
        "text_share": _share(seen.text_points, topic),
        "text_rank": _rank_feature(seen.text_points, topic),
        "combined_rank": _rank_feature(combined, topic),
        "is_best": float(_rank_feature(combined, topic) == 1.0),
        "first_hit": _first_hit(seen, topic),
        "heading_share": _share(seen.heading_points, topic),
        "heading_rank": _rank_feature(seen.heading_points, topic),
        "lead_in_share": _share(seen.lead_in_points, topic),
        "near_share": _share(near, topic),
        "section_share": _share(section, topic),
        "section_rank": _rank_feature(section, topic),
        f"topic_{topic}": 1.0,
    }
    if alone:
        # Where no word speaks for a topic, what stands around counts more than beside a clear word.
        row |= {f"alone_{name}": row[name] for name in ("heading_share", "near_share", "section_share")}
        row["alone"] = 1.0
    for hit in seen.hits:
        if topic in hit.points:
            row[f"stem_{hit.stem}>{topic}"] = 1.0
    return row
