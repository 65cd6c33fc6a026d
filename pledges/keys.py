"""What rows are named by: permalinks, made from a programme's slug and the words, the same wherever the same
text is loaded; and the database's own numbers."""

import base64
import hashlib
import re
from collections.abc import Container, Iterable, Iterator

# How many rows a query asks for by their numbers: databases take some ten thousand values at most, SQLite
# less than a thousand where Django joins them by OR, as for rows that others refer to.
BATCH = 500
# Inline marks of typography, as in CO<sub>2</sub>, are no letters either.
_NO_LETTER = re.compile(r"</?[a-z]{1,6}>|[\W_]+")


def letters(text: str) -> str:
    """Return the letters and digits of `text` in lower case: what stays when only its typography changes."""
    return _NO_LETTER.sub("", text).casefold()


def statement_key(slug: str, text: str, taken: Container[str] = ()) -> str:
    """Return the key of a statement: slug, a hyphen and ten letters of a hash (50 bits) of its words.

    Where the same words stand again, the second time gets "-2" and so on: the first key that isn't `taken`.
    """
    digest = hashlib.sha256(letters(text).encode()).digest()
    key = f"{slug}-{base64.b32encode(digest)[:10].decode().lower()}"
    again = 1
    candidate = key
    while candidate in taken:
        again += 1
        candidate = f"{key}-{again}"
    return candidate


def key_of(text: str | None) -> int:
    """Return the number of a row that a form, an address or a table gives; 0, which no row has, for none.

    At most 18 digits: a number that no column holds is an error on SQLite, one of thousands in Python.
    """
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 18 else 0


def keys_of(texts: Iterable[str]) -> list[int]:
    """Return the numbers of rows among the texts, in their order."""
    return [key for text in texts if (key := key_of(text))]


def in_batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield the numbers in lists that a query may ask for, none where there is no number."""
    known = list(keys)
    return (known[start : start + BATCH] for start in range(0, len(known), BATCH))
