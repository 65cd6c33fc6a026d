"""Pages with many places: one is chosen first, and long lists of choices are short."""

import pytest
from django.db import transaction
from django.db.models import Q

from pledges.facets import BOXES_OF_MANY
from pledges.models import Authorship, Party, Place, Programme, Statement
from pledges.packing import pack
from sources.models import Document, Passage, Section
from tests.pages import get

pytestmark = pytest.mark.django_db

PAGES = ["/", "/themen/", "/uebersicht/", "/programme/"]


def number(page) -> str:
    return page.one("div", "results-bar").find("p")[0].words


@pytest.fixture(scope="module", autouse=True)
def towns(django_db_setup, django_db_blocker):
    """60 towns with two programmes each, of parties that are everywhere and of one that is nowhere else."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_towns()
        yield
        transaction.set_rollback(True)


def make_towns() -> None:
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


def test_many_places_are_a_list_and_a_chosen_one_a_box(client):
    page = get(client, "/aussagen/?ort=ort-7")

    (box,) = boxes(page, "ort")
    assert box["value"] == "ort-7"
    options = page.one("select", id="ort-weitere").find("option")
    assert len(options) == 1 + 60
    assert "Dortmund (956)" in {option.words for option in options}


def test_programmes_wait_for_a_place_and_parties_begin_with_the_most_frequent(client):
    page = get(client, "/aussagen/")

    assert boxes(page, "programm") == []
    assert "124 zur Wahl, sobald ein Ort gewählt ist." in page.one("form", "filters").words
    assert len(boxes(page, "partei")) == BOXES_OF_MANY
    assert boxes(page, "partei")[0]["value"] in ("cdu", "dos", "gruene", "spd", "liste-0")
    assert len(page.one("select", id="partei-weitere").find("option")) == 1 + 64 - BOXES_OF_MANY
    assert len(boxes(get(client, "/aussagen/?ort=ort-7"), "programm")) == 2


def test_several_places_mean_or(client):
    page = get(client, "/aussagen/?ort=ort-7&ort=ort-8&partei=spd")

    assert number(page).startswith("2 Aussagen")
    places = {article.one("figcaption").find("span")[0].words for article in page.find("article")}
    assert places == {"Ort 07", "Ort 08"}


@pytest.mark.parametrize(
    "path", ["/", "/themen/", "/themen/wohnen/", "/uebersicht/", "/vergleich/", "/programme/"]
)
def test_with_many_places_a_page_asks_for_one(client, path):
    page = get(client, path)

    chooser = page.one("form", "place-choice")
    assert len(chooser.find("option")) == 1 + 61
    assert not page.find("table")
    assert not page.find("li", "source-card")
    assert len(page.one("main").find("a")) < 150


@pytest.mark.parametrize("path", [*PAGES, "/themen/wohnen/"])
def test_with_a_place_chosen_a_page_is_as_with_one_alone(client, path):
    own = get(client, f"{path}?ort=dortmund").one("main").words

    assert "Sie sehen die Texte aus Dortmund." in own
    assert "SPD 2025" in own
    assert "liste-7" not in own


def test_a_topic_without_a_place_counts_all(client):
    wanted = Statement.objects.filter(Q(kind="pledge"), topics__slug="wohnen").count()

    assert number(get(client, "/themen/wohnen/")).startswith(f"{wanted} Vorhaben")


@pytest.mark.parametrize(
    "path", ["/", "/themen/", "/uebersicht/", "/vergleich/", "/programme/", "/parteien/spd/"]
)
def test_a_place_that_does_not_exist_is_named_with_the_nearest(client, path):
    page = get(client, f"{path}?ort=dortmnd", status=400)

    alert = page.one("div", role="alert")
    assert "Ort: „dortmnd“ gibt es nicht. Meinten Sie Dortmund?" in alert.words
    assert client.get(f"{path}{alert.find('a')[0]['href']}").status_code == 200


def test_a_comparison_offers_the_programmes_of_the_place_alone(client):
    assert len(boxes(get(client, "/vergleich/?ort=ort-7"), "programm")) == 2
    assert boxes(get(client, "/vergleich/?thema=wohnen"), "programm") == []
    page = get(client, "/vergleich/?thema=wohnen&programm=spd-ort-7&programm=liste-7-ort-7")
    assert [box["value"] for box in boxes(page, "programm")] == ["liste-7-ort-7", "spd-ort-7"]


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/themen/?ort={place}", [("Themen", "page")]),
        ("/themen/wohnen/?ort={place}", [("Themen", "true")]),
        ("/uebersicht/?ort={place}", [("Übersicht", "page")]),
        ("/?ort={place}", []),
    ],
)
def test_the_way_to_other_parts_keeps_the_place_and_marks_where_one_is(client, address, marked):
    for place in ("ort-1", "ort-2"):
        links = get(client, address.format(place=place)).one("nav", "site-nav").find("a")
        kept = [link.words for link in links if link["href"].endswith(f"?ort={place}")]

        assert kept == ["Themen", "Aussagen", "Vergleich", "Programme", "Übersicht"]
        assert [(a.words, a["aria-current"]) for a in links if "aria-current" in a.attributes] == marked


def test_without_a_place_the_way_to_other_parts_leads_to_all_of_them(client):
    links = get(client, "/gibt-es-nicht/", status=404).one("nav", "site-nav").find("a")

    assert not any("?" in link["href"] for link in links)
    assert not any("aria-current" in link.attributes for link in links)
