"""What a former edition's page says of what changed since, and never guesses."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from pledges.build import read_programme
from pledges.former import compare_texts
from pledges.models import Programme, Statement
from pledges.views import programmes
from sources.models import Passage, Section
from tests.editions import NewEdition, new_edition
from tests.pages import get

FIRST = "Wir bauen jedes Jahr 200 neue Wohnungen am Hafen."
SECOND = "Die Gebühren für die Kita schaffen wir ab."
THIRD = "Der Eintritt ins Museum wird frei."
OTHER = "Auf dem Marktplatz pflanzen wir Linden."
ANOTHER = "Jede Feuerwache bekommt ein neues Löschfahrzeug."


def passages(*texts, heading="", start=1):
    section = Section(heading=heading)
    return [Passage(pk=at, text=text, position=at, section=section) for at, text in enumerate(texts, start)]


def told(former, today, gone=()):
    """What changed, as (how, texts before, texts now)."""
    return [
        (change.how, [p.text for p in change.before], [p.text for p in change.now])
        for change in compare_texts(former, today, gone).changes
    ]


def test_texts_that_are_the_same_have_no_changes():
    comparison = compare_texts(passages(FIRST, SECOND), passages(FIRST, SECOND), ())

    assert (comparison.changes, comparison.kept) == ((), 2)


def test_a_sentence_between_the_same_neighbours_stands_in_the_place_of_the_one_before():
    assert told(passages(FIRST, SECOND, THIRD), passages(FIRST, OTHER, THIRD)) == [
        ("replaced", [SECOND], [OTHER])
    ]


def test_the_ends_of_the_text_are_neighbours_too():
    assert told(passages(FIRST, SECOND), passages(OTHER, SECOND)) == [("replaced", [FIRST], [OTHER])]
    assert told(passages(FIRST, SECOND), passages(FIRST, OTHER)) == [("replaced", [SECOND], [OTHER])]


def test_a_reworded_sentence_is_the_same_sentence_with_other_words():
    changed = FIRST.replace("200", "250")
    comparison = compare_texts(passages(FIRST, SECOND), passages(changed, SECOND), ())

    assert [change.how for change in comparison.changes] == ["reworded"]
    assert [piece for piece, marked in comparison.changes[0].changed_words[1] if marked] == ["250"]
    assert (comparison.gone, comparison.reworded, comparison.new, comparison.kept) == (0, 1, 0, 1)


def test_spaces_alone_change_nothing():
    assert told(passages(FIRST), passages(FIRST.replace(" ", "  "))) == []


def test_what_is_only_gone_or_only_new_says_no_more():
    assert told(passages(FIRST, SECOND, THIRD), passages(FIRST, THIRD)) == [("gone", [SECOND], [])]
    assert told(passages(FIRST, THIRD), passages(FIRST, OTHER, THIRD)) == [("new", [], [OTHER])]


def test_a_sentence_under_another_heading_stands_in_no_ones_place():
    former = passages(FIRST, SECOND, heading="Wohnen")
    today = [*passages(FIRST, heading="Wohnen"), *passages(OTHER, heading="Kultur", start=2)]

    assert told(former, today) == [("gone", [SECOND], []), ("new", [], [OTHER])]


def test_where_a_sentence_was_moved_to_nobody_says_what_replaced_what():
    former, today = passages(FIRST, SECOND, THIRD, ANOTHER), passages(THIRD, OTHER, FIRST, ANOTHER)

    assert told(former, today) == [("gone", [SECOND], []), ("new", [], [OTHER])]


def test_of_whole_paragraphs_nobody_says_which_sentence_replaced_which():
    four = [f"Ganz andere Worte über {what}." for what in ("Brücken", "Imkerei", "Zoll", "Quark")]

    changes = told(passages(FIRST, SECOND, THIRD), passages(FIRST, *four, THIRD))

    assert changes == [("gone", [SECOND], []), *(("new", [], [text]) for text in four)]


def test_two_may_stand_where_one_stood():
    assert told(passages(FIRST, SECOND, THIRD), passages(FIRST, OTHER, ANOTHER, THIRD)) == [
        ("replaced", [SECOND], [OTHER, ANOTHER])
    ]


def test_a_statement_known_to_be_gone_is_no_rewording_of_another():
    changed = FIRST.replace("200", "250")

    assert told(passages(FIRST), passages(changed), gone={1}) == [("replaced", [FIRST], [changed])]


# --- On the pages


@pytest.fixture(scope="module")
def read_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[NewEdition]:
    made = new_edition()
    with django_db_blocker.unblock(), transaction.atomic():
        read_programme(Programme.objects.get(slug="spd-2025"), made.content, "spd-2025-neu.md")
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def edition(read_once: NewEdition, db: None) -> NewEdition:
    return read_once


FORMER = "/programme/spd-2025/fassung/spd-2025/"


def test_a_former_edition_begins_with_what_changed_since(client, edition):
    page = get(client, FORMER)
    part = page.one("section", "band", aria_labelledby="geaendert")
    articles = part.find("article")

    assert "3 Sätze entfallen · 5 Sätze umformuliert · 4 Sätze neu · " in part.words
    quotes = [[p.text for p in article.find("p") if not p.attributes] for article in articles]
    for former, now in edition.changed.items():
        assert [former, now] in quotes
    for gone in edition.gone:
        assert [gone] in quotes
    assert page.text.index("Sätze umformuliert") < page.text.index(edition.kept[0])


def test_each_change_leads_to_its_places(client, edition):
    page = get(client, FORMER)
    here = {e["id"]: e for e in page.find("span") if e.attributes.get("id", "").startswith("satz-")}
    today = {e["id"]: e for e in get(client, "/programme/spd-2025/").find("span") if "id" in e.attributes}

    followed = 0
    for figure in page.one("section", "band", aria_labelledby="geaendert").find("figure"):
        link, words = figure.one("a")["href"], figure.one("blockquote").one("p").text
        start, _, anchor = link.partition("#")
        assert words in (today if start else here)[anchor].text
        assert start in ("", "/programme/spd-2025/")
        followed += 1
    assert followed == 3 + 2 * 5 + 4


def test_in_the_text_reworded_and_gone_sentences_are_marked(client, edition):
    reader = get(client, FORMER).one("article", "reader")

    marks = [small.words for small in reader.find("small")]
    assert (marks.count("umformuliert"), marks.count("entfallen")) == (5, 3)


def test_of_many_changes_only_the_first_are_listed(client, edition, monkeypatch):
    monkeypatch.setattr(programmes, "MOST_CHANGES", 10)

    part = get(client, FORMER).one("section", "band", aria_labelledby="geaendert")

    assert len(part.find("article")) == 10
    assert "Und 2 weitere Änderungen." in part.words


def test_the_page_of_one_that_is_gone_says_what_stands_there_today(client, db):
    programme = Programme.objects.get(slug="spd-2025")
    edition = new_edition()
    new = "Am Kanal öffnet im Frühjahr eine Werkstatt für Ruderboote."
    before = edition.content.decode()
    kept = next(s for s in edition.kept if before.count(s) == 1)
    read_programme(programme, before.replace(kept, new).encode(), "spd-2025-neu.md")

    notice = get(client, Statement.objects.get(text=kept).get_absolute_url()).one("div", "notice")

    assert "An dieser Stelle steht heute:" in notice.words
    assert [p.text for p in notice.one("blockquote").find("p")] == [new]
    place = Statement.objects.get(text=new).passage.anchor
    assert f"/programme/spd-2025/#{place}" in [link["href"] for link in notice.find("a")]


def test_where_nothing_stands_in_its_place_the_page_says_nothing_of_it(client, edition):
    for text in edition.gone:
        page = get(client, Statement.objects.get(text=text).get_absolute_url())
        assert "An dieser Stelle" not in page.one("div", "notice").words


def test_the_page_of_one_that_still_stands_compares_nothing(client, edition):
    page = get(client, Statement.objects.get(text=edition.kept[0]).get_absolute_url())

    assert "An dieser Stelle" not in page.words
