"""What editors decide on the lines of a digest, in the admin as they meet it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pledges.judging import fingerprint
from pledges.models import Rendering, Statement
from pledges.shelf import load_shelf
from tests.pages import Element, get, led_to, parse
from tests.people import person, signed_in
from tests.pledges.judging import RENDERINGS, give_verdict
from tests.shelves import HOUSING, HOUSING_TOO, NURSERY, musterstadt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

FLATS, ICE = "200 new flats a year at the port.", "Free ice cream for all."


@pytest.fixture
def editor() -> Client:
    return signed_in(person("anna"))


@pytest.fixture
def other_editor() -> Client:
    return signed_in(person("ben"))


@pytest.fixture
def flats() -> Rendering:
    return Rendering.objects.get(passage__text=FLATS)


@pytest.fixture
def ice() -> Rendering:
    return Rendering.objects.get(passage__text=ICE)


def key(text: str) -> int:
    return Statement.objects.get(text=text).pk


def line(client: Client, query: str = "") -> str:
    found = led_to(client, RENDERINGS + query).find("blockquote", id="zeile")
    return found[0].text if found else ""


def test_it_shows_the_line_beside_the_german_that_it_renders(editor):
    page = led_to(editor, RENDERINGS)
    [source] = page.find("input", name="sources")

    assert page.one("blockquote", id="zeile").text == FLATS
    assert page.one("blockquote", id="zeile")["lang"] == "en"
    assert HOUSING in page.one("main").words
    assert (source["value"], "checked" in source.attributes) == (str(key(HOUSING)), True)
    assert "0 von 2 beurteilt" in page.one("label", for_="fortschritt").words


def test_the_address_names_the_line_so_that_the_browsers_back_shows_what_it_showed(editor, flats):
    assert editor.get(RENDERINGS).headers["Location"] == f"{RENDERINGS}?zeile={flats.passage_id}"
    assert led_to(editor, RENDERINGS).one("form", id="decision")["autocomplete"] == "off"


def test_a_verdict_says_who_and_when_and_the_next_line_comes(editor, flats):
    assert give_verdict(editor, flats, "partial", note_de="Das Jahr fehlt.").status_code == 302
    flats.refresh_from_db()

    assert (flats.verdict, flats.note_de) == ("partial", "Das Jahr fehlt.")
    assert flats.judged_by.username == "anna"
    assert [source.text for source in flats.sources.all()] == [HOUSING]
    assert line(editor) == ICE


def test_when_all_are_judged_it_says_so(editor, flats, ice):
    give_verdict(editor, flats, "faithful")
    give_verdict(editor, ice, "fabricated")
    page = led_to(editor, RENDERINGS)
    assert "Hier ist alles beurteilt" in page.one("main").words
    assert "2 von 2 beurteilt" in page.one("label", for_="fortschritt").words


def test_a_line_without_any_verdict_comes_first_and_gets_one(editor, ice):
    passage = ice.passage
    ice.delete()
    page = led_to(editor, RENDERINGS)
    assert (page.one("blockquote", id="zeile").text, "Noch ohne Urteil" in page.one("main").words) == (
        ICE,
        True,
    )

    data = {"zeile": passage.pk, "verdict": "fabricated", "seen": fingerprint(None)}
    assert editor.post(RENDERINGS, data).status_code == 302
    assert Rendering.objects.get(passage=passage).verdict == "fabricated"
    editor.post(f"{RENDERINGS}undo/")
    assert not Rendering.objects.filter(passage=passage).exists()


def test_it_can_be_filtered_by_digest_and_verdict(editor):
    assert line(editor, "?urteil=fabricated") == ICE
    assert line(editor, "?digest=alpha-digest&urteil=partial") == ""
    assert editor.get(f"{RENDERINGS}?urteil=schlecht").status_code == 400
    assert editor.get(f"{RENDERINGS}?digest=alpha-2025").status_code == 400


def test_other_sentences_of_the_original_can_be_searched_and_taken(editor, flats):
    data = {"suchen": "", "words": "GEBÜHREN", "note_de": "angefangen"}
    page = parse(give_verdict(editor, flats, "", **data).text)
    ticked = {field["value"]: "checked" in field.attributes for field in page.find("input", name="sources")}
    flats.refresh_from_db()

    assert ticked == {str(key(HOUSING)): True, str(key(NURSERY)): False}
    assert page.one("textarea", name="note_de").text.strip() == "angefangen"
    assert not page.find("p", "errornote")
    assert flats.judged_by is None

    give_verdict(editor, flats, "partial", sources=[key(NURSERY)])
    assert [source.text for source in flats.sources.all()] == [NURSERY]


@pytest.mark.parametrize(
    ("verdict", "sources", "note", "said"),
    [
        ("fabricated", [HOUSING], "", "Was erfunden ist, gibt keinen Satz wieder"),
        ("faithful", [], "Stimmt.", "Bitte mindestens einen Satz wählen"),
        ("partial", [], "Stimmt fast.", "Bitte mindestens einen Satz wählen"),
        ("distorted", [], " ", "oder begründen, warum es keinen gibt"),
        ("fragment", [], "", "oder begründen, warum es keinen gibt"),
        ("schlecht", [HOUSING], "", "Noch nicht gespeichert"),
        ("faithful", [HOUSING_TOO], "", "Noch nicht gespeichert"),
    ],
)
def test_verdict_and_sources_have_to_agree(editor, flats, verdict, sources, note, said):
    keys = [key(text) for text in sources]
    response = give_verdict(editor, flats, verdict, sources=keys, note_de=note)
    flats.refresh_from_db()

    assert response.status_code == 400
    assert said in response.text
    assert flats.judged_by is None


@pytest.mark.parametrize("verdict", ["distorted", "fragment"])
def test_a_garbled_heading_renders_no_sentence_and_says_so(editor, flats, verdict):
    response = give_verdict(editor, flats, verdict, sources=[], note_de="Eine Überschrift.")
    assert response.status_code == 302
    assert not flats.sources.exists()


def test_a_verdict_can_be_taken_back_with_its_sources_and_notes(editor, flats):
    before = fingerprint(flats)
    give_verdict(editor, flats, "distorted", sources=[key(NURSERY)], note_de="Nein.")

    response = editor.post(f"{RENDERINGS}undo/")

    assert response.headers["Location"] == f"{RENDERINGS}?zeile={flats.passage_id}"
    assert fingerprint(Rendering.objects.get(pk=flats.pk)) == before


def test_the_words_of_a_line_find_what_it_renders_and_not_what_it_did_before(editor, ice):
    def found():
        return [statement.text for statement in Statement.objects.containing("cream")]

    give_verdict(editor, ice, "partial", sources=[key(NURSERY)])
    assert found() == [NURSERY]

    editor.post(f"{RENDERINGS}undo/")
    assert found() == []


def test_a_verdict_that_is_sent_twice_is_taken_once_and_is_nobodys_conflict(editor, flats):
    seen = fingerprint(flats)

    answers = [give_verdict(editor, flats, "partial", seen=seen) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(editor.session["rendering_queue"]["done"]) == 1


def test_who_saves_on_top_of_a_newer_verdict_sees_both_and_chooses(editor, other_editor, flats):
    seen = fingerprint(flats)
    give_verdict(other_editor, flats, "partial")

    response = give_verdict(editor, flats, "distorted", sources=[key(NURSERY)], seen=seen)

    assert response.status_code == 409
    assert Rendering.objects.get(pk=flats.pk).verdict == "partial"
    page = parse(response.text)
    assert [mark.words for mark in page.find("mark")] == ["verkürzt", "verfälscht", "Satz 1", "Satz 3"]
    sent = {f["name"]: f["value"] for f in page.one("main").find("input") if f["type"] == "hidden"}
    assert editor.post(RENDERINGS, sent).status_code == 302
    now = Rendering.objects.get(pk=flats.pk)
    assert (now.verdict, now.judged_by.username) == ("distorted", "anna")


def origins(page: Element) -> list[str]:
    """Who gave the verdict on each line that a page shows."""
    return [line.find("span", "origin")[-1].words for line in page.find("article", "rendering")]


def test_the_page_of_the_digest_tells_what_editors_have_checked(editor, flats, ice):
    said, marks = [], []
    for judged in (None, flats, ice):
        if judged:
            give_verdict(editor, judged, judged.verdict)
        page = get(Client(), "/digest/alpha-digest/")
        said.append(page.one("caption").words)
        marks.append(origins(page))

    assert said == [
        "Urteile über alle 2 Zeilen, nach Codebuch; kein Mensch hat sie geprüft.",
        "Urteile über alle 2 Zeilen: 1 von 2 hat die Redaktion geprüft; der Rest ist nach Codebuch, den hat"
        " kein Mensch geprüft.",
        "Urteile über alle 2 Zeilen; die Redaktion hat jede geprüft.",
    ]
    assert marks == [["nach Codebuch"] * 2, ["Redaktion", "nach Codebuch"], ["Redaktion"] * 2]


def test_german_that_an_english_note_quotes_is_said_to_be_german(editor, flats):
    note = '"am Hafen" (at the port) & "jedes Jahr" dropped; "port" is <new>'
    give_verdict(editor, flats, "partial", sources=[key(HOUSING)], note_de="Fehlt: „am Hafen“", note_en=note)

    sentence = Statement.objects.get(text=HOUSING).get_absolute_url()
    for address in ("/digest/alpha-digest/", sentence):
        (said,) = [p for p in get(Client(), f"/en{address}").find("p") if p.text == note]
        assert [span.text for span in said.find("span", lang="de")] == ["am Hafen", "jedes Jahr"]
        (said,) = [p for p in get(Client(), address).find("p") if p.text == "Fehlt: „am Hafen“"]
        assert not said.find("span")


def test_the_page_of_a_sentence_tells_who_judged_how_the_digest_renders_it(editor, flats):
    address = Statement.objects.get(text=HOUSING).get_absolute_url()
    assert origins(get(Client(), address)) == ["nach Codebuch"]

    give_verdict(editor, flats, "partial")
    assert origins(get(Client(), address)) == ["Redaktion"]


def test_loading_again_undoes_no_verdict(editor, flats, ice, tmp_path):
    give_verdict(editor, flats, "distorted", sources=[key(NURSERY)], note_de="Anders gelesen.")
    give_verdict(editor, ice, "fragment", note_de="Ein Bruchstück.")
    before = [fingerprint(row) for row in Rendering.objects.order_by("pk")]

    load_shelf(musterstadt().write(tmp_path), lambda _text: None)

    assert [fingerprint(row) for row in Rendering.objects.order_by("pk")] == before


def test_only_editors_judge_and_nobody_adds_or_deletes(editor, flats, client):
    stranger = signed_in(person("gast", ""))
    assert stranger.get(RENDERINGS).status_code == 403
    assert give_verdict(stranger, flats, "partial").status_code == 403
    assert client.get(RENDERINGS).headers["Location"].startswith("/admin/login/")
    root = signed_in(User.objects.create_superuser("root"))
    assert root.get("/admin/pledges/rendering/add/").status_code == 403
    assert root.post(f"/admin/pledges/rendering/{flats.pk}/delete/", {"post": "yes"}).status_code == 403
    page = get(editor, f"/admin/pledges/rendering/{flats.pk}/change/")
    assert f"{RENDERINGS}?zeile={flats.passage_id}" in {a.attributes.get("href") for a in page.find("a")}
