"""What became of the sentences of a former edition: its text set beside today's.

Sentences are paired as reading a new edition pairs them (see `sources.splitting.matching`). What stands in
the place of a sentence that is gone is only said where it is certain: between the same two sentences, under
the same heading.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from pledges.marking import Piece, changed_words
from sources.models import Passage
from sources.splitting.matching import match_passages

How = Literal["reworded", "replaced", "gone", "new"]
# Of more sentences than these nobody could say which stands for which.
_MOST_REPLACED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One place: the sentences there in the former edition and today. "gone" has none today, "new" none
    before; "reworded" has one each, "replaced" some of both that aren't the same sentence."""

    how: How
    before: tuple[Passage, ...]
    now: tuple[Passage, ...]

    @property
    def changed_words(self) -> tuple[list[Piece], list[Piece]]:
        """Of a reworded sentence: its words before and today, with those that changed marked."""
        return changed_words(self.before[0].text, self.now[0].text)


@dataclass(frozen=True)
class Comparison:
    """All that changed, in the order of the former text; `kept`: how many sentences stand as they did."""

    changes: tuple[Change, ...]
    kept: int

    @cached_property
    def by_passage(self) -> dict[int, Change]:
        """What changed of the sentences of the former text, by their keys."""
        return {passage.pk: change for change in self.changes for passage in change.before}

    @property
    def gone(self) -> int:
        return sum(len(change.before) for change in self.changes if change.how != "reworded")

    @property
    def new(self) -> int:
        return sum(len(change.now) for change in self.changes if change.how != "reworded")

    @property
    def reworded(self) -> int:
        return sum(change.how == "reworded" for change in self.changes)


def compare_editions(former: int, today: int | None) -> tuple[list[Passage], Comparison]:
    """Return the passages of a former edition and what changed of them, in one query.

    Given are the keys of both documents, None where there is none today.
    """
    of: dict[int | None, list[Passage]] = {former: [], today: []}
    both = Passage.objects.filter(document__in=[key for key in of if key]).order_by("position")
    for passage in both.select_related("section", "statement"):
        of[passage.document_id].append(passage)
    # Statements follow the text: one that is still with a former passage is gone.
    gone = {passage.pk for passage in of[former] if hasattr(passage, "statement")}
    return of[former], compare_texts(of[former], of[today], gone)


def compare_texts(former: Sequence[Passage], today: Sequence[Passage], gone: Collection[int]) -> Comparison:
    """Compare two editions, each in its order, passages with their sections; pure.

    `gone`: the keys of former passages whose statement is known to be gone, however alike some other is.
    """
    found = match_passages([p.text for p in former], [p.text for p in today])
    pairs = {m.old: m.new for m in found if m.old is not None and m.new is not None}
    pairs = {old: new for old, new in pairs.items() if former[old].pk not in gone}
    changes = tuple(_changes(former, today, pairs))
    return Comparison(changes, len(pairs) - sum(change.how == "reworded" for change in changes))


def _changes(
    former: Sequence[Passage], today: Sequence[Passage], pairs: Mapping[int, int]
) -> Iterator[Change]:
    """Go from one sentence that still stands to the next, and tell what was and is between them."""
    place = {-1: -1, **pairs, len(former): len(today)}
    taken, told = set(pairs.values()), set[int]()
    for left, right in pairwise(sorted(place)):
        before = tuple(former[left + 1 : right])
        between = range(place[left] + 1, place[right])
        now = () if taken.intersection(between) else tuple(today[at] for at in between)
        told.update(between if now else ())
        yield from _at_one_place(before, now)
        if right in pairs and former[right].text.split() != today[pairs[right]].text.split():
            yield Change("reworded", (former[right],), (today[pairs[right]],))
    yield from (Change("new", (), (p,)) for at, p in enumerate(today) if at not in taken | told)


def _at_one_place(before: tuple[Passage, ...], now: tuple[Passage, ...]) -> Iterator[Change]:
    headings = {passage.section.heading for passage in (*before, *now)}
    if before and now and len(headings) == 1 and max(len(before), len(now)) <= _MOST_REPLACED:
        yield Change("replaced", before, now)
        return
    yield from (Change("gone", (passage,), ()) for passage in before)
    yield from (Change("new", (), (passage,)) for passage in now)
