"""Words of a German sentence, as the rules and the lexicon look at them."""

import re
from dataclasses import dataclass
from functools import lru_cache

_SOFT_HYPHEN = "\u00ad"
# "Wohnungsbau-vorhaben": a line-end hyphen that stayed; "Mieter-*innen" the same before a gender star.
_STRAY_HYPHEN = re.compile(r"(?<=[a-zäöüß])-(?=\*?[a-zäöüß]{3})")
# A dash as typewriters and converters write it.
_TYPED_DASH = re.compile(r"(?<=\S) +-{1,3} +(?=\S)")
_GENDER_MARK = re.compile(r"(?<=[a-zäöüß])(?:[*:_·]|/-?)(?=innen|(?:in|r|n|e|s)\b)")
_INNER_I = re.compile(r"(?<=[a-zäöüß])I(?=nnen|n\b)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]")
_OPENING_MARKS = re.compile(r"^[\s\-–—•·*▪■►➢✓\uf000-\uf0ff]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark; `form` is folded for look-ups (lower case, ss for ß)."""

    text: str
    form: str

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalpha()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case with ss for ß, so that Swiss spelling and capitals look the same."""
    return text.lower().replace("ß", "ss")


def unify_spelling(text: str) -> str:
    """Undo what hides a word: stray hyphens, gender marks (Bürger*innen becomes Bürgerinnen), inner I."""
    text = _TYPED_DASH.sub(" – ", text.replace(_SOFT_HYPHEN, "").replace("\u00a0", " "))
    text = _GENDER_MARK.sub("", _STRAY_HYPHEN.sub("", text))
    return _OPENING_MARKS.sub("", _INNER_I.sub("i", text))


def words_of(text: str) -> tuple[Word, ...]:
    """Cut a statement into words, numbers and marks; hyphenated compounds fall into their parts."""
    return tuple(Word(token, fold(token)) for token in _TOKEN.findall(unify_spelling(text)))
