"""How good the coder is: figures over texts that it did not learn from, with intervals and calibration.

Definitions: pledge or not, kind, kappa and calibration over all statements; commitment, measurable and topics
over the pledges found. A topic on which the coders differed (`optional`) counts neither way.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pledges.coding.labels import Certainty, Labels
from pledges.coding.training import Coded
from pledges.reliability import kappa

BOOTSTRAP_ROUNDS = 1000
BOOTSTRAP_SEED = 20200913
CALIBRATION_BINS = 10
LEAST_FOR_MACRO = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement's right labels beside the coder's."""

    right: Coded
    said: Labels


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % bootstrap interval over statements."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Labels of like certainty: how many, their mean certainty, the share of them that is right."""

    label: str
    count: int
    certainty: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one evaluation; `per_topic`: F1 and how often the right labels hold the topic."""

    statements: int
    figures: dict[str, Figure]
    per_topic: dict[str, tuple[float, int]]
    confusion: dict[tuple[str, str], int]
    calibration: tuple[CalibrationBin, ...]
    calibration_error: dict[str, float] = field(default_factory=dict)


def evaluate(pairs: Sequence[Pair]) -> Evaluation:
    """All figures over pairs, as the module says."""
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    samples = [rng.integers(0, len(pairs), len(pairs)) for _ in range(BOOTSTRAP_ROUNDS)]
    bins = _calibration(pairs)
    return Evaluation(
        statements=len(pairs),
        figures={name: _figure(measure, pairs, samples) for name, measure in MEASURES.items()},
        per_topic=_per_topic(pairs),
        confusion=dict(Counter((pair.right.kind, pair.said.kind) for pair in pairs)),
        calibration=bins,
        calibration_error={
            label: _expected_error([b for b in bins if b.label == label]) for label in _LABELS
        },
    )


def f1(hits: int, false: int, missed: int) -> float:
    """The harmonic mean of precision and recall; 0 without a hit."""
    return 2 * hits / (2 * hits + false + missed) if hits else 0.0


def _pledge_cells(pairs: Sequence[Pair]) -> Counter[tuple[bool, bool]]:
    """How often a statement is a pledge by right, and was said to be one."""
    return Counter((p.right.kind == "pledge", p.said.kind == "pledge") for p in pairs)


def _pledge_precision(pairs: Sequence[Pair]) -> float:
    cells = _pledge_cells(pairs)
    both = cells[True, True]
    return both / (both + cells[False, True]) if both else 0.0


def _pledge_recall(pairs: Sequence[Pair]) -> float:
    cells = _pledge_cells(pairs)
    both = cells[True, True]
    return both / (both + cells[True, False]) if both else 0.0


def _pledge_f1(pairs: Sequence[Pair]) -> float:
    cells = _pledge_cells(pairs)
    return f1(cells[True, True], cells[False, True], cells[True, False])


def _pledge_kappa(pairs: Sequence[Pair]) -> float:
    """Where all are pledges, or none, by right and as said, there is no kappa, and nothing wrong."""
    cells = _pledge_cells(pairs)
    found = kappa(list(cells), list(cells.values()))
    return float(bool(pairs)) if found is None else found


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _found(pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if p.right.kind == "pledge" and p.said.kind == "pledge"]


def _measurable_f1(pairs: Sequence[Pair]) -> float:
    cells = Counter((p.right.measurable, p.said.measurable) for p in _found(pairs))
    return f1(cells[True, True], cells[False, True], cells[True, False])


def _topic_cells(pairs: Sequence[Pair]) -> dict[str, Counter[str]]:
    cells: dict[str, Counter[str]] = {}
    for pair in _found(pairs):
        want = set(pair.right.topics)
        got = set(pair.said.topics) - set(pair.right.optional)
        for topic in want | got:
            cell = "hit" if topic in want & got else "false" if topic in got else "missed"
            cells.setdefault(topic, Counter())[cell] += 1
    return cells


def _topic_f1(cell: Counter[str]) -> float:
    return f1(cell["hit"], cell["false"], cell["missed"])


def _topic_micro_f1(pairs: Sequence[Pair]) -> float:
    return _topic_f1(sum(_topic_cells(pairs).values(), Counter()))


def _topic_macro_f1(pairs: Sequence[Pair]) -> float:
    cells = _topic_cells(pairs).values()
    scores = [_topic_f1(cell) for cell in cells if cell["hit"] + cell["missed"] >= LEAST_FOR_MACRO]
    return sum(scores) / len(scores) if scores else 0.0


def _main_topic_right(pair: Pair) -> bool:
    return bool(pair.said.topics) and pair.said.topics[0] in {*pair.right.topics, *pair.right.optional}


def _per_topic(pairs: Sequence[Pair]) -> dict[str, tuple[float, int]]:
    return {
        topic: (_topic_f1(cell), cell["hit"] + cell["missed"])
        for topic, cell in sorted(_topic_cells(pairs).items())
    }


MEASURES: dict[str, Callable[[Sequence[Pair]], float]] = {
    "pledge precision": _pledge_precision,
    "pledge recall": _pledge_recall,
    "pledge F1": _pledge_f1,
    "pledge kappa": _pledge_kappa,
    "kind accuracy": lambda pairs: _share([p.right.kind == p.said.kind for p in pairs]),
    "commitment accuracy": lambda pairs: _share(
        [p.right.commitment == p.said.commitment for p in _found(pairs)]
    ),
    "measurable F1": _measurable_f1,
    "topic micro F1": _topic_micro_f1,
    "topic macro F1": _topic_macro_f1,
    "topic top-1": lambda pairs: _share([_main_topic_right(p) for p in _found(pairs)]),
}


def _figure(
    measure: Callable[[Sequence[Pair]], float], pairs: Sequence[Pair], samples: Sequence[np.ndarray]
) -> Figure:
    drawn = [measure([pairs[i] for i in sample]) for sample in samples] if pairs else [0.0]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(measure(pairs), float(low), float(high))


def _certainty(pair: Pair) -> Certainty:
    if pair.said.certainty is None:
        raise ValueError("only the machine's codings, which have a certainty, can be evaluated")
    return pair.said.certainty


_LABELS: dict[str, Callable[[Pair], tuple[float | None, bool]]] = {
    "kind": lambda p: (_certainty(p).kind, p.said.kind == p.right.kind),
    "commitment": lambda p: (_certainty(p).commitment, p.said.commitment == p.right.commitment),
    "measurable": lambda p: (_certainty(p).measurable, p.said.measurable == p.right.measurable),
    "topics": lambda p: (_certainty(p).topics, _main_topic_right(p)),
}


def _calibration(pairs: Sequence[Pair]) -> tuple[CalibrationBin, ...]:
    """Kind over all statements, the other labels over the pledges found, in bins of equal width."""
    bins: list[CalibrationBin] = []
    for label, look in _LABELS.items():
        judged = [look(pair) for pair in (pairs if label == "kind" else _found(pairs))]
        for number in range(CALIBRATION_BINS):
            inside = [(c, ok) for c, ok in judged if c is not None and _bin_of(c) == number]
            if inside:
                certainty = sum(c for c, _ in inside) / len(inside)
                bins.append(CalibrationBin(label, len(inside), certainty, _share([ok for _, ok in inside])))
    return tuple(bins)


def _bin_of(certainty: float) -> int:
    return min(int(certainty * CALIBRATION_BINS), CALIBRATION_BINS - 1)


def _expected_error(bins: Sequence[CalibrationBin]) -> float:
    """Mean gap between certainty and share right, weighted by count (expected calibration error)."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.certainty - b.right) for b in bins) / total if total else 0.0
