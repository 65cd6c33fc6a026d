"""What is known of programmes before they are read: places, parties, elections, topics, programmes.

The lists are TOML files; see fixtures/programmes.toml. Entries are checked before anything is stored.
"""

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

PROGRAMME_KINDS = ("programme", "vision", "cooperation", "excerpt", "digest")


class CatalogueError(ValueError):
    """An entry of the list is wrong; the message names file, entry and what to do."""


@dataclass(frozen=True)
class PlaceEntry:
    slug: str
    name: str
    municipality_key: str


@dataclass(frozen=True)
class PartyEntry:
    slug: str
    name: str
    short_name: str
    colour: str


@dataclass(frozen=True)
class ElectionEntry:
    slug: str
    place: str
    title: str
    date: datetime.date


@dataclass(frozen=True)
class TopicEntry:
    slug: str
    name_de: str
    name_en: str
    covers_de: str
    covers_en: str


@dataclass(frozen=True)
class ProgrammeEntry:
    slug: str
    kind: str
    title: str
    short_title: str
    parties: list
    place: str
    year: int
    file: str = ""
    language: str = "de"
    election: str = ""
    date: datetime.date | None = None
    date_note_de: str = ""
    date_note_en: str = ""
    whole: bool = True
    digest_of: str = ""


@dataclass(frozen=True)
class Catalogue:
    places: tuple[PlaceEntry, ...]
    parties: tuple[PartyEntry, ...]
    elections: tuple[ElectionEntry, ...]
    topics: tuple[TopicEntry, ...]
    programmes: tuple[ProgrammeEntry, ...]


_TABLES = {
    "place": PlaceEntry,
    "party": PartyEntry,
    "election": ElectionEntry,
    "topic": TopicEntry,
    "programme": ProgrammeEntry,
}


def read_catalogue(*paths: Path) -> Catalogue:
    """Read and check the lists. Raises CatalogueError, naming the entry, or OSError."""
    found: dict[str, list] = {name: [] for name in _TABLES}
    for path in paths:
        for name, rows in _parse(path).items():
            if name not in _TABLES:
                raise CatalogueError(f"{path.name}: unknown table [[{name}]]; known are {_listed(_TABLES)}.")
            found[name] += [
                _entry(_TABLES[name], row, f"{path.name}, [[{name}]] {row.get('slug', '?')}") for row in rows
            ]
    catalogue = Catalogue(*(tuple(found[name]) for name in _TABLES))
    _check_references(catalogue)
    return catalogue


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} is no TOML: {error}") from error


def _entry(entry_class: type, row: Mapping[str, Any], where: str) -> Any:
    known = {field.name: field for field in fields(entry_class)}
    if unknown := set(row) - set(known):
        raise CatalogueError(f"{where}: unknown key {_listed(unknown)}; known are {_listed(known)}.")
    required = {name for name, field in known.items() if field.default is MISSING}
    if missing := required - set(row):
        raise CatalogueError(f"{where}: {_listed(missing)} is missing.")
    types = get_type_hints(entry_class)
    for name, value in row.items():
        if not isinstance(value, types[name]):
            raise CatalogueError(f"{where}: {name} = {value!r} has the wrong type.")
    return entry_class(**row)


def _check_references(catalogue: Catalogue) -> None:
    places = {entry.slug for entry in catalogue.places}
    parties = {entry.slug for entry in catalogue.parties}
    elections = {entry.slug for entry in catalogue.elections}
    programmes = {entry.slug for entry in catalogue.programmes}
    for election in catalogue.elections:
        _require(places, [election.place], f"[[election]] {election.slug}: place")
    for programme in catalogue.programmes:
        where = f"[[programme]] {programme.slug}:"
        _require(PROGRAMME_KINDS, [programme.kind], f"{where} kind")
        _require(places, [programme.place], f"{where} place")
        _require(parties, programme.parties, f"{where} parties")
        _require(elections, filter(None, [programme.election]), f"{where} election")
        _require(programmes, filter(None, [programme.digest_of]), f"{where} digest_of")


def _require(known: Iterable[str], wanted: Iterable[str], where: str) -> None:
    if unknown := set(wanted) - set(known):
        raise CatalogueError(f"{where} {_listed(unknown)} is not in the list; known are {_listed(known)}.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
