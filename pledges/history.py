"""Everything that was ever said of a statement, the coding that holds first."""

import datetime
from dataclasses import dataclass

from django.db.models import F

from pledges.labels import precedence
from pledges.models import Coding, Commitment, Kind, Origin, Statement, Topic


@dataclass(frozen=True, slots=True)
class Opinion:
    """One coding as pages show it; topics main one first."""

    origin: Origin
    coder: str
    made_at: datetime.datetime
    kind: Kind
    commitment: Commitment | None
    measurable: bool
    contested: bool
    certainty: float | None
    topics: tuple[Topic, ...]


def coding_history(statement: Statement) -> list[Opinion]:
    """Return the statement's codings as opinions, in one query; the first is the one that holds."""
    rows = (
        Coding.objects.filter(statement=statement)
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
    ordered = sorted(codings.values(), key=precedence, reverse=True)
    return [_opinion(coding, tuple(topics[coding.pk])) for coding in ordered]


def _opinion(coding: Coding, topics: tuple[Topic, ...]) -> Opinion:
    return Opinion(
        Origin(coding.origin),
        coding.coder,
        coding.made_at,
        Kind(coding.kind),
        Commitment(coding.commitment) if coding.commitment else None,
        coding.measurable,
        coding.contested,
        coding.kind_certainty,
        topics,
    )
