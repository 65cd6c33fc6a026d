"""Codings are added here, and nowhere changed or deleted."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from pledges.coding.labels import Certainty, Labels
from pledges.labels import refresh_labels
from pledges.models import Coding, CodingTopic, Origin, Statement, Topic
from pledges.targets import refresh_targets


@transaction.atomic
def add_codings(
    found: Mapping[int, Labels], origin: Origin, coder: str, contested: Collection[int] = ()
) -> list[Coding]:
    """Append a coding to each statement (key to labels); those in `contested` as disputed among coders.

    The labels that hold follow only with `pledges.labels.refresh_labels`.
    """
    now = timezone.now()
    codings = Coding.objects.bulk_create(
        Coding(
            statement_id=key,
            origin=origin,
            coder=coder,
            made_at=now,
            kind=labels.kind,
            commitment=labels.commitment or "",
            measurable=labels.measurable,
            contested=key in contested,
            **_certainties(labels.certainty),
        )
        for key, labels in found.items()
    )
    _add_topics(codings, {key: labels.topics for key, labels in found.items()})
    return codings


@transaction.atomic
def code_by_editor(
    statement: Statement, editor: User, *, kind: str, commitment: str, measurable: bool, topics: list[Topic]
) -> Coding:
    """Append an editor's coding of a statement, topics main one first; what holds follows."""
    coding = Coding.objects.create(
        statement=statement,
        origin=Origin.EDITOR,
        coder=editor.get_username(),
        editor=editor,
        made_at=timezone.now(),
        kind=kind,
        commitment=commitment,
        measurable=measurable,
    )
    CodingTopic.objects.bulk_create(
        CodingTopic(coding=coding, topic=topic, position=position) for position, topic in enumerate(topics)
    )
    refresh_labels([statement.pk])
    refresh_targets(Statement.objects.filter(pk=statement.pk))
    return coding


def _add_topics(codings: list[Coding], slugs: Mapping[int, Collection[str]]) -> None:
    topics = Topic.objects.in_bulk(field_name="slug")
    CodingTopic.objects.bulk_create(
        CodingTopic(coding=coding, topic=topics[slug], position=position)
        for coding in codings
        for position, slug in enumerate(slugs[coding.statement_id])
    )


def _certainties(certainty: Certainty | None) -> dict[str, Any]:
    if certainty is None:
        return {}
    return {
        "kind_certainty": certainty.kind,
        "commitment_certainty": certainty.commitment,
        "measurable_certainty": certainty.measurable,
        "topics_certainty": certainty.topics,
    }
