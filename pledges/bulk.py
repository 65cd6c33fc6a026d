"""Many statements coded in one go: what a change would make of each, then the change itself, as one."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.coding.labels import Commitment, Kind, Labels, Rule, broken_rules
from pledges.coding_log import add_codings, refresh, undo
from pledges.labels import holding, labels_of
from pledges.models import BulkChange, Origin
from pledges.models import Commitment as Commitments
from pledges.models import Kind as Kinds
from pledges.versions import let_others_wait

EXAMPLES = 5


class TopicsDo(StrEnum):
    STAY = "stay"
    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change; None, or topics that stay, for what doesn't. `topics` are slugs, main one first."""

    kind: Kind | None = None
    commitment: Commitment | None = None
    topics_do: TopicsDo = TopicsDo.STAY
    topics: tuple[str, ...] = ()

    def in_words(self, topic_names: Mapping[str, str]) -> str:
        """Return it as its list names it: "Art: Bilanz; Themen ergänzen: Kultur & Freizeit"."""
        parts = []
        if self.kind:
            parts.append(_("Art: %s") % Kinds(self.kind).label)
        if self.commitment:
            parts.append(_("Bindung: %s") % Commitments(self.commitment).label)
        phrases = {
            TopicsDo.SET: _("Themen setzen: %s"),
            TopicsDo.ADD: _("Themen ergänzen: %s"),
            TopicsDo.REMOVE: _("Themen entfernen: %s"),
        }
        if self.topics_do in phrases:
            names = get_text_list([topic_names[slug] for slug in self.topics], _("und"))
            parts.append(phrases[self.topics_do] % names)
        return "; ".join(parts)


class NotPossibleError(Exception):
    """The change would break a rule of the codebook for this statement; the message says which."""


_WHY_NOT = {
    Rule.NEEDS_COMMITMENT: gettext_lazy("ein Vorhaben bräuchte auch eine Bindung"),
    Rule.ONLY_PLEDGE_COMMITS: gettext_lazy("kein Vorhaben, also ohne Bindung"),
    Rule.NEEDS_TOPIC: gettext_lazy("danach bliebe kein Thema mehr"),
    Rule.TOO_MANY_TOPICS: gettext_lazy("danach wären es mehr als drei Themen"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do, by the keys of the statements.

    `seen`: the coding that holds for each; `before` and `after`: the labels of those that would change;
    `unchanged`: how many stay as they are; `refused`: how many can't, by the reason in words.
    """

    seen: Mapping[int, int]
    before: Mapping[int, Labels]
    after: Mapping[int, Labels]
    unchanged: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed, and how many were left because somebody coded them since the preview."""

    bulk_change: BulkChange | None
    changed: int
    stale: int


def changed(labels: Labels, change: Change) -> Labels:
    """Return the labels after the change. Raises NotPossibleError."""
    kind = change.kind or labels.kind
    is_pledge = kind == Kinds.PLEDGE
    commitment = change.commitment or (labels.commitment if is_pledge else None)
    measurable = labels.measurable and is_pledge
    topics = _topics(labels.topics, change)
    if broken := broken_rules(kind, commitment, measurable, topics):
        raise NotPossibleError(_WHY_NOT[next(iter(broken.values()))])
    return replace(labels, kind=kind, commitment=commitment, measurable=measurable, topics=topics)


def plan(statements: Collection[int], change: Change) -> Plan:
    """Return what the change would do to the statements with these keys, in a few queries however many."""
    held = holding(statements)
    before = {key: labels_of(coding) for key, coding in held.items()}
    after: dict[int, Labels] = {}
    refused: Counter[str] = Counter()
    for key, labels in before.items():
        try:
            after[key] = changed(labels, change)
        except NotPossibleError as error:
            refused[str(error)] += 1
    new = {key: labels for key, labels in after.items() if labels != before[key]}
    seen = {key: coding.pk for key, coding in held.items()}
    return Plan(seen, {key: before[key] for key in new}, new, len(after) - len(new), refused)


@transaction.atomic
def carry_out(seen: Mapping[int, int], change: Change, editor: User, what: str) -> Done:
    """Change the statements as one bulk change, those left out that another coding holds for than was `seen`.

    `what`: the change in words.
    """
    let_others_wait()
    now = plan(seen, change)
    stale = {key for key in seen if now.seen.get(key) != seen[key]}
    found = {key: labels for key, labels in now.after.items() if key not in stale}
    if not found:
        return Done(None, 0, len(stale))
    bulk_change = BulkChange.objects.create(editor=editor, made_at=timezone.now(), what=what)
    add_codings(found, Origin.EDITOR, editor.get_username(), editor=editor, bulk_change=bulk_change)
    refresh(found)
    return Done(bulk_change, len(found), len(stale))


@transaction.atomic
def undo_bulk_change(bulk_change: BulkChange, editor: User) -> int:
    """Take back those of its codings that aren't yet; return how many. What others coded since holds on."""
    let_others_wait()
    codings = list(bulk_change.codings.filter(undone_by=None))
    return len(undo(codings, editor)) if codings else 0


def _topics(topics: tuple[str, ...], change: Change) -> tuple[str, ...]:
    if change.topics_do == TopicsDo.SET:
        return tuple(dict.fromkeys(change.topics))
    if change.topics_do == TopicsDo.REMOVE:
        return tuple(topic for topic in topics if topic not in change.topics)
    if change.topics_do == TopicsDo.ADD:
        return tuple(dict.fromkeys((*topics, *change.topics)))
    return topics
