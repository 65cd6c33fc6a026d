"""The bars of the search on queries whose answers were judged by reading; `make bench` prints the figures."""

from statistics import mean

import pytest

from pledges.models import Statement
from tests.pledges.search.judged import judge

pytestmark = pytest.mark.django_db


def test_it_finds_what_was_judged_right():
    judged = judge()

    assert len(judged) >= 60
    assert mean(query.recall for query in judged) >= 0.95
    assert mean(query.precision for query in judged) >= 0.8


def test_every_judged_answer_is_a_statement():
    known = set(Statement.objects.current().values_list("key", flat=True))
    assert all(query.wanted <= known for query in judge())
