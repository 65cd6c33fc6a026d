"""What an edition changes, in words; and the page of the edition that it took the place of."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from pledges.build import read_programme
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.editions import Difference, compare, standings
from pledges.marking import changed_words
from pledges.models import Programme, Statement
from sources.models import Document
from tests.pages import get
from tests.shelves import HOUSING, NURSERY, musterstadt

pytestmark = pytest.mark.django_db

MORE_HOUSING = HOUSING.replace("200", "250")
BATHS = "Die Bäder bleiben auch am Sonntag offen."
FORMER = "/programme/alpha-2025/fassung/alpha-2025/"


@pytest.fixture
def programme(load):
    load(musterstadt())
    return Programme.objects.get(slug="alpha-2025")


def replaced(programme, *sentences, name="neu.md"):
    """Reads the sentences as the programme's text; returns what changed."""
    before = standings(programme)
    read_programme(programme, "\n\n".join(["# Wohnen", *sentences]).encode(), name)
    return compare(before, standings(programme))


# --- The difference


def test_changed_words_are_marked_on_both_sides():
    former = "Wir bauen jedes Jahr 200 neue Wohnungen am Hafen."
    now = "Wir bauen jedes Jahr gut 250 Wohnungen am Hafen."

    assert changed_words(former, now) == (
        [("Wir bauen jedes Jahr ", False), ("200 neue", True), (" ", False), ("Wohnungen am Hafen.", False)],
        [("Wir bauen jedes Jahr ", False), ("gut 250", True), (" ", False), ("Wohnungen am Hafen.", False)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("former", "now"), [("", "Wir bauen."), ("Wir bauen.", ""), (" a  b", "a b "), ("(x).", "(y)!"), ("", "")]
)
def test_the_pieces_are_the_texts_to_the_letter(former, now):
    old, new = changed_words(former, now)

    assert "".join(piece for piece, _ in old) == former
    assert "".join(piece for piece, _ in new) == now


def test_every_statement_of_both_editions_stands_in_the_difference_once(programme):
    difference = replaced(programme, NURSERY, MORE_HOUSING, BATHS)

    assert [(line.how, line.text) for line in difference.lines] == [
        ("kept", NURSERY),
        ("reworded", MORE_HOUSING),
        ("new", BATHS),
    ]
    assert [(line.how, line.text) for line in difference.gone] == [("gone", "Wohnen ist teuer.")]
    assert difference.of("reworded")[0].former == HOUSING
    assert [line.position for line in difference.lines] == [1, 2, 3]


def test_only_a_reworded_statement_that_people_coded_is_marked(programme):
    difference = replaced(programme, MORE_HOUSING)

    assert [line.marked for line in difference.lines] == [True]


def test_editors_codings_are_counted_and_no_others(programme):
    editor = User.objects.create_user("redaktion")
    statement = programme.statements.get(text=NURSERY)
    for _ in range(2):
        code_by_editor(statement, editor, Labels("record", None, False, ("kita",)))

    difference = replaced(programme, HOUSING)

    assert [(line.text, line.codings) for line in difference.lines] == [(HOUSING, 0)]
    assert {line.text: line.codings for line in difference.gone} == {NURSERY: 2, "Wohnen ist teuer.": 0}


def test_what_was_gone_and_stands_again_is_said(programme):
    replaced(programme, HOUSING)

    difference = replaced(programme, HOUSING, NURSERY, name="wieder.md")

    assert [(line.how, line.text, line.former) for line in difference.lines] == [
        ("kept", HOUSING, HOUSING),
        ("back", NURSERY, NURSERY),
    ]


def test_words_that_return_take_the_mark_away(programme):
    replaced(programme, MORE_HOUSING)

    difference = replaced(programme, HOUSING, NURSERY, name="zurueck.md")

    assert [line.marked for line in difference.lines] == [False, False]
    assert not programme.statements.filter(wording_changed=True).exists()


def test_it_is_the_same_after_it_was_stored(programme):
    difference = replaced(programme, NURSERY, MORE_HOUSING, BATHS)

    assert Difference.from_rows(difference.as_rows()) == difference


# --- The former edition


def test_a_former_edition_stays_readable_in_its_words_with_a_notice(programme, client):
    replaced(programme, NURSERY, BATHS)

    page = get(client, FORMER)

    assert "Diese Fassung gilt nicht mehr." in page.one("div", "notice").words
    assert [p.words for p in page.one("article", "reader").find("p")] == [
        f"{HOUSING} entfallen Wohnen ist teuer. entfallen",
        NURSERY,
    ]
    assert page.one("a", "button")["href"] == programme.get_absolute_url()
    assert len(page.find("h1")) == 1
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_in_english_it_is_there_too(programme, client):
    replaced(programme, NURSERY, BATHS)

    assert get(client, f"/en{FORMER}").one("html")["lang"] == "en"


def test_the_page_of_a_statement_that_is_gone_leads_to_its_place_in_the_former_edition(programme, client):
    replaced(programme, NURSERY, BATHS)
    statement = Statement.objects.get(text=HOUSING)

    page = get(client, statement.get_absolute_url())

    links = [link["href"] for link in page.one("div", "notice").find("a")]
    assert links == [f"{FORMER}#satz-1"]
    place = page.one("section", aria_labelledby="stelle")
    assert (place.one("a")["href"], "(frühere Fassung)" in place.words) == (f"{FORMER}datei", True)
    assert get(client, FORMER).one("span", id="satz-1").one("a")["href"] == statement.get_absolute_url()


def test_the_programmes_page_names_its_former_editions(programme, client):
    assert "Frühere Fassungen" not in get(client, programme.get_absolute_url()).words
    replaced(programme, NURSERY, BATHS)
    replaced(programme, BATHS, name="noch-eine.md")

    page = get(client, programme.get_absolute_url())

    assert "Frühere Fassungen" in page.words
    links = [link["href"] for link in page.find("a") if "/fassung/" in link["href"]]
    assert links == [FORMER, "/programme/alpha-2025/fassung/alpha-2025-2/"]


def test_the_former_file_is_there_byte_for_byte(programme, client):
    before = bytes(programme.document.content)
    replaced(programme, BATHS)

    response = client.get(f"{FORMER}datei")

    assert response.content == before
    assert response.headers["Content-Disposition"] == 'attachment; filename="alpha-2025.md"'


def test_a_file_name_with_quotes_and_umlauts_is_kept(programme, client):
    replaced(programme, BATHS, name='Für "alle".md')

    disposition = client.get(reverse("original-file", args=["alpha-2025"])).headers["Content-Disposition"]

    assert disposition == "attachment; filename*=utf-8''F%C3%BCr%20%22alle%22.md"


def test_the_edition_that_holds_is_the_programmes_own_page(programme, client):
    replaced(programme, BATHS)

    response = client.get("/programme/alpha-2025/fassung/alpha-2025-2/")

    assert (response.status_code, response.headers["Location"]) == (302, "/programme/alpha-2025/")
    assert client.get("/programme/beta-2025/fassung/beta-2025/").status_code == 302


@pytest.mark.parametrize("end", ["", "datei"])
def test_editions_of_others_of_drafts_and_of_nobody_are_not_found(programme, client, end):
    replaced(programme, BATHS)
    for address in (
        "/programme/alpha-2025/fassung/beta-2025/",
        "/programme/beta-2025/fassung/alpha-2025/",
        "/programme/alpha-2025/fassung/nichts/",
        "/programme/delta-2025/fassung/delta-2025/",
        "/programme/nichts/fassung/alpha-2025/",
    ):
        assert client.get(address + end).status_code == 404, address
    Programme.objects.filter(slug="alpha-2025").update(published_at=None)
    assert client.get(FORMER + end).status_code == 404


def test_the_editions_of_a_text_are_those_that_replaced_one_another(programme):
    replaced(programme, BATHS)
    replaced(programme, NURSERY, name="noch-eine.md")
    keys = list(
        Document.objects.filter(slug__startswith="alpha-2025").order_by("pk").values_list("pk", flat=True)
    )
    other = Document.objects.get(slug="beta-2025").pk

    for key in keys:
        assert [document.pk for document in Document.objects.editions(key)] == keys
    assert Document.objects.editions(other) == []
    assert Document.objects.editions(None) == []
    assert Document.objects.line_of(other) == {other}


def test_for_the_editions_of_a_text_no_other_is_read(programme, monkeypatch):
    replaced(programme, BATHS)
    replaced(programme, NURSERY, name="noch-eine.md")
    replaced(Programme.objects.get(slug="beta-2025"), BATHS, NURSERY)
    read = []
    from_db = Document.from_db
    monkeypatch.setattr(Document, "from_db", lambda *row: read.append(from_db(*row)) or read[-1])

    former, middle, today = Document.objects.editions(programme.document_id)

    assert read == [former, middle, today]
    assert (middle.replaces_id, today.replaces_id) == (former.pk, middle.pk)
