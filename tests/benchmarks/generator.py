"""A portal of 400 towns, made for measuring: real German sentences, cut and joined anew, with their labels.

    python -m tests.benchmarks.generator FILE [--statements 350000] [--seed 2025]

writes an SQLite database. The same seed and size give the same rows. The towns and their lists are made up.
"""

import argparse
import hashlib
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BEGINNINGS = "Alten Ahorn Birken Buchen Eichen Erlen Falken Fichten Finken Grün Hasel Hirsch Kirch Klein"
BEGINNINGS += " Linden Mühl Neuen Ober Reh Tannen"
ENDINGS = "au bach berg born brück burg dorf feld furt hagen hausen heim hofen kirchen rode scheid stadt"
ENDINGS += " stein tal wald"
TEXTS = [
    # party, kind, year, how much longer than others
    (("spd",), "programme", 2025, 1.6),
    (("cdu",), "programme", 2025, 1.4),
    (("gruene",), "programme", 2025, 1.3),
    (("dos",), "vision", 2020, 0.5),
    (("gruene", "cdu"), "cooperation", 2023, 0.9),
    (("liste",), "excerpt", 2020, 0.3),
]
A_SECTION = 18
NOW = "2025-09-01 10:00:00"

# The triggers that hold what is verbatim want a document before its parts.
ORDER = [
    "pledges_place", "pledges_party", "pledges_election", "sources_document", "sources_section",
    "sources_passage", "pledges_programme", "pledges_authorship", "pledges_statement",
    "pledges_statementtopic", "pledges_coding", "pledges_codingtopic", "pledges_target", "pledges_relation",
]  # fmt: skip

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the fixtures, in two halves where there is a comma between."""

    text: str
    halves: tuple[str, str] | None
    kind: str
    commitment: str
    measurable: bool
    topics: tuple[str, ...]


@dataclass
class Tables:
    """Rows by table, each with its columns; keys are counted here."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    next_key: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> int:
        key = self.next_key.get(table, 0) + 1
        self.next_key[table] = key
        self.columns.setdefault(table, ("id", *values))
        self.rows.setdefault(table, []).append((key, *values.values()))
        return key


def sentences() -> list[Sentence]:
    lines = (ROOT / "fixtures/codings/statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [sentence(json.loads(line)) for line in lines]


def sentence(row: dict[str, Any]) -> Sentence:
    found = re.match(r"(.{25,}?), (.{25,})$", row["text"], re.S)
    return Sentence(
        row["text"],
        (found[1], found[2]) if found else None,
        row["kind"],
        row["commitment"] or "",
        row["measurable"],
        tuple(row["topics"]),
    )


def towns(number: int) -> list[str]:
    names = [begin + end for begin, end in product(BEGINNINGS.split(), ENDINGS.split())]
    return random.Random(0).sample(names, number)


def slug_of(name: str) -> str:
    return name.lower().replace("ü", "ue").replace("ö", "oe").replace("ä", "ae").replace("+", "-")


def lengths(number: int, statements: int, draw: random.Random) -> list[int]:
    """How many statements each of so many programmes has, in all as many as asked for, at least ten each."""
    weights = [TEXTS[at % len(TEXTS)][3] * draw.uniform(0.5, 1.8) for at in range(number)]
    rest = statements - 10 * number
    found = [10 + int(rest * weight / sum(weights)) for weight in weights]
    found[0] += statements - sum(found)
    return found


class Generator:
    """Makes the rows programme by programme, so that they never all are in memory at once."""

    def __init__(self, statements: int, number_of_towns: int, seed: int, topics: dict[str, int]) -> None:
        self.draw = random.Random(seed)
        self.sentences = sentences()
        self.with_halves = [s for s in self.sentences if s.halves]
        self.topics = topics
        self.towns = towns(number_of_towns)
        self.lengths = lengths(number_of_towns * len(TEXTS), statements, self.draw)
        self.tables = Tables()
        self.parties: dict[str, int] = {}

    def parts(self) -> Iterator[Tables]:
        """Yield the tables town by town; the rows of a town are to be taken before the next is made."""
        for slug, name, colour in (
            ("spd", "SPD", "#E3000F"),
            ("cdu", "CDU", "#151518"),
            ("gruene", "GRÜNE", "#1AA037"),
            ("dos", "DOS", "#F28C00"),
        ):
            self.parties[slug] = self.tables.add(
                "pledges_party", slug=slug, name=name, short_name=name, colour=colour
            )
        for number, name in enumerate(self.towns):
            self.add_town(number, name)
            yield self.tables
            self.tables.rows = {}

    def add_town(self, number: int, name: str) -> None:
        slug = slug_of(name)
        place = self.tables.add(
            "pledges_place", slug=slug, name=name, municipality_key=f"{number + 10_000_000:08}"
        )
        own = self.tables.add(
            "pledges_party",
            slug=f"liste-{slug}", name=f"Bürgerliste {name}", short_name=f"Liste {name}", colour="#5b6770",
        )  # fmt: skip
        elections = {
            year: self.tables.add(
                "pledges_election",
                slug=f"{slug}-{year}", place_id=place, title=f"Kommunalwahl {year}", date=f"{year}-09-14",
            )
            for year in (2020, 2025)
        }  # fmt: skip
        pledges: list[list[tuple[int, tuple[str, ...]]]] = []
        for at, (parties, kind, year, _weight) in enumerate(TEXTS):
            length = self.lengths[number * len(TEXTS) + at]
            party_names = "+".join(p if p != "liste" else f"liste-{slug}" for p in parties)
            authors = [own if p == "liste" else self.parties[p] for p in parties]
            title = f"{party_names.upper().replace('+', ' + ')} {name} {year}"
            programme = self.add_programme(
                f"{slug_of(party_names)}-{slug}-{year}",
                title,
                place,
                elections.get(year),
                kind,
                year,
                authors,
            )
            pledges.append(self.add_statements(programme, length, name))
        self.add_relations(pledges)

    def add_programme(
        self,
        slug: str,
        title: str,
        place: int,
        election: int | None,
        kind: str,
        year: int,
        authors: list[int],
    ) -> tuple[int, str]:
        # The document comes with its statements, under the same key.
        key = self.tables.add(
            "pledges_programme",
            slug=slug[:80], kind=kind, title=title, short_title=title[:80], place_id=place,
            election_id=election, year=year, date=None, date_note_de="", date_note_en="", source_url="",
            whole=kind != "excerpt", document_id=self.tables.next_key.get("pledges_programme", 0) + 1,
            digest_of_id=None, published_at=NOW,
        )  # fmt: skip
        for position, party in enumerate(authors):
            self.tables.add("pledges_authorship", programme_id=key, party_id=party, position=position)
        return key, slug

    def add_statements(
        self, programme: tuple[int, str], length: int, town: str
    ) -> list[tuple[int, tuple[str, ...]]]:
        """Add document, sections, passages and statements; return the pledges' keys with their topics."""
        key, slug = programme
        text: list[str] = []
        end = 0
        pledges = []
        section = section_number = 0
        for at in range(length):
            if at % A_SECTION == 0:
                section_number += 1
                heading = f"{section_number}. Was wir in {town} vorhaben"
                section = self.tables.add(
                    "sources_section",
                    document_id=key, parent_id=None, position=section_number, level=1, heading=heading,
                    title="", start=end, end=end + len(heading),
                )  # fmt: skip
                text.append(heading)
                end += len(heading) + 2
            words, labels = self.recombined(town)
            text.append(words)
            passage = self.tables.add(
                "sources_passage",
                document_id=key, section_id=section, lead_in_id=None, position=at + 1, start=end,
                end=end + len(words), text=words, page=None, block=at // 3, is_item=False,
            )  # fmt: skip
            end += len(words) + 2
            statement = self.add_statement(programme, passage, words, labels, at + 1, at / length)
            if labels.kind == "pledge":
                pledges.append((statement, labels.topics))
        whole = "\n\n".join(text)
        content = f"{slug}\n{whole}".encode()
        self.tables.add(
            "sources_document",
            slug=slug[:80], file_name=f"{slug}.md", content=content,
            sha256=hashlib.sha256(content).hexdigest(), language="de", text=whole, added_at=NOW, read_at=NOW,
            read_with="benchmark", replaces_id=None,
        )  # fmt: skip
        return pledges

    def recombined(self, town: str) -> tuple[str, Sentence]:
        """A sentence as it is, or the first half of one with the second of another."""
        labels = self.draw.choice(self.sentences)
        words = labels.text
        if labels.halves and self.draw.random() < 0.6:
            other = self.draw.choice(self.with_halves)
            assert other.halves
            words = f"{labels.halves[0]}, {other.halves[1]}"
        return words.replace("Dortmund", town), labels

    def add_statement(
        self,
        programme: tuple[int, str],
        passage: int,
        words: str,
        labels: Sentence,
        position: int,
        share: float,
    ) -> int:
        origin = self.draw.choices(["machine", "codebook"], [0.92, 0.08])[0]
        certainty = round(self.draw.uniform(0.4, 1), 3) if origin == "machine" else None
        common = {
            "kind": labels.kind,
            "commitment": labels.commitment,
            "measurable": labels.measurable,
            "origin": origin,
            "contested": origin == "codebook" and self.draw.random() < 0.05,
        }
        key = self.tables.add(
            "pledges_statement",
            **common, key=f"{programme[1]}-{passage:x}", programme_id=programme[0], passage_id=passage,
            text=words, position=position, share=share, certainty=certainty,
            doubt=1 - certainty if certainty else 0, wording_changed=False, reworded_at=None, former_text="",
            gone_since=None,
        )  # fmt: skip
        coding = self.tables.add(
            "pledges_coding",
            **common, statement_id=key, coder="Benchmark 1", editor_id=None, made_at=NOW,
            codebook="Codebuch 2026", previous_id=None, undoes_id=None, bulk_change_id=None, is_blind=False,
            kind_certainty=certainty, commitment_certainty=None, measurable_certainty=None,
            topics_certainty=None,
        )  # fmt: skip
        for place, topic in enumerate(labels.topics):
            given = {"topic_id": self.topics[topic], "position": place}
            self.tables.add("pledges_statementtopic", statement_id=key, **given)
            self.tables.add("pledges_codingtopic", coding_id=coding, **given)
        if labels.measurable and (number := re.search(r"\d[\d.]*", words)):
            self.tables.add(
                "pledges_target",
                statement_id=key, kind="amount", start=number.start(), end=number.end(), value=None, unit="",
                period="", year=None,
            )  # fmt: skip
        return key

    def add_relations(self, pledges: list[list[tuple[int, tuple[str, ...]]]]) -> None:
        """Some pledges of two programmes of a town that share their main topic."""
        seen = set()
        for one, others in ((0, 1), (0, 2), (1, 4)):
            by_topic: dict[str, int] = {topics[0]: key for key, topics in pledges[others] if topics}
            for key, topics in self.draw.sample(pledges[one], min(12, len(pledges[one]))):
                other = by_topic.get(topics[0]) if topics else None
                if other and (key, other) not in seen:
                    seen.add((key, other))
                    a, b = sorted((key, other))
                    self.tables.add(
                        "pledges_relation",
                        a_id=a, b_id=b, kind="same_goal", status="suggested", origin="machine", certainty=0.7,
                        note="", judged_by_id=None, judged_at=None,
                    )  # fmt: skip


def write(statements: int, number_of_towns: int, seed: int) -> None:
    """Fill the SQLite database that Django is set up on: tables by the migrations, rows by the generator."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from pledges.catalogue import read_catalogue
    from pledges.loading import load_catalogue
    from pledges.models import Topic

    call_command("migrate", verbosity=0)
    load_catalogue(read_catalogue(ROOT / "fixtures/topics.toml"))
    topics = dict(Topic.objects.order_by("slug").values_list("slug", "pk"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA foreign_keys = OFF")
    with transaction.atomic():
        for tables in Generator(statements, number_of_towns, seed, topics).parts():
            for table, rows in sorted(tables.rows.items(), key=lambda item: ORDER.index(item[0])):
                columns = tables.columns[table]
                places = ", ".join("?" * len(columns))
                connection.connection.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608
                    rows,
                )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA foreign_key_check")
        assert not cursor.fetchall()
    call_command("pack_statements", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a database to measure with.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--statements", type=int, default=350_000)
    parser.add_argument("--towns", type=int, default=400)
    parser.add_argument("--seed", type=int, default=2025)
    given = parser.parse_args()
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{given.file.absolute()}",
        "SECRET_KEY": "for benchmarks only: known to everybody, and so worth nothing at all",
        "HTTPS_ONLY": "off",
        "DJANGO_SETTINGS_MODULE": "programme_portal.settings",
    }
    import django

    django.setup()
    write(given.statements, given.towns, given.seed)


if __name__ == "__main__":
    main()
