"""German compounds into their parts: Schulsozialarbeit into Schule, sozial, Arbeit.

A word falls into a first part and a head where the dictionary knows both as parts of many nouns, and each of
these again. Where in doubt a word stays whole: "Unterkunft" is no "Kunft", and a wrong part finds nonsense.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path

from pledges.search.lexicon import Lexicon

_LINKS = ("s", "es")
_NEEDS_S = ("ung", "heit", "keit", "schaft", "taet", "ion", "tum", "ling")
_SHORTEST_WORD = 6
_SHORTEST_PART = 3
_LONGEST_WORD = 60
_LONG_END = 6
_ROOT = 40
"""A word that is part of so many nouns itself (Verbrauch, Zentrum) is a root."""
_GIVEN = 9.0
"""What a part is worth that compounds.toml names."""
_OFTEN = {3: 4, 4: 4, 5: 4, 6: 2, 7: 2}
"""A part of fewer nouns than these is chance, by its letters; a longer one is none."""
_OFTEN_WITHOUT_E = {3: 15, 4: 12}
_ENDINGS = ("", "e", "er", "es", "en", "em")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a folded word, `word[start:end]`, and the base forms that it may have."""

    start: int
    end: int
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """compounds.toml: `first` are first parts that are no nouns, with their base form."""

    short: frozenset[str]
    no_head: frozenset[str]
    no_first: frozenset[str]
    whole: frozenset[str]
    adjectives: frozenset[str]
    first: Mapping[str, str]


@cache
def rules() -> Rules:
    with (Path(__file__).parent / "compounds.toml").open("rb") as file:
        lists = tomllib.load(file)
    return Rules(
        short=frozenset(lists["short"].split()),
        no_head=frozenset(lists["no_head"].split()),
        no_first=frozenset(lists["no_first"].split()),
        whole=frozenset(lists["whole"].split()),
        adjectives=frozenset(lists["adjectives"].split()),
        first=lists["first"],
    )


def split(word: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """Return the smallest parts of a folded word, in order; none where it is no compound."""
    if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD:
        return ()
    splitter = _Splitter(word, lexicon)
    parts = tuple(splitter.parts(0, len(word)))
    return parts if len(parts) > 1 else tuple(splitter.known_end())


@lru_cache(maxsize=256)
def first_part(form: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the base forms of what stands before a suspended hyphen: Schule of "Schul-"; none if unknown."""
    firsts = _Splitter(form, lexicon).firsts(0, len(form))
    return firsts[0][1] if firsts else ()


class _Splitter:
    """Looks the pieces of one word up at once; a piece is known by where it starts and ends."""

    def __init__(self, word: str, lexicon: Lexicon) -> None:
        pieces = {
            word[start:end]
            for start in range(len(word) - _SHORTEST_PART + 1)
            for end in range(start + _SHORTEST_PART, len(word) + 1)
        }
        self.word = word
        self.entries = lexicon.german(pieces | {f"{piece}e" for piece in pieces})
        self._best: dict[tuple[int, int], tuple[int, float] | None] = {}

    def parts(self, start: int, end: int) -> Iterator[Part]:
        """The parts of a piece that ends a word, one where it is whole; none where it is no word."""
        best = self._division(start, end)
        if best is None:
            lemmas = self._head(start, end)[0]
            yield Part(start, end, lemmas)
            return
        yield from self._first_parts(start, best[0])
        yield from self.parts(best[0], end)

    def known_end(self) -> Iterator[Part]:
        """An unknown word that ends in a known one, which is long enough to be no chance: a name's street."""
        if self.word in self.entries:
            return
        for at in range(_SHORTEST_PART, len(self.word) - _LONG_END + 1):
            if self._head(at, len(self.word))[1] or self._division(at, len(self.word)):
                yield Part(0, at, (self.word[:at],))
                yield from self.parts(at, len(self.word))
                return

    def _first_parts(self, start: int, end: int) -> Iterator[Part]:
        for bare_end, lemmas, _worth in self.firsts(start, end):
            division = self._division(start, bare_end)
            if division is None:
                yield Part(start, bare_end, lemmas)
            else:
                yield from self._first_parts(start, division[0])
                yield from self.parts(division[0], bare_end)
            return

    def _division(self, start: int, end: int) -> tuple[int, float] | None:
        """Where a piece falls into first part and head, and how good that is; None where it doesn't."""
        if (start, end) not in self._best:
            self._best[start, end] = self._find_division(start, end)
        return self._best[start, end]

    def _find_division(self, start: int, end: int) -> tuple[int, float] | None:
        if end - start < _SHORTEST_WORD or self._stays_whole(self.word[start:end]):
            return None
        found = []
        for at in range(start + _SHORTEST_PART, end - _SHORTEST_PART + 1):
            head = self._head_worth(at, end)
            first = self._first_worth(start, at) if head else 0.0
            if first:
                found.append((at, first + head))
        return max(found, key=lambda division: division[1], default=None)

    def _stays_whole(self, piece: str) -> bool:
        entry = self.entries.get(piece)
        nouns = entry.nouns if entry else ()
        is_root = entry is not None and bool(nouns) and entry.as_head + entry.as_first >= _ROOT
        return is_root or not rules().whole.isdisjoint((piece, *nouns))

    def _head_worth(self, start: int, end: int) -> float:
        _lemmas, worth = self._head(start, end)
        if worth:
            return worth
        division = self._division(start, end)
        return division[1] / 3 if division else 0.0

    def _first_worth(self, start: int, end: int) -> float:
        return max((worth for _end, _lemmas, worth in self.firsts(start, end)), default=0.0)

    def _head(self, start: int, end: int) -> tuple[tuple[str, ...], float]:
        """The base forms of a piece as the last part, and what it is worth as such, 0 where it is none."""
        piece = self.word[start:end]
        if adjective := adjective_of(piece):
            return (adjective,), _GIVEN
        entry = self.entries.get(piece)
        if entry is None or not entry.nouns:
            return (piece,), 0.0
        if not _may_be_part(piece) or not rules().no_head.isdisjoint((piece, *entry.nouns)):
            return entry.nouns, 0.0
        return entry.nouns, _worth(entry.as_head, len(piece))

    def firsts(self, start: int, end: int) -> list[tuple[int, tuple[str, ...], float]]:
        """What a piece may be as the first part: end without its link, base forms, worth; best first."""
        piece = self.word[start:end]
        if piece in rules().first:
            return [(end, (rules().first[piece],), _GIVEN)]
        found = [] if piece.endswith(_NEEDS_S) else self._noun_as_first(piece, end)
        for link in _LINKS:
            bare = piece.removesuffix(link)
            if bare != piece and len(bare) >= _SHORTEST_PART:
                found += self._noun_as_first(bare, end - len(link))
        return sorted(found + self._shortened(piece, end), key=lambda first: -first[2])

    def _noun_as_first(self, bare: str, end: int) -> list[tuple[int, tuple[str, ...], float]]:
        entry = self.entries.get(bare)
        if not _may_be_part(bare) or not rules().no_first.isdisjoint((bare, *(entry.nouns if entry else ()))):
            return []
        if self._stays_whole(bare):
            return [(end, (entry and entry.nouns) or (bare,), _GIVEN)]
        if entry is not None and entry.nouns and (worth := _worth(entry.as_first, len(bare))):
            return [(end, entry.nouns, worth)]
        division = self._division(end - len(bare), end)
        return [(end, (entry and entry.nouns) or (bare,), division[1] / 2)] if division else []

    def _shortened(self, piece: str, end: int) -> list[tuple[int, tuple[str, ...], float]]:
        """Schul-, Miet-: the noun's own -e is gone; in Kommunal-, Gleich- it never was one."""
        entry, itself = self.entries.get(f"{piece}e"), self.entries.get(piece)
        is_noun = itself is not None and bool(itself.nouns)
        if entry is None or is_noun or not _may_be_part(piece) or piece in rules().no_first:
            return []
        if entry.as_first < _OFTEN_WITHOUT_E.get(len(piece), 4):
            return []
        lemmas = (*entry.nouns, *(itself.others if itself else ()))
        return [(end, lemmas, _worth(entry.as_first, len(piece)))]


def _may_be_part(piece: str) -> bool:
    return len(piece) > _SHORTEST_PART or piece in rules().short


def adjective_of(piece: str) -> str:
    """Return the base form of an adjective that heads compounds (gebührenfrei), "" for other pieces."""
    stems = (piece.removesuffix(ending) for ending in _ENDINGS if piece.endswith(ending))
    return next((stem for stem in stems if stem in rules().adjectives), "")


def _worth(nouns: int, length: int) -> float:
    """More for what is part of many nouns, and for longer words, which are less likely chance."""
    return log(nouns + 1) + min(length, 8) / 2 if nouns >= _OFTEN.get(length, 0) else 0.0
