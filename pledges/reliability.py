"""How far coders agree beyond chance: Cohen's kappa and Krippendorff's alpha, with intervals.

Kappa: Cohen, A coefficient of agreement for nominal scales (1960). Alpha: Krippendorff, Computing
Krippendorff's alpha-reliability (2011). Distance of label sets: Passonneau, Measuring agreement on
set-valued items (2006). Intervals hold 95 % of what samples drawn again from the statements give (bootstrap).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Below, a coefficient says more about chance than about the coders.
LEAST = 10
ROUNDS = 1000
SEED = 2011
# So many of the drawn samples have to hold more than one value, or there is no interval.
LEAST_DEFINED = 0.95

Distance = Callable[[Any, Any], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its interval; without one where no sample drawn again gives another value."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far two coders agree on one label of `n` statements; `agreed` is a share, 0 to 1.

    Without coefficients where there are too few statements, or where all have the same value, of which
    chance alone could be the reason; `n` and `agreed` tell which of the two it is.
    """

    n: int
    agreed: float | None
    kappa: Estimate | None
    alpha: Estimate | None

    @property
    def is_too_few(self) -> bool:
        return self.n < LEAST

    @property
    def is_without_variety(self) -> bool:
        return not self.is_too_few and self.alpha is None


def nominal(a: Hashable, b: Hashable) -> float:
    return float(a != b)


def masi(a: frozenset, b: frozenset) -> float:
    """How far two sets of labels differ, 0 to 1 (Passonneau 2006); less where one holds the other."""
    if a == b:
        return 0.0
    shared = a & b
    monotonicity = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - len(shared) / len(a | b) * monotonicity


def kappa(pairs: Sequence[tuple[Hashable, Hashable]], counts: Sequence[int] | None = None) -> float | None:
    """Cohen's kappa of two coders; None where it isn't defined, as all values are the same.

    `counts`: how often each pair of values occurs, once where None.
    """
    return _defined(_kappas(np.array(counts or np.ones(len(pairs))), pairs)) if pairs else None


def alpha(units: Sequence[Sequence[Hashable]], distance: Distance = nominal) -> float | None:
    """Krippendorff's alpha; a unit holds the values that the coders gave it, however many coders there are.

    A unit with fewer than two values can't be compared and doesn't count. None where alpha isn't defined, as
    all values are the same.
    """
    comparable = [unit for unit in units if len(unit) > 1]
    return _defined(_alphas(np.ones(len(comparable)), comparable, distance)) if comparable else None


def reliability(pairs: Sequence[tuple[Any, Any]], distance: Distance | None = None) -> Reliability:
    """Return how far two coders agree, a pair of values a statement.

    `distance`: where values differ more or less, as sets do; then there is no kappa, which knows only same
    and other.
    """
    agreed = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    if len(pairs) < LEAST or len({value for pair in pairs for value in pair}) == 1:
        return Reliability(len(pairs), agreed, None, None)
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), ROUNDS)
    weights = np.vstack([np.ones(len(pairs)), drawn])
    return Reliability(
        len(pairs),
        agreed,
        None if distance else _estimate(_kappas(weights, pairs)),
        _estimate(_alphas(weights, pairs, distance or nominal)),
    )


def _kappas(weights: np.ndarray, pairs: Sequence[tuple[Hashable, Hashable]]) -> np.ndarray:
    """Kappa for each row of weights, which say how often each pair counts; not a number where undefined."""
    values = _places(pairs)
    first = _indicators([pair[:1] for pair in pairs], values)
    second = _indicators([pair[1:] for pair in pairs], values)
    n = weights.sum(-1)
    seen = weights @ (first * second).sum(-1) / n
    chance = ((weights @ first) * (weights @ second)).sum(-1) / n**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance < 1, (seen - chance) / (1 - chance), np.nan)


def _alphas(weights: np.ndarray, units: Sequence[Sequence[Hashable]], distance: Distance) -> np.ndarray:
    """Alpha for each row of weights, which say how often each unit counts; not a number where undefined.

    What differs within a unit counts by its pairs of values, divided by the number of values less one; what
    chance would give, by the pairs of all values, whatever unit they are from.
    """
    values = _places(units)
    apart = np.array([[distance(a, b) for b in values] for a in values])
    counts = _indicators(units, values)
    within = (counts @ apart * counts).sum(-1) / (counts.sum(-1) - 1)
    totals = weights @ counts
    between = (totals @ apart * totals).sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (totals.sum(-1) - 1) * (weights @ within) / between
        return np.where(between > 0, found, np.nan)


def _places(units: Sequence[Sequence[Hashable]]) -> dict[Hashable, int]:
    values = dict.fromkeys(value for unit in units for value in unit)
    return {value: place for place, value in enumerate(values)}


def _indicators(units: Sequence[Sequence[Hashable]], places: dict[Hashable, int]) -> np.ndarray:
    """How often each unit (row) holds each value (column)."""
    counts = np.zeros((len(units), len(places)))
    for row, unit in enumerate(units):
        for value in unit:
            counts[row, places[value]] += 1
    return counts


def _estimate(found: np.ndarray) -> Estimate | None:
    """The first is the figure itself, the others are of the samples drawn again."""
    value = _defined(found[:1])
    drawn = found[1:][~np.isnan(found[1:])]
    if value is None:
        return None
    if len(drawn) < LEAST_DEFINED * ROUNDS or np.ptp(drawn) == 0:
        return Estimate(value, None, None)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def _defined(found: np.ndarray) -> float | None:
    return None if np.isnan(found).any() else float(found.flat[0])
