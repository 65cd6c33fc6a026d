"""Which verb stands in a statement, in which form, and what it tells of a plan."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pledges.coding.lexicon import LEXICON_FOLDER, split_entries

VerbForm = Literal["infinitive", "zu-infinitive", "participle", "stem"]

_IRREGULAR_PRESENT = {
    "halten": "hält", "treten": "tritt", "geben": "gibt", "nehmen": "nimmt", "werben": "wirbt",
    "lassen": "lässt", "laden": "lädt", "sehen": "sieht", "tragen": "trägt", "treffen": "trifft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word as a verb: its class ("action", "striving", "review", "state") and form."""

    infinitive: str
    meaning: str
    form: VerbForm


@dataclass(frozen=True, slots=True)
class _Verb:
    prefix: str
    base: str
    participle: str

    @property
    def infinitive(self) -> str:
        return self.prefix + self.base


def _parse(entry: str) -> _Verb:
    infinitive, _, participle = entry.partition("/")
    prefix, _, base = infinitive.rpartition("|")
    prefix = prefix.replace("|", "")
    return _Verb(prefix, base, participle or f"{prefix}ge{_stem(base)}t")


def _stem(base: str) -> str:
    stem = base[:-2] if base.endswith("en") else base[:-1]
    return stem + "e" if stem.endswith(("t", "d")) else stem


def _third_person(base: str) -> str:
    return _IRREGULAR_PRESENT.get(base) or f"{_stem(base)}t"


@cache
def _verbs() -> tuple[tuple[str, _Verb], ...]:
    with (LEXICON_FOLDER / "verbs.toml").open("rb") as file:
        fields = tomllib.load(file)
    return tuple(
        (meaning, _parse(entry))
        for meaning, text in fields.items()
        for entry in split_entries(text)
        if " " not in entry
    )


@cache
def _readings() -> dict[str, tuple[Reading, ...]]:
    readings: dict[str, list[Reading]] = defaultdict(list)
    for meaning, verb in _verbs():
        zu = f"{verb.prefix}zu{verb.base}" if verb.prefix else ""
        forms: tuple[tuple[str, VerbForm], ...] = (
            (verb.infinitive, "infinitive"), (zu, "zu-infinitive"), (verb.participle, "participle")
        )  # fmt: skip
        for form, kind in forms:
            if form:
                readings[form].append(Reading(verb.infinitive, meaning, kind))
        if not verb.prefix:
            readings[_third_person(verb.base)].append(Reading(verb.infinitive, meaning, "stem"))
    return {form: tuple(found) for form, found in readings.items()}


@cache
def _separated() -> dict[tuple[str, str], Reading]:
    found: dict[tuple[str, str], Reading] = {}
    for meaning, verb in _verbs():
        if verb.prefix:
            reading = Reading(verb.infinitive, meaning, "stem")
            found.setdefault((verb.base, verb.prefix), reading)
            found.setdefault((_third_person(verb.base), verb.prefix), reading)
    return found


@cache
def separable_prefixes() -> frozenset[str]:
    """All separable prefixes of the list ("aus", "ein", "bereit")."""
    return frozenset(prefix for _, prefix in _separated())


def readings_of(form: str) -> tuple[Reading, ...]:
    """The readings of one folded word form, none for an unknown one."""
    return _readings().get(form, ())


def separated_reading(finite: str, prefix: str) -> Reading | None:
    """The verb whose finite part and prefix stand apart: ("bauen", "aus") is ausbauen."""
    return _separated().get((finite, prefix))
