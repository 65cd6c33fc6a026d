"""The grammar of a statement that tells pledges apart: clauses, who acts, modal verbs, tense, voice, verbs.

No parser: German marks its clauses by commas and conjunctions and keeps the verb at fixed places, which is
enough for these questions and takes microseconds.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pledges.coding.lexicon import LEXICON_FOLDER
from pledges.coding.verbs import Reading, readings_of, separable_prefixes, separated_reading
from pledges.coding.words import Word, words_of

with (LEXICON_FOLDER / "grammar.toml").open("rb") as _file:
    _CLASSES = tomllib.load(_file)
_MODAL_OF = {form: name for name, forms in _CLASSES["modals"].items() for form in forms.split()}
_SUBORDINATORS = frozenset(_CLASSES["subordinators"].split())
_RELATIVES = frozenset(_CLASSES["relatives"].split())
_PREPOSITIONS = frozenset(_CLASSES["prepositions"].split())
_PARTY_WORDS = frozenset(_CLASSES["party_words"].split())
_NAME_FILLERS = frozenset(_CLASSES["name_fillers"].split())
_CLAUSE_MARKS = frozenset(",;:–—().!?")
_PARTICIPLE = re.compile(
    r"(?:\w{2,8})?ge\w{2,}(?:t|en)|\w+iert|(?:be|ver|er|ent|zer|über|unter|wider|miss)\w{2,}t"
)
_INFINITIVE = re.compile(r"\w{2,}(?:en|ern|eln)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words between clause marks; `is_main` unless a conjunction or relative pronoun opens it."""

    start: int
    end: int
    is_main: bool
    opener: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the words of a statement show of it as a sentence.

    `modals` are the modal and auxiliary verbs of main clauses by their class in grammar.toml, `all_modals`
    those of any clause; `we_verbs` are the readings of the verb whose subject is the party;
    `verbs` all readings.
    """

    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    modals: frozenset[str]
    all_modals: frozenset[str]
    we_acts: bool
    we_modals: frozenset[str]
    we_verbs: tuple[Reading, ...]
    verbs: tuple[Reading, ...]
    has_finite: bool
    ends_infinitive: bool
    has_participle: bool
    is_passive: bool
    is_future: bool
    is_perfect: bool


def party_words(parties: tuple[str, ...]) -> frozenset[str]:
    """The words that name the authors: the given names' and what German parties are commonly called."""
    given = {word.form for name in parties for word in words_of(name) if word.is_word and len(word.form) > 1}
    return (frozenset(given) - _NAME_FILLERS) | _PARTY_WORDS


def clauses_of(words: tuple[Word, ...]) -> tuple[Clause, ...]:
    """Cut at clause marks; a clause is main unless its opener says otherwise."""
    bounds = [-1, *(i for i, word in enumerate(words) if word.text in _CLAUSE_MARKS), len(words)]
    return tuple(
        _clause(words, before + 1, after) for before, after in pairwise(bounds) if after > before + 1
    )


def _clause(words: tuple[Word, ...], start: int, end: int) -> Clause:
    opener = words[start].form
    second = words[start + 1].form if start + 1 < end else ""
    if opener in _PREPOSITIONS and second in _RELATIVES and start > 0 and words[start - 1].text == ",":
        return Clause(start, end, False, second)
    if opener in ("und", "oder", "aber", "auch") and second in _SUBORDINATORS:
        return Clause(start, end, False, second)
    follows_comma = start > 0 and words[start - 1].text == ","
    is_sub = opener in _SUBORDINATORS or (follows_comma and opener in _RELATIVES)
    if is_sub and (second in _MODAL_OF or second == "wir"):
        is_sub = opener in ("dass", "weil", "wenn", "falls", "ob", "indem", "wo") or opener in _RELATIVES
    return Clause(start, end, not is_sub, opener)


def _verb_readings(words: tuple[Word, ...], clause: Clause) -> Iterator[tuple[int, Reading]]:
    last = clause.end - 1
    prefix = words[last].form if words[last].form in separable_prefixes() else ""
    for i in range(clause.start, clause.end):
        if words[i].is_capital and i != clause.start:
            continue
        apart = separated_reading(words[i].form, prefix) if prefix and i < last else None
        if apart:
            yield i, apart
        else:
            yield from ((i, reading) for reading in readings_of(words[i].form))


def _subject_places(words: tuple[Word, ...], names: frozenset[str]) -> list[int]:
    return [
        i for i, word in enumerate(words) if word.form == "wir" or (word.is_capital and word.form in names)
    ]


def _finite_beside(words: tuple[Word, ...], place: int, clause: Clause) -> list[int]:
    """Where the finite verb of a subject may stand: next to it, or at the end of a subordinate clause."""
    if not clause.is_main:
        return [clause.end - 1]
    beside = [i for i in (place + 1, place - 1, place - 2, place + 2) if clause.start <= i < clause.end]
    return [i for i in beside if not words[i].is_capital or i == clause.start]


def _we_verbs(
    words: tuple[Word, ...], clauses: tuple[Clause, ...], names: frozenset[str]
) -> tuple[frozenset[str], tuple[Reading, ...]]:
    modals: set[str] = set()
    verbs: list[Reading] = []
    places = _subject_places(words, names)
    for clause in clauses:
        inside = [place for place in places if clause.start <= place < clause.end]
        found = dict(_verb_readings(words, clause)) if inside else {}
        for place in inside:
            beside = _finite_beside(words, place, clause)
            modals.update(_MODAL_OF[words[i].form] for i in beside if words[i].form in _MODAL_OF)
            verbs.extend(found[i] for i in beside if i in found and found[i].form in ("stem", "infinitive"))
    return frozenset(modals), tuple(verbs)


def is_participle(form: str) -> bool:
    """Whether a folded word looks like a participle II (erweitert, ausgebaut, saniert)."""
    known = readings_of(form)
    if known:
        return any(reading.form == "participle" for reading in known)
    return bool(_PARTICIPLE.fullmatch(form))


def is_infinitive(form: str) -> bool:
    """Whether a folded word looks like an infinitive; nouns must be told apart by their capital before."""
    known = readings_of(form)
    if known:
        return any(reading.form in ("infinitive", "zu-infinitive") for reading in known)
    return bool(_INFINITIVE.fullmatch(form)) and form not in _MODAL_OF


def _last_word(words: tuple[Word, ...]) -> Word | None:
    return next((word for word in reversed(words) if word.is_word), None)


def _lower(words: tuple[Word, ...], start: int = 0, end: int | None = None) -> list[str]:
    return [word.form for word in words[start:end] if word.is_word and not word.is_capital]


def _modal_names(words: tuple[Word, ...], clauses: tuple[Clause, ...]) -> frozenset[str]:
    names = set()
    for clause in clauses:
        for i in range(clause.start, clause.end):
            if words[i].form in _MODAL_OF and (not words[i].is_capital or i == clause.start):
                names.add(_MODAL_OF[words[i].form])
    return frozenset(names)


def grammar_of(text: str, names: frozenset[str] = _PARTY_WORDS) -> Grammar:
    """Analyse a statement; `names` are the words that name its authors (see party_words)."""
    words = words_of(text)
    clauses = clauses_of(words)
    main = tuple(clause for clause in clauses if clause.is_main)
    modals = _modal_names(words, main)
    we_modals, we_verbs = _we_verbs(words, clauses, names)
    verbs = tuple(reading for clause in clauses for _, reading in _verb_readings(words, clause))
    main_lower = [form for clause in main for form in _lower(words, clause.start, clause.end)]
    has_participle = any(is_participle(form) for form in main_lower)
    ends = _last_word(words)
    ends_infinitive = ends is not None and not ends.is_capital and is_infinitive(ends.form)
    return Grammar(
        words=words,
        clauses=clauses,
        modals=modals,
        all_modals=_modal_names(words, clauses),
        we_acts=bool(we_modals or we_verbs) or any(word.form == "wir" for word in words),
        we_modals=we_modals,
        we_verbs=we_verbs,
        verbs=verbs,
        has_finite=bool(modals or we_verbs) or any(reading.form == "stem" for reading in verbs),
        ends_infinitive=ends_infinitive,
        has_participle=has_participle,
        is_passive="will" in modals and has_participle and "will" not in we_modals,
        is_future="will" in modals and ("will" in we_modals or not has_participle),
        is_perfect=has_participle and bool(modals & {"have", "was_done"}),
    )
