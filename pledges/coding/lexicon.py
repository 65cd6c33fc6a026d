"""What a word says of a topic: the lexicon of municipal German, matched by the parts of compounds.

The entries' notation is described in pledges/lexicon/README.md.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pledges.coding.words import Word, fold

LEXICON_FOLDER = Path(__file__).resolve().parent.parent / "lexicon"
POINTS = {"strong": 3.0, "plain": 2.0, "weak": 1.0}
TOPICS = (
    "wohnen", "kita", "schule", "jugend-familie", "soziales", "gesundheit", "vielfalt", "mobilitaet", "klima",
    "umwelt", "wirtschaft", "stadtentwicklung", "sicherheit", "sauberkeit", "kultur", "sport", "digitales",
    "verwaltung", "finanzen", "beteiligung", "international",
)  # fmt: skip
# Shorter stems stand inside too many words by chance: "rat" in Beratung.
_SHORTEST_INNER_STEM = 5
_SHORTEST_FIRST_PART = 3
_ENDINGS = frozenset(("", "e", "en", "er", "es", "s", "n", "ern", "em"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A stem found in a statement: word number, the stem, and its points for each topic it speaks for."""

    position: int
    stem: str
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Entries:
    anywhere: dict[str, dict[str, float]]
    beginnings: dict[str, dict[str, float]]
    ends: dict[str, dict[str, float]]
    whole: dict[str, dict[str, float]]
    phrases: dict[str, list[tuple[tuple[str, ...], dict[str, float]]]]
    longest: int


def split_entries(text: str) -> Iterator[str]:
    """The entries of a lexicon field, folded."""
    for entry in text.replace("\n", ",").split(","):
        if entry.strip():
            yield fold(entry.strip())


def _raw_entries() -> Iterator[tuple[str, str, float]]:
    for topic in TOPICS:
        with (LEXICON_FOLDER / f"{topic}.toml").open("rb") as file:
            for strength, text in tomllib.load(file).items():
                yield from ((entry, topic, POINTS[strength]) for entry in split_entries(text))
    with (LEXICON_FOLDER / "neutral.toml").open("rb") as file:
        yield from ((entry, "", 0.0) for entry in split_entries(tomllib.load(file)["words"]))


def _phrase_parts(entry: str) -> tuple[str, ...]:
    return tuple(entry.replace("-", " ").replace("+", " ").split())


@cache
def _entries() -> _Entries:
    anywhere: dict[str, dict[str, float]] = defaultdict(dict)
    beginnings: dict[str, dict[str, float]] = defaultdict(dict)
    ends: dict[str, dict[str, float]] = defaultdict(dict)
    whole: dict[str, dict[str, float]] = defaultdict(dict)
    phrases: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for entry, topic, points in _raw_entries():
        points_of = _place(entry, anywhere, beginnings, ends, whole, phrases)
        if topic:
            points_of[topic] = max(points, points_of.get(topic, 0.0))
    by_first: dict[str, list[tuple[tuple[str, ...], dict[str, float]]]] = defaultdict(list)
    for parts, found in sorted(phrases.items(), key=lambda item: -len(item[0])):
        by_first[parts[0].lstrip("=")[:3]].append((parts, found))
    longest = max(len(stem) for stems in (anywhere, beginnings, ends, whole) for stem in stems)
    return _Entries(dict(anywhere), dict(beginnings), dict(ends), dict(whole), dict(by_first), longest)


def _place(
    entry: str,
    anywhere: dict[str, dict[str, float]],
    beginnings: dict[str, dict[str, float]],
    ends: dict[str, dict[str, float]],
    whole: dict[str, dict[str, float]],
    phrases: dict[tuple[str, ...], dict[str, float]],
) -> dict[str, float]:
    if entry.startswith("-"):
        return ends[entry[1:]]
    if entry.endswith("-"):
        return beginnings[entry[:-1]]
    parts = _phrase_parts(entry)
    if len(parts) > 1:
        return phrases[parts]
    return whole[entry[1:]] if entry.startswith("=") else anywhere[entry]


@lru_cache(maxsize=65536)
def hits_in_word(form: str) -> tuple[tuple[str, Mapping[str, float]], ...]:
    """The stems of one folded word, leftmost and longest first, each letter used once."""
    entries = _entries()
    # A word given as a whole wins over its parts, and a neutral one (no points) silences them.
    if form in entries.whole:
        return ((form, entries.whole[form]),) if entries.whole[form] else ()
    found: list[tuple[str, Mapping[str, float]]] = []
    start = 0
    while start < len(form):
        stem, points = _longest_stem_at(entries, form, start)
        if stem:
            found.append((stem, points))
        start += len(stem) or 1
    return tuple((stem, points) for stem, points in found if points)


def _longest_stem_at(entries: _Entries, form: str, start: int) -> tuple[str, Mapping[str, float]]:
    inner = start > 0
    if inner and start < _SHORTEST_FIRST_PART:
        return "", {}
    for end in range(min(len(form), start + entries.longest), start + 1, -1):
        stem = form[start:end]
        if not inner and stem in entries.beginnings:
            return stem, entries.beginnings[stem]
        if stem in entries.anywhere and (not inner or len(stem) >= _SHORTEST_INNER_STEM):
            return stem, entries.anywhere[stem]
        if inner and stem in entries.ends and form[end:] in _ENDINGS:
            return stem, entries.ends[stem]
    return "", {}


def _phrase_at(words: tuple[Word, ...], position: int) -> tuple[tuple[str, ...], Mapping[str, float]]:
    for parts, points in _entries().phrases.get(words[position].form[:3], ()):
        rest = words[position : position + len(parts)]
        if len(rest) == len(parts) and all(
            _begins(word.form, part) for word, part in zip(rest, parts, strict=True)
        ):
            return parts, points
    return (), {}


def _begins(form: str, part: str) -> bool:
    return form == part[1:] if part.startswith("=") else form.startswith(part)


def hits_in(words: tuple[Word, ...]) -> tuple[Hit, ...]:
    """All stems and phrases in a statement's words, in their order; a phrase hides the stems in it."""
    found: list[Hit] = []
    position = 0
    while position < len(words):
        parts, points = _phrase_at(words, position)
        if parts:
            found.extend([Hit(position, " ".join(parts), points)] if points else [])
        else:
            found.extend(Hit(position, stem, points) for stem, points in hits_in_word(words[position].form))
        position += len(parts) or 1
    return tuple(found)


def topic_points(hits: tuple[Hit, ...]) -> dict[str, float]:
    """Points of each topic over the hits, a stem counted once."""
    points: dict[str, float] = defaultdict(float)
    for stem_points in {hit.stem: hit.points for hit in hits}.values():
        for topic, value in stem_points.items():
            points[topic] += value
    return dict(points)
