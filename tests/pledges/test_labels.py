"""The labels that hold: an editor's before the codebook's before the machine's, the newest of several."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from pledges.coding.labels import Certainty, Labels
from pledges.coding_log import add_codings, code_by_editor
from pledges.labels import effective, refresh_labels
from pledges.models import Coding, Origin, Statement
from pledges.shelf import load_shelf
from tests.rows import dump
from tests.shelves import HOUSING, musterstadt

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("redaktion")


@pytest.fixture
def statement(load):
    load(musterstadt())
    return Statement.objects.get(text=HOUSING)


def labels_of(labelled):
    return {
        "kind": labelled.kind,
        "commitment": labelled.commitment,
        "measurable": labelled.measurable,
        "origin": labelled.origin,
        "contested": labelled.contested,
        "topics": [(given.position, given.topic.slug) for given in labelled.topics_given.all()],
    }


def assert_all_labels_are_effective():
    statements = Statement.objects.prefetch_related("topics_given", "codings__topics_given")
    for statement in statements:
        holding = effective(statement.codings.all())
        assert labels_of(statement) == labels_of(holding)
        assert statement.certainty == holding.kind_certainty


def code_as(editor, statement, kind="record", topics=("kultur", "kita")):
    return code_by_editor(statement, editor, Labels(kind, None, False, topics))


def code_by_others(statement, origin, kind="value", topics=("umwelt",)):
    certainty = Certainty(0.9, None, 0.8, 0.7) if origin == Origin.MACHINE else None
    add_codings({statement.pk: Labels(kind, None, False, topics, certainty)}, origin, "anders")
    refresh_labels([statement.pk])
    statement.refresh_from_db()


def test_every_loaded_statement_has_its_effective_labels():
    assert Statement.objects.count() == 956
    assert Statement.objects.filter(contested=True).exists()
    assert_all_labels_are_effective()


def test_the_codebook_is_what_the_loaded_labels_say():
    statement = Statement.objects.get(text__startswith="Die verpflichtende 30-Prozent-Quote")

    assert labels_of(statement)["topics"][0] == (0, "wohnen")
    assert (statement.kind, statement.origin) == ("pledge", "codebook")


def test_an_editors_coding_holds_with_its_topics_in_their_order(statement, editor):
    code_as(editor, statement)

    statement.refresh_from_db()
    assert labels_of(statement) == {
        "kind": "record",
        "commitment": "",
        "measurable": False,
        "origin": "editor",
        "contested": False,
        "topics": [(0, "kultur"), (1, "kita")],
    }


def test_a_later_coding_of_the_codebook_or_the_machine_does_not_beat_an_editors(statement, editor):
    code_as(editor, statement)

    code_by_others(statement, Origin.CODEBOOK)
    code_by_others(statement, Origin.MACHINE)

    assert (statement.kind, statement.origin) == ("record", "editor")
    assert statement.codings.count() == 4


def test_a_later_coding_of_the_machine_does_not_beat_the_codebooks(statement):
    code_by_others(statement, Origin.MACHINE)

    assert (statement.kind, statement.origin, statement.certainty) == ("pledge", "codebook", None)


def test_a_coding_of_the_codebook_beats_the_machines(load):
    load(musterstadt())
    statement = Statement.objects.filter(origin=Origin.MACHINE).first()
    assert statement.certainty is not None

    code_by_others(statement, Origin.CODEBOOK)

    assert (statement.kind, statement.origin, statement.certainty) == ("value", "codebook", None)


def test_the_machines_certainties_are_kept_each_with_its_label(statement):
    code_by_others(statement, Origin.MACHINE)

    kept = statement.codings.get(origin=Origin.MACHINE)
    of_each = (kept.kind_certainty, kept.commitment_certainty, kept.measurable_certainty)
    assert (*of_each, kept.topics_certainty) == (0.9, None, 0.8, 0.7)


def test_the_newest_of_an_origin_holds_even_if_it_was_stored_first(statement, editor):
    newer = code_as(editor, statement, kind="value")
    older = code_as(editor, statement, kind="record")
    later = timezone.now() + datetime.timedelta(hours=1)

    assert effective(statement.codings.all()) == older
    third = Coding.objects.create(
        statement=statement, origin="editor", coder="x", editor=editor, made_at=later, kind="context"
    )
    code_as(editor, statement, kind="record")

    assert newer.made_at < older.made_at < third.made_at
    assert effective(statement.codings.all()) == third


def test_of_two_at_the_same_moment_the_one_stored_later_holds(statement, editor):
    now = timezone.now()
    common = {"statement": statement, "origin": "editor", "coder": "x", "editor": editor, "made_at": now}
    Coding.objects.create(**common, kind="value")
    second = Coding.objects.create(**common, kind="context")

    assert effective(statement.codings.all()) == second


def test_targets_follow_the_kind_that_holds(statement, editor):
    assert statement.targets.exists()

    code_as(editor, statement, kind="record")
    assert not statement.targets.exists()

    code_by_editor(statement, editor, Labels("pledge", "firm", True, ()))
    assert [target.words for target in statement.targets.filter(kind="amount")] == [
        "jedes Jahr 200 neue Wohnungen"
    ]


def test_without_any_coding_nothing_holds():
    with pytest.raises(ValueError, match="empty"):
        effective([])


def test_loading_again_keeps_an_editors_coding(statement, editor, tmp_path):
    code_as(editor, statement)
    before = dump()

    load_shelf(tmp_path, lambda _text: None)

    assert dump() == before


def test_a_changed_codebook_is_noted_but_does_not_beat_an_editors_coding(statement, editor, tmp_path):
    code_as(editor, statement)
    shelf = musterstadt()
    shelf.codings[0]["commitment"] = "review"

    load_shelf(shelf.write(tmp_path), lambda _text: None)

    statement.refresh_from_db()
    assert (statement.kind, statement.origin) == ("record", "editor")
    assert list(statement.codings.order_by("pk").values_list("origin", "commitment")) == [
        ("codebook", "firm"),
        ("editor", ""),
        ("codebook", "review"),
    ]


def test_refreshing_again_changes_nothing(statement, editor):
    code_as(editor, statement)

    assert refresh_labels([statement.pk]) == 0
    assert_all_labels_are_effective()
