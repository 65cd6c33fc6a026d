"""The same statements in the same order from every database: each answers as a search by hand does."""

import random

import pytest

from pledges.models import Statement
from pledges.search.query import names, search_for
from pledges.search.words import words_of
from tests.pledges.search.oracle import Oracle
from tests.searching import answer, public

pytestmark = pytest.mark.django_db

TYPED = [
    "Kita Gebühren",
    "kitagebuehren",
    "Kindergartenbeitrag",
    "Wohnung",
    "wohnen",
    "Bürger:innen",
    "ÖPNV",
    "Bus und Bahn",
    "Rad- und Fußverkehr",
    "Schulbau und -sanierung",
    "OGS",
    "Offener Ganztag",
    "wir",
    "die der",
    '"bezahlbare Wohnungen"',
    '"Die verpflichtende 30-Prozent-Quote"',
    '-"bezahlbare Wohnungen" Wohnung',
    "-wohnung",
    "Kita -Gebühren",
    "wohnungsb",
    "wohn",
    "bau*",
    "spd",
    "Grüne Kita",
    "housing",
    "rents",
    "digital education",
    "2030",
    "2.000",
    "30-Prozent-Quote",
    "%",
    "'",
    '"',
    "\\",
    "a'b\\c\"d",
    "@t1",
    "=kita",
    "kita:",
    "*",
    "(kita)",
    "kita AND schule",
    "NEAR(kita schule)",
    "kita OR schule",
    "tokens:kita",
]


def made_queries():
    """Words of the texts as they stand, two of a statement, beginnings, phrases, minus; always the same."""
    pick = random.Random(7)
    for statement in pick.sample(list(Statement.objects.current().order_by("key")), 60):
        words = [word for word in words_of(statement.text) if not word.is_stop]
        spelt = [statement.text[word.start : word.end] for word in words]
        if len(spelt) < 4:
            continue
        yield pick.choice(spelt)
        yield " ".join(pick.sample(spelt, 2))
        yield pick.choice(spelt)[: pick.randint(3, 6)]
        yield f'"{statement.text[words[1].start : words[3].end]}"'
        yield f"{spelt[0]} -{spelt[-1]}"


def test_every_database_answers_as_a_search_by_hand():
    oracle, known = Oracle(), public()
    named = names((("Wohnen & Bauen", "@t1"), ("SPD", "@p1"), ("GRÜNE", "@p3")))
    queries = [*TYPED, *made_queries()]
    found = 0
    for typed in queries:
        search = search_for(typed, named)
        by_hand = [] if search.query.is_void else oracle.answer(search)
        assert answer(search, known) == by_hand, typed
        found += bool(by_hand)
    assert len(queries) >= 250
    assert found >= 250


def test_three_ways_to_ask_for_the_fees_of_a_nursery_find_the_same():
    first, *others = (
        set(Statement.objects.current().containing(typed).values_list("key", flat=True))
        for typed in ("Kita Gebühren", "kitagebuehren", "Kindergartenbeitrag")
    )

    assert len(first) > 5
    assert all(other == first for other in others)


def test_what_was_searched_lately_is_not_asked_again(django_assert_num_queries):
    known = public()
    search = search_for('Stadt "in Dortmund" -Schule', {})
    with django_assert_num_queries(2):
        first = answer(search, known)
    with django_assert_num_queries(0):
        assert answer(search_for('Stadt  "in Dortmund"   -Schule', {}), known) == first != []


def test_a_search_is_not_taken_for_another():
    known = public()
    for typed in ("Kita", "-Kita", '"Kita"', '-"Kita"', "%", "Kita -Schule"):
        search = search_for(typed, {})
        first = answer(search, known)
        assert answer(search, known) == first == answer(search, public())
