"""Every public statement as columns of numbers, kept in the process: filters count and page without a query.

A row is a statement; rows stand in the order in which texts are listed, by programme and as in its text. Some
filters ask something of the programme, some of the statement's labels, one of its topics: each of these three
is an axis, and a column says for each row where on the axis it is. There are some thousand places on an axis
and some hundred thousand rows, so a filter is worked out on its axis and brought to the rows in one step.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache
from django.http import HttpRequest
from numpy.typing import NDArray

from pledges.alphabet import place_in_alphabet
from pledges.choices import TEXT_KINDS
from pledges.dimensions import LABELLED, PROGRAMMES, TOPICS, Mask, Numbers, dimensions_of
from pledges.directory import Directory, directory
from pledges.models import Party, Programme, Topic
from pledges.packing import LABELS, ROW, Rows, read_from_statements, read_packed
from pledges.search.query import names

# How directly a search meets each row (see pledges.found): the best tier, 0 the best, or NOWHERE.
Tiers = NDArray[np.int8]
NOWHERE = 127
# So many rows are looked up at a time: numpy makes eight bytes of every number that it looks something up by.
# For all rows at once it would fetch these from the system and give them back, several times a page, which
# takes longer than the looking up.
_BLOCK = 2**14
# Of what searches found, the latest up to so much is kept.
_FINDS_BYTES = 2**20

RowNumbers = NDArray[np.int32]
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows`: which statements pass all filters; `by_filter`: what each value of each filter would leave."""

    rows: Mask
    total: int
    by_filter: dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Finds:
    """What a search found: the rows in order, and of each its tier."""

    rows: RowNumbers
    tiers: Tiers

    @property
    def size(self) -> int:
        """In bytes, with those of the objects around the numbers."""
        return self.rows.nbytes + self.tiers.nbytes + 500


NOTHING = Counts(np.empty(0, dtype=bool), 0, {})


class Columns:
    """The statements of `programmes`, in their order. To be read only: requests and threads share it."""

    def __init__(
        self, programmes: Sequence[Programme], topics: Sequence[Topic], rows: Mapping[int, Rows]
    ) -> None:
        empty = np.empty(0, dtype=ROW)
        parts = [rows.get(programme.pk, empty) for programme in programmes]
        joined = np.concatenate(parts) if parts else empty
        sets, topic_set = np.unique(joined["topics"], return_inverse=True)
        self.programmes = tuple(programmes)
        self.finds: LRUCache[str, Finds] = LRUCache(_FINDS_BYTES, getsizeof=lambda finds: finds.size)
        self.keys: Numbers = joined["key"].copy()
        self.place = {programme.pk: at for at, programme in enumerate(programmes)}
        self._lengths: Numbers = np.array([len(part) for part in parts], dtype=np.int64)
        self.ends = np.cumsum(self._lengths)
        # The rows by their place in their programme as a share, so that a long text doesn't fill a page.
        self.alternating = np.argsort(joined["share"], kind="stable").astype(np.int32)
        self._rank = np.argsort(self.alternating).astype(np.int32)
        self._main, self._second = joined["main"].copy(), joined["second"].copy()
        self._sets = sets
        self._topics = sorted(topics, key=lambda topic: topic.pk)
        # Each row's place on its axis. That of the programmes needs none: the rows of one stand together.
        self._axes: dict[str, NDArray[Any]] = {
            LABELLED: joined["labels"].copy(),
            TOPICS: topic_set.astype(np.int32),
        }
        self._sizes = {PROGRAMMES: len(parts), LABELLED: len(LABELS), TOPICS: len(sets)}
        self.dimensions = dimensions_of(self.programmes, self._topics, sets)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The authors of the programmes, each once."""
        return tuple(
            {party.pk: party for programme in self.programmes for party in programme.authors}.values()
        )

    @cached_property
    def parties_by_token(self) -> dict[str, Party]:
        """The facet token that a search finds each of them by."""
        return {f"@p{party.pk}": party for party in self.parties}

    @cached_property
    def naming_parties(self) -> Mapping[str, Sequence[str]]:
        """By a spelling or base form the tokens of what it names (see `pledges.search.query.names`)."""
        return names(tuple((party.short_name, token) for token, party in self.parties_by_token.items()))

    @cached_property
    def naming(self) -> Mapping[str, Sequence[str]]:
        """The same with those of the topics."""
        parties = ((party.short_name, token) for token, party in self.parties_by_token.items())
        topics = ((name, f"@t{t.pk}") for t in self._topics for name in (t.name_de, t.name_en))
        return names((*parties, *topics))

    @cached_property
    def _rows_by_key(self) -> Numbers:
        return np.argsort(self.keys, kind="stable")

    @cached_property
    def offers(self) -> dict[str, dict[str, str]]:
        """The values of the filters that ask something of the programme, with their names, as people read
        them: years backwards, all else by name."""
        programmes = self.programmes
        kinds = {programme.kind for programme in programmes}
        return {
            "programm": {p.slug: p.short_title for p in programmes},
            "partei": _by_name({party.slug: party.short_name for p in programmes for party in p.authors}),
            "ort": _by_name({p.place.slug: p.place.name for p in programmes}),
            "jahr": {str(year): str(year) for year in sorted({p.year for p in programmes}, reverse=True)},
            "textart": {slug: slug for slug, kind in TEXT_KINDS.items() if kind in kinds},
        }

    def count(self, chosen: Chosen, matching: Mask | None = None) -> Counts:
        """Count what is left by the filters, and beside each value of each filter what it would leave with
        all the others as they are. `matching`: the rows to begin with, all where None."""
        passing = self._passing_rows(chosen)
        by_filter: dict[str, Counter[str]] = {}
        for axis in self._sizes:
            others = _all([matching, *(mask for name, mask in passing.items() if name != axis)])
            numbers = self._by_programme(others) if axis == PROGRAMMES else self._histogram(axis, others)
            for name, dimension in self.dimensions.items():
                if dimension.axis == axis:
                    own = self._passing(axis, chosen, ignoring=name)
                    by_filter[name] = dimension.count(numbers if own is None else numbers * own)
        rows = _all([matching, *passing.values()])
        passed = np.ones(len(self.keys), dtype=bool) if rows is None else rows
        return Counts(passed, int(np.count_nonzero(passed)), by_filter)

    def rows(self, chosen: Chosen) -> Mask:
        """Return which statements pass the filters."""
        rows = _all(self._passing_rows(chosen).values())
        return np.ones(len(self.keys), dtype=bool) if rows is None else rows

    def rows_of(self, keys: Numbers) -> Numbers:
        """Return the rows of the statements with these keys, of those that are public."""
        if not len(self.keys):
            return self._rows_by_key
        at = np.searchsorted(self.keys, keys, sorter=self._rows_by_key)
        rows = self._rows_by_key.take(at, mode="clip")
        return rows[self.keys.take(rows) == keys]

    def in_order_of(self, tiers: Tiers | None, rows: Mask) -> RowNumbers:
        """Return the numbers of these rows, those of a better tier first; within a tier, and where there are
        none, alternating between the programmes."""
        found = self.in_order(rows)
        # A few are sooner put in order than all are gone through in it.
        if 16 * len(found) <= len(rows):
            found = found.take(np.argsort(self._rank.take(found)))
        else:
            parts = [self.alternating[block] for block in self._blocks()]
            found = np.concatenate([part.take(np.flatnonzero(rows.take(part))) for part in parts])
        if tiers is not None:
            found = found.take(np.argsort(tiers.take(found), kind="stable"))
        return found

    def in_order(self, rows: Mask) -> RowNumbers:
        """Return the numbers of these rows, by programme."""
        if _are_few(rows):
            return np.flatnonzero(rows).astype(np.int32)
        found = [np.flatnonzero(rows[block]).astype(np.int32) + block.start for block in self._blocks()]
        return np.concatenate(found)

    def first_of(self, programme: Programme, rows: Mask, number: int) -> list[int]:
        """Return the keys of the first statements of a programme that are in these rows."""
        own = self._slice(programme)
        return [int(key) for key in self.keys[own][rows[own]][:number]]

    def without(self, rows: Mask, keys: Sequence[int]) -> Mask:
        """Return these rows but for those of the statements with these keys."""
        left = rows.copy()
        left[self.rows_of(np.array(keys, dtype=np.int64))] = False
        return left

    def labels_of(self, programme: Programme, rows: Mask) -> dict[str, Counter[str]]:
        """Return for each filter of labels how many statements of the programme in these rows have which."""
        own = self._slice(programme)
        numbers = np.bincount(self._axes[LABELLED][own][rows[own]], minlength=self._sizes[LABELLED])
        return {name: d.count(numbers) for name, d in self.dimensions.items() if d.axis == LABELLED}

    def kinds_by_programme(self, programmes: Iterable[Programme], chosen: Chosen) -> dict[int, Counter[str]]:
        """Return how many statements of each kind pass the filters, by the key of the programme."""
        rows = self.rows(chosen)
        return {programme.pk: self.labels_of(programme, rows)["art"] for programme in programmes}

    def searched(self, chosen: Chosen) -> list[Programme]:
        """Return the programmes that the filters of place, party, programme, year and kind of text leave."""
        passing = self._passing(PROGRAMMES, chosen)
        if passing is None:
            return list(self.programmes)
        return [self.programmes[at] for at in np.flatnonzero(passing).tolist()]

    def places_of(self, chosen: Chosen) -> list[str]:
        """Return the slugs of the places whose texts the filters leave."""
        passing = self._passing(PROGRAMMES, chosen)
        places = self.dimensions["ort"]
        if passing is None:
            return list(places.values)
        left = np.bincount(places.choice[passing[places.at]])
        return [places.values[at] for at in np.flatnonzero(left).tolist()]

    def number_by_programme(self, chosen: Chosen) -> dict[int, int]:
        """Return how many statements of each programme pass the filters, by its key; 0 included."""
        return self._by_key(self._by_programme(_all(self._passing_rows(chosen).values())))

    def topics_by_key(self, keys: Sequence[int]) -> dict[int, list[Topic]]:
        """Return the topics of the public ones among the statements with these keys, main one first."""
        rows = self.rows_of(np.array(keys, dtype=np.int64))
        sets = self._sets.take(self._axes[TOPICS].take(rows))
        columns = (self.keys.take(rows), self._main.take(rows), self._second.take(rows), sets)
        found = zip(*(column.tolist() for column in columns), strict=True)
        return {key: self._in_order_given(main, second, mask) for key, main, second, mask in found}

    def _in_order_given(self, main: int, second: int, mask: int) -> list[Topic]:
        first = [number - 1 for number in (main, second) if number]
        rest = [at for at in range(len(self._topics)) if mask >> at & 1 and at not in first]
        return [self._topics[at] for at in (*first, *rest)]

    def number_by_topic(self, rows: Mask) -> Counter[str]:
        """Return how many of these rows are about each topic, by its slug."""
        return self.dimensions["thema"].count(self._histogram(TOPICS, rows))

    def topics_of_most(self, rows: Mask) -> list[Topic]:
        """Return the main topic of at least half of these rows, of those that have one, and of at least two.

        They are none, one, or two of which each is that of half the rows.
        """
        numbers = self._histogram_of(self._main, len(self._topics) + 1, rows)[1:]
        least = max(2, int(numbers.sum() + 1) // 2)
        return [self._topics[at] for at in np.flatnonzero(numbers >= least).tolist()]

    def topics_of(self, programme: Programme, rows: Mask, *, main: bool = False) -> Counter[str]:
        """The same of one programme; with `main` a statement counts under its main topic alone."""
        own = self._slice(programme)
        wanted = rows[own]
        if main:
            numbers = np.bincount(self._main[own][wanted], minlength=len(self._topics) + 1)
            return Counter({topic.slug: int(numbers[at]) for at, topic in enumerate(self._topics, start=1)})
        return self.dimensions["thema"].count(
            np.bincount(self._axes[TOPICS][own][wanted], minlength=self._sizes[TOPICS])
        )

    def _passing(self, axis: str, chosen: Chosen, ignoring: str = "") -> Mask | None:
        """Where on the axis all its filters hold, None where none is chosen."""
        size = self._sizes[axis]
        masks = [
            dimension.holds(chosen[name], size)
            for name, dimension in self.dimensions.items()
            if dimension.axis == axis and name != ignoring and chosen.get(name)
        ]
        return _all(masks)

    def _passing_rows(self, chosen: Chosen) -> dict[str, Mask | None]:
        """For each axis, which statements pass its filters, None where none is chosen."""
        places = {axis: self._passing(axis, chosen) for axis in self._sizes}
        return {axis: None if mask is None else self._to_rows(axis, mask) for axis, mask in places.items()}

    def _to_rows(self, axis: str, mask: Mask) -> Mask:
        if axis == PROGRAMMES:
            return np.repeat(mask, self._lengths)
        holds = np.empty(len(self.keys), dtype=bool)
        for block in self._blocks():
            holds[block] = mask.take(self._axes[axis][block])
        return holds

    def _histogram(self, axis: str, rows: Mask | None) -> Numbers:
        """How many of these rows, of all where None, are at each place of the axis."""
        return self._histogram_of(self._axes[axis], self._sizes[axis], rows)

    def _histogram_of(self, column: NDArray[Any], size: int, rows: Mask | None) -> Numbers:
        if rows is not None and _are_few(rows):
            return np.bincount(column.take(np.flatnonzero(rows)), minlength=size)
        numbers = np.zeros(size, dtype=np.int64)
        for block in self._blocks():
            places = column[block]
            # Several times as quick as places[rows[block]].
            own = places if rows is None else places.take(np.flatnonzero(rows[block]))
            numbers += np.bincount(own, minlength=len(numbers))
        return numbers

    def _blocks(self) -> Iterator[slice]:
        """All rows, a block at a time."""
        return (slice(start, start + _BLOCK) for start in range(0, len(self.keys), _BLOCK))

    def _by_programme(self, rows: Mask | None) -> Numbers:
        """The same of the programmes, whose rows stand together."""
        if rows is None:
            return self._lengths
        # Eight rows to a byte, and one more byte for what ends with the last: adding up the truth values
        # themselves takes numbers of many times their size.
        packed = np.append(np.packbits(rows, bitorder="little"), np.uint8(0))
        counts = np.bitwise_count(packed)
        before = np.cumsum(counts, dtype=np.int32) - counts
        at, rest = np.divmod(self.ends, 8)
        within = np.bitwise_count(packed.take(at) & ((1 << rest) - 1).astype(np.uint8))
        return np.diff((before.take(at) + within).astype(np.int64), prepend=0)

    def _slice(self, programme: Programme) -> slice:
        at = self.place[programme.pk]
        return slice(int(self.ends[at - 1]) if at else 0, int(self.ends[at]))

    def _by_key(self, numbers: Numbers) -> dict[int, int]:
        return dict(zip(self.place, numbers.tolist(), strict=True))


def _are_few(rows: Mask) -> bool:
    """Whether all of them can be looked up at once."""
    return int(np.count_nonzero(rows)) <= _BLOCK


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: place_in_alphabet(item[1])))


def _all(masks: Iterable[Mask | None]) -> Mask | None:
    """Where all the masks hold; None, which is everywhere, where there is none."""
    result: Mask | None = None
    for mask in masks:
        if mask is not None:
            result = mask if result is None else result & mask
    return result


# --- Kept in the process until any content changes

_kept: dict[int, Columns] = {}
_lock = Lock()


def columns(request: HttpRequest) -> Columns:
    """Return the columns as of the request's version of the data; one query after it changed, and two for
    each programme whose statements aren't packed."""
    version: int = request.version.content  # type: ignore[attr-defined]
    # One thread reads, the others wait for it: all of them at once would need the memory many times.
    with _lock:
        found = _kept.get(version)
        if found is None:
            found = read_columns(directory(request))
            forget()
            _kept[version] = found
    return found


def forget() -> None:
    _kept.clear()


def read_columns(known: Directory) -> Columns:
    topics = [topic.pk for topic in known.unordered_topics]
    rows = read_packed(topics)
    missing = [programme.pk for programme in known.texts if programme.pk not in rows]
    return Columns(known.texts, known.unordered_topics, rows | read_from_statements(missing, topics))
