"""Where in a text the words of a query are: whole words, parts of compounds, synonyms, phrases."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pledges.search.query import Term, derived, parse
from pledges.search.synonyms import may_run, runs_in
from pledges.search.tokens import kin
from pledges.search.words import (
    Piece,
    Token,
    Word,
    completes_words,
    folded_places,
    read,
    stop_words,
    tokens_in,
    words_of,
)

Span = tuple[int, int]


class _Asked(NamedTuple):
    """What is asked for: `lists` as of `_lists_of`, all the `meanings` in them, beginnings, phrases."""

    lists: tuple[list[set[str]], ...]
    meanings: frozenset[str]
    begun: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


class _Unit(NamedTuple):
    """A word or a part of one: where it stands and what it is found by."""

    spans: tuple[Span, ...]
    meanings: frozenset[str]


def find_hits(text: str, typed: str) -> list[Span]:
    """Return the places of a text that a search for what was typed finds, in order, none touching another."""
    asked = _asked_by(typed)
    words = _words_to_look_at(text, asked)
    units = list(_units(words, asked.meanings))
    spans = [span for together in asked.lists for span in _all_of(together, units)]
    spans += [span for form in asked.begun for word in words for span in _beginning(text, word, form)]
    spans += [span for phrase in asked.phrases for span in _phrase_spans(phrase, words)]
    return _joined(sorted(spans))


@lru_cache(maxsize=64)
def _asked_by(typed: str) -> _Asked:
    query = parse(typed)
    lists = tuple(together for term in query.terms for together in _lists_of(term))
    meanings = frozenset().union(*(wanted for together in lists for wanted in together))
    begun = tuple(term.form for term in query.terms if term.begins and not term.run)
    return _Asked(lists, meanings, begun, query.phrases)


def _words_to_look_at(text: str, asked: _Asked) -> Sequence[Word]:
    """Those that hold what is asked for, or all where it hangs on their neighbours too."""
    if not (asked.begun or asked.phrases or completes_words(text)):
        telling = [(start, token) for start, token in tokens_in(text) if _tells(token, asked.meanings)]
        words = [read(token, False).at(start) for start, token in telling]
        if not any(may_run(word.lemmas, asked.meanings) for word in words):
            return words
    return words_of(text)


# The same few thousand words make up most of every text, and none of them tells most searches anything.
@lru_cache(maxsize=4096)
def _tells(token: Token, asked: frozenset[str]) -> bool:
    word = read(token, False)
    return may_run(word.lemmas, asked) or any(True for _unit in _units([word], asked))


def _units(words: Sequence[Word], asked: frozenset[str]) -> Iterator[_Unit]:
    """All that the words hold of what is asked for."""
    for word in words:
        said = _said_by(word.form, word.lemmas)
        if not said.isdisjoint(asked):
            yield _Unit(_extent(word), said)
        for part in word.parts:
            meanings = _meanings(part.lemmas)
            if not meanings.isdisjoint(asked):
                yield _Unit((word.span(part),), meanings)
    for run in runs_in(words):
        yield _Unit(((words[run.start].start, words[run.end - 1].end),), frozenset({f"#{run.group.name}"}))


def _extent(word: Word) -> tuple[Span, ...]:
    """The word, and of "Rad- und Fußverkehr" what completes it."""
    beyond = (word.span(atom) for atom in word.atoms if not 0 <= atom.start < word.end - word.start)
    return ((word.start, word.end), *beyond)


@lru_cache(maxsize=2048)
def _said_by(form: str, lemmas: tuple[str, ...]) -> frozenset[str]:
    return frozenset({f"={form}", *(() if form in stop_words() else _meanings(lemmas))})


@lru_cache(maxsize=2048)
def _meanings(lemmas: tuple[str, ...]) -> frozenset[str]:
    return frozenset((*lemmas, *kin(lemmas)))


def _lists_of(term: Term) -> Iterator[list[set[str]]]:
    """What meets a term: any of these lists, of which the text has to hold one meaning of every set."""
    if term.run:
        yield [{f"={word.form}", *word.lemmas} for word in term.words if not word.is_stop]
        yield [{f"#{term.run.name}"}]
        return
    word = term.words[0]
    if word.is_stop:
        yield [{f"={word.form}"}]
        return
    yield [{f"={word.form}", *_wanted(term, word)}]
    if len(word.atoms) > 1:
        yield [set(_wanted(term, atom)) for atom in word.atoms]


def _wanted(term: Term, word: Word | Piece) -> Iterator[str]:
    yield from word.lemmas
    yield from derived(word.lemmas)
    yield from (f"#{group.name}" for group in term.groups(word.lemmas))


def _all_of(wanted: Sequence[set[str]], units: Sequence[_Unit]) -> list[Span]:
    """Where each of the wanted is, nowhere if one of them is missing."""
    found = [
        [span for unit in units if not meanings.isdisjoint(unit.meanings) for span in unit.spans]
        for meanings in wanted
    ]
    return [span for spans in found for span in spans] if all(found) else []


def _beginning(text: str, word: Word, form: str) -> Iterator[Span]:
    """The letters typed at the beginning of a word, or of a part of it."""
    for start, end in ((word.start, word.end), *map(word.span, word.parts)):
        folded, places = folded_places(text[start:end], start)
        if folded.startswith(form):
            yield start, [*places, end][len(form)]


def _phrase_spans(phrase: Sequence[str], words: Sequence[Word]) -> Iterator[Span]:
    singles = [single for word in words for single in word.singles]
    for at in range(len(singles) - len(phrase) + 1):
        found = singles[at : at + len(phrase)]
        if all(word.form == form for word, form in zip(found, phrase, strict=True)):
            yield found[0].start, found[-1].end


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
