"""What a statement is found by, as the databases store it: a set of tokens, the same on both.

The first letter of a token says how it is found, best first:

    =kitas       the word as it is spelt, folded
    kita         its base form
    +kita        the base form of a part of a compound (of Kitaplatz)
    %sanier      what "sanieren" and "Sanierung" have in common
    #0kita       a group of synonyms
    ^kita, ^#…   any of these, but of the heading or the lead-in
    ~childcare   an English word of a digest's rendering
    @t12, @p3    a topic, an author: see `pledges.index`
"""

from collections.abc import Iterable, Iterator, Sequence

from pledges.search.lexicon import lexicon
from pledges.search.synonyms import groups_of, runs_in
from pledges.search.words import Word, words_of

_DERIVED = ("ung", "en", "er")
_SHORTEST_STEM = 6
LONGEST = 60
"""Letters of a token that are kept; what is longer is no word."""


def tokens_of(text: str, context: Sequence[str] = (), english: Sequence[str] = ()) -> set[str]:
    """Return the tokens of a statement, of its heading and lead-in (`context`), and of its renderings."""
    words = words_of(text)
    tokens = {f"={spelt}" for word in words for spelt in (word.form, *word.spelt)}
    tokens |= {lemma for word in words for single in word.hyphened for lemma in single.lemmas}
    tokens |= set(_meanings(words, "+"))
    for around in context:
        tokens |= {f"^{token}" for token in _meanings(words_of(around), "")}
    tokens |= {
        f"~{english_base(word.form)}" for line in english for word in words_of(line) if not word.is_stop
    }
    return {token[:LONGEST] for token in tokens}


def running_words(text: str) -> str:
    """Return the folded words in order, each between blanks: what a phrase is looked up in."""
    return f" {' '.join(spelt for word in words_of(text) for spelt in word.spelt)} "


def spellings(text: str) -> dict[str, str]:
    """Return the folded words of a text with a spelling of each, without the stop words."""
    return {
        word.form[:LONGEST]: text[word.start : word.end]
        for word in words_of(text)
        if not word.is_stop and word.form
    }


def english_base(form: str) -> str:
    return lexicon().english(form)


def _meanings(words: Sequence[Word], inside: str) -> Iterator[str]:
    for word in words:
        if not word.is_stop:
            yield from word.lemmas
            yield from kin(word.lemmas)
            for part in word.parts:
                yield from (f"{inside}{lemma}" for lemma in part.lemmas)
                yield from kin(part.lemmas)
    yield from (f"#{run.group.name}" for run in runs_in(words))


def kin(lemmas: Iterable[str]) -> Iterator[str]:
    """The tokens of what base forms mean beyond themselves: their groups, and what they are derived from."""
    known = tuple(lemmas)
    yield from (f"#{group.name}" for group in groups_of(known))
    yield from (f"%{stem}" for lemma in known if (stem := stem_of(lemma)))


def stem_of(lemma: str) -> str:
    """What a derived word shares with its verb or noun: "sanier", "schulsozialarbeit"; "" if it is none.

    Short stems are left out: "Wohnung" and "wohnen" are not the same matter, nor "Bildung" and "bilden".
    """
    stem = next((lemma.removesuffix(end) for end in _DERIVED if lemma.endswith(end)), "")
    return stem if len(stem) >= _SHORTEST_STEM else ""
