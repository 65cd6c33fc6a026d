"""Many statements changed in one go: shown before it is done, one transaction, one undo for the whole."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from pledges.bulk import Change, NotPossibleError, TopicsDo, carry_out, changed, plan, undo_bulk_change
from pledges.coding.labels import Labels
from pledges.coding_log import NotUndoable, code_by_editor, undo
from pledges.labels import holding
from pledges.models import BulkChange, Statement
from tests.rows import dump

pytestmark = pytest.mark.django_db

PLEDGE = Labels("pledge", "firm", True, ("wohnen", "kita"))
VALUE = Labels("value", None, False, ("wohnen",))
CONTEXT = Labels("context", None, False, ())
ADD_SPORT = Change(topics_do=TopicsDo.ADD, topics=("sport",))
LIST = "/admin/pledges/statement/"
BULK = f"{LIST}bulk/"


@pytest.fixture
def editor():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def shelf(musterstadt_loaded):
    """The made shelf's statements by their keys."""
    return [*Statement.objects.order_by("pk").values_list("pk", flat=True)]


@pytest.mark.parametrize(
    ("labels", "change", "after"),
    [
        (PLEDGE, ADD_SPORT, Labels("pledge", "firm", True, ("wohnen", "kita", "sport"))),
        (VALUE, Change(topics_do=TopicsDo.ADD, topics=("wohnen",)), VALUE),
        (PLEDGE, Change(topics_do=TopicsDo.REMOVE, topics=("wohnen",)), replace(PLEDGE, topics=("kita",))),
        (PLEDGE, Change(topics_do=TopicsDo.SET, topics=("sport",)), replace(PLEDGE, topics=("sport",))),
        (PLEDGE, Change(kind="record"), Labels("record", None, False, ("wohnen", "kita"))),
        (PLEDGE, Change(commitment="review"), Labels("pledge", "review", True, ("wohnen", "kita"))),
        (VALUE, Change(kind="pledge", commitment="intent"), Labels("pledge", "intent", False, ("wohnen",))),
        (CONTEXT, Change(kind="value", topics_do=TopicsDo.SET, topics=("wohnen",)), VALUE),
        (VALUE, Change(kind="context", topics_do=TopicsDo.REMOVE, topics=("wohnen",)), CONTEXT),
    ],
)  # fmt: skip
def test_a_change_touches_what_it_names_and_what_follows_from_it(labels, change, after):
    assert changed(labels, change) == after


@pytest.mark.parametrize(
    ("labels", "change", "reason"),
    [
        (VALUE, Change(topics_do=TopicsDo.REMOVE, topics=("wohnen",)), "kein Thema mehr"),
        (CONTEXT, Change(kind="value"), "kein Thema mehr"),
        (VALUE, Change(commitment="firm"), "kein Vorhaben"),
        (VALUE, Change(kind="pledge"), "bräuchte auch eine Bindung"),
        (PLEDGE, Change(topics_do=TopicsDo.ADD, topics=("sport", "klima")), "mehr als drei"),
    ],
)
def test_what_the_codebook_forbids_is_refused_with_its_reason(labels, change, reason):
    with pytest.raises(NotPossibleError, match=reason):
        changed(labels, change)


def test_a_plan_counts_what_changes_what_stays_and_what_cannot(shelf):
    kinds = Statement.objects.values_list("kind", flat=True)
    firm = Statement.objects.filter(commitment="firm").count()
    others = Statement.objects.filter(kind="pledge").exclude(commitment="firm").count()

    found = plan(shelf, Change(commitment="firm"))

    assert (len(found.after), found.unchanged) == (others, firm)
    assert [*found.refused.values()] == [len(shelf) - [*kinds].count("pledge")]


def test_a_change_is_one_log_entry_for_all_and_is_taken_back_as_one(shelf, editor):
    before = dump()
    seen = plan(shelf, ADD_SPORT).seen

    done = carry_out(seen, ADD_SPORT, editor, "Sport")

    assert done.changed == len(shelf) == BulkChange.objects.get().codings.count()
    assert Statement.objects.filter(topics__slug="sport").count() == len(shelf)
    assert undo_bulk_change(done.bulk_change, editor) == len(shelf)
    after = dump()
    logged = {"pledges_bulkchange", "pledges_coding", "pledges_codingtopic"}
    for table in before.keys() - logged - {"pledges_statementtopic"}:
        assert after[table] == before[table]
    assert {row[1:] for row in after["pledges_statementtopic"]} == {
        row[1:] for row in before["pledges_statementtopic"]
    }
    assert undo_bulk_change(done.bulk_change, editor) == 0


def test_what_was_coded_since_stays_when_the_whole_is_taken_back(shelf, editor):
    bulk_change = carry_out(plan(shelf, ADD_SPORT).seen, ADD_SPORT, editor, "Sport").bulk_change
    one, two = Statement.objects.filter(pk__in=shelf[:2])
    newer = code_by_editor(one, User.objects.create_user("andere"), VALUE)
    undo([bulk_change.codings.get(statement=two)], editor)

    assert undo_bulk_change(bulk_change, editor) == len(shelf) - 1

    assert holding(shelf)[one.pk] == newer
    assert not Statement.objects.filter(topics__slug="sport").exists()


def test_a_statement_recoded_since_the_preview_is_left_as_it_is(shelf, editor):
    seen = plan(shelf, ADD_SPORT).seen
    newer = code_by_editor(Statement.objects.get(pk=shelf[0]), User.objects.create_user("andere"), VALUE)

    done = carry_out(seen, ADD_SPORT, editor, "Sport")

    assert (done.changed, done.stale) == (len(shelf) - 1, 1)
    assert holding(shelf)[shelf[0]] == newer


def test_a_failure_half_way_leaves_nothing(shelf, editor, monkeypatch):
    before = dump()

    def fail(_keys):
        raise NotUndoable

    monkeypatch.setattr("pledges.bulk.refresh", fail)
    with pytest.raises(NotUndoable):
        carry_out(plan(shelf, ADD_SPORT).seen, ADD_SPORT, editor, "Sport")

    assert dump() == before
