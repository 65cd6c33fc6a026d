"""The README's figures are those that `manage.py evaluate_coding` wrote."""

import json
import re

from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
QUALITY = json.loads(settings.QUALITY_FILE.read_text(encoding="utf-8"))
ROW = re.compile(r"^\| (?P<figure>[^|]+) \| (?P<here>\d\.\d\d) \| (?P<there>\d\.\d\d) \|$", re.MULTILINE)


def test_every_measured_figure_is_the_one_in_the_file():
    rows = ROW.findall(README)
    assert len(rows) == 7
    for figure, here, there in rows:
        assert here == f"{QUALITY['leave_one_out']['figures'][figure]['value']:.2f}", figure
        assert there == f"{QUALITY['others']['figures'][figure]['value']:.2f}", figure


def test_every_command_of_the_project_is_named():
    commands = (settings.BASE_DIR / "pledges" / "management" / "commands").glob("[a-z]*.py")
    for command in commands:
        assert f"`{command.stem}" in README, command.stem
