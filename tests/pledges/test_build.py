"""Nobody's correction is ever lost: new editions, other splittings, and the way back."""

import dataclasses
from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.db import connection

from pledges.analysis import units_of
from pledges.build import read_programme
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.labels import refresh_labels
from pledges.machine import code_by_machine
from pledges.models import Coding, Programme, Rendering, Statement
from pledges.targets import refresh_targets
from pledges.units import programme_units
from sources import ingest
from sources.models import Document, Passage
from sources.reading import UnreadableFile
from sources.reading import read as read_file
from sources.splitting import split
from tests.rows import dump
from tests.shelves import musterstadt

pytestmark = pytest.mark.django_db

KEPT = "Wir bauen jedes Jahr 200 neue Wohnungen am alten Hafen der Stadt."
CHANGED = "Die Gebühren für die Kita schaffen wir im ersten Jahr der Wahlperiode ganz ab."
REWORDED = "Die Gebühren für die Kita schaffen wir im zweiten Jahr der Wahlperiode ganz ab."
GONE = "Der Eintritt in alle städtischen Museen wird für Kinder und Jugendliche frei."
MOVED = "Auf jedem Schulhof pflanzen wir Bäume, die im Sommer Schatten geben."
NEW = "Das Hallenbad bleibt auch am Sonntagabend geöffnet."

FIRST = [KEPT, CHANGED, GONE, MOVED]
SECOND = [MOVED, KEPT, REWORDED, NEW]


@pytest.fixture
def programme(load):
    load(musterstadt())
    return Programme.objects.get(slug="beta-2020")


@pytest.fixture
def editor():
    return User.objects.create_user("redaktion")


def read(programme, sentences, heading="# Vorhaben"):
    text = "\n\n".join([heading, *sentences])
    report = read_programme(programme, text.encode(), "beta-2020.md")
    code_by_machine(programme)
    refresh_targets(programme.statements.current())
    connection.check_constraints()
    return report


def code_all(programme, editor):
    """An editor's coding of every statement; return the statements' keys by their words."""
    for statement in programme.statements.current():
        code_by_editor(statement, editor, Labels("record", None, False, ()))
    return {statement.text: statement.key for statement in programme.statements.current()}


def standing(programme):
    return list(programme.statements.current().order_by("position").values_list("text", flat=True))


def test_an_edition_keeps_carries_adds_and_lets_go(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)

    report = read(programme, SECOND)

    assert (report.kept, report.carried, report.new, report.gone) == (2, 1, 1, 1)
    assert standing(programme) == SECOND
    after = {s.key: s for s in programme.statements.all()}
    assert after[keys[KEPT]].text == KEPT
    assert after[keys[MOVED]].position == 1
    assert after[keys[CHANGED]].text == REWORDED
    assert after[keys[GONE]].text == GONE


def test_only_a_carried_statement_is_marked_for_another_look(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)

    read(programme, SECOND)

    marked = programme.statements.filter(wording_changed=True)
    assert [statement.key for statement in marked] == [keys[CHANGED]]


def test_every_editors_coding_still_holds_after_an_edition(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)

    read(programme, SECOND)

    for key in keys.values():
        statement = Statement.objects.get(key=key)
        assert (statement.kind, statement.origin) == ("record", "editor")
        assert statement.codings.filter(origin="machine").count() == 1
    assert Statement.objects.get(text=NEW).origin == "machine"


def test_a_statement_that_is_gone_keeps_its_page_with_a_notice(programme, editor, client):
    read(programme, FIRST)
    keys = code_all(programme, editor)
    read(programme, SECOND)

    page = client.get(f"/aussagen/{keys[GONE]}/")

    assert page.status_code == 200
    assert "Dieser Satz steht nicht mehr im Text." in page.text
    assert GONE in page.text
    assert "Im Programm lesen" not in page.text


def test_a_statement_that_is_gone_is_in_no_list(programme, client):
    read(programme, FIRST)
    assert GONE in client.get("/suche/", {"programm": "beta-2020"}).text

    read(programme, SECOND)

    assert GONE not in client.get("/suche/", {"programm": "beta-2020"}).text
    assert GONE not in client.get("/programme/beta-2020/").text


def test_the_former_edition_stays_as_it_was(programme):
    read(programme, FIRST)
    former = Document.objects.get(programme=programme)

    read(programme, SECOND)

    programme.refresh_from_db()
    assert programme.document.replaces == former
    assert [passage.text for passage in former.passages.order_by("position")] == FIRST


def test_going_back_to_the_former_edition_revives_what_was_gone(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)
    read(programme, SECOND)

    read(programme, FIRST)

    assert standing(programme) == FIRST
    assert {s.text: s.key for s in programme.statements.current()} == keys
    assert all(s.origin == "editor" for s in programme.statements.current())
    assert Statement.objects.get(text=NEW).gone_since is not None
    assert Document.objects.filter(slug__startswith="beta-2020").count() == 3


def test_after_going_back_there_may_be_yet_another_edition(programme):
    read(programme, FIRST)
    read(programme, SECOND)
    read(programme, FIRST)

    read(programme, [NEW])

    assert standing(programme) == [NEW]
    line = []
    document = Programme.objects.get(pk=programme.pk).document
    while document:
        line.append(document)
        document = document.replaces
    assert [d.passages.get(position=1).text for d in line[:3]] == [NEW, MOVED, KEPT]


def test_there_and_back_several_times_makes_nothing_twice(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)
    for _ in range(3):
        read(programme, SECOND)
        read(programme, FIRST)

    assert {s.text: s.key for s in programme.statements.current()} == keys
    assert programme.statements.count() == Counter(programme.statements.values_list("key")).total()
    # The four of the first edition, the new one of the second, and what stood before both.
    assert programme.statements.count() == 6


def test_a_sentence_that_comes_back_reworded_and_gone_meanwhile_is_the_same(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)
    read(programme, SECOND)
    read(programme, [KEPT])

    read(programme, SECOND)

    statement = Statement.objects.get(text=REWORDED, gone_since=None)
    assert statement.key == keys[CHANGED]
    assert statement.origin == "editor"


def test_the_second_of_two_same_sentences_keeps_its_own_coding(programme, editor):
    read(programme, [KEPT, MOVED, KEPT, GONE])
    first, second = programme.statements.current().filter(text=KEPT).order_by("position")
    code_by_editor(second, editor, Labels("value", None, False, ()))

    read(programme, [MOVED, KEPT, GONE])

    (left,) = programme.statements.current().filter(text=KEPT)
    assert left == second
    assert left.origin == "editor"
    first.refresh_from_db()
    assert first.gone_since is not None

    read(programme, [KEPT, MOVED, KEPT, GONE])

    assert list(programme.statements.current().filter(text=KEPT).order_by("position")) == [first, second]


def test_one_of_two_same_sentences_may_stand_where_the_one_that_is_gone_stood(programme):
    both = [KEPT, MOVED, KEPT, GONE]
    read(programme, both)
    keys = set(programme.statements.current().values_list("key", flat=True))
    read(programme, [MOVED, KEPT, GONE])
    read(programme, [KEPT])

    read(programme, both)

    assert standing(programme) == both
    assert set(programme.statements.current().values_list("key", flat=True)) == keys


def test_a_changed_heading_alone_keeps_every_statement(programme, editor):
    read(programme, FIRST)
    keys = code_all(programme, editor)

    report = read(programme, FIRST, heading="# Ganz anders")

    assert report.kept == 4
    assert {s.text: s.key for s in programme.statements.current()} == keys
    assert not programme.statements.filter(wording_changed=True).exists()
    assert programme.statements.current().containing("ganz anders").count() == 4


def test_reading_the_same_bytes_again_changes_no_key_of_a_passage(programme):
    read(programme, FIRST)
    before = list(Passage.objects.order_by("pk").values_list("pk", "text"))

    report = read(programme, FIRST)

    assert (report.kept, report.carried, report.new, report.gone) == (4, 0, 0, 0)
    assert list(Passage.objects.order_by("pk").values_list("pk", "text")) == before


def test_another_splitting_of_the_same_bytes_keeps_what_stays(programme, editor, monkeypatch):
    paragraph = [f"{KEPT} {CHANGED} {GONE}", MOVED]
    read(programme, paragraph)
    keys = code_all(programme, editor)
    before = dict(Passage.objects.filter(document=programme.document).values_list("text", "pk"))
    assert len(keys) == 4

    monkeypatch.setattr(ingest, "split", with_first_two_joined)
    monkeypatch.setattr(ingest, "reader_fingerprint", lambda: "another")
    report = read(programme, paragraph)

    assert (report.kept, report.new + report.carried, report.gone + report.carried) == (2, 1, 2)
    assert standing(programme) == [f"{KEPT} {CHANGED}", GONE, MOVED]
    after = dict(Passage.objects.filter(document=programme.document).values_list("text", "pk"))
    assert (after[GONE], after[MOVED]) == (before[GONE], before[MOVED])
    assert Statement.objects.get(key=keys[GONE]).passage_id == before[GONE]
    assert Coding.objects.filter(origin="editor").count() == 4

    monkeypatch.undo()
    read(programme, paragraph)

    assert {s.text: s.key for s in programme.statements.current()} == keys
    assert all(s.origin == "editor" for s in programme.statements.current())


def with_first_two_joined(blocks, *, sentences=True):
    found = split(blocks, sentences=sentences)
    first, second, *rest = found.passages
    joined = dataclasses.replace(first, end=second.end)
    return dataclasses.replace(found, passages=(joined, *rest))


def test_a_digests_verdicts_move_with_their_lines(programme):
    digest = Programme.objects.get(slug="alpha-digest")
    Rendering.objects.filter(verdict="fabricated").update(note_de="Eis steht nirgends.")
    lines = "A new first line.\nFree ice cream for all.\n200 new flats a year at the port.\n"

    read_programme(digest, lines.encode(), "alpha-digest.txt", language="en")

    connection.check_constraints()
    rendering = Rendering.objects.get(verdict="fabricated")
    assert rendering.passage.text == "Free ice cream for all."
    assert rendering.passage.document == Programme.objects.get(pk=digest.pk).document
    assert rendering.note_de == "Eis steht nirgends."


def test_words_that_come_back_to_the_letter_take_the_mark_away(programme, editor):
    read(programme, [KEPT, CHANGED])
    keys = code_all(programme, editor)
    read(programme, [KEPT, REWORDED])
    marked = Statement.objects.get(key=keys[CHANGED])
    assert (marked.wording_changed, marked.former_text) == (True, CHANGED)

    read(programme, [CHANGED, NEW])

    statement = Statement.objects.get(key=keys[CHANGED])
    assert (statement.wording_changed, statement.former_text, statement.reworded_at) == (False, "", None)
    refresh_labels([statement.pk])
    assert not Statement.objects.get(key=keys[CHANGED]).wording_changed


def test_of_two_changes_of_the_words_the_mark_keeps_those_that_were_coded(programme, editor):
    again = REWORDED.replace("zweiten", "dritten")
    read(programme, [KEPT, CHANGED])
    keys = code_all(programme, editor)
    read(programme, [KEPT, REWORDED])

    read(programme, [KEPT, again])

    statement = Statement.objects.get(key=keys[CHANGED])
    assert (statement.text, statement.former_text, statement.wording_changed) == (again, CHANGED, True)


def test_coding_a_reworded_statement_again_takes_the_mark_away(programme, editor):
    read(programme, [KEPT, CHANGED])
    keys = code_all(programme, editor)
    read(programme, [KEPT, REWORDED])

    code_by_editor(Statement.objects.get(key=keys[CHANGED]), editor, Labels("record", None, False, ()))

    assert not programme.statements.filter(wording_changed=True).exists()


def test_a_former_edition_that_is_read_otherwise_by_now_can_come_back(programme, editor, monkeypatch):
    paragraph = [f"{KEPT} {CHANGED} {GONE}", MOVED]
    read(programme, paragraph)
    code_all(programme, editor)
    read(programme, [NEW])

    monkeypatch.setattr(ingest, "split", with_first_two_joined)
    monkeypatch.setattr(ingest, "reader_fingerprint", lambda: "another")
    read(programme, paragraph)

    assert standing(programme) == [f"{KEPT} {CHANGED}", GONE, MOVED]
    assert Coding.objects.filter(origin="editor").count() == 4


def test_the_machine_sees_a_stored_programme_as_it_sees_its_file(programme):
    text = f"# Vorhaben\n\n{KEPT} {CHANGED}\n\nWir wollen:\n\n- {GONE}\n- {MOVED}\n\n## Weiter\n\n1. {NEW}\n"
    read_programme(programme, text.encode(), "beta-2020.md")

    units = programme_units(Programme.objects.get(pk=programme.pk)).values()

    assert list(units) == units_of(split(read_file(text.encode(), "beta-2020.md")))


def test_a_digest_whose_lines_are_read_otherwise_by_now_is_refused(programme, monkeypatch):
    digest = Programme.objects.get(slug="alpha-digest")
    data = bytes(digest.document.content)
    before = dump()
    monkeypatch.setattr(ingest, "split", with_first_two_joined)
    monkeypatch.setattr(ingest, "reader_fingerprint", lambda: "another")

    with pytest.raises(UnreadableFile, match="have a verdict"):
        read_programme(digest, data, "alpha-digest.md", language="en")

    assert dump() == before
