"""Codings are added here, and nowhere changed or deleted; one that is taken back stays in the log too."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from pledges.coding.labels import Certainty, Labels
from pledges.keys import in_batches
from pledges.labels import (
    Topics,
    effective,
    holding_alone,
    holding_of_one,
    labels_of,
    precedence,
    read_topics,
    relabel,
    standing,
    topic_keys,
    topics_of,
)
from pledges.models import CODEBOOK, BulkChange, Coding, CodingTopic, Origin, Statement
from pledges.packing import Given
from pledges.targets import follow_kind
from pledges.versions import let_others_wait


class NewerCoding(Exception):
    """Since the editor looked, somebody else coded the statement: `coding` holds now."""

    def __init__(self, coding: Coding) -> None:
        super().__init__(f"Coding {coding.pk} holds since.")
        self.coding = coding


class NotUndoable(Exception):
    """What is to be taken back is no editor's coding, or was taken back already."""


@transaction.atomic(savepoint=False)
def add_codings(
    found: Mapping[int, Labels],
    origin: Origin,
    coder: str,
    contested: Collection[int] = (),
    *,
    editor: User | None = None,
    bulk_change: BulkChange | None = None,
    is_blind: bool = False,
    held: Mapping[int, Coding] | None = None,
    topics: Mapping[str, int] | None = None,
) -> list[Coding]:
    """Append a coding to each statement (key to labels); those in `contested` as disputed among coders.

    `held`: what holds of them so far, `topics`: the keys of all topics by their slugs, where that is known
    already. The labels that hold follow only with `pledges.labels.refresh_labels`.
    """
    now = timezone.now()
    held = holding_alone(found) if held is None else held
    codings = Coding.objects.bulk_create(
        Coding(
            statement_id=key,
            origin=origin,
            coder=coder,
            editor=editor,
            made_at=now,
            codebook=CODEBOOK,
            previous=held.get(key),
            bulk_change=bulk_change,
            is_blind=is_blind,
            kind=labels.kind,
            commitment=labels.commitment or "",
            measurable=labels.measurable,
            contested=key in contested,
            **_certainties(labels.certainty),
        )
        for key, labels in found.items()
    )
    keys = topic_keys() if topics is None else topics
    given = {key: [keys[slug] for slug in labels.topics] for key, labels in found.items()}
    CodingTopic.objects.bulk_create(
        CodingTopic(coding=coding, topic_id=topic, position=position)
        for coding in codings
        for position, topic in enumerate(given[coding.statement_id])
    )
    return codings


def code_by_editor(statement: Statement, editor: User, labels: Labels, *, seen: int | None = None) -> Coding:
    """Append an editor's coding of a statement; what holds follows.

    `seen`: the key of the coding that the editor was shown. Raises NewerCoding where another holds by now,
    and then nothing is stored; nor is it where the same form comes twice, as by a double click.
    """
    with transaction.atomic(savepoint=False):
        let_others_wait()
        stored, held = holding_of_one(statement.pk)
        if seen is None or held is None or held.pk == seen:
            return _code_by_editor(stored, editor, labels, held)
    if held.editor_id == editor.pk and not held.undoes_id and labels_of(held) == labels:
        return held
    # Not within the transaction, as whoever is told goes on with it.
    raise NewerCoding(held)


def _code_by_editor(statement: Statement, editor: User, labels: Labels, held: Coding | None) -> Coding:
    topics, name = read_topics([statement.pk]), editor.get_username()
    before = {} if held is None else {statement.pk: held}
    found = {statement.pk: labels}
    [coding] = add_codings(found, Origin.EDITOR, name, editor=editor, held=before, topics=topics.keys)
    # One that was given a later time holds on.
    if coding == max([coding, *before.values()], key=precedence):
        given = list(enumerate(topics.keys[slug] for slug in labels.topics))
        _follow([statement], {statement.pk: coding}, {statement.pk: given}, topics)
    return coding


@transaction.atomic
def undo(codings: Collection[Coding], editor: User) -> list[Coding]:
    """Take back editors' codings, each by a further one that tells what holds since; labels follow.

    What others coded meanwhile stays and holds. Raises NotUndoable, and then nothing is stored.
    """
    keys = {coding.statement_id for coding in codings}
    let_others_wait()
    if any(c.origin != Origin.EDITOR or c.is_blind or c.undoes_id for c in codings):
        raise NotUndoable
    if Coding.objects.filter(undoes__in=codings).exists():
        raise NotUndoable
    before = holding_alone(keys)
    rest = _without(codings)
    made = [_taken_back(coding, rest[coding.statement_id], before, editor) for coding in codings]
    made = Coding.objects.bulk_create(made)
    _add_topic_rows(made, [rest[coding.statement_id] for coding in made])
    refresh(keys)
    return made


@transaction.atomic(savepoint=False)
def refresh(statements: Collection[int]) -> None:
    """Bring labels and targets of the statements with these keys after their codings."""
    let_others_wait()
    for batch in in_batches(statements):
        held = holding_alone(batch)
        _follow(list(Statement.objects.filter(pk__in=held)), held, topics_of(held), read_topics(held))


def _follow(
    statements: list[Statement], held: Mapping[int, Coding], wanted: Mapping[int, Given], topics: Topics
) -> None:
    """As `pledges.labels.relabel`, with the targets that follow from the labels."""
    pledges = {statement.pk for statement in statements if statement.is_pledge}
    relabel(statements, held, wanted, topics)
    follow_kind([s for s in statements if s.is_pledge != (s.pk in pledges)])


def _without(codings: Collection[Coding]) -> dict[int, Coding]:
    """For each coding's statement, what holds without it. Raises NotUndoable where nothing would."""
    taken = {coding.pk for coding in codings}
    known: dict[int, list[Coding]] = {coding.statement_id: [] for coding in codings}
    for coding in Coding.objects.filter(statement__in=known).prefetch_related("topics_given"):
        known[coding.statement_id].append(coding)
    rest = {key: [c for c in standing(own) if c.pk not in taken] for key, own in known.items()}
    if not all(rest.values()):
        raise NotUndoable
    return {key: effective(own) for key, own in rest.items()}


def _taken_back(coding: Coding, rest: Coding, before: Mapping[int, Coding], editor: User) -> Coding:
    return Coding(
        statement_id=coding.statement_id,
        origin=Origin.EDITOR,
        coder=editor.get_username(),
        editor=editor,
        made_at=timezone.now(),
        previous=before[coding.statement_id],
        undoes=coding,
        kind=rest.kind,
        commitment=rest.commitment,
        measurable=rest.measurable,
        contested=rest.contested,
    )


def _add_topic_rows(codings: list[Coding], like: list[Coding]) -> None:
    CodingTopic.objects.bulk_create(
        CodingTopic(coding=coding, topic_id=given.topic_id, position=given.position)
        for coding, model in zip(codings, like, strict=True)
        for given in model.topics_given.all()
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
