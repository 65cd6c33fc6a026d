"""What somebody would take instead: Datasette with full-text search and three facets, on the same rows.

It is no dependency of the portal nor of its tests; the benchmark installs it into a folder of its own.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.serving import Server, running
from tests.ports import free_port

VERSION = "datasette==0.65.5"
FACETS = "_facet=kind&_facet=commitment&_facet=place"
# Each would otherwise be left out where it takes longer than a fifth of a second.
LIMITS = ("--setting", "facet_time_limit_ms", "20000", "--setting", "sql_time_limit_ms", "20000")

TABLE = """
CREATE TABLE statements (
    id INTEGER PRIMARY KEY, text TEXT, kind TEXT, commitment TEXT, place TEXT, programme TEXT
);
INSERT INTO statements
SELECT s.id, s.text, s.kind, s.commitment, o.slug, p.slug
FROM portal.pledges_statement s
JOIN portal.pledges_programme p ON p.id = s.programme_id JOIN portal.pledges_place o ON o.id = p.place_id;
CREATE INDEX by_kind ON statements (kind);
CREATE INDEX by_commitment ON statements (commitment);
CREATE INDEX by_place ON statements (place);
CREATE VIRTUAL TABLE statements_fts USING fts5 (text, content='statements', content_rowid='id');
INSERT INTO statements_fts (statements_fts) VALUES ('rebuild');
ANALYZE;
"""


def make_table(portal: Path, file: Path) -> None:
    """The portal's statements as one table with a full-text index, as Datasette's own tools make it."""
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as database:
        database.execute("ATTACH ? AS portal", (f"{portal}",))
        database.executescript(TABLE)


def install(folder: Path) -> None:
    if not (folder / "datasette").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, VERSION]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


@contextmanager
def serving(folder: Path, file: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--port", str(port), *LIMITS]
    with running(command, port, {"PYTHONPATH": str(folder), "PATH": os.environ["PATH"]}) as server:
        yield server


def address(file: Path, words: str) -> str:
    return f"/{file.stem}/statements?_search={words}&{FACETS}&_size=20"


def number_found(file: Path, words: str) -> int:
    with sqlite3.connect(file) as database:
        query = "SELECT count(*) FROM statements_fts WHERE statements_fts MATCH ?"
        return int(database.execute(query, (words,)).fetchone()[0])
