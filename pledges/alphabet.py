"""The order of names, one for every list, whatever the database's collation."""

import unicodedata


def place_in_alphabet(name: str) -> tuple[str, str]:
    """Return what names are sorted by, as dictionaries do it (DIN 5007-1): ä as a, ß as ss, capitals as small
    letters, "Ole" before "Öle".

    Not as directories of persons do it (DIN 5007-2), with ä as ae: ours are names of parties, places and
    texts, read in English too, and where no umlaut stands both are the same. The same also as of German by
    default in browsers and PostgreSQL (CLDR).
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    if folded.isascii():
        return folded, folded
    letters = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), folded
