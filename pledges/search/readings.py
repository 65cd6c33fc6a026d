"""What the words of all texts are made of, in a file beside the lexicon.

Taking a compound apart takes some twenty times as long as looking up what came of it, and every page marks
hits among words that its worker never met. So the index notes the words of each text that it reads, and who
finds a word there need not work it out. The file may be deleted at any time, and where none can be written
every word is worked out.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pledges.search.fingerprint import rules_fingerprint
from pledges.search.lexicon import lexicon
from pledges.search.splitting import Part

_SCHEMA = "CREATE TABLE IF NOT EXISTS reading (form TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a folded spelling wherever it stands: its base forms, and of a compound its parts."""

    nouns: tuple[str, ...]
    others: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def is_word(self) -> bool:
        return bool(self.nouns or self.others)


class Readings:
    """The forms noted in a file. Safe to share between threads: a connection belongs to one of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def find(self, form: str) -> Form | None:
        """Return what was noted of a folded spelling, None where nothing was."""
        try:
            row = self._connection().execute("SELECT said FROM reading WHERE form = ?", (form,)).fetchone()
        except sqlite3.Error:
            return None
        return _read(row[0]) if row else None

    def note(self, forms: Iterable[str], work_out: Callable[[str], Form]) -> None:
        """Note what comes of working out those of the forms that were not noted yet."""
        wanted = sorted(set(forms))
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                self._note(wanted[start : start + _AT_ONCE], work_out)
        except sqlite3.Error:
            return

    def _note(self, forms: list[str], work_out: Callable[[str], Form]) -> None:
        connection = self._connection()
        stored = "SELECT form FROM reading WHERE form IN (SELECT value FROM json_each(?))"
        known = {form for (form,) in connection.execute(stored, (json.dumps(forms),))}
        rows = [(form, _written(work_out(form))) for form in forms if form not in known]
        with connection:
            connection.executemany("INSERT OR IGNORE INTO reading VALUES (?, ?)", rows)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self._path)
            # Else each thread keeps 2 MB of the file, which the system keeps in its memory anyway.
            connection.execute("PRAGMA cache_size = -256")
            connection.execute(_SCHEMA)
            self._local.connection = connection
        found: sqlite3.Connection = self._local.connection
        return found


def _written(form: Form) -> str:
    parts = [[part.start, part.end, part.lemmas] for part in form.parts]
    return json.dumps([form.nouns, form.others, parts], ensure_ascii=False)


def _read(said: str) -> Form:
    nouns, others, parts = json.loads(said)
    return Form(
        tuple(nouns), tuple(others), tuple(Part(start, end, tuple(lemmas)) for start, end, lemmas in parts)
    )


@cache
def readings() -> Readings:
    """The readings of this installation, as the rules of today give them."""
    return Readings(lexicon().folder / f"readings-{rules_fingerprint()}.sqlite3")
