"""What editors decide on relations and renderings: nobody's decision is overwritten unseen, and each can be
taken back to what stood before."""

import datetime
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from pledges.index import set_sources
from pledges.models import Origin, Relation, RelationKind, RelationStatus, Rendering, Statement
from pledges.versions import let_others_wait
from sources.models import Passage

State = dict[str, Any]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on, by the keys of the two statements or of the line, to be kept as JSON.

    `before` is what stood then, None where nothing did; `after` is the fingerprint of what stands since.
    """

    case: tuple[int, ...]
    before: State | None
    after: str


class JudgedMeanwhile(Exception):
    """Since the editor looked, somebody else decided: `row` stands now, None where it was taken back."""

    def __init__(self, row: Relation | Rendering | None) -> None:
        super().__init__(f"{row} stands since.")
        self.row = row


def fingerprint(row: Relation | Rendering | None) -> str:
    """Return what tells whether a row is still as somebody saw it; also of one that isn't there yet."""
    return _fingerprint(None if row is None else _state(row))


def status_of(kind: str) -> RelationStatus:
    """Return what becomes of a relation that somebody judged to be of this kind."""
    return RelationStatus.REJECTED if kind == RelationKind.UNRELATED else RelationStatus.CONFIRMED


@transaction.atomic
def judge_relation(
    one: Statement,
    other: Statement,
    editor: User,
    kind: str,
    note: str,
    words: Words,
    *,
    seen: str,
) -> Decision:
    """Confirm the relation of two statements as of this kind, or reject it as unrelated; add it if need be.

    `words`: of Relation.WORDS those that are given now, the others stay. `seen`: the fingerprint of what the
    editor was shown. Raises JudgedMeanwhile where something else stands by now, and then nothing is stored.
    """
    a, b = sorted((one.pk, other.pk))
    let_others_wait()
    relation = _relation(a, b)
    before = _seen(relation, seen)
    relation = relation or Relation(a_id=a, b_id=b, origin=Origin.EDITOR)
    relation.kind, relation.note = kind, note
    for name, value in words.items():
        setattr(relation, name, value)
    relation.status = status_of(kind)
    _sign(relation, editor)
    relation.save()
    return Decision((a, b), before, fingerprint(relation))


@transaction.atomic
def judge_rendering(
    line: Passage,
    editor: User,
    verdict: str,
    sources: Collection[Statement],
    note_de: str,
    note_en: str,
    *,
    seen: str,
) -> Decision:
    """Give a line of a digest its verdict and the statements that it renders; raises as above."""
    let_others_wait()
    rendering = _rendering(line.pk)
    before = _seen(rendering, seen)
    rendering = rendering or Rendering(passage=line)
    rendering.verdict, rendering.note_de, rendering.note_en = verdict, note_de, note_en
    _sign(rendering, editor)
    rendering.save()
    set_sources(rendering, sources)
    return Decision((line.pk,), before, fingerprint(rendering))


@transaction.atomic
def take_back(decision: Decision) -> None:
    """Let stand again what stood before a decision; what was added by it goes.

    Raises JudgedMeanwhile where somebody decided since, and then nothing is stored.
    """
    let_others_wait()
    row = _row(decision.case)
    _seen(row, decision.after)
    if row is not None and decision.before is None:
        if isinstance(row, Rendering):
            set_sources(row, [])
        row.delete()
    elif row is not None and decision.before is not None:
        _restore(row, decision.before)


def _row(case: tuple[int, ...]) -> Relation | Rendering | None:
    return _relation(*case) if len(case) == 2 else _rendering(*case)


def _relation(a: int, b: int) -> Relation | None:
    return Relation.objects.filter(a=a, b=b).first()


def _rendering(line: int) -> Rendering | None:
    return Rendering.objects.filter(passage=line).first()


def _seen(row: Relation | Rendering | None, seen: str) -> State | None:
    """Return what stands. Raises JudgedMeanwhile where it isn't what was seen."""
    state = None if row is None else _state(row)
    if _fingerprint(state) != seen:
        raise JudgedMeanwhile(row)
    return state


def _sign(row: Relation | Rendering, editor: User) -> None:
    row.judged_by, row.judged_at = editor, timezone.now()


def _state(row: Relation | Rendering) -> State:
    names = ("kind", "status", "note") if isinstance(row, Relation) else ("verdict", "note_de", "note_en")
    state = {name: getattr(row, name) for name in names}
    state |= {"judged_by": row.judged_by_id, "judged_at": row.judged_at and row.judged_at.isoformat()}
    if isinstance(row, Relation):
        state |= row.words
    else:
        state["sources"] = sorted(row.sources.values_list("pk", flat=True))
    return state


def _fingerprint(state: State | None) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:20]


def _restore(row: Relation | Rendering, before: State) -> None:
    for name, value in before.items():
        if name == "judged_by":
            row.judged_by_id = value
        elif name == "judged_at":
            row.judged_at = datetime.datetime.fromisoformat(value) if value else None
        elif name != "sources":
            setattr(row, name, value)
    row.save()
    if isinstance(row, Rendering):
        set_sources(row, before["sources"])
