"""Reading and coding clear their bars on texts not learnt from; the file of the figures holds together."""

import json
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from pledges import quality
from pledges.coding import CODER_VERSION
from pledges.coding.training import shipped_texts
from pledges.management.commands import evaluate_coding
from pledges.quality import measure_quality

QUALITY = json.loads(settings.QUALITY_FILE.read_text(encoding="utf-8"))
BARS = {
    "segmentation F1": 0.99,
    "pledge F1": 0.88,
    "pledge kappa": 0.72,
    "commitment accuracy": 0.85,
    "measurable F1": 0.70,
    "topic micro F1": 0.75,
    "topic top-1": 0.85,
}
# One worker measures for all of them.
measures = pytest.mark.xdist_group("quality")


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return measure_quality(settings.BASE_DIR / "fixtures", None, lambda _text: None)["leave_one_out"]


@measures
@pytest.mark.parametrize(("figure", "bar"), BARS.items())
def test_each_text_is_coded_well_by_what_the_others_teach(measured, figure, bar):
    assert measured["figures"][figure]["value"] >= bar


@measures
@pytest.mark.parametrize("label", ["kind", "commitment", "measurable", "topics"])
def test_a_certainty_means_what_it_says(measured, label):
    assert measured["calibration_error"][label] <= 0.08


def test_no_text_is_coded_by_what_it_taught_itself(monkeypatch):
    taught = {}
    monkeypatch.setattr(quality, "train", lambda texts: {text.name for text in texts})
    monkeypatch.setattr(quality, "_outcome", lambda file, model: taught.update({file.name: model}))
    monkeypatch.setattr(quality, "_figures", len)

    measure_quality(settings.BASE_DIR / "fixtures", None, lambda _text: None)

    names = {text.name for text in shipped_texts()}
    assert {name: model & names for name, model in taught.items()} == {n: names - {n} for n in names}


def counted(cells: list[dict]) -> Counter[tuple[str, str]]:
    return Counter({(cell["right"], cell["said"]): cell["count"] for cell in cells})


def test_the_figures_are_those_of_the_coder_that_is_here():
    assert QUALITY["coder"] == CODER_VERSION


@pytest.mark.parametrize("part", ["leave_one_out", "others"])
def test_the_confusions_of_the_texts_sum_to_the_whole(part):
    found = QUALITY[part]
    assert sum(map(counted, found["confusion_by_text"].values()), Counter()) == counted(found["confusion"])
    assert found["confusion_by_text"].keys() == found["texts"].keys()
    assert counted(found["confusion"]).total() == found["statements"]


def test_a_folder_that_can_not_be_written_ends_in_a_sentence(monkeypatch, settings, tmp_path, capsys):
    parts = {"leave_one_out": None, "others": None}
    monkeypatch.setattr(evaluate_coding, "measure_quality", lambda *_given: parts)
    settings.QUALITY_FILE = tmp_path / "missing" / "quality.json"

    with pytest.raises(CommandError, match="--json prints the figures instead"):
        call_command("evaluate_coding")

    call_command("evaluate_coding", "--json")
    assert json.loads(capsys.readouterr().out) == parts
