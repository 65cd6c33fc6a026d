"""The passages of an earlier reading of a text paired with those of a new one."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["kept", "carried", "new", "gone"]

_TAG = re.compile(r"</?[a-z]{1,6}\s?/?>", re.IGNORECASE)
_MARKS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]{3,}")
# Among the 956 sentences of four programmes of one city no two different ones agree to more than 0.55;
# a sentence in which a fifth of the words changed still agrees to 0.7 and more.
SAME_SENTENCE = 0.7
_CANDIDATES = 6
_COMMON = 60


@dataclass(frozen=True, slots=True)
class Match:
    """An old and a new passage that are the same ("kept": word for word, "carried": nearly), or only one
    of them ("new" without an old one, "gone" without a new one). Indexes count from 0."""

    old: int | None
    new: int | None
    how: How


def folded(text: str) -> str:
    """Return the letters and digits of `text`, without case and without inline tags ("CO<sub>2</sub>")."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", _TAG.sub("", text))).casefold()


def match_passages(old: Sequence[str], new: Sequence[str]) -> tuple[Match, ...]:
    """Return each passage of `old` and of `new` exactly once, the new ones in their order, then what is gone.

    The same words (white space apart) are paired first, wherever they stand; the same sentence several
    times by its neighbours, then in order. What is left is paired where the letters are the same or the
    trigrams agree to SAME_SENTENCE (Dice), the most similar first.
    """
    kept = _same_keys([" ".join(text.split()) for text in old], [" ".join(text.split()) for text in new], {})
    letters = _same_keys([folded(text) or text for text in old], [folded(text) or text for text in new], kept)
    carried = letters | _reworded(old, new, kept | letters)
    pairs = {at: Match(before, at, "kept") for before, at in kept.items()}
    pairs |= {at: Match(before, at, "carried") for before, at in carried.items()}
    found = [pairs.get(at) or Match(None, at, "new") for at in range(len(new))]
    gone = [Match(at, None, "gone") for at in range(len(old)) if at not in kept and at not in carried]
    return (*found, *gone)


def _same_keys(old: Sequence[str], new: Sequence[str], taken: dict[int, int]) -> dict[int, int]:
    """Pair the positions of equal keys that `taken` (old to new) leaves free."""
    used = set(taken.values())
    olds, news = _positions(old, set(taken)), _positions(new, used)
    pairs: dict[int, int] = {}
    shared = [(olds[key], news[key]) for key in olds if key in news]
    for before, after in shared:
        if len(before) == len(after):
            pairs.update(zip(before, after, strict=True))
    known = taken | pairs
    for before, after in shared:
        if len(before) != len(after):
            pairs.update(_by_neighbours(before, after, known))
    return pairs


def _positions(keys: Sequence[str], without: set[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if at not in without:
            found[key].append(at)
    return found


def _by_neighbours(before: list[int], after: list[int], known: dict[int, int]) -> dict[int, int]:
    """Pair the places of one repeated sentence: those next to the same sentence first, the rest in order."""
    free = set(after)
    pairs = {}
    for at in before:
        expected = [known[near] + step for near, step in ((at - 1, 1), (at + 1, -1)) if near in known]
        fitting = next((place for place in expected if place in free), None)
        if fitting is not None:
            pairs[at] = fitting
            free.remove(fitting)
    rest = [at for at in before if at not in pairs]
    return pairs | dict(zip(rest, sorted(free), strict=False))


def _reworded(old: Sequence[str], new: Sequence[str], taken: dict[int, int]) -> dict[int, int]:
    used = set(taken.values())
    olds = [at for at in range(len(old)) if at not in taken]
    news = [at for at in range(len(new)) if at not in used]
    if not olds or not news:
        return {}
    scored = sorted(_similar_pairs(old, new, olds, news), key=lambda pair: (-pair[0], abs(pair[1] - pair[2])))
    pairs: dict[int, int] = {}
    used = set()
    for _, before, after in scored:
        if before not in pairs and after not in used:
            pairs[before] = after
            used.add(after)
    return pairs


def _similar_pairs(
    old: Sequence[str], new: Sequence[str], olds: Iterable[int], news: Iterable[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield (similarity, old, new) of the pairs that are the same sentence reworded.

    Only passages that share a rarer word are compared: all pairs of 2,000 passages would be 4 million.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    trigrams = {}
    for at in news:
        trigrams[at] = _trigrams(new[at])
        for word in set(_WORD.findall(new[at].casefold())):
            holders[word].append(at)
    for at in olds:
        words = (holders.get(word, ()) for word in set(_WORD.findall(old[at].casefold())))
        shared = Counter(holder for held in words if len(held) <= _COMMON for holder in held)
        own = _trigrams(old[at])
        for candidate, _ in shared.most_common(_CANDIDATES):
            similarity = _dice(own, trigrams[candidate])
            if similarity >= SAME_SENTENCE:
                yield similarity, at, candidate


def _trigrams(text: str) -> Counter[str]:
    letters = f" {' '.join(text.casefold().split())} "
    return Counter(letters[at : at + 3] for at in range(len(letters) - 2))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
