"""The German (and English) words that simplemma knows, as a file to look things up in.

simplemma holds its dictionary in memory, some 100 MB: too much for each worker of a web server. So a process
of its own writes it to a file once, folded as the search compares words, and everybody reads single words
from there. The file lies in the user's cache under a name made of the data and code that it came from.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_MADE_BY = (_FOLDER / "lexicon_file.py", _FOLDER.parent / "folding.py")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a folded form: its base forms as nouns and as other words.

    `as_head`, `as_first`: of how many of the dictionary's nouns it is the last or the first part.
    """

    nouns: tuple[str, ...]
    others: tuple[str, ...]
    as_head: int
    as_first: int


class Lexicon:
    """Looks words up in the file. Safe to share between threads: a connection belongs to one of them."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._address = f"file:{path}?mode=ro&immutable=1"
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._address, uri=True)
            # Else each thread keeps 2 MB of the file, which the system keeps in its memory anyway.
            self._local.connection.execute("PRAGMA cache_size = -256")
        connection: sqlite3.Connection = self._local.connection
        return connection

    def german(self, forms: Iterable[str]) -> dict[str, Entry]:
        """Return the entries of those of the folded forms that are known."""
        rows = self._connection().execute(
            "SELECT form, nouns, others, as_head, as_first FROM german"
            " WHERE form IN (SELECT value FROM json_each(?))",
            (json.dumps(list(forms)),),
        )
        return {
            form: Entry(tuple(nouns.split()), tuple(others.split()), head, first)
            for form, nouns, others, head, first in rows
        }

    def english(self, form: str) -> str:
        """Return the base form of a folded English word; an unknown one is its own."""
        row = self._connection().execute("SELECT lemma FROM english WHERE form = ?", (form,)).fetchone()
        return str(row[0]) if row else form


@cache
def lexicon() -> Lexicon:
    """The lexicon of this installation; made first where its file is missing, which takes seconds."""
    return Lexicon(_made_file())


def _made_file() -> Path:
    for path in _candidates():
        if path.exists():
            return path
    for path in _candidates():
        command = [sys.executable, "-m", "pledges.search.lexicon_file", str(path)]
        made = subprocess.run(  # noqa: S603
            command, cwd=_FOLDER.parent.parent, capture_output=True, text=True, check=False
        )
        if made.returncode == 0:
            return path
    raise OSError(f"The word list of the search can't be written: {made.stderr.strip()}")


def _candidates() -> Iterator[Path]:
    """Where the file may lie: in the user's cache, else below the system's temporary folder."""
    name = f"words-{_fingerprint()}.sqlite3"
    cached = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    yield Path(cached) / "wortlaut" / name
    yield Path(tempfile.gettempdir()) / f"wortlaut-{os.getuid()}" / name


def _fingerprint() -> str:
    digest = hashlib.sha256(version("simplemma").encode())
    for module in _MADE_BY:
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
