"""Who codes while another does waits for the other, and both succeed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from pledges.coding.labels import Labels
from pledges.coding_log import add_codings, code_by_editor
from pledges.labels import refresh_labels
from pledges.models import Coding, Origin, Party, Statement
from pledges.shelf import load_shelf
from pledges.versions import let_others_wait
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


def _wait_until_somebody_waits() -> None:
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    pytest.fail("Nobody waited.")
