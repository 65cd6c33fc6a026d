"""Logistic regression over named features as plain arrays: fitted by scikit-learn, applied without it."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Grams:
    """Inverse document frequencies of words or letter runs; `name` marks the features, `weight` scales."""

    name: str
    weight: float
    idf: Mapping[str, float]


def learn_grams(name: str, weight: float, texts: Iterable[Sequence[str]], at_least: int) -> Grams:
    """Learn the grams that occur in at least so many texts."""
    total = 0
    counts: Counter[str] = Counter()
    for grams in texts:
        counts.update(set(grams))
        total += 1
    idf = {gram: math.log((1 + total) / (1 + n)) + 1 for gram, n in counts.items() if n >= at_least}
    return Grams(name, weight, idf)


def gram_features(grams: Grams, found: Sequence[str]) -> dict[str, float]:
    """Weighted tf-idf values (logarithmic frequencies, length one) of a text's known grams."""
    counts = Counter(gram for gram in found if gram in grams.idf)
    values = {gram: (1 + math.log(n)) * grams.idf[gram] for gram, n in counts.items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {f"{grams.name}:{gram}": grams.weight * value / length for gram, value in values.items()}


@dataclass(frozen=True, slots=True)
class Linear:
    """A softmax over classes: `weights` (features x classes), `bias` (classes), divided by `temperature`."""

    classes: tuple[str, ...]
    index: Mapping[str, int]
    weights: Floats
    bias: Floats
    temperature: float = 1.0


def _matrix(rows: Sequence[Mapping[str, float]], index: Mapping[str, int]) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    values, columns, starts = [], [], [0]
    for row in rows:
        for name, value in row.items():
            column = index.get(name)
            if column is not None:
                columns.append(column)
                values.append(value)
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(rows), len(index)), dtype=np.float64)


def fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], groups: Sequence[str], strength: float
) -> Linear:
    """Fit by maximum likelihood with an L2 penalty of 1 / `strength`; deterministic.

    The temperature is the one that suits rows held out, a quarter of the groups at a time.
    """
    index = {name: i for i, name in enumerate(sorted({name for row in rows for name in row}))}
    matrix, right = _matrix(rows, index), np.array(labels)
    classes, weights, bias = _fit(matrix, right, strength)
    fold_of = {group: number % _FOLDS for number, group in enumerate(dict.fromkeys(groups))}
    folds = np.array([fold_of[group] for group in groups])
    held_out: list[Floats] = []
    places: list[NDArray[np.intp]] = []
    for fold in range(_FOLDS):
        out = folds == fold
        # A class that the others don't have can't be learnt from them.
        if not out.any() or set(right[~out]) != set(classes):
            continue
        _, fold_weights, fold_bias = _fit(matrix[~out], right[~out], strength)
        held_out.append(np.asarray(matrix[out] @ fold_weights + fold_bias))
        places.append(np.searchsorted(classes, right[out]))
    temperature = _fit_temperature(np.vstack(held_out), np.concatenate(places)) if held_out else 1.0
    return Linear(tuple(str(name) for name in classes), index, weights, bias, temperature)


def _fit(matrix: "csr_matrix", labels: NDArray[np.str_], strength: float) -> tuple[Any, Floats, Floats]:
    """The classes in order, weights (features x classes) and bias (classes)."""
    # Only training needs these; every start of the portal would wait a second for them.
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # The matrices are small: more threads only wait for each other, and on a busy machine for long.
    with threadpool_limits(1):
        model = LogisticRegression(C=strength, max_iter=1000, tol=1e-3).fit(matrix, labels)
    weights, bias = model.coef_.T, model.intercept_
    # scikit-learn keeps one column for two classes; a second of zeros makes every model a softmax.
    if len(model.classes_) == 2:
        weights = np.hstack([np.zeros_like(weights), weights])
        bias = np.array([0.0, bias[0]])
    return model.classes_, weights, bias


def _fit_temperature(table: Floats, right: NDArray[np.intp]) -> float:
    """The temperature under which held-out scores (rows x classes) fit the labels best (Guo et al. 2017)."""
    rows = np.arange(len(right))
    candidates = np.geomspace(0.3, 3.0, 47)
    losses = [-np.log(softmax(table / t)[rows, right] + 1e-12).sum() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def scores(model: Linear, row: Mapping[str, float]) -> Floats:
    """The classes' scores before the softmax, for one statement."""
    known = [(model.index[name], value) for name, value in row.items() if name in model.index]
    if not known:
        return model.bias
    columns = np.array([column for column, _ in known])
    values = np.array([value for _, value in known])
    return np.asarray(values @ model.weights[columns] + model.bias)


def softmax(values: Floats) -> Floats:
    """Probabilities of scores along the last axis."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def probabilities(model: Linear, row: Mapping[str, float]) -> dict[str, float]:
    """The probability of each class for one statement."""
    found = softmax(scores(model, row) / model.temperature)
    return dict(zip(model.classes, (float(p) for p in found), strict=True))
