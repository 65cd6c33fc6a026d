"""The made portal of 400 towns on both databases: generated once, then kept beside the portal's own data."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.benchmarks.generator import ORDER
from tests.benchmarks.serving import ROOT, SECRET
from tests.postgresql import throwaway_server

COPIED = ["pledges_topic", *ORDER, "pledges_packedstatements", "pledges_searchrow", "pledges_searchword"]
BATCH = 2000
# As docs/deploy.md advises. PostgreSQL's own default of 128 MB is a fifth of what a search goes through here.
# And with its promises about crashes, which the tests do without.
AS_SERVED = ("shared_buffers=1GB", "fsync=on", "synchronous_commit=on", "full_page_writes=on")


def folder() -> Path:
    """Where what is generated is kept."""
    made = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "bench"
    made.mkdir(parents=True, exist_ok=True)
    return made


def sqlite(statements: int, towns: int) -> Path:
    """The SQLite file with so many statements; made unless it stands as the code would make it now."""
    file = folder() / f"{statements}-{fingerprint()}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        numbers = ["--statements", str(statements), "--towns", str(towns)]
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.generator", unfinished, *numbers], cwd=ROOT, check=True
        )
        with sqlite3.connect(unfinished) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(file)
    return file


@contextmanager
def scratch_copy(file: Path) -> Iterator[str]:
    """The address of a copy that may be written to."""
    copy = file.with_suffix(".copy")
    try:
        shutil.copyfile(file, copy)
        # Else the system would write it to the disk while something is measured.
        with copy.open("rb") as written:
            os.fsync(written.fileno())
        yield f"sqlite:///{copy.absolute()}"
    finally:
        for leftover in copy.parent.glob(f"{copy.name}*"):
            leftover.unlink()


def fingerprint() -> str:
    """A hash of all that the rows depend on."""
    digest = hashlib.sha256()
    sources = ["tests/benchmarks/generator.py", "pledges/packing.py", "fixtures/codings/statements.jsonl"]
    sources += ["*/migrations/*.py", "pledges/search/*.py", "pledges/search/*.toml", "pledges/index.py"]
    for path in sorted({path for pattern in sources for path in ROOT.glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def postgresql(file: Path) -> Iterator[str]:
    """The address of a PostgreSQL of this run's own with the very same rows."""
    with throwaway_server(*AS_SERVED) as url:
        environment = os.environ | {"DATABASE_URL": url, "SECRET_KEY": SECRET, "HTTPS_ONLY": "off"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        copy_rows(file, url)
        yield url


def copy_rows(file: Path, url: str) -> None:
    with sqlite3.connect(file) as source, psycopg.connect(url) as target:
        cursor = target.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        # Neither the triggers nor the foreign keys have anything to say to rows that passed them already.
        cursor.execute("SET session_replication_role = replica")
        for table in COPIED:
            rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608
            columns = [column[0] for column in rows.description]
            names = ", ".join(f'"{column}"' for column in columns)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                while batch := rows.fetchmany(BATCH):
                    for row in batch:
                        copy.write_row(row)
            if "id" in columns:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
                )
        cursor.execute(
            "INSERT INTO pledges_dataversion (id, number, changed_at) VALUES (1, 1, now()), (2, 1, now())"
            " ON CONFLICT DO NOTHING"
        )
    with psycopg.connect(url, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")
        # Else the server would write what was copied to the disk while something is measured.
        target.execute("CHECKPOINT")
