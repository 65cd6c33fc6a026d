"""Rows by their numbers: those that there are, and the same words to the database for any number of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.among import Among
from pledges.models import Statement

pytestmark = pytest.mark.django_db


def keys_found(keys):
    return set(Statement.objects.filter(Among("pk", keys)).values_list("pk", flat=True))


@pytest.mark.parametrize("number", [1, 2, 700])
def test_it_finds_the_rows_that_there_are(number):
    every = list(Statement.objects.order_by("-pk").values_list("pk", flat=True))

    assert keys_found([*every[:number], 0, 10**17, *every[:number]]) == set(every[:number])


def test_of_none_it_finds_none():
    assert keys_found([]) == set()


def test_the_database_is_asked_in_the_same_words_for_any_number():
    def asked(keys):
        found = Statement.objects.with_keys(keys).with_their_place()
        return found.query.sql_with_params()[0]

    assert asked([1]) == asked([1, 40_000, 10**10]) == asked(range(20))


def test_it_can_be_turned_round_and_joined_with_other_conditions():
    first, second = Statement.objects.order_by("pk")[:2]
    with CaptureQueriesContext(connection) as asked:
        found = Statement.objects.filter(~Among("pk", [first.pk]), Among("pk", [first.pk, second.pk])).get()

    assert found == second
    assert len(asked) == 1
