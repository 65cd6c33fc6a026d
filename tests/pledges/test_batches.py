"""Many rows at once: no query asks for more values than a database takes, whatever somebody chooses."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges import keys
from pledges.admin import bulk, exchange
from pledges.bulk import Change, carry_out, plan
from pledges.coding_log import refresh
from pledges.exchange import CodingResource
from pledges.keys import in_batches
from pledges.labels import holding, holding_alone, refresh_labels
from pledges.learning import checks_since
from pledges.models import BulkChange, Coding, Programme, Statement
from pledges.tables import read_table
from tests.pages import parse
from tests.people import person, signed_in
from tests.samples import drawn_sample

pytestmark = pytest.mark.django_db

LIST = "/admin/pledges/statement/"
BATCH = 40
# More than either database takes in one query.
NOBODYS = range(10**9, 10**9 + 270_000)


@pytest.fixture
def editor():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def admin(editor):
    return signed_in(editor)


@pytest.fixture
def in_small_batches(monkeypatch):
    monkeypatch.setattr(keys, "BATCH", BATCH)
    monkeypatch.setattr(CodingResource._meta, "chunk_size", BATCH)


def longest_list(asked):
    """The most values that a query asks for by an IN."""
    lists = [
        found for query in asked.captured_queries for found in re.findall(r" IN \(([\d, ]+)\)", query["sql"])
    ]
    assert lists
    return max(found.count(",") + 1 for found in lists)


def test_batches_hold_all_in_their_order(monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    assert [*in_batches(range(5))] == [[0, 1], [2, 3], [4]]
    assert [*in_batches([])] == []


@pytest.mark.parametrize("ask", [holding, refresh])
def test_any_number_of_statements_can_be_asked_for(ask):
    assert not ask(NOBODYS)


@pytest.mark.parametrize("ask", [holding, refresh, refresh_labels])
def test_what_is_asked_for_many_comes_in_batches(ask, in_small_batches):
    everything = Statement.objects.values_list("pk", flat=True)
    with CaptureQueriesContext(connection) as asked:
        ask(everything)

    assert longest_list(asked) == BATCH


def test_batches_find_what_one_query_finds(monkeypatch):
    everything = Statement.objects.values_list("pk", flat=True)
    whole = holding(everything)
    monkeypatch.setattr(keys, "BATCH", 7)

    assert holding(everything) == whole
    assert len(whole) == everything.count()


def test_labels_follow_in_batches_too(monkeypatch, editor):
    some = list(Statement.objects.filter(kind="pledge").order_by("pk").values_list("pk", flat=True)[:30])
    monkeypatch.setattr(keys, "BATCH", 7)
    change = Change(kind="record")

    carry_out(plan(some, change).seen, change, editor, "Bilanz")

    assert not Statement.objects.filter(pk__in=some).exclude(kind="record", origin="editor").exists()


def test_a_sample_is_drawn_in_batches(in_small_batches):
    with CaptureQueriesContext(connection) as asked:
        drawn_sample(20, person("zweite"))

    assert longest_list(asked) == BATCH


def test_what_editors_checked_is_counted_in_batches(in_small_batches, editor):
    change = Change(kind="context")
    some = list(Statement.objects.order_by("pk").values_list("pk", flat=True)[: 2 * BATCH])
    carry_out(plan(some, change).seen, change, editor, "Hintergrund")
    with CaptureQueriesContext(connection) as asked:
        found = checks_since(None)

    assert longest_list(asked) == BATCH
    assert found.number > BATCH


def test_a_table_is_written_in_batches(in_small_batches, admin):
    with CaptureQueriesContext(connection) as asked:
        response = admin.get(f"{LIST}export/csv/")

    assert longest_list(asked) == BATCH
    assert not [query["sql"] for query in asked.captured_queries if " OFFSET " in query["sql"]]
    held = holding_alone(Statement.objects.values_list("pk", flat=True)).values()
    assert set(read_table(response.content, "csv")["stand"]) == {str(coding.pk) for coding in held}


def test_a_table_has_no_more_rows_than_are_read_again(admin, monkeypatch):
    monkeypatch.setattr(exchange, "MOST_ROWS", 20)
    address = f"{LIST}export/csv/"

    response = admin.get(address, {"kind__exact": "pledge"}, follow=True)

    assert response.redirect_chain == [(f"{LIST}?kind__exact=pledge", 302)]
    number = Statement.objects.filter(kind="pledge").count()
    said = parse(response.text).one("ul", "messagelist").words
    assert f"Diese Liste hat {number} Aussagen, eine Tabelle höchstens 20." in said


def test_labels_follow_in_more_programmes_than_sqlite_joins_by_or(editor):
    like, now = Programme.objects.get(slug="spd-2020"), timezone.now()
    statement = like.statements.filter(kind="pledge")[0]
    copies = [copied(like, slug=f"text-{n}", short_title=f"T {n}", document_id=None) for n in range(1100)]
    programmes = Programme.objects.bulk_create(copies)
    gone = {"passage_id": None, "gone_since": now}
    statements = Statement.objects.bulk_create(
        copied(statement, programme_id=own.pk, key=f"{own.slug}-a", **gone) for own in programmes
    )
    of_all = {"made_at": now, "origin": "editor", "editor": editor, "kind": "record"}
    Coding.objects.bulk_create(Coding(statement=one, **of_all) for one in statements)

    refresh([one.pk for one in statements])

    assert Statement.objects.filter(key__startswith="text-", kind="record").count() == 1100


def copied(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**(values | {"id": None} | changes))


# --- How many can be changed in one go


def test_more_than_can_be_changed_in_one_go_are_refused_before_anything_is_asked(admin, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 20)
    pledges = Statement.objects.filter(kind="pledge")
    address = f"{LIST}?kind__exact=pledge"
    sent = {"action": "change_together", "_selected_action": [pledges[0].pk]}

    response = admin.post(address, sent | {"select_across": "1"}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    said = parse(response.text).one("ul", "messagelist").words
    assert f"{pledges.count()} Aussagen sind ausgewählt" in said
    assert "höchstens 20" in said
    assert "Vorschau" in admin.post(address, sent).text


@pytest.mark.parametrize("name", ["chosen", "seen"])
def test_a_form_with_more_of_them_changes_nothing(admin, name):
    many = NOBODYS[: bulk.MOST_AT_ONCE + 1]
    sent = {"chosen": many, "seen": [f"{key}:{key}" for key in many]}[name]
    data = {name: ",".join(map(str, sent)), "topics_do": "stay", "kind": "record", "do": ""}

    response = admin.post(f"{LIST}bulk/", data, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert f"höchstens {bulk.MOST_AT_ONCE}" in parse(response.text).one("ul", "messagelist").words
    assert not BulkChange.objects.exists()


def test_as_many_as_can_be_changed_fit_into_a_form(settings):
    longest = 99_999_999
    lists = f"{longest}," * bulk.MOST_AT_ONCE, f"{longest}:{longest}," * bulk.MOST_AT_ONCE

    assert sum(map(len, lists)) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2
