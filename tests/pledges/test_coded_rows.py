"""Rows of codings/ that say what the codebook doesn't allow are refused, by their name."""

import pytest
from django.conf import settings

from pledges.codebook import read_rows
from pledges.coded_rows import check_codings
from pledges.coding.labels import Rule
from pledges.differences import RULES_IN_WORDS

TOPICS = {"wohnen", "kita", "sport", "klima"}
ROW = {
    "id": "a-1",
    "text": "Wir bauen.",
    "kind": "pledge",
    "commitment": "firm",
    "measurable": False,
    "topics": ["wohnen"],
    "contested": False,
}
RECORD = {"kind": "record", "commitment": None}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"measurable": True, "topics": ["wohnen", "kita", "sport"]},
        RECORD,
        {"kind": "context", "commitment": None, "topics": []},
    ],
)
def test_what_the_codebook_allows_passes(changes):
    check_codings([ROW | changes], TOPICS)


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"topics": []}, "topics"),
        (RECORD | {"topics": []}, "topics"),
        ({"topics": sorted(TOPICS)}, "topics"),
        ({"topics": ["wohnen", "wohnen"]}, "topics"),
        ({"topics": ["fliegen"]}, "topics"),
        ({"topics": "wohnen"}, "topics"),
        ({"topics": [{}]}, "topics"),
        ({"topics": None}, "topics"),
        ({"commitment": None}, "commitment"),
        ({"commitment": ""}, "commitment"),
        ({"kind": "record"}, "commitment"),
        (RECORD | {"measurable": True}, "measurable"),
        ({"measurable": "yes"}, "measurable"),
        ({"kind": "promise"}, "kind"),
        ({"kind": []}, "kind"),
        ({"contested": None}, "contested"),
        ({"id": ""}, "id"),
    ],
)
def test_what_it_does_not_allow_is_named(changes, label):
    with pytest.raises(ValueError, match=f"statements.jsonl.*: {label} = "):
        check_codings([ROW | changes], TOPICS)


def test_every_shipped_coding_keeps_the_rules():
    rows = [
        row
        for rows in read_rows(settings.BASE_DIR / "fixtures/codings/statements.jsonl").values()
        for row in rows
    ]
    assert len(rows) > 900

    check_codings(rows, {slug for row in rows for slug in row["topics"]})


def test_each_rule_has_words():
    assert RULES_IN_WORDS.keys() == set(Rule)
