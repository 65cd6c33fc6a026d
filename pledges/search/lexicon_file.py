"""Writes the file of `pledges.search.lexicon`; run as a program, so that its memory goes with it."""

import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from pledges.folding import fold

_LINKS = ("", "s", "es", "n", "en", "er", "e")
_SHORTEST_PART = 3
_LONGEST = 40
_LONG_PARTICIPLE = 10

_SCHEMA = """
CREATE TABLE german (
    form TEXT PRIMARY KEY, nouns TEXT NOT NULL, others TEXT NOT NULL,
    as_head INTEGER NOT NULL, as_first INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE english (form TEXT PRIMARY KEY, lemma TEXT NOT NULL) WITHOUT ROWID;
"""


def write(path: Path) -> None:
    """Write the file so that nobody ever reads half of it. Raises OSError where that can't be done."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        connection = sqlite3.connect(made)
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO german VALUES (?, ?, ?, ?, ?)", _german())
        connection.executemany("INSERT INTO english VALUES (?, ?)", _english())
        connection.commit()
        connection.close()
        made.replace(path)


def _german() -> Iterator[tuple[str, str, str, int, int]]:
    nouns: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for form, lemma in _words("de"):
        kind = nouns if lemma[:1].isupper() else others
        base = fold(lemma)
        if base not in kind[form]:
            kind[form].append(base)
    _join_genders(nouns)
    _join_adjectives(nouns, others)
    as_head, as_first = _productivity({lemma for lemmas in nouns.values() for lemma in lemmas})
    for form in sorted(nouns.keys() | others.keys()):
        yield (
            form,
            " ".join(nouns.get(form, ())),
            " ".join(others.get(form, ())),
            max((as_head[lemma] for lemma in nouns.get(form, ())), default=0),
            max((as_first[lemma] for lemma in nouns.get(form, ())), default=0),
        )


def _english() -> Iterator[tuple[str, str]]:
    bases = {form: fold(lemma) for form, lemma in _words("en")}
    return ((form, base) for form, base in sorted(bases.items()) if form != base)


def _words(language: str) -> Iterator[tuple[str, str]]:
    """Each folded form with a base form of it as it is spelt."""
    dictionary = DefaultDictionaryFactory().get_dictionary(language)
    for form, lemma in dictionary.items():
        # "OGs" as the plural of "OG" would hide every OGS.
        is_acronym = lemma[1:2].isupper() and form != lemma
        if 1 < len(form) <= _LONGEST and form.isalpha() and lemma.isalpha() and not is_acronym:
            yield fold(form), lemma


def _join_genders(nouns: dict[str, list[str]]) -> None:
    """Let the forms for women and those in -ende have the base form of the one that means all: Mieter.

    A word in -in counts only with its plural in -innen, a short one in -ende only with its form in -ender, so
    that "Termin" and "Legende" stay what they are.
    """
    common = {lemma: base for lemma in list(nouns) if (base := _common_gender(lemma, nouns))}
    for form, lemmas in nouns.items():
        nouns[form] = list(dict.fromkeys(common.get(lemma, lemma) for lemma in lemmas))


def _common_gender(lemma: str, nouns: Mapping[str, list[str]]) -> str:
    if lemma.endswith("in") and f"{lemma}nen" in nouns:
        stem = lemma.removesuffix("in")
        plain = stem.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        tried = [f"{stem}e", stem, f"{plain}e", plain]
    elif lemma.endswith("ende") and (f"{lemma}r" in nouns or len(lemma) >= _LONG_PARTICIPLE):
        tried = [f"{lemma.removesuffix('ende')}er"]
    else:
        return ""
    return next((base for base in tried if base in nouns.get(base, ())), "")


def _join_adjectives(nouns: dict[str, list[str]], others: Mapping[str, list[str]]) -> None:
    """Let "Obdachlose" and "Obdachloser" have the base form of the adjective that they are."""
    common = {
        lemma: stem
        for lemma in list(nouns)
        for stem in (lemma.removesuffix("er"), lemma.removesuffix("e"))
        if stem != lemma and stem in others.get(stem, ()) and f"{stem}e" in nouns and f"{stem}er" in nouns
    }
    for form, lemmas in nouns.items():
        nouns[form] = list(dict.fromkeys(common.get(lemma, lemma) for lemma in lemmas))


def _productivity(nouns: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Count for each noun the other nouns that consist of it and a noun before or after it.

    A true part of compounds is one of many; letters that only happen to make a word are one of few.
    """
    as_head, as_first = Counter[str](), Counter[str]()
    for noun in nouns:
        for at in range(_SHORTEST_PART, len(noun) - _SHORTEST_PART + 1):
            head = noun[at:]
            first = _first(noun[:at], nouns) if head in nouns else ""
            if first:
                as_head[head] += 1
                as_first[first] += 1
    return as_head, as_first


def _first(part: str, nouns: set[str]) -> str:
    """The noun of a first part without what links it, "" if it is none."""
    if f"{part}e" in nouns and part not in nouns:
        return f"{part}e"
    bare = (part.removesuffix(link) for link in _LINKS if part.endswith(link))
    return next((word for word in bare if len(word) >= _SHORTEST_PART and word in nouns), "")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
