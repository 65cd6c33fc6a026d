"""What a training brings: the editors' changes counted, the figures moved, the unchecked coded anew."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pledges import machine, training
from pledges.coding.labels import Labels
from pledges.coding.training import made_examples, shipped_texts
from pledges.coding_log import code_by_editor
from pledges.labels import labels_of
from pledges.learning import checks_since
from pledges.machine import NOTABLE, recode_by_machine
from pledges.models import Coding, Origin, Programme, Statement
from tests.people import person
from tests.rows import dump
from tests.samples import complete, drawn_sample, otherwise
from tests.shelves import musterstadt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def editor():
    return person("redaktion")


RECORD = Labels("record", None, False, ("finanzen",))


def coded(statement):
    return labels_of(statement.codings.get())


# --- What editors changed


def test_labels_that_editors_changed_are_counted_by_whose_they_were(editor):
    first, second, third = Statement.objects.filter(kind="pledge", measurable=True)[:3]
    code_by_editor(first, editor, RECORD)
    code_by_editor(second, editor, replace(coded(second), measurable=False))
    code_by_editor(third, editor, coded(third))
    checks = checks_since(None)
    assert (checks.number, checks.confirmed) == (3, 1)
    assert checks.changed["codebook"] == {"kind": 1, "commitment": 1, "measurable": 2, "topics": 1}


def test_only_what_was_checked_since_counts(editor):
    first, second = Statement.objects.filter(kind="pledge")[:2]
    code_by_editor(first, editor, RECORD)
    since = timezone.now()
    code_by_editor(second, editor, RECORD)
    assert checks_since(since).number == 1
    assert checks_since(timezone.now()).number == 0


def test_what_was_coded_blind_is_nobodys_change(editor):
    complete(drawn_sample(10, editor), otherwise)
    assert checks_since(None).number == 0


# --- Coding anew


@pytest.fixture
def unchecked(load):
    """A made text that the machine alone has coded."""
    shelf = musterstadt()
    shelf.codings.clear()
    shelf.relations.clear()
    shelf.verdicts.clear()
    load(shelf)
    return Programme.objects.get(slug="beta-2025")


def said_otherwise(monkeypatch, change):
    """The machine says from now on what `change` makes of each of its labels."""
    before = machine.machine_labels
    monkeypatch.setattr(
        machine, "machine_labels", lambda *given: tuple(change(labels) for labels in before(*given))
    )


def test_where_the_machine_says_the_same_nothing_is_added(unchecked):
    before = dump()
    assert recode_by_machine(unchecked) == 0
    assert dump() == before


def test_other_labels_are_a_further_coding_that_holds(unchecked, monkeypatch):
    number = Coding.objects.count()
    said_otherwise(monkeypatch, lambda labels: replace(RECORD, certainty=labels.certainty))
    assert recode_by_machine(unchecked) == unchecked.statements.count()
    assert Coding.objects.count() == number + unchecked.statements.count()
    assert set(unchecked.statements.values_list("kind", "origin")) == {("record", Origin.MACHINE)}
    assert not unchecked.statements.exclude(targets=None).exists()


@pytest.mark.parametrize(("less", "is_news"), [(NOTABLE / 2, False), (NOTABLE * 1.5, True)])
def test_a_certainty_that_moves_notably_is_news(unchecked, monkeypatch, less, is_news):
    def shift(labels):
        certainty = replace(labels.certainty, kind=labels.certainty.kind - less)
        return replace(labels, certainty=certainty)

    said_otherwise(monkeypatch, shift)
    assert bool(recode_by_machine(unchecked)) == is_news


def test_what_anybody_checked_stays_untouched(unchecked, editor, monkeypatch):
    checked = unchecked.statements.first()
    code_by_editor(checked, editor, coded(checked))
    before = list(checked.codings.values())
    said_otherwise(monkeypatch, lambda labels: replace(RECORD, certainty=labels.certainty))
    assert recode_by_machine(unchecked) == unchecked.statements.count() - 1
    assert list(checked.codings.values()) == before


def test_of_words_that_were_replaced_meanwhile_nothing_is_said(unchecked, monkeypatch):
    said_of = machine._said_of

    def say_and_replace(programme):
        said = said_of(programme)
        first, second = list(said)[:2]
        statements = programme.statements
        statements.filter(pk=second.pk).update(gone_since=timezone.now(), passage=None)
        statements.filter(pk=first.pk).update(text=second.text, passage=second.passage_id)
        return said

    monkeypatch.setattr(machine, "_said_of", say_and_replace)
    said_otherwise(monkeypatch, lambda labels: replace(RECORD, certainty=labels.certainty))

    assert recode_by_machine(unchecked) == unchecked.statements.count() - 2


# --- The command


@pytest.fixture
def short_texts(monkeypatch):
    """The beginnings of the shipped texts, so that what is learnt eight times is learnt in seconds."""
    short = [replace(t, units=t.units[:40], coded=t.coded[:40]) for t in shipped_texts()]
    monkeypatch.setattr(training, "shipped_texts", lambda: short)
    monkeypatch.setattr(training, "made_examples", lambda: made_examples()[::8])
    return short


@pytest.mark.once
def test_the_command_tells_what_changed_and_what_moved_and_keeps_it(editor, data_dir, short_texts):
    [text, *_others] = short_texts
    words = next(u.text for u, c in zip(text.units, text.coded, strict=True) if c.kind == "pledge")
    statement = Statement.objects.get(text=words)
    code_by_editor(statement, editor, RECORD)
    said = io.StringIO()
    call_command("train_coder", stdout=said)
    report = json.loads((data_dir / "training.json").read_text(encoding="utf-8"))
    assert "Since the beginning editors checked 1 statements." in said.getvalue()
    assert "Changed against the codebook: kind 1" in said.getvalue()
    assert "pledge F1" in said.getvalue()
    assert report["editors_codings"] == 1
    assert report["statements"] >= sum(len(text.units) for text in short_texts)
    assert 0.5 < report["figures"]["pledge F1"]["before"]["value"] < 1
    assert set(report["figures"]["pledge F1"]) == {"before", "after"}
    assert sorted(path.suffix for path in data_dir.iterdir()) == [".json", ".npz"]


def test_what_is_measured_on_a_text_was_learnt_from_the_others(monkeypatch):
    taught = []

    def note(programme, _right, model):
        taught.append((programme.slug, model))
        return []

    monkeypatch.setattr(training, "train", lambda texts: {text.name for text in texts})
    monkeypatch.setattr(training, "_pairs", note)

    training.left_out_figures([], lambda _text: None)

    names = {text.name for text in shipped_texts()}
    assert {name for name, _model in taught} == names
    assert all(model & names == names - {name} for name, model in taught)


def test_without_an_editors_coding_the_command_says_that_there_is_nothing_to_measure(data_dir, short_texts):
    said = io.StringIO()
    call_command("train_coder", stdout=said)
    assert "nothing to measure yet" in said.getvalue()
    report = json.loads((data_dir / "training.json").read_text(encoding="utf-8"))
    assert (report["figures"], report["since"]) == ({}, None)


def test_where_the_model_cannot_be_kept_nothing_changes(settings, tmp_path, editor, short_texts):
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("in the way", encoding="utf-8")
    before = dump()
    with pytest.raises(CommandError, match="can't be written"):
        call_command("train_coder", stdout=io.StringIO())
    assert dump() == before
