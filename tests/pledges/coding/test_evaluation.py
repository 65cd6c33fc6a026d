"""The figures are what their definitions say."""

import pytest

from pledges.coding.evaluation import Pair, evaluate, f1
from pledges.coding.labels import Certainty, Labels
from pledges.coding.training import Coded


def pair(
    right: str,
    said: str,
    topics: tuple[str, ...] = (),
    got: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
) -> Pair:
    commitment = "intent" if said == "pledge" else None
    labels = Labels(said, commitment, False, got, Certainty(0.75, 0.75, 0.75, 0.75))  # type: ignore[arg-type]
    return Pair(Coded(right, "intent" if right == "pledge" else None, False, topics, optional), labels)


PAIRS = [
    pair("pledge", "pledge", ("wohnen",), ("wohnen",)),
    pair("pledge", "pledge", ("kita",), ("schule", "kita"), optional=("schule",)),
    pair("pledge", "context", ("sport",)),
    pair("value", "pledge", (), ("sport",)),
    pair("context", "context"),
]


def test_f1_by_hand() -> None:
    assert f1(2, 1, 1) == pytest.approx(2 / 3)


def test_kappa_by_hand() -> None:
    both, only_right, only_said = pair("pledge", "pledge"), pair("pledge", "value"), pair("value", "pledge")
    pairs = [both] * 20 + [only_right] * 5 + [only_said] * 10 + [pair("context", "value")] * 15
    assert evaluate(pairs).figures["pledge kappa"].value == pytest.approx(0.4)


def test_kappa_is_whole_where_all_are_rightly_pledges() -> None:
    assert evaluate([pair("pledge", "pledge")] * 3).figures["pledge kappa"].value == 1.0
    assert evaluate([]).figures["pledge kappa"].value == 0.0


def test_precision_and_recall_of_pledges() -> None:
    figures = evaluate(PAIRS).figures
    assert figures["pledge precision"].value == pytest.approx(2 / 3)
    assert figures["pledge recall"].value == pytest.approx(2 / 3)
    assert figures["kind accuracy"].value == pytest.approx(3 / 5)


def test_a_topic_that_only_one_coder_gave_counts_neither_way() -> None:
    result = evaluate(PAIRS)
    assert result.figures["topic micro F1"].value == 1.0
    assert result.figures["topic top-1"].value == 1.0
    assert result.per_topic == {"kita": (1.0, 1), "wohnen": (1.0, 1)}


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    once, again = evaluate(PAIRS).figures, evaluate(PAIRS).figures
    assert once == again
    assert all(figure.low <= figure.value <= figure.high for figure in once.values())


def test_calibration_compares_certainty_with_what_is_right() -> None:
    result = evaluate(PAIRS)
    (kind,) = [b for b in result.calibration if b.label == "kind"]
    assert (kind.count, kind.certainty, kind.right) == (5, 0.75, pytest.approx(0.6))
    assert result.calibration_error["kind"] == pytest.approx(0.15)


def test_confusion_counts_right_beside_said() -> None:
    assert evaluate(PAIRS).confusion["value", "pledge"] == 1
