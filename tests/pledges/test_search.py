"""The search page: what it says and marks, and what comes where a browser asks for a part alone."""

import re

import pytest

from pledges.models import Statement
from tests.pages import get, parse

FOUND = re.compile(r"(\d+) Aussagen?")


def count(client, **parameters):
    page = parse(client.get("/suche/", parameters).text)
    return int(FOUND.match(page.one("div", "results-bar").words)[1])


def keys(words):
    return set(Statement.objects.containing(words).values_list("key", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spellings",
    [
        ["Gebühren", "GEBÜHREN", "gebühren", "gebuehren", "GEBUEHREN", "Gebu\u0308hren", "  gebühren  "],
        ["Straße", "STRASSE", "strasse", "STRAẞE"],
        ["Café", "cafe", "CAFÉ"],
        ["Ökologie", "oekologie", "ÖKOLOGIE"],
        ["bezahlbar wohnung", "WOHNUNG BEZAHLBAR", "wohnung\u00a0bezahlbar"],
        ["Kita", "Was sagen die zu Kita?", "Wer sagt was zur Kita?"],
    ],
)
def test_all_spellings_find_the_same(spellings):
    first, *others = [keys(spelling) for spelling in spellings]

    assert all(other == first for other in others)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["´", "\u0301", "\u00a8", "%", "_", "\\", '"', "*"])
def test_words_of_which_nothing_is_left_find_nothing_instead_of_everything(client, words):
    assert count(client, q=words) == 0


@pytest.mark.django_db
def test_nothing_found_says_so_and_that_it_proves_nothing(client):
    page = get(client, "/suche/?q=xyzzy")

    assert "Keine Aussage passt zu „xyzzy“." in page.one("main").words
    assert "Dass hier nichts steht, heißt nicht, dass niemand dazu etwas sagt." in page.one("main").words
    assert page.find("div", "silence", data_silence="excerpt")


@pytest.mark.django_db
def test_a_phrase_that_is_nowhere_is_quoted_once(client):
    page = get(client, "/suche/?q=%22xyzzy+xyzzy%22").one("main")

    assert "Keine Aussage passt zu „xyzzy xyzzy“." in page.words
    assert "Ohne die Suche nach „xyzzy xyzzy“ ansehen" in [link.words for link in page.find("a")]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/aussagen/", "/themen/kita/"])
def test_nothing_found_among_what_is_filtered_does_not_blame_the_words(client, path):
    page = get(client, f"{path}?q=xyzzy&partei=spd")

    none = "Kein Vorhaben" if path == "/themen/kita/" else "Keine Aussage"
    assert f"{none} passt zu allen gewählten Filtern." in page.one("main").words


# --- Hits


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/themen/wohnen/"])
def test_the_words_of_a_list_stay_verbatim_with_their_hits_marked(client, path):
    page = get(client, f"{path}?q=wohn")
    articles = page.find("article", "statement")

    assert len(articles) == 20
    for article in articles:
        key = article.one("p", "place").find("a")[0]["href"].strip("/").rpartition("/")[2]
        said = article.one("blockquote").find("p")[-1]
        assert said.text == Statement.objects.get(key=key).text
        assert {element.name for element in said.below()} <= {"mark"}
    assert page.find("mark")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/themen/wohnen/", "/en/suche/"])
@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "'; --"]
)
def test_a_hostile_search_word_comes_back_as_words(client, path, hostile):
    answer = client.get(path, {"q": hostile})
    page = parse(answer.text)

    assert not [script for script in page.find("script") if "src" not in script.attributes]
    assert not page.find("img")
    fields = [field for field in page.find("input") if field.attributes.get("name") == "q"]
    assert hostile in [field.attributes.get("value") for field in fields]


@pytest.mark.django_db
@pytest.mark.parametrize("parameter", ["programm", "partei", "art", "folge", "seite"])
def test_a_hostile_value_comes_back_as_words(client, parameter):
    answer = client.get("/suche/", {parameter: "<script>alert(1)</script>"})

    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert "<script>alert(1)</script>" in parse(answer.text).one("div", role="alert").words


# --- htmx


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/themen/wohnen/"])
def test_htmx_gets_the_list_alone_and_the_same_list(client, path):
    whole = client.get(path, {"q": "wohn", "messbar": "ja"})
    part = client.get(path, {"q": "wohn", "messbar": "ja"}, headers={"HX-Request": "true"})

    assert part.status_code == 200
    tree = parse(part.text)
    assert not tree.find("html")
    assert [e.attributes.get("id") for e in tree.children if not isinstance(e, str)] == [
        "liste",
        None,
        "ansage",
    ]
    assert articles(tree) == articles(parse(whole.text))
    assert tree.one("p", id="ansage").words.startswith(
        f"{len(articles(tree))} {'Vorhaben' if path == '/themen/wohnen/' else 'Aussage'}"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/suche/?q=Kita", "Suche: Kita"),
        ("/suche/?q=Kita&seite=2", "Suche: Kita, Seite 2"),
        ("/aussagen/?seite=3", "Alle Aussagen, Seite 3"),
        ("/themen/wohnen/?seite=1", "Wohnen & Bauen"),
        ("/themen/wohnen/?seite=2", "Wohnen & Bauen, Seite 2"),
        ("/en/themen/wohnen/?seite=2", "Housing & building, page 2"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_every_page_of_a_list_has_a_title_of_its_own(client, path, title, headers):
    answer = client.get(path, headers=headers)

    assert parse(answer.text).one("title").words == f"{title} – Wortlaut"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("/themen/wohnen/?seite=2", "/themen/wohnen/?seite=2"),
        ("/aussagen/?seite=2", "/aussagen/?seite=2"),
        ("/themen/wohnen/?seite=1", "/themen/wohnen/"),
        ("/themen/wohnen/?seite=2&folge=programm", "/themen/wohnen/"),
        ("/themen/wohnen/?seite=99", "/themen/wohnen/"),
    ],
)
def test_a_further_page_of_a_whole_list_is_its_own_canonical_one(client, link, canonical):
    page = parse(client.get(link).text)

    assert page.one("link", rel="canonical")["href"] == f"http://testserver{canonical}"


def articles(tree):
    return [article.words for article in tree.one("div", id="liste").find("article")]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/themen/wohnen/"])
def test_a_page_of_the_history_comes_whole(client, path):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    page = parse(client.get(path, {"q": "wohn"}, headers=headers).text)

    assert page.one("html").one("h1")
    assert not page.one("p", id="ansage").words


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/suche/", "/themen/wohnen/", "/suche/?q=kita"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_cache_keeps_part_and_whole_apart(client, path, headers):
    assert "HX-Request" in client.get(path, headers=headers)["Vary"]


@pytest.mark.django_db
def test_an_invalid_value_comes_whole_so_that_it_is_seen(client):
    answer = client.get("/suche/", {"art": "falsch"}, headers={"HX-Request": "true"})

    assert answer.status_code == 400
    assert parse(answer.text).one("html").one("div", role="alert")


@pytest.mark.django_db
def test_a_value_given_many_times_is_one_active_filter(client):
    page = client.get("/suche/?" + "thema=kita&" * 50).text
    assert page.count("entfernen</span>") == 1
