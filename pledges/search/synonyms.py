"""Words that mean the same, from synonyms.toml."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pledges.search.words import Word, words_of

_FILE = Path(__file__).resolve().parent / "synonyms.toml"


@dataclass(frozen=True, slots=True)
class Group:
    """Words with one meaning. `beside`: base forms of which one has to be searched along, none for always."""

    name: str
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row, from `start` to before `end`, that mean what a group means: "Bus und Bahn"."""

    group: Group
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Synonyms:
    groups_of: Mapping[str, tuple[Group, ...]]
    runs_from: Mapping[str, tuple[tuple[tuple[frozenset[str], ...], Group], ...]]


@cache
def _synonyms() -> _Synonyms:
    groups_of: dict[str, list[Group]] = defaultdict(list)
    runs_from: dict[str, list] = defaultdict(list)
    for group, words in _groups():
        for parsed in words:
            bases = tuple(frozenset(word.lemmas) for word in parsed)
            for base in bases[0]:
                if len(bases) > 1:
                    runs_from[base].append((bases, group))
                elif group not in groups_of[base]:
                    groups_of[base].append(group)
    return _Synonyms(
        {base: tuple(groups) for base, groups in groups_of.items()},
        {base: tuple(runs) for base, runs in runs_from.items()},
    )


def _groups() -> Iterator[tuple[Group, list[list[Word]]]]:
    """The groups, each with its words cut; a word of `beside` stands for all of its own groups."""
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)["same"]
    cut = [[words_of(word) for word in (*entry["words"], *entry.get("english", ()))] for entry in entries]
    for entry, words in zip(entries, cut, strict=True):
        beside = {base for word in entry.get("beside", ()) for base in words_of(word)[0].lemmas}
        for others in cut:
            bases = {base for parsed in others if len(parsed) == 1 for base in parsed[0].lemmas}
            beside |= (
                bases if "beside" in entry and not bases.isdisjoint(beside) and others is not words else set()
            )
        yield Group(words[0][0].form, frozenset(beside)), words


@cache
def spellings() -> dict[str, str]:
    """The single words of all groups by their folded form, as they are spelt here."""
    with _FILE.open("rb") as file:
        words = [word for entry in tomllib.load(file)["same"] for word in entry["words"]]
    return {parsed[0].form: word for word in words if len(parsed := words_of(word)) == 1}


def groups_of(lemmas: Iterable[str]) -> tuple[Group, ...]:
    """Return the groups that base forms of one word belong to."""
    known = _synonyms().groups_of
    return tuple(dict.fromkeys(group for lemma in lemmas for group in known.get(lemma, ())))


def may_run(lemmas: Iterable[str], meanings: Set[str]) -> bool:
    """Whether a word with these base forms may begin words in a row that mean one of the groups among
    `meanings`, each there as its name behind "#"."""
    runs_from = _synonyms().runs_from
    return any(f"#{group.name}" in meanings for lemma in lemmas for _bases, group in runs_from.get(lemma, ()))


def runs_in(words: Sequence[Word]) -> list[Run]:
    """Return where words in a row belong to a group, each by its base form or as a part of a compound."""
    found = []
    for start, word in enumerate(words):
        for base in word.lemmas:
            for bases, group in _synonyms().runs_from.get(base, ()):
                if _stands(bases, words[start : start + len(bases)]):
                    found.append(Run(group, start, start + len(bases)))
    return found


def _stands(bases: Sequence[frozenset[str]], words: Sequence[Word]) -> bool:
    return len(bases) == len(words) and all(
        not base.isdisjoint((*word.lemmas, *(lemma for part in word.parts for lemma in part.lemmas)))
        for base, word in zip(bases, words, strict=True)
    )
