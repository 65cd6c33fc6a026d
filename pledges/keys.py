"""Permalinks: made from a programme's slug and the words, the same wherever the same text is loaded."""

import base64
import hashlib
import re
from collections.abc import Container

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
