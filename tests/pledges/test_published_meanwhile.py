"""A programme is published while a page is made, which began with the programmes as they were."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from pledges.directory import forget
from pledges.models import Place, Programme, Relation, RelationStatus, Statement
from tests.pages import get
from tests.pledges.judging import relation_of
from tests.shelves import HOUSING, HOUSING_TOO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]


@contextmanager
def just_before(table, change):
    """Make the change just before the first question to a table, as somebody else would."""
    waiting = [change]

    def ask(execute, sql, *arguments):
        if waiting and f'FROM "{table}"' in sql.partition(" WHERE ")[0]:
            waiting.pop()()
        return execute(sql, *arguments)

    with connection.execute_wrapper(ask):
        yield
    assert not waiting


def publish():
    Programme.objects.filter(slug="alpha-2025").update(published_at=timezone.now())


@pytest.fixture
def _a_draft(client):
    Programme.objects.filter(slug="alpha-2025").update(published_at=None)
    client.get("/")


@pytest.mark.usefixtures("_a_draft")
@pytest.mark.parametrize("end", ["", "hinweis/", "hinweis/danke/"])
def test_its_statements_are_not_there_yet_and_then_they_are(client, end):
    address = f"{Statement.objects.get(text=HOUSING).get_absolute_url()}{end}"

    with just_before("pledges_statement", publish):
        assert client.get(address).status_code == 404

    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("_a_draft")
def test_what_relates_to_it_does_not_show_it_yet(client):
    relation = relation_of(HOUSING, HOUSING_TOO)
    Relation.objects.filter(pk=relation.pk).update(status=RelationStatus.CONFIRMED)
    address = Statement.objects.get(text=HOUSING_TOO).get_absolute_url()
    client.get("/")

    with just_before("pledges_statement", publish):
        page = get(client, address)

    assert HOUSING not in page.one("main").words
    assert HOUSING in get(client, address).one("main").words


def test_the_first_text_of_a_place_may_come_while_all_are_read(client):
    def publish_in_a_new_place():
        place = Place.objects.create(slug="neu", name="Neustadt", municipality_key="01234567")
        Programme.objects.create(
            slug="neu-2025", kind="programme", title="Neu", short_title="NEU 2025", place=place, year=2025,
            published_at=timezone.now(),
        )  # fmt: skip

    forget()
    with just_before("pledges_programme", publish_in_a_new_place):
        assert client.get("/programme/").status_code == 200

    assert "NEU 2025" in get(client, "/programme/?ort=neu").one("main").words
