"""What words are made of is noted once, and worked out where nothing is noted."""

import pytest

from pledges.index import index_statements
from pledges.models import Statement
from pledges.search import words
from pledges.search.readings import Form, Readings
from pledges.search.splitting import Part

COMPOUND = Form(
    ("kitaplatz",), ("größe",), (Part(0, 4, ("kita",)), Part(4, 9, ("platz", "platze")))
)  # fmt: skip


@pytest.fixture
def noted(tmp_path, monkeypatch):
    """The words of this test alone, in a file of its own."""
    own = Readings(tmp_path / "readings.sqlite3")
    monkeypatch.setattr(words, "readings", lambda: own)
    words.known.cache_clear()
    words.read.cache_clear()
    words._words_of.cache_clear()
    return own


def test_what_was_noted_is_found_as_it_was(tmp_path):
    Readings(tmp_path / "file").note(["kitaplatz"], lambda form: COMPOUND)

    assert Readings(tmp_path / "file").find("kitaplatz") == COMPOUND
    assert Readings(tmp_path / "file").find("kita") is None


def test_nothing_is_worked_out_twice(tmp_path):
    asked = []
    readings = Readings(tmp_path / "file")
    for _time in range(2):
        readings.note(["b", "a", "b"], lambda form: asked.append(form) or COMPOUND)

    assert asked == ["a", "b"]


def test_a_word_reads_the_same_noted_or_not(noted):
    text = "Schulsozialarbeiter*innen, Rad- und Fußverkehr, 1.000 Kita-Gebühren und -beiträge z. B. gehen"
    before = words.words_of(text)
    words.note_words([text])
    words.known.cache_clear()
    words.read.cache_clear()
    words._words_of.cache_clear()

    assert noted.find("schulsozialarbeiterinnen") is not None
    assert words.words_of(text) == before


@pytest.mark.django_db
def test_the_index_notes_the_words_of_what_it_reads(noted):
    statement = Statement.objects.filter(text__contains="Wohnungsbau").first()
    index_statements([statement.pk])

    assert noted.find("wohnungsbau").parts


def test_without_a_file_words_are_worked_out(noted, tmp_path):
    (tmp_path / "readings.sqlite3").write_bytes(b"this is no database, but it is long enough to be one" * 99)
    words.note_words(["Kitaplatz"])

    assert [atom.lemmas[0] for atom in words.words_of("Kitaplatz")[0].atoms] == ["kita", "platz"]


def test_a_folder_that_is_not_there_hinders_nobody(tmp_path):
    readings = Readings(tmp_path / "missing" / "file")
    readings.note(["kitaplatz"], lambda form: COMPOUND)

    assert readings.find("kitaplatz") is None
