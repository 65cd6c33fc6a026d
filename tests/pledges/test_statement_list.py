"""The page of all statements: every filter, a short link, and towns by the hundred."""

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings

from pledges.facets import BOXES_OF_MANY, MOST_BOXES
from pledges.models import Authorship, Party, Place, Programme, Statement
from pledges.packing import pack
from pledges.problems import MOST_PROBLEMS
from sources.models import Document, Passage, Section
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


def test_the_issues_own_link_means_one_topic_or_the_other_and_firm(client):
    wanted = Statement.objects.filter(commitment="firm", topics__slug__in=["kita", "schule"]).distinct()

    page = get(client, "/aussagen/?thema=kita&thema=schule&bindung=fest")

    assert number(page).startswith(f"{wanted.count()} Aussagen")
    chips = [chip.words for chip in page.one("ul", "active-filters").find("a")]
    assert len(chips) == 3
    assert chips[0] == "fest zugesagt entfernen"


def test_removing_a_chip_leaves_the_others(client):
    page = get(client, "/aussagen/?thema=kita&thema=schule&bindung=fest&folge=programm")

    links = {
        a.words.partition(" entfernen")[0]: a["href"] for a in page.one("ul", "active-filters").find("a")
    }
    assert links["fest zugesagt"] == "/aussagen/?thema=kita&thema=schule&folge=programm#ergebnis"


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


# --- Many towns

PAGES = ["/", "/themen/", "/uebersicht/", "/programme/"]


@pytest.fixture
def towns(db):
    """60 towns with two programmes each, of parties that are everywhere and of one that is nowhere else."""
    spd = Party.objects.get(slug="spd")
    for n in range(60):
        place = Place.objects.create(slug=f"ort-{n}", name=f"Ort {n:02}", municipality_key=f"{n:08}")
        own = Party.objects.create(slug=f"liste-{n}", name=f"Liste {n}", short_name=f"L{n}", colour="#123456")
        for party in (spd, own):
            slug = f"{party.slug}-ort-{n}"
            document = Document.objects.create(
                slug=slug, file_name=slug, content=slug.encode(), sha256=f"{abs(hash(slug)):064x}"[-64:],
                text="Wir bauen.", read_at="2025-01-01T00:00Z", read_with="",
            )  # fmt: skip
            section = Section.objects.create(document=document, position=1, level=1, start=0, end=0)
            passage = Passage.objects.create(
                document=document, section=section, position=1, start=0, end=10, text="Wir bauen.", block=1
            )
            programme = Programme.objects.create(
                slug=slug, kind="programme", title=slug, short_title=slug, place=place, year=2025,
                document=document, published_at="2025-01-01T00:00Z",
            )  # fmt: skip
            Authorship.objects.create(programme=programme, party=party, position=0)
            Statement.objects.create(
                key=slug, programme=programme, passage=passage, text="Wir bauen.", position=1, share=0,
                kind="pledge", commitment="firm", origin="machine",
            )  # fmt: skip
    pack(Programme.objects.values_list("pk", flat=True))


def boxes(page, name):
    return page.find("input", type_="checkbox", name=name)


def test_many_places_are_a_list_and_a_chosen_one_a_box(towns, client):
    page = get(client, "/aussagen/?ort=ort-7")

    (box,) = boxes(page, "ort")
    assert box["value"] == "ort-7"
    options = page.one("select", id="ort-weitere").find("option")
    assert len(options) == 1 + 60
    assert "Dortmund (956)" in {option.words for option in options}


def test_programmes_wait_for_a_place_and_parties_begin_with_the_most_frequent(towns, client):
    page = get(client, "/aussagen/")

    assert boxes(page, "programm") == []
    assert "124 zur Wahl, sobald ein Ort gewählt ist." in page.one("form", "filters").words
    assert len(boxes(page, "partei")) == BOXES_OF_MANY
    assert boxes(page, "partei")[0]["value"] in ("cdu", "dos", "gruene", "spd", "liste-0")
    assert len(page.one("select", id="partei-weitere").find("option")) == 1 + 64 - BOXES_OF_MANY
    assert len(boxes(get(client, "/aussagen/?ort=ort-7"), "programm")) == 2


def test_several_places_mean_or(towns, client):
    page = get(client, "/aussagen/?ort=ort-7&ort=ort-8&partei=spd")

    assert number(page).startswith("2 Aussagen")
    places = {article.one("figcaption").find("span")[0].words for article in page.find("article")}
    assert places == {"Ort 07", "Ort 08"}


@pytest.mark.parametrize(
    "path", ["/", "/themen/", "/themen/wohnen/", "/uebersicht/", "/vergleich/", "/programme/"]
)
def test_with_many_places_a_page_asks_for_one(towns, client, path):
    page = get(client, path)

    chooser = page.one("form", "place-choice")
    assert len(chooser.find("option")) == 1 + 61
    assert not page.find("table")
    assert not page.find("li", "source-card")
    assert len(page.one("main").find("a")) < 150


@pytest.mark.parametrize("path", [*PAGES, "/themen/wohnen/"])
def test_with_a_place_chosen_a_page_is_as_with_one_alone(towns, client, path):
    own = get(client, f"{path}?ort=dortmund").one("main").words

    assert "Sie sehen die Texte aus Dortmund." in own
    assert "SPD 2025" in own
    assert "liste-7" not in own


def test_a_topic_without_a_place_counts_all(towns, client):
    wanted = Statement.objects.filter(Q(kind="pledge"), topics__slug="wohnen").count()

    assert number(get(client, "/themen/wohnen/")).startswith(f"{wanted} Aussagen")


@pytest.mark.parametrize(
    "path", ["/", "/themen/", "/uebersicht/", "/vergleich/", "/programme/", "/parteien/spd/"]
)
def test_a_place_that_does_not_exist_is_named_with_the_nearest(towns, client, path):
    page = get(client, f"{path}?ort=dortmnd", status=400)

    alert = page.one("div", role="alert")
    assert "Ort: „dortmnd“ gibt es nicht. Meinten Sie Dortmund?" in alert.words
    assert client.get(f"{path}{alert.find('a')[0]['href']}").status_code == 200


def test_a_comparison_offers_the_programmes_of_the_place_alone(towns, client):
    assert len(boxes(get(client, "/vergleich/?ort=ort-7"), "programm")) == 2
    assert boxes(get(client, "/vergleich/?thema=wohnen"), "programm") == []
    page = get(client, "/vergleich/?thema=wohnen&programm=spd-ort-7&programm=liste-7-ort-7")
    assert [box["value"] for box in boxes(page, "programm")] == ["liste-7-ort-7", "spd-ort-7"]


def test_a_few_choices_are_all_boxes(client):
    assert len(boxes(get(client, "/aussagen/"), "thema")) == 21 <= MOST_BOXES


# --- Whatever stands in a link


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINKS)
def test_no_link_is_a_server_error(client, link):
    path, values = link
    answer = client.get(path, data=values)

    assert answer.status_code in (200, 302, 400), answer.status_code
