"""The words of a text or query with all that they are found by: spelling, base forms, parts of compounds."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from pledges.folding import fold
from pledges.search.lexicon import lexicon
from pledges.search.readings import Form, readings
from pledges.search.splitting import Part, adjective_of, first_part, split

_MARK = "\u0300-\u036f\u00ad"
_RUN = rf"[^\W_]+(?:[{_MARK}]+[^\W_]*)*"
# Mieter*innen, Bürger:innen, Bürger_innen, Bürger/-innen, Bürger(innen), jede*r; "Mieter-*innen" at an end
# of a line.
_GENDERED = rf"(?:-?[*:_·](?=[a-zäöüß])|/-?(?=inn?(?:en)?\b)){_RUN}|\((?:in|innen)\)(?:{_RUN})?"
_SINGLE = rf"{_RUN}(?:{_GENDERED}|['’](?:[^\W_]|[{_MARK}])+)*"
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3})+(?![\d\w])|\d+,\d+(?!\w))"
    r"|(?P<dotted>[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|[^\W\d_]\.[ \u00a0][^\W\d_](?=\.))"
    rf"|(?P<word>{_SINGLE}(?:[-\u2010\u2011+&]{_SINGLE})*)"
)
_HYPHENS = "-\u2010\u2011"
_LOOSE_HYPHEN = re.compile(rf"[{_HYPHENS}](?![^\W_])|(?<![^\W_])[{_HYPHENS}]")
Token = tuple[str, str | None, bool]
"""Letters of a text that belong together, which kind of token they are, whether they open a sentence."""
_INSIDE = re.compile(_SINGLE)
_CLUSTER = re.compile(rf".[{_MARK}]*", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?:;•\n\"„“»«(–]\s*$")
_ENDINGS = ("e", "en", "em", "er", "es", "n", "s")
_OF_A_NOUN = re.compile(r"(?:ell|isch)(?:e[mnrs]?)?")
"""How an adjective ends that a noun became."""
_FARTHEST = 6
"""How many words may stand between a suspended hyphen and the word that completes it."""


class Piece(NamedTuple):
    """A part of a compound and its base forms; `start` and `end` count from the word's first letter."""

    start: int
    end: int
    lemmas: tuple[str, ...]


class Word(NamedTuple):
    """A word, `text[start:end]`: its folded spelling, base forms, and of a compound the parts.

    `atoms` are the smallest parts in order, `parts` these and their runs ("Sozialarbeit" in
    "Schulsozialarbeit"), `hyphened` the words of "Kita-Gebühren", which count from its first letter too: a
    word is the same wherever it stands.
    """

    start: int
    end: int
    form: str
    lemmas: tuple[str, ...]
    atoms: tuple[Piece, ...] = ()
    parts: tuple[Piece, ...] = ()
    hyphened: tuple["Word", ...] = ()

    def at(self, start: int) -> "Word":
        """The same word, so many letters further on."""
        return Word(self.start + start, self.end + start, *self[2:])

    def span(self, piece: Piece) -> tuple[int, int]:
        """Where a part of it stands in the text."""
        return self.start + piece.start, self.start + piece.end

    @property
    def singles(self) -> "tuple[Word, ...]":
        """The words that a reader sees: those between hyphens each by itself."""
        return tuple(word.at(self.start) for word in self.hyphened) or (self,)

    @property
    def spelt(self) -> tuple[str, ...]:
        """How these are spelt."""
        return tuple(word.form for word in self.hyphened) or (self.form,)

    @property
    def is_stop(self) -> bool:
        """Whether it is an article or the like, which nothing is found by."""
        return self.form in stop_words()


@cache
def _grammar() -> dict:
    with (Path(__file__).parent / "grammar.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def stop_words() -> frozenset[str]:
    return frozenset(_grammar()["stop"].split())


@cache
def _joins() -> frozenset[str]:
    return frozenset(_grammar()["joins"].split())


@lru_cache(maxsize=256)
def known(form: str) -> Form:
    """Look a folded spelling up: its base forms, and its parts if it is a compound."""
    return readings().find(form) or _work_out(form)


def _work_out(form: str) -> Form:
    short: dict[str, str] = _grammar()["abbreviations"]
    if form in short:
        return Form((), (short[form],), ())
    parts = split(form, lexicon())
    entry = lexicon().german([form]).get(form)
    if entry is None and form.endswith("innen") and not parts:
        return known(form.removesuffix("innen"))
    if entry is not None:
        return Form(entry.nouns, entry.others, parts)
    if parts:
        return Form(_bases(form, parts), (), parts)
    return _without_ending(form)


def _without_ending(form: str) -> Form:
    """An inflected word of which the dictionary has the base form alone."""
    bare = {form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending)}
    entries = lexicon().german({base for base in bare if len(base) > 2})
    for base in sorted(entries, key=len, reverse=True):
        if base in (*entries[base].nouns, *entries[base].others):
            return Form(entries[base].nouns, entries[base].others, ())
    return Form((), (), ())


def _bases(form: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """The base forms of parts in a row: all but the last as they stand, "Bürgerinnen-" without its ending."""
    before = "".join(
        part.lemmas[0] if form[part.start : part.end].endswith("innen") else form[part.start : after.start]
        for part, after in pairwise(parts)
    )
    return tuple(before + lemma for lemma in parts[-1].lemmas)


def note_words(texts: Iterable[str]) -> None:
    """Work out what the words of texts are made of, once for everybody who reads them later."""
    tokens = (token.group() for text in texts for token in _TOKEN.finditer(text))
    singles = (single.group() for token in tokens for single in _INSIDE.finditer(token))
    readings().note((_folded_places(single)[0] for single in singles), _work_out)


def words_of(text: str, *, is_query: bool = False) -> list[Word]:
    """Return the words of a text in order. In a query the case of letters tells nothing of a word."""
    return list(_words_of(text, is_query))


# A statement is read for its tokens, for its phrases and for its spellings, and its heading with each other.
@lru_cache(maxsize=32)
def _words_of(text: str, is_query: bool) -> tuple[Word, ...]:
    words = [read(token, is_query).at(start) for start, token in tokens_in(text)]
    if completes_words(text):
        _complete(text, words)
    return tuple(words)


def tokens_in(text: str) -> Iterator[tuple[int, Token]]:
    """Cut a text into tokens, each with where it begins."""
    for match in _TOKEN.finditer(text):
        letters, start = match.group(), match.start()
        # What a capital letter says hangs on whether it opens a sentence; a small one says the same anywhere.
        opens = not letters[0].islower() and _opens_sentence(text, start)
        yield start, (letters, match.lastgroup, opens)


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or _SENTENCE_END.search(text[max(0, start - 4) : start]) is not None


def completes_words(text: str) -> bool:
    """Whether it may hold words that others complete, as "Rad-" of "Rad- und Fußverkehr"."""
    return _LOOSE_HYPHEN.search(text) is not None


def _complete(text: str, words: list[Word]) -> None:
    """Read "Rad-" and "-sanierung" as the compounds that they stand for."""
    for at, word in enumerate(words):
        if is_suspended(text, word):
            words[at] = _completed(text, word, words[at + 1 : at + 1 + _FARTHEST])
        elif at and text[word.start - 1] in _HYPHENS:
            words[at] = _continued(
                text, word, words[at - 2 if at > 1 and words[at - 1].form in _joins() else at - 1]
            )


def is_suspended(text: str, word: Word) -> bool:
    """Whether a word is "Rad-" of "Rad- und Fußverkehr"."""
    return (
        text[word.end : word.end + 1] in tuple(_HYPHENS) and not text[word.end + 1 : word.end + 2].isalnum()
    )


def folded_places(text: str, start: int = 0) -> tuple[str, list[int]]:
    """Fold letter by letter; for each letter of the result, where in the text it comes from."""
    folded, places = _folded_places(text)
    return folded, [start + place for place in places]


@lru_cache(maxsize=512)
def _folded_places(text: str) -> tuple[str, tuple[int, ...]]:
    folded, places = "", []
    for cluster in _CLUSTER.finditer(text):
        plain = _fold_letters(cluster.group())
        folded += plain
        places += [cluster.start()] * len(plain)
    return folded, tuple(places)


@lru_cache(maxsize=1024)
def _fold_letters(letters: str) -> str:
    return "".join(c for c in fold(letters.replace("\u00ad", "")) if c.isalnum())


# The same few thousand words make up most of every text.
@lru_cache(maxsize=8192)
def read(token: Token, is_query: bool) -> Word:
    """Return the word that a token is by itself, as if the text began with it."""
    letters, kind, opens = token
    if kind == "number":
        form = letters.replace(".", "").replace(",", ".")
        return Word(0, len(letters), form, (form,))
    if kind == "dotted":
        form = _fold_letters(letters)
        return Word(0, len(letters), form, _lemmas(known(form), form))
    singles = [
        _single(inner.group(), "" if is_query else _case(inner.group(), opens and not inner.start())).at(
            inner.start()
        )
        for inner in _INSIDE.finditer(letters)
    ]
    return singles[0] if len(singles) == 1 else _hyphenated(singles)


def _single(letters: str, case: str) -> Word:
    form, inside = _folded_places(letters)
    what = known(form)
    parts = _parts_of_no_noun(form, what) if case == "other" else what.parts
    if not parts:
        return Word(0, len(letters), form, _lemmas(what, form, case))
    places = [*inside, len(letters)]
    atoms = tuple(Piece(places[p.start], places[p.end], p.lemmas) for p in parts)
    runs = [
        Piece(places[parts[i].start], places[parts[j].end], _bases(form, parts[i : j + 1]))
        for i, j in combinations(range(len(parts)), 2)
        if j - i < len(parts) - 1
    ]
    return Word(0, len(letters), form, _lemmas(what, form, case), atoms, (*atoms, *runs))


def _parts_of_no_noun(form: str, what: Form) -> tuple[Part, ...]:
    """Of a word that begins small the parts that it is made of: all of "gebührenfrei", the first of
    "kulturell" and "tarifgebunden", none of "vereinfachen", which is neither club nor pigeonhole."""
    if not what.parts or adjective_of(form[what.parts[-1].start :]):
        return what.parts
    made_of_a_noun = not what.others or _OF_A_NOUN.fullmatch(form, what.parts[-1].start)
    return what.parts[:-1] if made_of_a_noun else ()


def _case(word: str, opens: bool) -> str:
    """What the first letter tells: "noun", "other", or "" where every word begins with a capital."""
    if word.isupper() and len(word) > 1:
        return ""
    if word[0].islower():
        return "other"
    return "" if opens else "noun"


def _lemmas(what: Form, form: str, case: str = "") -> tuple[str, ...]:
    if case == "noun" and what.nouns:
        return what.nouns
    if case == "other" and what.others:
        return what.others
    return tuple(dict.fromkeys((*what.nouns, *what.others))) or (form,)


def _hyphenated(singles: Sequence[Word]) -> Word:
    """ "Kita-Gebühren" as the compound that it is."""
    form = "".join(single.form for single in singles)
    before = form[: len(form) - len(singles[-1].form)]
    wholes = [Piece(single.start, single.end, single.lemmas) for single in singles if len(single.form) > 1]
    inner = [_moved(part, single.start) for single in singles for part in single.parts]
    runs = [
        Piece(
            singles[i].start,
            singles[j].end,
            tuple("".join(s.form for s in singles[i:j]) + lemma for lemma in singles[j].lemmas),
        )
        for i, j in combinations(range(len(singles)), 2)
        if j - i < len(singles) - 1
    ]
    atoms = tuple(
        _moved(piece, single.start)
        for single in singles
        for piece in (single.atoms or (Piece(0, single.end - single.start, single.lemmas),))
    )
    return Word(
        0,
        singles[-1].end,
        form,
        tuple(before + lemma for lemma in singles[-1].lemmas),
        atoms,
        (*wholes, *inner, *runs),
        tuple(singles),
    )


def _moved(piece: Piece, letters: int) -> Piece:
    return Piece(piece.start + letters, piece.end + letters, piece.lemmas)


def _completed(text: str, word: Word, following: Sequence[Word]) -> Word:
    """ "Rad-" of "Rad- und Fußverkehr": Radverkehr, found by both its parts."""
    first = first_part(word.form, lexicon()) or word.lemmas
    for later in following:
        if later.form in _joins() or is_suspended(text, later):
            continue
        heads = [_moved(atom, later.start - word.start) for atom in later.atoms[1:]]
        if heads:
            return _joined(text, word, (Piece(0, word.end - word.start, first), *heads))
        break
    return word._replace(lemmas=tuple(dict.fromkeys((*first, *word.lemmas))))


def _continued(text: str, word: Word, before: Word) -> Word:
    """ "-sanierung" of "Schulbau und -sanierung": Schulsanierung."""
    if len(before.atoms) < 2:
        return word
    head = Piece(0, word.end - word.start, known(word.form).nouns or word.lemmas)
    return _joined(text, word, (_moved(before.atoms[0], before.start - word.start), head))


def _joined(text: str, word: Word, atoms: tuple[Piece, ...]) -> Word:
    """The word as the compound that it stands for."""
    before = "".join(_fold_letters(text[slice(*word.span(atom))]) for atom in atoms[:-1])
    return word._replace(
        lemmas=tuple(before + lemma for lemma in atoms[-1].lemmas),
        atoms=atoms,
        parts=(*atoms, *word.parts),
    )
