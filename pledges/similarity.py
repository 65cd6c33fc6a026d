"""How likely two statements are on the same matter, by their words and topics. Pure.

Words are compared as lemmas and, since German compounds share parts ("Radwegenetz", "Radweg"), by runs of
letters, both weighed by how rare they are (tf-idf; Salton and Buckley 1988). A logistic curve turns that, and
whether the topics agree, into a certainty. It was fitted to the shipped relations, of which
tests/benchmarks/bench_relations.py measures how many are found; they are only a part of those that there are,
so that the certainty is rather too low than too high.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
# The curve: bench_relations.py fits it anew and tells where it has moved.
BIAS, OF_SIMILARITY, OF_SHARED_TOPIC, OF_SAME_MAIN_TOPIC = -1.82, 3.68, 1.82, 1.45
# Below, too few of the pairs are relations to ask an editor for each.
LEAST_CERTAIN = 0.05
# Whatever their topics, pairs less alike aren't certain enough.
_LEAST_ODDS = math.log(LEAST_CERTAIN / (1 - LEAST_CERTAIN)) - BIAS - OF_SHARED_TOPIC - OF_SAME_MAIN_TOPIC
LEAST_SIMILAR = math.exp(_LEAST_ODDS / OF_SIMILARITY) - 0.05
# The best of a statement in another text are enough to start from; the others are in its neighbourhood.
MOST_OF_A_STATEMENT = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement to be compared: its key, its programme's, its words and its topics, the main one first."""

    key: int
    programme: int
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two statements of different programmes by their places in what was compared.

    `similarity`: 0 where they share no word, 2 where they are the same; `certainty`: from 0 to 1.
    """

    one: int
    other: int
    similarity: float
    certainty: float


def find_alike(
    sayings: Sequence[Saying], of: Iterable[int], least_similar: float = LEAST_SIMILAR
) -> list[Likeness]:
    """Return the pairs of different programmes that may be on the same matter, the most certain first.

    Only those with a statement of the programmes with the keys `of`.
    """
    vectors = _vectors(sayings)
    programmes = np.array([saying.programme for saying in sayings])
    found: list[Likeness] = []
    done: list[int] = []
    for programme in sorted(of):
        done.append(programme)
        own = np.flatnonzero(programmes == programme)
        others = np.flatnonzero(~np.isin(programmes, done))
        if vectors and len(own) and len(others):
            alike = sum((v[own] @ v[others].T).toarray() for v in vectors)
            places = np.argwhere(alike >= least_similar)
            found += _likely(sayings, own[places[:, 0]], others[places[:, 1]], alike[tuple(places.T)])
    return sorted(found, key=lambda likeness: (-likeness.certainty, likeness.one, likeness.other))


def choose(alike: Iterable[Likeness], sayings: Sequence[Saying]) -> Iterator[Likeness]:
    """Yield those that are certain enough, of each statement the best few in each other programme.

    `alike`: the most certain first.
    """
    number: Counter[tuple[int, int]] = Counter()
    for likeness in alike:
        if likeness.certainty < LEAST_CERTAIN:
            return
        one, other = sayings[likeness.one], sayings[likeness.other]
        ends = (one.key, other.programme), (other.key, one.programme)
        if any(number[end] < MOST_OF_A_STATEMENT for end in ends):
            number.update(ends)
            yield likeness


def features(similarity: Floats | float, shares_topic: Floats | bool, same_main: Floats | bool) -> Floats:
    """Return what the curve weighs, a column each."""
    return np.stack(np.broadcast_arrays(np.log(np.add(similarity, 0.05)), shares_topic, same_main), axis=-1)


def shared_topics(one: Saying, other: Saying) -> tuple[bool, bool]:
    """Return whether two statements share a topic, and whether they share the main one."""
    shares = not set(one.topics).isdisjoint(other.topics)
    return shares, shares and one.topics[0] == other.topics[0]


def _likely(sayings: Sequence[Saying], ones: NDArray, others: NDArray, alike: Floats) -> Iterator[Likeness]:
    for one, other, similarity in zip(ones.tolist(), others.tolist(), alike.tolist(), strict=True):
        weighed = features(similarity, *shared_topics(sayings[one], sayings[other]))
        yield Likeness(one, other, similarity, _certainty(weighed))


def _certainty(weighed: Floats) -> float:
    odds = BIAS + weighed @ np.array([OF_SIMILARITY, OF_SHARED_TOPIC, OF_SAME_MAIN_TOPIC])
    return float(1 / (1 + np.exp(-odds)))


def _vectors(sayings: Iterable[Saying]) -> "list[csr_matrix]":
    """Return the statements by lemmas and by runs of letters, a row each; none where there are no words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = [lemmas(saying.text) for saying in sayings]
    runs = [[run for lemma in found for run in _runs(lemma)] for found in words]
    if not any(words):
        return []
    vectorizer = TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True)
    return [vectorizer.fit_transform(words), vectorizer.fit_transform(runs)]


def _as_it_is(found: list[str]) -> list[str]:
    return found


def _runs(word: str) -> list[str]:
    """The runs of four to six letters of a word, its ends marked."""
    marked = f" {word} "
    return [marked[at : at + size] for size in (4, 5, 6) for at in range(max(1, len(marked) - size + 1))]


def lemmas(text: str) -> list[str]:
    """Return the words of a text in the form that a dictionary lists, lower case, without the shortest."""
    return [_lemma(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=50_000)
def _lemma(word: str) -> str:
    from simplemma import lemmatize

    return (word if word.isupper() else lemmatize(word, lang="de")).lower()
