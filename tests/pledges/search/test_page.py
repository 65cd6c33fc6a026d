"""The search page in its four states: nothing typed, nothing found, much found, nonsense asked."""

from urllib.parse import unquote_plus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.models import Programme
from tests.pages import get, parse

pytestmark = pytest.mark.django_db


def first_words(page):
    return page.find("article", "statement")[0].one("blockquote").find("p")[-1]


def test_with_nothing_typed_it_lists_everything_in_turns(client):
    page = get(client, "/suche/")

    assert page.one("div", "results-bar").words.startswith("956 Aussagen, 1 bis 20")
    assert not page.find("mark")


def test_the_best_hits_come_first_and_are_marked_inside_compounds(client):
    page = get(client, "/suche/?q=Kindergartenbeitrag")

    assert page.find("option", value="treffer")[0].attributes.get("selected") == ""
    assert first_words(page).find("mark")


def test_another_order_can_be_chosen(client):
    page = get(client, "/suche/?q=wohnung&folge=programm")

    assert page.find("option", value="programm")[0].attributes.get("selected") == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kindergrten", "Kindergarten"),
        ("Radverker", "Radverkehr"),
        ("Wohnugsbau", "Wohnungsbau"),
        ("Gebuhren", "Gebühren"),
        ("Kindergartengebür", "Kindergartengebühr"),
        ("Grünprojeckt", "Grünprojekt"),
    ],
)
def test_a_slip_of_the_keys_is_told_what_may_have_been_meant(client, typed, meant):
    page = get(client, f"/suche/?q={typed}")
    links = [link for item in page.one("ul", id="meinten-sie").find("li") for link in item.find("a")]

    assert "Meinten Sie" in page.one("main").words
    assert meant in [link.words for link in links]
    for link in links:
        assert not get(client, link["href"]).one("div", "results-bar").words.startswith("0 ")


def test_who_finds_nothing_is_led_to_the_topics(client):
    links = get(client, "/suche/?q=Hundesteuer").one(id="liste").one("div", "notice").find("a")

    assert [link["href"].partition("?")[0] for link in links] == ["/suche/", "/themen/"]


def test_of_several_forms_of_one_word_one_is_offered(client):
    page = get(client, "/suche/?q=Radwge")
    offered = [link.words for link in page.one("ul", id="meinten-sie").find("a")]

    assert len({"Radweg", "Radwege", "Radwegen"} & set(offered)) == 1


def test_words_that_never_stand_together_are_offered_one_by_one(client):
    page = get(client, "/suche/?q=Kita+Wasserstoff")
    offered = [link.words for link in page.one("ul", id="meinten-sie").find("a")]

    assert offered == ["Kita", "Wasserstoff"]


@pytest.mark.parametrize(
    ("typed", "chosen", "meant"),
    [
        ("Radvrkehr", "partei=dos", ["Radverkehr 3 Aussagen"]),
        ("Radvrkehr", "thema=mobilitaet&jahr=2025", ["Radverkehr 9 Aussagen"]),
        ("Wohnugsbau", "art=bilanz&textart=wahlprogramm", ["Wohnungsbau 1 Aussage"]),
        ("Wohnugsbau", "thema=kita", []),
    ],
)
def test_what_is_offered_finds_as_much_as_it_says_with_the_filters_as_they_are(client, typed, chosen, meant):
    page = get(client, f"/suche/?q={typed}&{chosen}")
    offers = [item for offered in page.find("ul", id="meinten-sie") for item in offered.find("li")]

    assert [item.words for item in offers] == meant
    for item in offers:
        found = get(client, item.one("a")["href"]).one("div", "results-bar").words
        assert found.startswith(item.one("span", "count").words)


def test_a_word_of_a_draft_is_not_offered(client):
    Programme.objects.update(published_at=None)

    page = get(client, "/suche/?q=Wohnugsbau")

    assert "Wohnungsbau" not in page.one("main").words


@pytest.mark.parametrize("words", ["Kita+SPD", "Kindergarten+SPD", "childcare+SPD"])
def test_the_topic_and_the_party_that_the_words_name_are_linked(client, words):
    page = get(client, f"/suche/?q={words}")

    links = {link["href"] for link in page.one("div", "stack").find("p", "cluster")[0].find("a")}
    assert {"/themen/kita/", "/parteien/spd/"} <= links


def also(client, query):
    """Where the page leads to beside what was found."""
    lines = get(client, f"/suche/?{query}").one("div", id="liste").find("p", "cluster")
    return [
        link["href"] for line in lines if line.words.startswith("Auch ansehen") for link in line.find("a")
    ]


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("Miete", ["wohnen"]),
        ("Radweg", ["mobilitaet"]),
        ("Fahrrad", ["mobilitaet"]),
        ("Müll", ["sauberkeit"]),
        ("Polizei", ["sicherheit"]),
        ("Zukunft", []),
        ("Stadt", []),
        ("-Stadt", []),
        ("Rassismus", []),  # found once
        ("Xyzzy", []),
        ("", []),
    ],
)
def test_where_the_words_name_no_topic_that_of_most_hits_is_linked(client, words, topics):
    assert also(client, f"q={words}") == [f"/themen/{slug}/" for slug in topics]


def test_where_the_words_name_a_topic_no_other_is_linked(client):
    assert also(client, "q=Kita+Gebühren") == ["/themen/kita/"]
    assert also(client, "q=SPD+Miete") == ["/themen/wohnen/", "/parteien/spd/"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Rad thema:schule", "q=Rad&thema=schule"),
        ("thema:schule,kita Rad partei:SPD", "q=Rad&thema=schule&thema=kita&partei=spd"),
        ('thema:"Wohnen & Bauen"', "thema=wohnen"),
        ("topic:wohnen messbar:ja", "thema=wohnen&messbar=ja"),
        ("Bindung:fest Kita", "q=Kita&bindung=fest"),
        ('"art:bilanz" art:bilanz', 'q="art:bilanz"&art=bilanz'),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_typed_filter_becomes_one_of_the_link(client, typed, query, headers):
    answer = client.get("/suche/", {"q": typed}, headers=headers)

    assert answer.status_code == 302
    assert set(unquote_plus(answer["Location"]).removeprefix("/suche/?").split("&")) == set(query.split("&"))
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said", "meant"),
    [
        ("Kita thema:wohnn", "Thema: „wohnn“ gibt es nicht.", "q=Kita thema:wohnen"),
        ("tema:kita Rad", "Filter: „tema:kita“ gibt es nicht.", "q=thema:kita Rad"),
        ('"tema:kita" tema:kita', "Filter: „tema:kita“ gibt es nicht.", 'q="tema:kita" thema:kita'),
        ("-partei:spd Rad", "Filter: „-partei:spd“ gibt es nicht.", "q=partei:spd Rad"),
        ("partei:", None, None),
    ],
)
def test_a_typed_filter_that_there_is_none_of_is_said_plainly(client, typed, said, meant):
    if said is None:
        assert client.get("/suche/", {"q": typed}).status_code == 200
        return
    answer = client.get("/suche/", {"q": typed})
    alert = parse(answer.text).one("div", role="alert")

    assert answer.status_code == 400
    assert said in alert.words
    assert unquote_plus(alert.find("a")[0]["href"]) == f"?{meant}"


def test_a_search_without_result_asks_no_more_than_eight_queries(client):
    client.get("/suche/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/suche/?q=Kindergrten+Wohnugsbau+xyz")
    assert len(asked) <= 8


def test_a_search_too_long_is_refused(client):
    assert client.get("/suche/", {"q": "a" * 201}).status_code == 400
