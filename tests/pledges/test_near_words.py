"""What is offered in place of a search that finds nothing."""

import pytest
from django.http import QueryDict

from pledges.models import Statement
from pledges.near_words import suggest
from pledges.search.query import parse, search_for

pytestmark = pytest.mark.django_db


def asked_for(typed):
    """All that is tried in place of what was typed."""
    tried = []

    def ask(words):
        tried.append(words)
        return search_for(words)

    suggest(parse(typed), Statement.objects.current(), QueryDict(), ask)
    return tried


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Kindergebur gebur", "Kindergebühr Gebühr"),
        ('"Kita gebur" gebur thema:kita', '"Kita gebur" Gebühr'),
        ("gebur gebur", "Gebühr Gebühr"),
    ],
)
def test_a_slip_is_mended_where_it_stands_and_not_within_other_words(typed, mended):
    assert asked_for(typed)[0] == mended
