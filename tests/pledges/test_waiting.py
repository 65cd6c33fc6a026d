"""Who codes while another does waits for the other, and both succeed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges.admin.hints import keep_answer
from pledges.bulk import Change, carry_out, plan, undo_bulk_change
from pledges.coding.labels import Labels
from pledges.coding_log import add_codings, code_by_editor, refresh, undo
from pledges.hints import HintForm, take_hint
from pledges.judging import fingerprint, judge_relation, judge_rendering, take_back
from pledges.labels import refresh_labels
from pledges.models import Coding, Hint, Origin, Party, Relation, Rendering, Statement
from pledges.sampling import code_blind, settle, show
from pledges.shelf import load_shelf
from pledges.versions import let_others_wait
from tests.samples import complete, drawn_sample, otherwise
from tests.shelves import HOUSING, musterstadt

RECORD = Labels("record", None, False, ("wohnen",))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="lets one write at a time, from the start")
@pytest.mark.django_db(transaction=True)
def test_an_editor_waits_for_what_codes_many_and_neither_fails(tmp_path: Path) -> None:
    load_shelf(musterstadt().write(tmp_path), lambda _text: None)
    statement = Statement.objects.get(text=HOUSING)
    editor = User.objects.create_user("redaktion")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            let_others_wait()
            add_codings({statement.pk: RECORD}, Origin.CODEBOOK, "Codebuch")
            waiting = pool.submit(_code, statement, editor)
            _wait_until_somebody_waits()
            refresh_labels([statement.pk])
        coding = waiting.result(timeout=10)

    statement.refresh_from_db()
    assert statement.origin == Origin.EDITOR
    assert coding.previous == Coding.objects.filter(coder="Codebuch").latest("pk")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="lets one write at a time, from the start")
@pytest.mark.django_db(transaction=True)
def test_whoever_writes_takes_a_turn_before_locking_a_row(tmp_path: Path) -> None:
    load_shelf(musterstadt().write(tmp_path), lambda _text: None)
    party = Party.objects.get(slug="alpha")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            let_others_wait()
            waiting = pool.submit(_rename, party, "Alpha neu")
            _wait_until_somebody_waits()
            # The other one would hold the row by now, and wait for the turn: neither could go on.
            Party.objects.filter(pk=party.pk).update(colour="#010203")
        waiting.result(timeout=10)

    party.refresh_from_db()
    assert (party.name, party.colour) == ("Alpha neu", "#010203")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="lets one write at a time, from the start")
@pytest.mark.django_db(transaction=True)
def test_both_halves_of_a_readers_double_click_are_one_hint(tmp_path: Path) -> None:
    load_shelf(musterstadt().write(tmp_path), lambda _text: None)
    statement = Statement.objects.get(text=HOUSING)

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            let_others_wait()
            halves = [pool.submit(_send_hint, statement) for _half in range(2)]
            _wait_until_somebody_waits(2)
        first, second = (half.result(timeout=10) for half in halves)

    assert first == second == Hint.objects.get()


def _send_hint(statement: Statement) -> Hint | None:
    form = HintForm(statement)
    form.cleaned_data = {"about": "text", "words": "So nicht."}
    try:
        return take_hint(statement, form, RequestFactory().post("/", REMOTE_ADDR=""))
    finally:
        connection.close()


def _rename(party: Party, name: str) -> None:
    try:
        Party.objects.filter(pk=party.pk).update(name=name)
    finally:
        connection.close()


def _code(statement: Statement, editor: User) -> Coding:
    try:
        return code_by_editor(statement, editor, Labels("value", None, False, ("kultur",)))
    finally:
        connection.close()


def _wait_until_somebody_waits(number: int = 1) -> None:
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= number:
                return
        sleep(0.02)
    pytest.fail("Nobody waited.")


# --- Whoever decides by what stands lets others wait before reading it

Work = Callable[[], object]


def _a_pledge() -> Statement:
    return Statement.objects.filter(kind="pledge").order_by("pk")[0]


def _code_one(editor: User) -> Work:
    statement = _a_pledge()
    return lambda: code_by_editor(statement, editor, RECORD)


def _take_a_coding_back(editor: User) -> Work:
    coding = code_by_editor(_a_pledge(), editor, RECORD)
    return lambda: undo([coding], editor)


def _change_many(editor: User) -> Work:
    change = Change(kind="record")
    seen = plan([_a_pledge().pk], change).seen
    return lambda: carry_out(seen, change, editor, "Bilanz")


def _take_many_back(editor: User) -> Work:
    change = Change(kind="record")
    done = carry_out(plan([_a_pledge().pk], change).seen, change, editor, "Bilanz").bulk_change
    assert done
    return lambda: undo_bulk_change(done, editor)


def _refresh_labels(editor: User) -> Work:
    key = _a_pledge().pk
    return lambda: refresh_labels([key])


def _refresh_all(editor: User) -> Work:
    key = _a_pledge().pk
    return lambda: refresh([key])


def _judge_a_relation(editor: User) -> Work:
    found = Relation.objects.select_related("a", "b")[0]
    return lambda: judge_relation(found.a, found.b, editor, found.kind, "", {}, seen=fingerprint(found))


def _judge_a_rendering(editor: User) -> Work:
    found = Rendering.objects.select_related("passage")[0]
    seen = fingerprint(found)
    return lambda: judge_rendering(found.passage, editor, "partial", [], "", "", seen=seen)


def _take_a_decision_back(editor: User) -> Work:
    found = Relation.objects.select_related("a", "b")[0]
    decision = judge_relation(found.a, found.b, editor, found.kind, "", {}, seen=fingerprint(found))
    return lambda: take_back(decision)


def _answer_a_hint(editor: User) -> Work:
    hint = Hint(statement=_a_pledge(), about="text", words="So nicht.", received_at=timezone.now())
    hint.save()
    hint.status = "accepted"
    return lambda: keep_answer(hint, editor, seen="")


def _code_blind(editor: User) -> Work:
    drawn = drawn_sample(10, editor).statements.all()[0]
    return lambda: code_blind(drawn, RECORD)


def _show_a_sample(editor: User) -> Work:
    sample = complete(drawn_sample(10, editor))
    return lambda: show(sample)


def _settle(editor: User) -> Work:
    drawn = complete(drawn_sample(10, editor), otherwise).statements.all()[0]
    return lambda: settle(drawn, editor, RECORD, seen=drawn.first_id)


DECIDING = [
    _code_one, _take_a_coding_back, _change_many, _take_many_back, _refresh_labels, _refresh_all,
    _judge_a_relation, _judge_a_rendering, _take_a_decision_back, _answer_a_hint, _code_blind, _show_a_sample,
    _settle,
]  # fmt: skip


def _first_asked(work: Work) -> str:
    with CaptureQueriesContext(connection) as asked:
        work()
    return next(q["sql"] for q in asked.captured_queries if not q["sql"].startswith("SAVEPOINT"))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="lets one write at a time, from the start")
@pytest.mark.django_db
@pytest.mark.parametrize("prepare", DECIDING, ids=lambda prepare: prepare.__name__)
def test_whoever_changes_what_holds_lets_every_other_change_wait_first(
    prepare: Callable[[User], Work],
) -> None:
    assert "pg_advisory_xact_lock" in _first_asked(prepare(User.objects.create_user("redaktion")))
