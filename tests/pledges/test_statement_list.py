"""The page of all statements: every filter and a short link."""

import pytest
from hypothesis import HealthCheck, given, settings

from pledges.facets import MOST_BOXES
from pledges.models import Statement
from pledges.problems import MOST_PROBLEMS
from tests.pages import get
from tests.random_links import FILTERS, LINKS

pytestmark = pytest.mark.django_db


def number(page) -> str:
    return page.one("div", "results-bar").find("p")[0].words


def count_beside(page, name, value):
    (label,) = page.find("label", for_=f"{name}-{value}")
    return int(label.one("span", "count").words)


def test_every_statement_of_every_text_is_listed(client):
    page = get(client, "/aussagen/")

    assert number(page) == "956 Aussagen, 1 bis 20"
    assert len(page.find("article")) == 20


def test_every_filter_with_more_than_one_choice_is_offered(client):
    page = get(client, "/aussagen/")

    offered = {box["name"] for box in page.find("input", type_="checkbox")}
    assert offered == set(FILTERS) - {"ort"}


def test_topics_mean_one_or_the_other_and_another_filter_narrows(client):
    wanted = Statement.objects.filter(commitment="firm", topics__slug__in=["kita", "schule"]).distinct()

    page = get(client, "/aussagen/?thema=kita&thema=schule&bindung=fest")

    assert number(page).startswith(f"{wanted.count()} Aussagen")
    chips = [chip.words for chip in page.one("ul", "active-filters").find("a")]
    assert len(chips) == 3
    assert chips[0] == "Bindung: fest zugesagt entfernen"


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("messbar=ja", "Messbar: ja"),
        ("messbar=nein", "Messbar: nein"),
        ("bindung=zielbild", "Bindung: Zielbild"),
        ("textart=vision", "Art des Textes: Vision"),
        ("herkunft=codebuch", "Herkunft der Einordnung: nach Codebuch"),
        ("jahr=2020", "Jahr: 2020"),
        ("partei=spd", "SPD"),
        ("art=bilanz", "Bilanz"),
        ("q=Park", "Suche: Park"),
    ],
)
def test_a_chip_is_understood_by_itself(client, link, label):
    (chip,) = get(client, f"/suche/?{link}").one("ul", "active-filters").find("a")

    assert chip.words == f"{label} entfernen"


def test_where_nothing_is_found_each_link_says_without_what(client):
    page = get(client, "/suche/?q=Xyzzy&messbar=ja&partei=spd")

    links = [a.words for a in page.find("div", "notice")[0].find("a")]
    assert [words for words in links if words.startswith("Ohne")] == [
        "Ohne „SPD“ ansehen",
        "Ohne „Messbar: ja“ ansehen",
        "Ohne die Suche nach „Xyzzy“ ansehen",
    ]


def test_removing_a_chip_leaves_the_others(client):
    page = get(client, "/aussagen/?thema=kita&thema=schule&bindung=fest&folge=programm")

    links = {
        a.words.partition(" entfernen")[0]: a["href"] for a in page.one("ul", "active-filters").find("a")
    }
    assert links["Bindung: fest zugesagt"] == "/aussagen/?thema=kita&thema=schule&folge=programm#ergebnis"


def test_the_count_beside_a_choice_is_what_choosing_it_leaves(client):
    page = get(client, "/aussagen/?thema=wohnen")
    for name, value in (("bindung", "fest"), ("partei", "dos"), ("jahr", "2025"), ("textart", "kooperation")):
        after = get(client, f"/aussagen/?thema=wohnen&{name}={value}")
        assert number(after).startswith(f"{count_beside(page, name, value)} Aussage"), (name, value)


@pytest.mark.parametrize(
    ("sent", "short"),
    [
        ("?folge=abwechselnd&q=&thema=kita&ort=", "?thema=kita"),
        ("?q=", ""),
        ("?folge=abwechselnd", ""),
        ("?seite=1&art=vorhaben", "?art=vorhaben"),
        ("?thema=kita&thema=kita", "?thema=kita"),
        ("?folge=programm&seite=2&q=", "?folge=programm&seite=2"),
    ],
)
def test_a_form_that_was_sent_leads_to_the_short_link(client, sent, short):
    answer = client.get(f"/aussagen/{sent}")

    assert answer.status_code == 302
    assert answer["Location"] == f"/aussagen/{short}"


@pytest.mark.parametrize("link", ["", "?thema=kita&thema=schule&bindung=fest", "?q=50+%25", "?unbekannt=1"])
def test_a_short_link_stays(client, link):
    assert client.get(f"/aussagen/{link}").status_code == 200


def test_htmx_gets_the_part_and_the_short_link_for_the_address(client):
    answer = client.get("/aussagen/?folge=abwechselnd&q=&thema=kita", headers={"HX-Request": "true"})

    assert answer["HX-Push-Url"] == "/aussagen/?thema=kita"
    assert "<html" not in answer.text
    assert 'hx-swap-oob="innerHTML"' in answer.text


def test_nothing_found_says_what_was_asked_and_offers_less(client):
    page = get(client, "/aussagen/?partei=dos&jahr=2025")

    assert "Keine Aussage passt zu allen gewählten Filtern." in page.one("main").words
    assert not page.find("article")


def test_the_last_page_is_as_honest_as_the_first(client):
    page = get(client, "/aussagen/?seite=48")

    assert number(page) == "956 Aussagen, 941 bis 956"
    assert len(page.find("article")) == 16


def test_of_a_hundred_wrong_values_the_first_are_named(client):
    page = get(client, f"/aussagen/?{'&'.join(f'programm=x{n}' for n in range(100))}", status=400)

    assert len(page.one("div", role="alert").find("a")) == MOST_PROBLEMS


def test_a_few_choices_are_all_boxes(client):
    assert len(get(client, "/aussagen/").find("input", type_="checkbox", name="thema")) == 21 <= MOST_BOXES


# --- Whatever stands in a link


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINKS)
def test_no_link_is_a_server_error(client, link):
    path, values = link
    answer = client.get(path, data=values)

    assert answer.status_code in (200, 302, 400), answer.status_code
