"""Shares of a programme, and how long a bar is."""

from collections import Counter

import pytest

from pledges.models import Party, Programme, Topic
from pledges.shares import shares_by_topic
from tests.pages import get

HOUSING, NURSERY = Topic(pk=1, slug="wohnen"), Topic(pk=2, slug="kita")


def text(key: int, *, whole: bool = True) -> Programme:
    return Programme(pk=key, whole=whole, document_id=key)


def test_all_bars_have_one_measure_which_an_excerpt_does_not_set():
    texts = [text(1), text(2), text(3, whole=False)]
    numbers = {1: Counter(wohnen=1, kita=3), 2: Counter(wohnen=2), 3: Counter(kita=9)}

    rows, full = shares_by_topic([HOUSING, NURSERY], texts, numbers, {1: 20, 2: 10, 3: 9})

    assert full == 20
    assert [(topic.slug, [share.percent for share in row]) for topic, row in rows] == [
        ("wohnen", [5, 20, None]),
        ("kita", [15, 0, None]),
    ]
    assert [share.bar for _topic, row in rows for share in row[:2]] == [25, 100, 75, 0]


def test_bars_of_several_pages_have_one_measure():
    texts = [text(1), text(2), text(3, whole=False)]
    numbers = {1: Counter(wohnen=1, kita=3), 2: Counter(wohnen=2), 3: Counter(kita=9)}

    rows, full = shares_by_topic([HOUSING, NURSERY], texts[:1], numbers, {1: 20, 2: 10, 3: 9}, texts)

    assert full == 20
    assert [[share.bar for share in row] for _topic, row in rows] == [[25], [75]]


@pytest.mark.django_db
def test_the_bars_on_the_pages_of_all_parties_have_one_measure(client):
    captions = [
        get(client, party.get_absolute_url()).one("caption").words for party in Party.objects.published()
    ]

    measures = {caption.partition("Voller Balken: ")[2] for caption in captions}
    assert len(captions) == 4
    assert len(measures) == 1, measures


def test_where_nothing_is_coded_nothing_is_divided():
    rows, full = shares_by_topic([HOUSING], [text(1)], {1: Counter()}, Counter())

    assert full == 5
    assert [(share.percent, share.silence) for share in rows[0][1]] == [(None, "nothing-found")]
