"""Labels, the rules on them, and what one coding changed of another's, in words. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pledges.coding.labels import Labels, Rule
from pledges.models import Coding, Commitment, Kind


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of a coding as people read them; `topics`: names, main one first."""

    kind: Kind
    commitment: Commitment | None
    measurable: bool
    topics: tuple[str, ...]


def labelling(labels: Coding | Labels, topics: Iterable[str]) -> Labelling:
    """Return labels as people read them; `topics`: their names, main one first."""
    commitment = Commitment(labels.commitment) if labels.commitment else None
    return Labelling(Kind(labels.kind), commitment, labels.measurable, tuple(topics))


RULES_IN_WORDS = {
    Rule.NEEDS_COMMITMENT: gettext_lazy("Ein Vorhaben braucht eine Bindung."),
    Rule.ONLY_PLEDGE_COMMITS: gettext_lazy("Nur ein Vorhaben hat eine Bindung."),
    Rule.ONLY_PLEDGE_MEASURABLE: gettext_lazy("Nur ein Vorhaben kann messbar sein."),
    Rule.NEEDS_TOPIC: gettext_lazy("Außer beim Hintergrund braucht es mindestens ein Thema."),
    Rule.TOO_MANY_TOPICS: gettext_lazy("Es sind höchstens drei Themen."),
    Rule.TOPIC_TWICE: gettext_lazy("Jedes Thema bitte nur einmal."),
}


def in_words(labels: Labelling) -> str:
    """Return all labels: "Vorhaben, fest zugesagt, messbar, Wohnen & Bauen"."""
    commitment = str(labels.commitment.label) if labels.commitment else ""
    measurable = _("messbar") if labels.measurable else ""
    return ", ".join(filter(None, (str(labels.kind.label), commitment, measurable, *labels.topics)))


def difference(before: Labelling, after: Labelling) -> str:
    """Return what `after` changed: "Bilanz statt Vorhaben; Thema Kultur & Freizeit ergänzt"."""
    changes = [*_kind(before, after), *_measurable(before, after), *_topics(before.topics, after.topics)]
    return "; ".join(changes) or _("geprüft, nichts geändert")


def side_by_side(one: Labelling, other: Labelling) -> list[tuple[str, str, str, bool]]:
    """Return a row a label: its name, what the one says, what the other says, whether these differ."""
    return [
        (name, first, second, first != second)
        for (name, first), (_name, second) in zip(rows(one), rows(other), strict=True)
    ]


def rows(labels: Labelling) -> list[tuple[str, str]]:
    """Return each label's name and what is said of it."""
    measurable = (_("ja") if labels.measurable else _("nein")) if labels.commitment else "–"
    return [
        (_("Art"), str(labels.kind.label)),
        (_("Bindung"), str(labels.commitment.label) if labels.commitment else "–"),
        (_("Messbar"), measurable),
        (_("Themen"), ", ".join(labels.topics) or _("keines")),
    ]


def _kind(before: Labelling, after: Labelling) -> Iterator[str]:
    if before.kind != after.kind:
        yield _instead(str(after.kind.label), str(before.kind.label))
        if after.commitment:
            yield str(after.commitment.label)
    elif before.commitment and after.commitment and before.commitment != after.commitment:
        yield _instead(str(after.commitment.label), str(before.commitment.label))


def _measurable(before: Labelling, after: Labelling) -> Iterator[str]:
    if after.measurable and not before.measurable:
        yield _("jetzt messbar")
    elif before.measurable and not after.measurable and after.commitment:
        yield _("nicht mehr messbar")


def _topics(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    added = [topic for topic in after if topic not in before]
    removed = [topic for topic in before if topic not in after]
    if added:
        words = ngettext("Thema %(topics)s ergänzt", "Themen %(topics)s ergänzt", len(added))
        yield words % {"topics": get_text_list(added, _("und"))}
    if removed:
        words = ngettext("Thema %(topics)s entfernt", "Themen %(topics)s entfernt", len(removed))
        yield words % {"topics": get_text_list(removed, _("und"))}
    if before and after and before[0] != after[0] and {before[0], after[0]} <= {*before} & {*after}:
        yield _("Hauptthema %(topic)s") % {"topic": _instead(after[0], before[0])}
    elif not added and not removed and before != after:
        yield _("weitere Themen in anderer Reihenfolge")


def _instead(new: str, old: str) -> str:
    return _("%(new)s statt %(old)s") % {"new": new, "old": old}
