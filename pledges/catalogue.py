"""What is known of programmes before they are read: places, parties, elections, topics, programmes.

The lists are TOML files; see fixtures/programmes.toml. Entries are checked before anything is stored.
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

PROGRAMME_KINDS = ("programme", "vision", "cooperation", "excerpt", "digest")


class CatalogueError(ValueError):
    """An entry is wrong; the message names it, with its file if it has one, and what to do.

    Where it is a value by itself, `name` is the value's and `code` says what is wrong with it.
    """

    def __init__(self, message: str, name: str = "", code: str = "") -> None:
        super().__init__(message)
        self.name, self.code = name, code


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
    source_url: str = ""
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
_FORMS = {
    "slug": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "lower-case letters, digits and single hyphens"),
    "municipality_key": (re.compile(r"[0-9]{8}"), "eight digits"),
    "colour": (re.compile(r"#[0-9A-Fa-f]{6}"), "a hash sign and six hexadecimal digits"),
    "source_url": (re.compile(r"(https?://\S+)?"), "an address that begins with https:// or http://"),
    "language": (re.compile(r"[a-z]{2}"), "two letters, such as de"),
}
# What the columns hold; SQLite would take more, PostgreSQL would not.
LONGEST = {
    "place": {"slug": 50, "name": 100},
    "party": {"slug": 50, "name": 200, "short_name": 40},
    "election": {"slug": 50, "title": 200},
    "topic": {"slug": 50, "name_de": 80, "name_en": 80},
    "programme": {
        "slug": 80, "title": 300, "short_title": 80, "date_note_de": 300, "date_note_en": 300,
        "source_url": 500,
    },
}  # fmt: skip
YEARS = range(1900, 2101)

Found = dict[str, list[tuple[str, Any]]]
"""The entries of each table, each with the words for where it stands."""


def read_catalogue(*paths: Path) -> Catalogue:
    """Read and check the lists. Raises CatalogueError, naming file and entry, or OSError."""
    found: Found = {name: [] for name in _TABLES}
    for path in paths:
        for name, rows in _parse(path).items():
            if name not in _TABLES:
                raise CatalogueError(f"{path.name}: unknown table [[{name}]]; known are {_listed(_TABLES)}.")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise CatalogueError(
                    f"{path.name}: {name} has to be a list of tables, each under [[{name}]]."
                )
            for row in rows:
                where = f"{path.name}, [[{name}]] {row.get('slug', '?')}:"
                found[name].append((where, _entry(name, row, where)))
    _check_slugs(found)
    _check_references(found)
    for where, programme in found["programme"]:
        _check_as_a_whole(programme, where)
    return Catalogue(*(tuple(entry for _where, entry in found[name]) for name in _TABLES))


def check_programme(programme: ProgrammeEntry) -> None:
    """Check an entry by itself, without what it refers to. Raises CatalogueError with `name` and `code`."""
    values = {field.name: getattr(programme, field.name) for field in fields(programme)}
    _check_complete(ProgrammeEntry, values, where="")
    for name, value in values.items():
        _check_form("programme", name, value, where="")
    _check_as_a_whole(programme, where="")


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} is no TOML: {error}") from error


def _entry(table: str, row: Mapping[str, Any], where: str) -> Any:
    entry_class = _TABLES[table]
    known = {field.name: field for field in fields(entry_class)}
    if unknown := set(row) - set(known):
        raise CatalogueError(f"{where} unknown key {_listed(unknown)}; known are {_listed(known)}.")
    _check_complete(entry_class, row, where)
    types = get_type_hints(entry_class)
    for name, value in row.items():
        if not _is_of_type(value, types[name]):
            raise CatalogueError(f"{where} {name} = {value!r} has the wrong type.")
        _check_form(table, name, value, where)
    return entry_class(**row)


def _check_complete(entry_class: type, row: Mapping[str, Any], where: str) -> None:
    required = [field.name for field in fields(entry_class) if field.default is MISSING]
    missing = [name for name in required if row.get(name, "") == [] or not str(row.get(name, "")).strip()]
    if missing:
        raise CatalogueError(f"{where} {_listed(missing)} is missing.".strip(), missing[0], "missing")


def _is_of_type(value: object, wanted: Any) -> bool:
    """Python counts a bool as an int and a point in time as a date; a list here holds strings."""
    if isinstance(value, list):
        return wanted is list and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, wanted) and not isinstance(value, datetime.datetime)


def _check_form(table: str, name: str, value: object, where: str) -> None:
    if not isinstance(value, str):
        return
    pattern, words = _FORMS.get(name, (None, ""))
    if pattern and not pattern.fullmatch(value):
        raise CatalogueError(f"{where} {name} = {value!r} has to be {words}.".strip(), name, "form")
    if len(value) > (longest := LONGEST[table].get(name, len(value))):
        said = f"{where} {name} has {len(value)} letters; {longest} is the most."
        raise CatalogueError(said.strip(), name, "too_long")


def _check_slugs(found: Found) -> None:
    for entries in found.values():
        seen = set[str]()
        for where, entry in entries:
            if entry.slug in seen:
                raise CatalogueError(f"{where} stands twice; a slug may stand only once in its table.")
            seen.add(entry.slug)


def _check_references(found: Found) -> None:
    slugs = {name: {entry.slug for _where, entry in entries} for name, entries in found.items()}
    for where, election in found["election"]:
        _require(slugs["place"], [election.place], f"{where} place")
    place_of = {election.slug: election.place for _where, election in found["election"]}
    for where, programme in found["programme"]:
        _require(slugs["place"], [programme.place], f"{where} place")
        _require(slugs["party"], programme.parties, f"{where} parties")
        _require(slugs["election"], filter(None, [programme.election]), f"{where} election")
        if place_of.get(programme.election, programme.place) != programme.place:
            raise CatalogueError(f"{where} election {programme.election} is of another place.")
        texts = {entry.slug for _where, entry in found["programme"] if entry.kind != "digest"}
        _require(texts, filter(None, [programme.digest_of]), f"{where} digest_of")


def _check_as_a_whole(programme: ProgrammeEntry, where: str) -> None:
    kind, parties = programme.kind, programme.parties
    wrong = [
        ("kind", f"kind {kind} is not in the list; known are {_listed(PROGRAMME_KINDS)}",
         kind not in PROGRAMME_KINDS),
        ("digest_of", "a digest has to name what it sums up: digest_of",
         kind == "digest" and not programme.digest_of),
        ("digest_of", "only a digest has a digest_of", kind != "digest" and bool(programme.digest_of)),
        ("whole", "an excerpt has to say whole = false", kind == "excerpt" and programme.whole),
        ("parties", "a party stands twice in parties", len(set(parties)) < len(parties)),
        ("year", f"year = {programme.year} is no year of our time", programme.year not in YEARS),
    ]  # fmt: skip
    for name, words, is_wrong in wrong:
        if is_wrong:
            raise CatalogueError(f"{where} {words}.".strip(), name, "wrong")


def _require(known: Iterable[str], wanted: Iterable[str], where: str) -> None:
    if unknown := set(wanted) - set(known):
        raise CatalogueError(f"{where} {_listed(unknown)} is not in the list; known are {_listed(known)}.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
