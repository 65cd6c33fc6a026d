"""How good the coder is: figures over texts that it did not learn from, with intervals and calibration.

Definitions: pledge or not, kind, kappa and calibration over all statements; commitment, measurable and topics
over the pledges found. A topic on which the coders differed (`optional`) counts neither way.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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


# What one statement adds to the figures, such as ("topic", "kita", "missed"), and how often it came.
Event = tuple[str | bool, ...]
Counts = Mapping[Event, int]
_CELLS = ((True, True), (True, False), (False, True), (False, False))


def evaluate(pairs: Sequence[Pair]) -> Evaluation:
    """All figures over pairs, as the module says."""
    counts = Counter(event for pair in pairs for event in _events(pair))
    drawn = _draws(pairs) if pairs else [counts]
    bins = _calibration(pairs)
    return Evaluation(
        statements=len(pairs),
        figures={name: _figure(measure, counts, drawn) for name, measure in MEASURES.items()},
        per_topic=_per_topic(counts),
        confusion=dict(Counter((pair.right.kind, pair.said.kind) for pair in pairs)),
        calibration=bins,
        calibration_error={
            label: _expected_error([b for b in bins if b.label == label]) for label in _LABELS
        },
    )


def _events(pair: Pair) -> Iterator[Event]:
    right, said = pair.right, pair.said
    yield "pledge", right.kind == "pledge", said.kind == "pledge"
    yield "kind", right.kind == said.kind
    if not _is_found(pair):
        return
    yield "commitment", right.commitment == said.commitment
    yield "measurable", right.measurable, said.measurable
    yield "main topic", _main_topic_right(pair)
    want, got = set(right.topics), set(said.topics) - set(right.optional)
    for topic in want | got:
        yield "topic", topic, "hit" if topic in want & got else "false" if topic in got else "missed"


def _draws(pairs: Sequence[Pair]) -> list[Counts]:
    """The counts of as many statements, drawn with replacement, BOOTSTRAP_ROUNDS times."""
    events = [Counter(_events(pair)) for pair in pairs]
    names = sorted({event for found in events for event in found}, key=str)
    table = np.array([[found[name] for name in names] for found in events])
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    rounds = (rng.integers(0, len(pairs), len(pairs)) for _ in range(BOOTSTRAP_ROUNDS))
    times = np.array([np.bincount(chosen, minlength=len(pairs)) for chosen in rounds])
    return [Counter(dict(zip(names, sums, strict=True))) for sums in (times @ table).tolist()]


def _is_found(pair: Pair) -> bool:
    return pair.right.kind == "pledge" and pair.said.kind == "pledge"


def f1(hits: int, false: int, missed: int) -> float:
    """The harmonic mean of precision and recall; 0 without a hit."""
    return 2 * hits / (2 * hits + false + missed) if hits else 0.0


def _share(counts: Counts, name: str) -> float:
    """How often an event with a yes or no was a yes."""
    total = counts[name, True] + counts[name, False]
    return counts[name, True] / total if total else 0.0


def _precision(counts: Counts) -> float:
    both = counts["pledge", True, True]
    return both / (both + counts["pledge", False, True]) if both else 0.0


def _recall(counts: Counts) -> float:
    both = counts["pledge", True, True]
    return both / (both + counts["pledge", True, False]) if both else 0.0


def _f1_of(counts: Counts, name: str) -> float:
    return f1(counts[name, True, True], counts[name, False, True], counts[name, True, False])


def _pledge_kappa(counts: Counts) -> float:
    """Where all are pledges, or none, by right and as said, there is no kappa, and nothing wrong."""
    cells = [counts["pledge", *cell] for cell in _CELLS]
    if not any(cells):
        return 0.0
    found = kappa(_CELLS, cells)
    return 1.0 if found is None else found


def _topic_cells(counts: Counts) -> dict[str, Counter[str]]:
    cells: dict[str, Counter[str]] = {}
    for event, count in counts.items():
        if event[0] == "topic" and count:
            _, topic, cell = map(str, event)
            cells.setdefault(topic, Counter())[cell] = count
    return cells


def _topic_f1(cell: Counter[str]) -> float:
    return f1(cell["hit"], cell["false"], cell["missed"])


def _topic_micro_f1(counts: Counts) -> float:
    return _topic_f1(sum(_topic_cells(counts).values(), Counter()))


def _topic_macro_f1(counts: Counts) -> float:
    cells = _topic_cells(counts).values()
    scores = [_topic_f1(cell) for cell in cells if cell["hit"] + cell["missed"] >= LEAST_FOR_MACRO]
    return sum(scores) / len(scores) if scores else 0.0


def _main_topic_right(pair: Pair) -> bool:
    return bool(pair.said.topics) and pair.said.topics[0] in {*pair.right.topics, *pair.right.optional}


def _per_topic(counts: Counts) -> dict[str, tuple[float, int]]:
    return {
        topic: (_topic_f1(cell), cell["hit"] + cell["missed"])
        for topic, cell in sorted(_topic_cells(counts).items())
    }


MEASURES: dict[str, Callable[[Counts], float]] = {
    "pledge precision": _precision,
    "pledge recall": _recall,
    "pledge F1": lambda counts: _f1_of(counts, "pledge"),
    "pledge kappa": _pledge_kappa,
    "kind accuracy": lambda counts: _share(counts, "kind"),
    "commitment accuracy": lambda counts: _share(counts, "commitment"),
    "measurable F1": lambda counts: _f1_of(counts, "measurable"),
    "topic micro F1": _topic_micro_f1,
    "topic macro F1": _topic_macro_f1,
    "topic top-1": lambda counts: _share(counts, "main topic"),
}


def _figure(measure: Callable[[Counts], float], counts: Counts, drawn: Sequence[Counts]) -> Figure:
    low, high = np.percentile([measure(sample) for sample in drawn], [2.5, 97.5])
    return Figure(measure(counts), float(low), float(high))


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
        judged = [look(pair) for pair in pairs if label == "kind" or _is_found(pair)]
        for number in range(CALIBRATION_BINS):
            inside = [(c, ok) for c, ok in judged if c is not None and _bin_of(c) == number]
            if inside:
                certainty = sum(c for c, _ in inside) / len(inside)
                bins.append(
                    CalibrationBin(label, len(inside), certainty, sum(ok for _, ok in inside) / len(inside))
                )
    return tuple(bins)


def _bin_of(certainty: float) -> int:
    return min(int(certainty * CALIBRATION_BINS), CALIBRATION_BINS - 1)


def _expected_error(bins: Sequence[CalibrationBin]) -> float:
    """Mean gap between certainty and share right, weighted by count (expected calibration error)."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.certainty - b.right) for b in bins) / total if total else 0.0
