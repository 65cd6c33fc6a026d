"""What an editor needs to decide on one statement of the queue, asked in few queries."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from pledges.differences import rows
from pledges.history import Opinion, coding_history, coding_labels
from pledges.labels import holding, labels_of
from pledges.marking import Piece, changed_words, mark_reasons
from pledges.models import Coding, Hint, Origin, Programme, Statement, Topic
from pledges.models.statements import Cause, StatementQuerySet
from pledges.reasons import AFTER, BEFORE, reasons_of
from pledges.units import stored_paths
from sources.models import Passage

SHOWN_AROUND = 2


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen of a statement shows beside the statement itself.

    `path`: the headings above it; `words`: its sentence with the reasons marked; `rewording`: the former and
    the present words with what differs marked, where it changed since it was coded.
    """

    cause: Cause | None
    path: tuple[str, ...]
    before: list[Passage]
    words: list[Piece]
    after: list[Passage]
    held: Coding | None
    proposal: list[tuple[str, str, float | None]]
    reasons: tuple[str, ...]
    rewording: tuple[list[Piece], list[Piece]] | None
    hints: list[Hint]
    history: list[Opinion]


def waiting(editor: User, programme: Programme | None, topic: Topic | None) -> StatementQuerySet:
    """Return what waits for this editor, the most doubtful first."""
    found = Statement.objects.in_doubt().not_to_be_coded_blind_by(editor)
    found = found.of([programme]) if programme else found
    found = found.about_any([topic.slug]) if topic else found
    return found.by_doubt()


def screen(statement: Statement) -> Screen:
    """Gather what the screen of a statement shows."""
    held = holding([statement.pk]).get(statement.pk)
    near = _near(statement.passage)
    path = _path(statement.passage)
    reasons = _reasons(statement, held, near, path)
    changed = statement.wording_changed and statement.former_text
    before, after = _neighbours(statement.passage, near)
    return Screen(
        cause=_cause(statement),
        path=path,
        before=before,
        words=mark_reasons(statement.text, reasons),
        after=after,
        held=held,
        proposal=_proposal(held),
        reasons=reasons,
        rewording=changed_words(statement.former_text, statement.text) if changed else None,
        hints=list(statement.hints.open()),
        history=coding_history(statement),
    )


def with_place(statements: StatementQuerySet) -> StatementQuerySet:
    """With what a screen needs of each statement itself, the name of its file too; three queries."""
    related = statements.for_editors().select_related("programme__document")
    return related.defer("programme__document__content", "programme__document__text")


def last_coding(editor: User) -> Coding | None:
    """Return the editor's own newest coding that can be taken back, one of a bulk change left aside."""
    own = Coding.objects.filter(editor=editor, is_blind=False, bulk_change=None, undoes=None, undone_by=None)
    return own.select_related("statement").order_by("-made_at", "-pk").first()


def _cause(statement: Statement) -> Cause | None:
    """Why it waits; None for one that an editor checked and that is only looked at again."""
    cause = Cause(statement.cause)  # type: ignore[attr-defined]
    return None if cause == Cause.UNCHECKED and statement.origin == Origin.EDITOR else cause


def _near(passage: Passage | None) -> list[Passage]:
    if passage is None:
        return []
    return list(Passage.objects.around(passage, BEFORE, AFTER).select_related("lead_in"))


def _neighbours(passage: Passage | None, near: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """The sentences right before and right after it in its section."""
    if passage is None:
        return [], []
    beside = [p for p in near if p.section_id == passage.section_id]
    before = [p for p in beside if 0 < passage.position - p.position <= SHOWN_AROUND]
    return before, [p for p in beside if 0 < p.position - passage.position <= SHOWN_AROUND]


def _path(passage: Passage | None) -> tuple[str, ...]:
    if passage is None:
        return ()
    return stored_paths([passage.document_id])[passage.section_id]


def _reasons(
    statement: Statement, held: Coding | None, near: list[Passage], path: tuple[str, ...]
) -> tuple[str, ...]:
    """Those that can be shown in the sentence; what the coder saw elsewhere has no words there."""
    if held is None or not near:
        return ()
    found = dict.fromkeys(reasons_of(statement, labels_of(held), near, path))
    return tuple(words for words in found if _stands_in(statement.text, words))


def _stands_in(text: str, words: str) -> bool:
    return any(is_marked for _piece, is_marked in mark_reasons(text, [words]))


def _proposal(held: Coding | None) -> list[tuple[str, str, float | None]]:
    """The labels that hold, each with the machine's certainty of it where there is one."""
    if held is None:
        return []
    certainties = [
        held.kind_certainty,
        held.commitment_certainty,
        held.measurable_certainty if held.commitment else None,
        held.topics_certainty,
    ]
    named = rows(coding_labels(held))
    return [(name, value, sure) for (name, value), sure in zip(named, certainties, strict=True)]
