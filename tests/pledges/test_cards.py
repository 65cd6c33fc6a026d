"""What lists show of a statement."""

import numpy as np
import pytest

from pledges.cards import card_of, find_cards
from pledges.columns import read_columns
from pledges.directory import read_directory
from pledges.models import Statement

pytestmark = pytest.mark.django_db


def test_cards_of_rows_are_those_of_the_statements_with_their_topics():
    known = read_columns(read_directory())
    statements = {s.pk: s for s in Statement.objects.current().for_editors()}
    keys = known.keys[::-7]

    cards = find_cards(keys, known)

    assert cards == [
        card_of(statements[key])._replace(topics=statements[key].ordered_topics) for key in keys.tolist()
    ]
    assert {bool(card.section) for card in cards} == {bool(card.lead_in) for card in cards} == {True, False}


def test_there_are_cards_of_public_statements_only():
    known = read_columns(read_directory())
    one = int(known.keys[0])

    assert [card.key for card in find_cards(np.array([0, one]), known)] == [Statement.objects.get(pk=one).key]


def test_of_a_statement_that_left_the_text_the_card_says_no_place():
    statement = Statement.objects.for_editors().exclude(passage__lead_in=None)[0]
    statement.passage = None

    card = card_of(statement)

    assert (card.anchor, card.section, card.lead_in) == ("", "", "")
