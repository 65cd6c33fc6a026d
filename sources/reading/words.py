"""Is this a German word? Asked when a hyphen is to be undone."""

from functools import cache, lru_cache

from simplemma import is_known, lemmatize

_ENDINGS = ("es", "er", "en", "em", "te", "e", "n", "s", "t")
_LINKS = ("", "s", "es", "n", "en")
_SHORTEST_PART = 4


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Return whether `word` is in the dictionary, inflected or not."""
    if len(word) < 2:
        return False
    if is_known(word, lang="de"):
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) > 3
        and is_known(word.removesuffix(ending), lang="de")
        for ending in _ENDINGS
    )


@lru_cache(maxsize=20_000)
def is_compound(word: str) -> bool:
    """Return whether `word` falls into two known words, each of some letters."""
    return any(
        is_word(word[at:]) and _is_first_part(word[:at])
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )


def _is_first_part(part: str) -> bool:
    return any(
        part.endswith(link) and len(part) - len(link) >= 3 and is_word(part.removesuffix(link))
        for link in _LINKS
    )


@cache
def is_noun(word: str) -> bool:
    """Return whether the dictionary has `word`, written with a capital, as a noun."""
    capital = word[:1].upper() + word[1:]
    return is_known(capital, lang="de") and lemmatize(capital, lang="de")[:1].isupper()


@cache
def normal_case(capitals: str) -> str:
    """Return a word in capitals as the dictionary spells it, "" where it is not in it or spelt in two ways.

    "LEBEN" may be a noun or a verb; an adjective in "-es" may be a noun ("Soziales").
    """
    small, capital = capitals.lower(), capitals.capitalize()
    if not is_known(small, lang="de") or small.endswith("es"):
        return ""
    lemmas = {lemmatize(small, lang="de")[:1].isupper(), lemmatize(capital, lang="de")[:1].isupper()}
    if len(lemmas) > 1:
        return ""
    return capital if lemmas.pop() else small
