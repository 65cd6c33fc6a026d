"""The file of measured figures holds together."""

import json
from collections import Counter

import pytest
from django.conf import settings

QUALITY = json.loads(settings.QUALITY_FILE.read_text(encoding="utf-8"))


def counted(cells: list[dict]) -> Counter[tuple[str, str]]:
    return Counter({(cell["right"], cell["said"]): cell["count"] for cell in cells})


@pytest.mark.parametrize("part", ["leave_one_out", "others"])
def test_the_confusions_of_the_texts_sum_to_the_whole(part):
    found = QUALITY[part]
    assert sum(map(counted, found["confusion_by_text"].values()), Counter()) == counted(found["confusion"])
    assert found["confusion_by_text"].keys() == found["texts"].keys()
    assert counted(found["confusion"]).total() == found["statements"]
