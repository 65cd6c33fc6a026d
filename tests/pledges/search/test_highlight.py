"""What is marked in a text, and that marking changes no letter of it."""

import html
import json
import re
import string

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from pledges.search.highlight import find_hits
from pledges.search.words import words_of
from pledges.templatetags.wortlaut import mark_words
from tests.pages import without_tags


def marked(text, typed):
    return [text[start:end] for start, end in find_hits(text, typed)]


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("Die Kitagebühren entfallen.", "gebuehr", ["gebühren"]),
        ("Mehr Kitaplätze und Kitas", "kita", ["Kita", "Kitas"]),
        ("Die Straße am Fluß", "STRASSE fluss", ["Straße", "Fluß"]),
        ("Radwege", "rad radweg wege", ["Radwege"]),
        ("Wohnungsbaugesellschaften", "Wohnung", ["Wohnungs"]),
        ("Wohnungsbaugesellschaften", "Baugesellschaft", ["baugesellschaften"]),
        ("Die Bürger*innen und der Bürger", "Bürgerinnen", ["Bürger*innen", "Bürger"]),
        ("Rad- und Fußverkehr", "Radverkehr", ["Rad", "verkehr"]),
        ("Rad- und Fußverkehr", "Fußverkehr", ["Fußverkehr"]),
        ("Mehr Busse und Bahnen", "ÖPNV", ["Busse und Bahnen"]),
        ("Busse, die Bahnen und Busse", "ÖPNV", []),
        ("1.000-Betten-Haus", "Haus", ["Haus"]),
        ("Der ÖPNV und die Bahn, der Bus", "Bus und Bahn", ["ÖPNV", "Bahn", "Bus"]),
        ("Kindergärten ohne Gebühren", "Kitagebühren", ["Kindergärten", "Gebühren"]),
        ("Kindergärten ohne Zäune", "Kitagebühren", []),
        ("Bezahlbare Wohnungen, bezahlbare Mieten", '"bezahlbare Wohnungen"', ["Bezahlbare Wohnungen"]),
        ("Wohnungen, Neubau", "Wohnung -Neubau", ["Wohnungen"]),
        ("Die Wohnungsbauprojekte", "wohnungsb", ["Wohnungsb"]),
        ("Die Wohnungsbauprojekte", "bau*", ["bau"]),
        ("Das Kitaplatz-Angebot, ein Kitaplatz", "Platz", ["platz", "platz"]),
        ("Rad-, Fuß- und Busverkehr", "Radverkehr", ["Rad", "verkehr"]),
        ("Dieselbusse und die Busse", "die*", ["Die", "die"]),
        ("Die Gebu\u0308hr", "Gebühr", ["Gebu\u0308hr"]),
        ("Die die Stadt", "die Stadt", ["Stadt"]),
        ("Nichts davon", "kita", []),
        ("Eine Unterkunft", "kunft", []),
        ("Alles", "", []),
    ],
)
def test_what_is_searched_is_marked_in_any_form(text, typed, hits):
    assert marked(text, typed) == hits


@given(st.text(alphabet=string.ascii_letters + "äöüßÄẞé&<>'\"-*: \u0308\u00a0\u00ad"), st.text(max_size=12))
def test_marking_changes_no_letter_and_lets_no_tag_in(text, typed):
    page = str(mark_words(text, typed))

    assert without_tags(page) == text
    assert re.sub(r"</?mark>", "", page) == html.escape(text)


@given(st.text(alphabet="abcäöüßÄÖÜé- ", min_size=1), st.data())
def test_every_word_of_a_text_is_marked_where_it_is_searched(text, data):
    words = words_of(text)
    if words:
        word = data.draw(st.sampled_from(words))
        typed = text[word.start : word.end]
        assert any(typed in hit or hit in typed for hit in marked(text, typed))


def test_words_that_tell_nothing_are_left_out_without_missing_any(monkeypatch):
    rows = (settings.BASE_DIR / "fixtures/codings/statements.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows[::3]]
    typed = ["Wohnung", "ÖPNV", "Bus und Bahn", "Kitagebühren", "Radverkehr", "Schule Kinder", "2025", "der"]
    pairs = [(text, words) for text in texts for words in typed]
    found = [find_hits(*pair) for pair in pairs]

    monkeypatch.setattr("pledges.search.highlight.completes_words", lambda _text: True)
    assert [find_hits(*pair) for pair in pairs] == found
    assert sum(map(bool, found)) > 100
