"""The figures of the README and of docs/method.md are those that `manage.py evaluate_coding` wrote."""

import json
import re

import pytest
from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
METHOD = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")
QUALITY = json.loads(settings.QUALITY_FILE.read_text(encoding="utf-8"))
ROW = re.compile(r"^\| (?P<figure>[^|]+) \| (?P<here>\d\.\d\d) \| (?P<there>\d\.\d\d) \|$", re.MULTILINE)

OTHERS = QUALITY["others"]
# What docs/method.md calls the other town's texts.
NAMES = {"FDP 2014": "muenster2014_fdp", "GRÜNE 2014": "muenster2014_gruene", "ÖDP 2014": "muenster2014_oedp"}
BARS = {"pledge F1": 0.86, "pledge kappa": 0.68, "commitment accuracy": 0.88, "measurable F1": 0.65}
KINDS = ("pledge", "record", "value", "context")


def table_rows(text: str, columns: int) -> list[list[str]]:
    """The rows of all tables of so many columns, with their heads."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if len(row) == columns]


def test_every_measured_figure_is_the_one_in_the_file():
    rows = ROW.findall(README)
    assert len(rows) == 7
    for figure, here, there in rows:
        assert here == f"{QUALITY['leave_one_out']['figures'][figure]['value']:.2f}", figure
        assert there == f"{QUALITY['others']['figures'][figure]['value']:.2f}", figure


def test_the_method_tells_every_text_below_a_bar_with_its_figures():
    below = [
        [name, label, f"{bar:.2f}", f"{found['value']:.3f}", f"{found['low']:.2f} to {found['high']:.2f}",
         f"{bar - round(found['value'], 3):.3f}"]
        for name, text in NAMES.items()
        for label, bar in BARS.items()
        if (found := OTHERS["texts"][text][label])["value"] < bar
    ]  # fmt: skip
    assert below
    assert table_rows(METHOD, 6)[1:] == below


@pytest.mark.parametrize("part", ["leave_one_out", "others"])
@pytest.mark.parametrize(("figure", "bar"), BARS.items())
def test_taken_together_the_texts_are_above_the_bars_that_the_method_names(part, figure, bar):
    named = "(pledge F1 {:.2f}, kappa {:.2f}, commitment {:.2f}, measurable {:.2f})".format(*BARS.values())
    assert named in METHOD
    assert QUALITY[part]["figures"][figure]["value"] >= bar


def confusion_rows(name: str, cells: list[dict]) -> list[list[str]]:
    counts = {(cell["right"], cell["said"]): cell["count"] for cell in cells}
    rows = [(right, [counts.get((right, said), 0) for said in KINDS]) for right in KINDS]
    return [
        [name, right, *map(str, said), f"{said[0]} yes, {sum(said[1:])} no"] for right, said in rows
    ]  # fmt: skip


def test_the_methods_confusion_is_the_one_in_the_file():
    written = table_rows(METHOD, 7)[1:]
    parts = {"all three": OTHERS["confusion"]} | {
        name: OTHERS["confusion_by_text"][text] for name, text in NAMES.items()
    }
    assert written == [row for name, cells in parts.items() for row in confusion_rows(name, cells)]


def test_every_command_of_the_project_is_named():
    commands = (settings.BASE_DIR / "pledges" / "management" / "commands").glob("[a-z]*.py")
    for command in commands:
        assert f"`{command.stem}" in README, command.stem
