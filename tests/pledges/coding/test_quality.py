"""The bars that the coder must clear on texts that it did not learn from."""

import pytest

from pledges.coding.evaluation import evaluate, leave_one_out
from pledges.coding.training import made_examples, shipped_texts

# One worker measures for all of them.
pytestmark = pytest.mark.xdist_group("quality")

BARS = {
    "pledge F1": 0.88,
    "pledge kappa": 0.72,
    "commitment accuracy": 0.85,
    "measurable F1": 0.70,
    "topic micro F1": 0.75,
    "topic top-1": 0.85,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    pairs = leave_one_out(shipped_texts(), always=made_examples())
    result = evaluate([pair for found in pairs.values() for pair in found])
    return {name: figure.value for name, figure in result.figures.items()} | {
        f"{label} error": error for label, error in result.calibration_error.items()
    }


@pytest.mark.parametrize(("figure", "bar"), BARS.items())
def test_each_text_is_coded_well_by_what_the_others_teach(
    figures: dict[str, float], figure: str, bar: float
) -> None:
    assert figures[figure] >= bar


@pytest.mark.parametrize("label", ["kind", "commitment", "measurable", "topics"])
def test_a_certainty_means_what_it_says(figures: dict[str, float], label: str) -> None:
    assert figures[f"{label} error"] <= 0.08
