"""What somebody may have meant whose search finds nothing: words like theirs, or each of them by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_

from django.db.models import Count, IntegerField, Q, Value
from django.http import QueryDict

from pledges.links import link_with
from pledges.models import SearchWord
from pledges.models.statements import StatementQuerySet
from pledges.search.lexicon import lexicon
from pledges.search.query import Query, Search, Term
from pledges.search.splitting import first_part
from pledges.search.synonyms import spellings
from pledges.search.words import folded_places, words_of

_SUGGESTED = 3
_LOOKED_AT = 9
_TERMS = 4
_SHORTEST_PART = 3
_LONGEST_COMPOUND = 30
_LIKE = 0.7
"""How like a word has to be: of its letters so many stay when slips are mended."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words, how many statements they find, and the same page with them."""

    words: str
    number: int
    link: str


def suggest(
    query: Query, statements: StatementQuerySet, given: QueryDict, ask: Callable[[str], Search]
) -> list[Suggestion]:
    """Return what finds something among the statements in place of the query, the likeliest first.

    Two queries, however many words: those like the ones typed, and what each suggestion finds.
    """
    candidates = [*_mended(query), *_single(query)]
    numbers = _count([ask(words) for words in candidates], statements)
    return [
        Suggestion(words, number, link_with(given, "q", [words]))
        for words, number in zip(candidates, numbers, strict=True)
        if number
    ][:_SUGGESTED]


def _mended(query: Query) -> list[str]:
    """The query with each unknown word replaced by the one most like it, and by the next ones."""
    terms = [term for term in query.terms if not term.run][:_TERMS]
    known = _words_like(terms)
    unknown = [term for term in terms if term.form not in known and not _has_base(term, known)]
    near = {term.span: _near(term, known) for term in unknown}
    if not unknown or not all(near.values()):
        return []
    return [
        query.with_meant({span: found[min(rank, len(found) - 1)] for span, found in near.items()})
        for rank in range(max(len(found) for found in near.values()))
    ]


def _near(term: Term, known: Mapping[str, str]) -> list[str]:
    """The words most like a term: of those known, and what becomes of it with a known word as its end."""
    # Large, and wanted by searches alone that find nothing.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    extract_like = partial(extract, scorer=OSA.normalized_similarity, limit=_LOOKED_AT, score_cutoff=_LIKE)
    words = dict(known)
    for at in _ends(term.form):
        before = term.typed[: folded_places(term.typed)[1][at]]
        ends = [form for form in known if form[0] == term.form[at]]
        for end, *_likeness in extract_like(term.form[at:], ends):
            words.setdefault(term.form[:at] + end, before + known[end].lower())
    near = [words[form] for form, *_likeness in extract_like(term.form, list(words))]
    return _of_different_bases(near)[:_SUGGESTED]


def _of_different_bases(words: Iterable[str]) -> list[str]:
    """Of several forms of one word the first alone, as the others find the same."""
    kept, known = list[str](), set[str]()
    for word in words:
        bases = {base for one in words_of(word) for base in (one.form, *one.lemmas)}
        if bases.isdisjoint(known):
            kept.append(word)
        known |= bases
    return kept


def _ends(form: str) -> list[int]:
    """Where the last part of a compound may begin: behind what the lexicon knows as a first part."""
    if len(form) > _LONGEST_COMPOUND:
        return []
    return [
        at for at in range(_SHORTEST_PART, len(form) - _SHORTEST_PART + 1) if first_part(form[:at], lexicon())
    ]


def _has_base(term: Term, known: dict[str, str]) -> bool:
    return any(lemma in known for word in term.words for lemma in word.lemmas)


def _words_like(terms: Sequence[Term]) -> dict[str, str]:
    """The words that begin like one of the terms or the end of one, by their form: those of the texts and of
    the synonyms."""
    letters = {letter for term in terms for letter in term.form[:2]}
    letters |= {term.form[at] for term in terms for at in _ends(term.form)}
    if not letters:
        return {}
    wanted = reduce(or_, (Q(form__startswith=letter) for letter in sorted(letters)))
    listed = {form: word for form, word in spellings().items() if form[0] in letters}
    return listed | dict(SearchWord.objects.filter(wanted).order_by("form").values_list("form", "spelling"))


def _single(query: Query) -> list[str]:
    """Each word of several by itself."""
    return [term.typed for term in query.terms[:_TERMS]] if len(query.terms) > 1 else []


def _count(searches: Sequence[Search], statements: StatementQuerySet) -> list[int]:
    """How many statements each search finds, in one query."""
    numbers = [0] * len(searches)
    if not searches:
        return numbers
    counted = [
        statements.found_by(search)
        .order_by()
        .annotate(place=Value(place, output_field=IntegerField()))
        .values("place")
        .annotate(number=Count("pk"))
        .values_list("place", "number")
        for place, search in enumerate(searches)
    ]
    for place, number in counted[0].union(*counted[1:], all=True):
        numbers[place] = number
    return numbers
