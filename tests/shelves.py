"""Shelves made for a test: a folder of programmes like fixtures/, only small."""

import datetime
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

Row = dict[str, Any]


@dataclass
class Shelf:
    """What is in the folder; `write` makes it. `tables`: the lists of programmes.toml by their names."""

    tables: dict[str, list[Row]]
    texts: dict[str, str]
    codings: list[Row] = field(default_factory=list)
    verdicts: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        codings = folder / "codings"
        codings.mkdir(exist_ok=True)
        shutil.copy(settings.BASE_DIR / "fixtures" / "topics.toml", folder)
        lists = [f"[[{name}]]\n{_toml(row)}" for name, rows in self.tables.items() for row in rows]
        (folder / "programmes.toml").write_text("\n".join(lists), encoding="utf-8")
        for name, text in self.texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        for name, rows in (
            ("statements", self.codings),
            ("digest", self.verdicts),
            ("relations", self.relations),
        ):
            lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
            (codings / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return folder

    def entry(self, table: str, slug: str) -> Row:
        return next(row for row in self.tables[table] if row["slug"] == slug)


def _toml(row: Row) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in row.items())


def _value(value: object) -> str:
    # JSON writes strings, numbers, booleans and lists as TOML does; it has no dates.
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False)


def coding(key: str, text: str, kind: str = "pledge", **labels: Any) -> Row:
    """A row of statements.jsonl; `key` like "alpha-2025/1"."""
    row = {
        "doc": key.split("/")[0],
        "id": key,
        "text": text,
        "kind": kind,
        "commitment": "firm" if kind == "pledge" else None,
        "measurable": False,
        "topics": ["wohnen"] if kind != "context" else [],
        "contested": False,
    }
    return row | labels


HOUSING = "Wir bauen jedes Jahr 200 neue Wohnungen am Hafen."
NURSERY = "Die Gebühren für die Kita schaffen wir ab."
ENTRY = "Der Eintritt ins Museum wird frei."
HOUSING_TOO = "Am Hafen entstehen jedes Jahr 150 neue Wohnungen."
NO_HOUSING = "Wir bauen am Hafen keine Wohnungen."
BEDS = "Unsere Stadt braucht Bänke & Beete <vor> jedem Haus."


def musterstadt() -> Shelf:
    """Two towns; a programme, one of another party, a joint paper, an excerpt, a programme that nobody has
    read yet, a digest, and a party without any text."""
    return Shelf(
        tables={
            "place": [
                {"slug": "musterstadt", "name": "Musterstadt", "municipality_key": "00000001"},
                {"slug": "nebenstadt", "name": "Nebenstadt", "municipality_key": "00000002"},
            ],
            "party": [
                {"slug": "alpha", "name": "Liste Alpha", "short_name": "ALPHA", "colour": "#112233"},
                {"slug": "beta", "name": "Gruppe Beta", "short_name": "BETA", "colour": "#445566"},
                {"slug": "gamma", "name": "Gamma e.V.", "short_name": "GAMMA", "colour": "#778899"},
                {"slug": "delta", "name": "die Delta", "short_name": "die Delta", "colour": "#aabbcc"},
            ],
            "election": [
                {
                    "slug": "musterstadt-2025",
                    "place": "musterstadt",
                    "title": "Kommunalwahl 2025",
                    "date": datetime.date(2025, 9, 14),
                }
            ],
            "programme": [
                programme("alpha-2025", "ALPHA 2025", ["alpha"], election="musterstadt-2025"),
                programme("beta-2025", "BETA 2025", ["beta"], election="musterstadt-2025"),
                programme("beta-alpha-2023", "BETA + ALPHA 2023", ["beta", "alpha"], kind="cooperation"),
                programme("beta-2020", "BETA 2020 (Auszug)", ["beta"], kind="excerpt", whole=False),
                programme("delta-2025", "die Delta 2025", ["delta"], file=""),
                programme("delta-nebenstadt", "die Delta Nebenstadt", ["delta"], place="nebenstadt"),
                programme(
                    "alpha-digest",
                    "ALPHA 2025, English digest",
                    ["alpha"],
                    kind="digest",
                    digest_of="alpha-2025",
                    language="en",
                    whole=False,
                ),
            ],
        },
        texts={
            "alpha-2025.md": f"# Wohnen\n\n{HOUSING} Wohnen ist teuer.\n\n# Kinder\n\n{NURSERY}\n",
            "beta-2025.md": f"# Am Hafen\n\n{HOUSING_TOO}\n\n# Kultur\n\n{ENTRY} {BEDS}\n",
            "beta-alpha-2023.md": f"# Gemeinsam\n\n{NO_HOUSING}\n",
            "beta-2020.md": "# Kultur\n\nWir geben dem Theater mehr Geld.\n",
            "delta-nebenstadt.md": "# Wohnen\n\nWir bauen 20 Wohnungen in Nebenstadt.\n",
            "alpha-digest.md": "200 new flats a year at the port.\nFree ice cream for all.\n",
        },
        codings=[
            coding("alpha-2025/1", HOUSING, measurable=True),
            coding("alpha-2025/2", "Wohnen ist teuer.", kind="context"),
            coding("alpha-2025/3", NURSERY, topics=["kita"]),
            coding("beta-2025/1", HOUSING_TOO, measurable=True, topics=["wohnen", "stadtentwicklung"]),
            coding("beta-2025/2", ENTRY, topics=["kultur"]),
            coding("beta-alpha-2023/1", NO_HOUSING, commitment="rejection", contested=True),
        ],
        verdicts=[
            verdict("alpha-digest/1", "200 new flats a year at the port.", ["alpha-2025/1"]),
            verdict("alpha-digest/2", "Free ice cream for all.", [], "fabricated"),
        ],
        relations=[
            {"a": "alpha-2025/1", "b": "beta-2025/1", "relation": "same_measure", "note": ""},
            {"a": "beta-alpha-2023/1", "b": "alpha-2025/1", "relation": "conflict", "note": ""},
            {"a": "alpha-2025/3", "b": "beta-2025/2", "relation": "unrelated", "note": ""},
        ],
    )


def programme(slug: str, short_title: str, parties: list[str], **more: Any) -> Row:
    entry = {
        "slug": slug,
        "short_title": short_title,
        "title": f"Was wir vorhaben: {short_title}",
        "parties": parties,
        "place": "musterstadt",
        "kind": "programme",
        "year": 2025,
        "whole": True,
        "file": f"{slug}.md",
    }
    entry |= more
    return {name: value for name, value in entry.items() if value != ""}


def verdict(key: str, text: str, sources: list[str], verdict: str = "faithful") -> Row:
    doc = key.split("/")[0]
    return {
        "doc": doc,
        "id": key,
        "text": text,
        "sources": sources,
        "verdict": verdict,
        "note": "",
        "note_de": "",
    }
