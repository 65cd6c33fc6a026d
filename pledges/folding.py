"""Words as they are compared, whatever their case, umlauts and accents."""

import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """Return `text` in lower case, umlauts and ß spelt out, other accents dropped, white space as one blank.

    The same on every database, which can't be said of their own case-insensitive comparison.
    """
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    if lower.isascii():
        return " ".join(lower.split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())
