"""The log of a statement, as editors and, in short, the public read it."""

import datetime
from dataclasses import dataclass

from django.db.models import F

from pledges.differences import Labelling, difference, in_words, labelling
from pledges.labels import effective
from pledges.models import Coding, Origin, Statement, Topic


@dataclass(frozen=True, slots=True)
class Opinion:
    """One coding as pages show it; topics main one first.

    `said`: its labels in words, or what an editor changed of those that held before. `undone_at` and
    `undone_by` (a user's name) where it was taken back; `in_bulk` where many were given in one go.
    """

    key: int
    origin: Origin
    coder: str
    made_at: datetime.datetime
    topics: tuple[Topic, ...]
    said: str
    holds: bool
    in_bulk: bool
    undone_at: datetime.datetime | None
    undone_by: str


def coding_history(statement: Statement) -> list[Opinion]:
    """Return the statement's codings as opinions, the newest first, in one query.

    Blind ones are left out, as they were no opinion on what holds; a taking back is told with the coding
    that it took back.
    """
    rows = (
        Coding.objects.filter(statement=statement, is_blind=False)
        .annotate(
            topic=F("topics_given__topic"),
            slug=F("topics_given__topic__slug"),
            name_de=F("topics_given__topic__name_de"),
            name_en=F("topics_given__topic__name_en"),
        )
        .order_by("topics_given__position")
    )
    topics: dict[int, list[Topic]] = {}
    codings: dict[int, Coding] = {}
    for row in rows:
        codings[row.pk] = row
        given = topics.setdefault(row.pk, [])
        if row.topic:
            given.append(Topic(pk=row.topic, slug=row.slug, name_de=row.name_de, name_en=row.name_en))
    return _opinions(codings, topics)


def coding_labels(coding: Coding) -> Labelling:
    """Return a coding's labels for people; without a query where its topics are fetched."""
    return labelling(coding, (topic.name for topic in coding.ordered_topics))


def _opinions(codings: dict[int, Coding], topics: dict[int, list[Topic]]) -> list[Opinion]:
    if not codings:
        return []
    undone = {coding.undoes_id: coding for coding in codings.values() if coding.undoes_id}
    labels = {key: labelling(c, (topic.name for topic in topics[key])) for key, c in codings.items()}
    held = effective(codings.values())
    return [
        _opinion(coding, topics[coding.pk], labels, held, undone.get(coding.pk))
        for coding in sorted(codings.values(), key=lambda c: (c.made_at, c.pk), reverse=True)
        if not coding.undoes_id
    ]


def _opinion(
    coding: Coding, topics: list[Topic], labels: dict[int, Labelling], held: Coding, undone: Coding | None
) -> Opinion:
    now, before = labels[coding.pk], labels.get(coding.previous_id or 0)
    changed = coding.origin == Origin.EDITOR and before is not None
    return Opinion(
        key=coding.pk,
        origin=Origin(coding.origin),
        coder=coding.coder,
        made_at=coding.made_at,
        topics=tuple(topics),
        said=difference(before, now) if changed and before else in_words(now),
        holds=coding == held,
        in_bulk=coding.bulk_change_id is not None,
        undone_at=undone.made_at if undone else None,
        undone_by=undone.coder if undone else "",
    )
