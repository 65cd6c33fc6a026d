"""Saving a coding asks few queries, and what it brings up to date is what making it anew would give."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges.bulk import Change, TopicsDo, carry_out, plan
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor, refresh, undo
from pledges.index import refresh_facets
from pledges.models import PackedStatements, SearchRow, Statement, Topic
from pledges.packing import layout_of, pack, read_from_statements, read_packed
from pledges.targets import refresh_targets

pytestmark = pytest.mark.django_db

# One that SQLite does without, as it lets one write at a time, from the start.
LOCK = int(connection.vendor == "postgresql")
WHAT_HOLDS_AND_WHAT_IS_PACKED = 1
TOPICS = 1
CODING_WITH_TOPICS = 2
LABELS = 1
TOPICS_AFTER = 2
FACETS = 1
PACKED = 1
TARGETS_OF_ANOTHER_KIND = 1

RECORD = Labels("record", None, False, ("sport", "kultur"))
PLEDGE = Labels("pledge", "intent", True, ("kita", "sport"))


@pytest.fixture
def editor():
    return User.objects.create_user("redaktion")


@pytest.fixture
def pledge():
    """One with topics and targets in a text of many statements."""
    found = Statement.objects.filter(programme__slug="dos-2020", kind="pledge", topics_given__position=1)
    return found.exclude(targets=None).order_by("position")[0]


def queries_of(work):
    with CaptureQueriesContext(connection) as asked:
        work()
    return [query["sql"] for query in asked.captured_queries]


def assert_all_is_as_made_anew():
    topics = list(Topic.objects.values_list("pk", flat=True))
    packed = read_packed(topics)
    anew = read_from_statements(packed, topics)
    assert packed.keys() == set(PackedStatements.objects.values_list("programme", flat=True))
    assert {key: rows.tolist() for key, rows in packed.items()} == {
        key: rows.tolist() for key, rows in anew.items()
    }
    assert refresh_targets(Statement.objects.all()) == 0
    facets = dict(SearchRow.objects.values_list("pk", "facets"))
    refresh_facets(list(facets))
    assert facets == dict(SearchRow.objects.values_list("pk", "facets"))


def test_saving_asks_no_more_than_its_budget(editor, pledge):
    budget = LOCK + WHAT_HOLDS_AND_WHAT_IS_PACKED + TOPICS + CODING_WITH_TOPICS
    budget += LABELS + TOPICS_AFTER + FACETS + PACKED

    asked = queries_of(lambda: code_by_editor(pledge, editor, RECORD))
    assert len(asked) == budget + TARGETS_OF_ANOTHER_KIND, asked

    asked = queries_of(lambda: code_by_editor(pledge, editor, Labels("value", None, False, ("umwelt",))))
    assert len(asked) == budget, asked


def test_saving_the_labels_that_hold_writes_the_coding_alone(editor, pledge):
    code_by_editor(pledge, editor, RECORD)

    asked = queries_of(lambda: code_by_editor(pledge, editor, RECORD))

    assert len(asked) == LOCK + WHAT_HOLDS_AND_WHAT_IS_PACKED + TOPICS + CODING_WITH_TOPICS, asked


def test_saving_in_a_long_text_asks_no_more_than_in_a_short_one(editor, pledge):
    short = Statement.objects.filter(kind="value").order_by("programme__short_title", "-position")[0]
    code_by_editor(pledge, editor, RECORD)
    code_by_editor(short, editor, RECORD)
    other = Labels("context", None, False, ())

    numbers = {len(queries_of(lambda one=one: code_by_editor(one, editor, other))) for one in (pledge, short)}

    assert len(numbers) == 1


@pytest.mark.parametrize("labels", [RECORD, PLEDGE, Labels("context", None, False, ())])
def test_after_saving_all_is_as_made_anew(editor, pledge, labels):
    coding = code_by_editor(pledge, editor, labels)
    assert_all_is_as_made_anew()

    undo([coding], editor)
    assert_all_is_as_made_anew()


def test_after_saving_other_topics_alone_all_is_as_made_anew(editor, pledge):
    code_by_editor(pledge, editor, RECORD)

    code_by_editor(pledge, editor, Labels("record", None, False, ("umwelt",)))

    assert_all_is_as_made_anew()


def test_after_a_bulk_change_all_is_as_made_anew(editor):
    keys = list(
        Statement.objects.filter(kind__in=["pledge", "value"])
        .order_by("position", "key")[:40]
        .values_list("pk", flat=True)
    )
    change = Change(kind="record", topics_do=TopicsDo.SET, topics=("umwelt", "kita"))

    done = carry_out(plan(keys, change).seen, change, editor, "was")

    assert done.changed == 40
    assert Statement.objects.filter(pk__in=keys).values("programme").distinct().count() > 1
    assert_all_is_as_made_anew()


def test_a_statement_that_is_gone_is_coded_without_being_packed(editor, pledge):
    Statement.objects.filter(pk=pledge.pk).update(gone_since=timezone.now())
    pack([pledge.programme_id])

    code_by_editor(pledge, editor, RECORD)

    assert_all_is_as_made_anew()
    pledge.refresh_from_db()
    assert pledge.kind == "record"


@pytest.mark.parametrize("layout", [None, "of another day"])
def test_a_text_that_is_not_packed_as_it_should_be_is_packed_whole(editor, pledge, layout):
    packed = PackedStatements.objects.filter(programme=pledge.programme)
    if layout:
        packed.update(layout=layout, rows=b"")
    else:
        packed.delete()

    code_by_editor(pledge, editor, RECORD)

    assert packed.get().layout == layout_of(Topic.objects.values_list("pk", flat=True))
    assert_all_is_as_made_anew()


def test_a_coding_that_is_older_than_the_one_that_holds_is_stored_and_changes_nothing(editor, pledge):
    later = timezone.now() + datetime.timedelta(hours=1)
    pledge.codings.create(origin="editor", coder="x", editor=editor, made_at=later, kind="context")
    refresh([pledge.pk])

    coding = code_by_editor(pledge, editor, RECORD)

    pledge.refresh_from_db()
    assert pledge.kind == "context"
    assert not pledge.topics_given.exists()
    assert pledge.codings.latest("pk") == coding
    assert_all_is_as_made_anew()
