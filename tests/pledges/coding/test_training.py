"""What the coder learns from, how it is kept, and that a broken file does no harm."""

import os
from pathlib import Path

import numpy as np
import pytest

from pledges.coding import store
from pledges.coding.lexicon import TOPICS
from pledges.coding.model import Model, train
from pledges.coding.training import coded_texts, made_examples, made_texts, shipped_texts

FEW = made_texts(
    """= Wohnen
firm* wohnen | Bis 2030 bauen wir 100 Wohnungen.
intent wohnen | - Erhalt der Siedlungen
value wohnen | Wohnen ist ein Recht.
context | Die Mieten steigen.

= Sport
intent sport | Wir wollen das Freibad erhalten.
record sport | Wir haben das Hallenbad saniert.
rejection sport | Einen Verkauf lehnen wir ab.
context | Viele Leute schwimmen gern."""
)


def test_rows_become_texts_in_their_order() -> None:
    rows = [
        {"doc": "a", "section": "X > Y", "text": "Eins", "kind": "context", "topics": []},
        {"doc": "b", "section": "", "text": "Zwei", "kind": "context", "topics": []},
        {"doc": "a", "section": "X > Y", "text": "Drei", "kind": "context", "topics": []},
    ]
    texts = coded_texts(rows)
    assert [(text.name, [unit.text for unit in text.units]) for text in texts] == [
        ("a", ["Eins", "Drei"]),
        ("b", ["Zwei"]),
    ]
    assert texts[0].units[0].headings == ("X", "Y")


def test_the_notation_of_made_sentences_is_read() -> None:
    first = FEW[0]
    assert [unit.is_item for unit in first.units] == [False, True, False, False]
    assert (first.coded[0].commitment, first.coded[0].measurable) == ("firm", True)
    assert first.units[1].headings == ("Wohnen",)


def test_all_shipped_labels_are_the_codebooks() -> None:
    coded = [c for text in (*shipped_texts(), *made_examples()) for c in text.coded]
    assert {c.kind for c in coded} == {"pledge", "record", "value", "context"}
    assert {topic for c in coded for topic in c.topics} == set(TOPICS)
    assert all((c.commitment is not None) == (c.kind == "pledge") for c in coded)


@pytest.fixture(scope="module")
def small() -> Model:
    return train(FEW)


def test_a_saved_model_is_the_same_when_loaded(small: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    assert store.save(small, path)
    loaded = store.load(path)
    assert loaded is not None
    assert loaded.kind.index == small.kind.index
    assert np.array_equal(loaded.kind.weights, small.kind.weights)
    assert loaded.letters == small.letters
    assert [file.name for file in tmp_path.iterdir()] == ["model.npz"]


def test_a_broken_file_is_no_model(small: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    store.save(small, path)
    path.write_bytes(path.read_bytes()[:200])
    assert store.load(path) is None
    assert store.load(tmp_path / "missing.npz") is None


def test_a_folder_that_cannot_be_written_is_no_error(small: Model, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert store.save(small, blocked / "model.npz") is False


def test_the_file_is_named_by_what_was_learnt_from() -> None:
    assert store.fingerprint(FEW) == store.fingerprint(FEW)
    assert store.fingerprint(FEW) != store.fingerprint(FEW[:1])


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert store.default_folder() == tmp_path / "wortlaut"
