"""The language of search: words, "phrases", -without, begin*, thema:wohnen. Pure.

What is typed becomes a `Query`; what its words mean comes from `pledges.search.words`, as for the texts.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pledges.search.expressions import AllOf, AnyOf, Expression, Token, all_of, any_of
from pledges.search.splitting import rules
from pledges.search.synonyms import Group, groups_of, runs_in
from pledges.search.tokens import LONGEST, english_base, stem_of
from pledges.search.words import Piece, Word, known, words_of

_ITEM = re.compile(
    r"""(?P<minus>[-\u2013\u2212](?=[^\s-]))?
    (?:[„“”»«"](?P<phrase>[^„“”»«"]*)[„“”»«"]?
    |(?P<name>[^\W\d_]+):(?!(?:in|innen|r|n|e|s|m)\b|innen)(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+))
    |(?P<plain>[^\s„“”»«"]+))""",
    re.VERBOSE,
)
_JOINS_BEFORE_HYPHEN = frozenset(("und", "oder", "sowie", "bzw", "bzw.", "&", "/"))
_BLANK = re.compile(r"\s")
_BETWEEN_NAMES = re.compile(r"[&+,/]| und | and ")
Span = tuple[int, int]
"""Where something stands in what was typed: from its first letter to before the one behind it."""

TIERS = 5
"""The word as spelt, its base form, inside a compound, a synonym or all parts of it, around the statement."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it was typed: `thema:wohnen`."""

    name: str
    values: tuple[str, ...]
    span: Span
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for: a word, or with `run` words in a row that mean a group of synonyms.

    `typed` as it is read, in one line; of words in a row the `span` holds what was typed between them too.
    `begins`: words that begin so are meant too. `siblings`: the base forms of all that is searched along,
    which some groups need.
    """

    words: tuple[Word, ...]
    typed: str
    span: Span = field(compare=False)
    begins: bool = False
    siblings: frozenset[str] = frozenset()
    run: Group | None = None

    @property
    def form(self) -> str:
        return self.words[0].form

    def groups(self, lemmas: Iterable[str]) -> tuple[Group, ...]:
        return tuple(g for g in groups_of(lemmas) if not g.beside or not g.beside.isdisjoint(self.siblings))


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: every term and phrase, none of those excluded, within the filters."""

    typed: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def words(self) -> str:
        """What was typed without the filters."""
        return self.with_meant({})

    def with_meant(self, meant: Mapping[Span, str]) -> str:
        """What was typed without the filters, and with what is meant where something else stands."""
        return self.replaced({**{given.span: "" for given in self.filters}, **meant})

    def replaced(self, others: Mapping[Span, str]) -> str:
        """What was typed with other words at some places, none of which overlap."""
        pieces, at = [], 0
        for (start, end), words in sorted(others.items()):
            pieces += [self.typed[at:start], words]
            at = end
        return " ".join("".join([*pieces, self.typed[at:]]).split())

    @property
    def finds_all(self) -> bool:
        """Whether nothing is asked of the words, only of filters."""
        return not (self.terms or self.phrases or self.excluded or self.excluded_phrases)

    @property
    def is_void(self) -> bool:
        """Whether something was typed of which no letter is left."""
        return bool(self.typed.strip()) and self.finds_all and not self.filters


@dataclass(frozen=True, slots=True)
class Search:
    """A query as the full-text index is asked it: see `conditions` and `exclusion`."""

    query: Query
    tiers: tuple[AllOf, ...]
    without: AnyOf | None

    @property
    def asked(self) -> str:
        """A name for all that decides what is found: the same for words that are typed in other ways."""
        query = self.query
        asked = query.is_void, self.tiers, self.without, query.phrases, query.excluded_phrases
        return hashlib.sha256(repr(asked).encode()).hexdigest()


@dataclass(slots=True)
class _Reading:
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[tuple[str, int]] = field(default_factory=list)
    excluded_phrases: list[tuple[str, ...]] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)


def search_for(typed: str, named: Mapping[str, Sequence[str]] | None = None) -> Search:
    """Return what is asked of the index; `named` as in `conditions`."""
    query = parse(typed)
    return Search(query, tuple(conditions(query, named or {})), exclusion(query))


@lru_cache(maxsize=256)
def parse(typed: str) -> Query:
    """Read what was typed. Never fails: what is no word, phrase or filter says nothing."""
    read = _Reading()
    before, plain = "", _BLANK.sub(" ", typed)
    for item in _ITEM.finditer(typed):
        if item["plain"] and not _excludes(item, before):
            before = item.group()
        else:
            _take(item, read)
            # Blank, so that all else keeps its place.
            plain = plain[: item.start()] + " " * len(item.group()) + plain[item.end() :]
    terms = _terms(plain, is_end=True)
    excluded = tuple(term for words, start in read.excluded for term in _terms(words, start))
    return Query(
        typed,
        _without_stops(terms, bool(read.phrases)),
        tuple(read.phrases),
        excluded,
        tuple(read.excluded_phrases),
        tuple(read.filters),
    )


def _excludes(item: re.Match[str], before: str) -> bool:
    """Whether a leading hyphen is a minus, and not that of "Schulbau und -sanierung"."""
    return bool(item["minus"]) and before.casefold() not in _JOINS_BEFORE_HYPHEN


def _take(item: re.Match[str], read: _Reading) -> None:
    excludes = bool(item["minus"])
    if item["phrase"] is not None:
        if words := tuple(spelt for word in words_of(item["phrase"], is_query=True) for spelt in word.spelt):
            (read.excluded_phrases if excludes else read.phrases).append(words)
    elif item["name"]:
        given = item["quoted"] if item["quoted"] is not None else item["value"]
        values = (given,) if item["quoted"] is not None else tuple(v for v in given.split(",") if v)
        read.filters.append(Filter(item["name"].casefold(), values, item.span(), excludes))
    else:
        read.excluded.append((item["plain"], item.start("plain")))


def _is_unfinished(word: Word) -> bool:
    """Whether a word is no word yet, as while somebody types it."""
    is_stem = rules().first.get(word.form, word.form) != word.form
    return len(word.form) > 2 and not word.is_stop and (is_stem or not known(word.form).is_word)


def _terms(text: str, start: int = 0, *, is_end: bool = False) -> list[Term]:
    """The terms of what was typed from `start` on; with `is_end` its last word may be unfinished."""
    words = words_of(text, is_query=True)
    siblings = frozenset(
        lemma for word in words for lemma in (*word.lemmas, *(m for part in word.parts for m in part.lemmas))
    )
    runs = {run.start: run for run in runs_in(words)}
    terms, at = [], 0
    while at < len(words):
        run = runs.get(at)
        size = run.end - run.start if run else 1
        part = tuple(words[at : at + size])
        at += size
        follows = text[part[-1].end : part[-1].end + 1]
        is_typed = at == len(words) and not follows and not run and is_end
        begins = follows == "*" or (is_typed and _is_unfinished(part[0]))
        typed = " ".join(text[part[0].start : part[-1].end].split())
        span = start + part[0].start, start + part[-1].end
        terms.append(Term(part, typed, span, begins, siblings, run.group if run else None))
    return terms


def _without_stops(terms: Sequence[Term], has_phrases: bool) -> tuple[Term, ...]:
    """Articles and the like are left out, unless nothing else is searched."""
    telling = tuple(term for term in terms if term.run or term.begins or not term.words[0].is_stop)
    return telling if telling or has_phrases else tuple(terms)


def named_by(terms: Iterable[Term], named: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the facet tokens (see `names`) of all that the words of terms name, or other words for it."""
    telling = [(term, word) for term in terms for word in term.words if not word.is_stop]
    meanings = {meaning for _term, word in telling for meaning in (word.form, *word.lemmas)}
    meanings |= {f"#{group.name}" for term, word in telling for group in term.groups(word.lemmas)}
    return {token for meaning in meanings for token in named.get(meaning, ())}


def conditions(query: Query, named: Mapping[str, Sequence[str]]) -> list[AllOf]:
    """Return for each tier the condition that a statement of it or of a better one meets.

    `named`: the facet tokens that a spelling or base form names, such as a party's name. Empty where the
    query has no terms and no phrases.
    """
    wanted = [_tiers(term, named) for term in query.terms]
    exact = [Token(f"={form[:LONGEST]}") for phrase in query.phrases for form in phrase]
    if not wanted and not exact:
        return []
    found = [all_of([*exact, *(_up_to(tiers, best) for tiers in wanted)]) for best in range(TIERS)]
    if len(wanted) > 1 and not exact:
        # Of several words one is the statement's own, or its heading holds them all, or all are names.
        own = [_up_to(tiers, TIERS - 2) for tiers in wanted]
        found[-1] = all_of([*found[-1].parts, any_of([*own, *_all_around(query.terms, named)])])
    return found


def _all_around(terms: Sequence[Term], named: Mapping[str, Sequence[str]]) -> Iterator[AllOf]:
    yield all_of(_heading(term) for term in terms)
    facets = [sorted(named_by((term,), named)) for term in terms]
    if all(facets):
        yield all_of(any_of(_token(token) for token in tokens) for tokens in facets)


def exclusion(query: Query) -> AnyOf | None:
    """Return the condition that no statement found may meet: an excluded word, in any form but a heading."""
    if not query.excluded:
        return None
    return any_of(_up_to(_tiers(term, {}), TIERS - 2) for term in query.excluded)


def _up_to(tiers: Sequence[Sequence[Expression]], best: int) -> AnyOf:
    return any_of(condition for tier in tiers[: best + 1] for condition in tier)


def _tiers(term: Term, named: Mapping[str, Sequence[str]]) -> list[list[Expression]]:
    """What meets a term, for each tier by itself; one of its conditions is enough."""
    if term.run:
        return _run_tiers(term, term.run, named)
    word = term.words[0]
    spelt, bases, inside = f"={word.form}", word.lemmas, [f"+{lemma}" for lemma in word.lemmas]
    if word.is_stop and not term.begins:
        return [[_token(spelt)], [], [], [], []]
    starts = (spelt, word.form, f"+{word.form}") if term.begins else ()
    meant = [*derived(word.lemmas), *(f"#{group.name}" for group in term.groups(word.lemmas))]
    around = [*_around(term, (word.form, *word.lemmas), named), f"~{english_base(word.form)}"]
    tiers: list[list[Expression]] = [
        [_token(token) for token in tokens] for tokens in ([spelt], bases, inside, meant, around)
    ]
    for tier, start in zip(tiers, starts, strict=False):
        tier.append(Token(start[:LONGEST], is_prefix=True))
    if len(word.atoms) > 1 and _says_what_its_parts_say(word):
        own = [_anywhere(term, atom) for atom in word.atoms]
        around_too = [_anywhere(term, atom, named) for atom in word.atoms]
        tiers[3].append(all_of(own))
        tiers[4].append(all_of([*around_too, any_of([*own, _heading(term)])]))
    return tiers


def _says_what_its_parts_say(word: Word) -> bool:
    """Whether all parts of a compound say the same apart: not those of "Sozialarbeit", a word of its own."""
    return not known(word.form).is_word or all(
        known(lemma).nouns for atom in word.atoms for lemma in atom.lemmas[:1]
    )


def derived(lemmas: Iterable[str]) -> Iterator[str]:
    """What a word is derived from, and what is derived from it."""
    for lemma in lemmas:
        stem = stem_of(lemma) or lemma
        yield f"%{stem}"
        if stem != lemma:
            yield from (stem, f"+{stem}")


def _heading(term: Term) -> AnyOf:
    """What meets a term in the heading or lead-in of a statement."""
    word = term.words[0]
    if term.run:
        return any_of([_token(f"^#{term.run.name}")])
    whole = [_token(token) for token in _around(term, word.lemmas, {})]
    if len(word.atoms) < 2:
        return any_of(whole)
    parts = (any_of(_token(t) for t in _around(term, atom.lemmas, {})) for atom in word.atoms)
    return any_of([*whole, all_of(parts)])


def _around(term: Term, lemmas: Sequence[str], named: Mapping[str, Sequence[str]]) -> list[str]:
    """What a word is found by around a statement: its heading, its topic, who says it."""
    groups = [f"#{group.name}" for group in term.groups(lemmas)]
    facets = (token for name in (*lemmas, *groups) for token in named.get(name, ()))
    return [*(f"^{meaning}" for meaning in (*lemmas, *groups)), *facets]


@lru_cache(maxsize=4)
def names(named: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Return what `conditions` needs, of names and the facet token of each: "Wohnen & Bauen", "@t1".

    A name of several words is found by those that stand alone between "&", "+" and commas.
    """
    tokens: dict[str, list[str]] = defaultdict(list)
    for name, token in named:
        for part in _BETWEEN_NAMES.split(name):
            words = words_of(part, is_query=True)
            for word in words if len(words) == 1 else ():
                groups = (f"#{group.name}" for group in groups_of(word.lemmas) if group.name == word.form)
                for meaning in dict.fromkeys((word.form, *word.lemmas, *groups)):
                    tokens[meaning].append(token)
    return dict(tokens)


def _anywhere(term: Term, atom: Piece, named: Mapping[str, Sequence[str]] | None = None) -> AnyOf:
    """A part of a compound, anywhere in the statement; with `named` around it too."""
    tokens = [token for lemma in atom.lemmas for token in (lemma, f"+{lemma}")]
    tokens += [*derived(atom.lemmas), *(f"#{group.name}" for group in term.groups(atom.lemmas))]
    if named is not None:
        tokens += _around(term, atom.lemmas, named)
    return any_of(_token(token) for token in tokens)


def _run_tiers(term: Term, run: Group, named: Mapping[str, Sequence[str]]) -> list[list[Expression]]:
    """ "Bus und Bahn": every one of its words, or what else means the same."""
    telling = [word for word in term.words if not word.is_stop]
    each = [_tiers(Term((word,), word.form, term.span, siblings=term.siblings), named) for word in telling]
    together: list[list[Expression]] = [[all_of(_up_to(tiers, best) for tiers in each)] for best in range(3)]
    return [*together, [_token(f"#{run.name}")], [_token(f"^#{run.name}")]]


def _token(text: str) -> Token:
    return Token(text[:LONGEST])
