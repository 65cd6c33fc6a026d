"""Which labels go together, by the codebook."""

import pytest

from pledges.coding.labels import MOST_TOPICS, Rule, broken_rules

TOPICS = ("wohnen", "kita", "sport", "klima")


@pytest.mark.parametrize(
    ("labels", "broken"),
    [
        (("pledge", "firm", True, TOPICS[:MOST_TOPICS]), {}),
        (("context", None, False, ()), {}),
        (("record", "", False, TOPICS[:1]), {}),
        (("pledge", None, False, TOPICS[:1]), {"commitment": Rule.NEEDS_COMMITMENT}),
        (("value", "firm", False, TOPICS[:1]), {"commitment": Rule.ONLY_PLEDGE_COMMITS}),
        (("record", None, True, TOPICS[:1]), {"measurable": Rule.ONLY_PLEDGE_MEASURABLE}),
        (("pledge", "firm", False, ()), {"topics": Rule.NEEDS_TOPIC}),
        (("context", None, False, TOPICS), {"topics": Rule.TOO_MANY_TOPICS}),
        (("value", None, False, ("sport", "sport")), {"topics": Rule.TOPIC_TWICE}),
        (
            (None, "firm", True, ()),
            {
                "commitment": Rule.ONLY_PLEDGE_COMMITS,
                "measurable": Rule.ONLY_PLEDGE_MEASURABLE,
                "topics": Rule.NEEDS_TOPIC,
            },
        ),
    ],
)
def test_the_rule_that_labels_break_is_named_by_the_label(labels, broken):
    assert broken_rules(*labels) == broken
