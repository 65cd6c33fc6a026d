"""The order of names, and that readers meet it wherever names stand in a list."""

from random import Random

import pytest

from pledges.alphabet import place_in_alphabet
from pledges.models import Party, Place, Programme, Topic
from tests.pages import get

ORDERED = [
    "Ahaus", "AHAUS 2", "Aßlar", "Ästhetik", "Attendorn", "ÖDP 2025", "Ödp 2026", "Ofen", "Ole", "Öle",
    "SPD 2025", "Übach", "Uelzen", "Unna", "Zwickau",
]  # fmt: skip


def test_umlauts_stand_where_dictionaries_have_them():
    for seed in range(20):
        shuffled = Random(seed).sample(ORDERED, len(ORDERED))
        assert sorted(shuffled, key=place_in_alphabet) == ORDERED


def test_an_umlaut_of_two_signs_is_the_same_letter():
    assert place_in_alphabet("O\u0308DP") == place_in_alphabet("ÖDP")


@pytest.fixture
def ecologists():
    """A party with an umlaut at its beginning, which has the texts of another."""
    Party.objects.filter(slug="dos").update(short_name="ÖDP")
    Programme.objects.filter(slug="dos-2020").update(short_title="ÖDP 2020")


@pytest.mark.django_db
@pytest.mark.usefixtures("ecologists")
def test_texts_parties_and_choices_stand_by_name_with_umlauts_in_their_place(client):
    texts = ["GRÜNE + CDU 2023", "ÖDP 2020", "SPD 2020 (Auszug)", "SPD 2025"]
    programmes = get(client, "/programme/").one("main").find("li", "source-card")
    assert [card.one("h3").words for card in programmes][: len(texts)] == texts

    chosen = "&".join(f"programm={slug}" for slug in ("spd-2025", "dos-2020", "gruene-cdu-2023"))
    page = get(client, f"/vergleich/?thema=wohnen&folge=name&{chosen}")
    assert "Geordnet nach Namen." in page.one("main").words
    columns = [
        heading.words for heading in page.find("h3") if heading.attributes.get("id", "").startswith("c-")
    ]
    assert columns == ["GRÜNE + CDU 2023", "ÖDP 2020", "SPD 2025"]

    boxes = get(client, "/aussagen/").one("form", "filters").find("input", name="partei")
    assert [box["value"] for box in boxes] == ["cdu", "gruene", "dos", "spd"]
    assert "CDU, GRÜNE, ÖDP und SPD" in get(client, "/").one("main").words


@pytest.mark.django_db
def test_places_and_topics_too(client):
    Place.objects.filter(slug="dortmund").update(name="Übach")
    for number, name in enumerate(("Zwickau", "Unna")):
        place = Place.objects.create(slug=name.lower(), name=name, municipality_key=f"{number:08}")
        Programme.objects.create(
            slug=place.slug, kind="programme", title=name, short_title=name, place=place, year=2025,
            published_at="2025-01-01T00:00Z",
        )  # fmt: skip
    Topic.objects.filter(slug="kita").update(name_de="Öffentliches")

    page = get(client, "/themen/")
    assert [option["value"] for option in page.one("form", "place-choice").find("option")[1:]] == [
        "dortmund", "unna", "zwickau",
    ]  # fmt: skip
    names = [link.words for link in page.one("main").find("a") if link["href"].startswith("/themen/")]
    assert names == sorted(names, key=place_in_alphabet)
    assert names.index("Öffentliches") == names.index("Mobilität & Verkehr") + 1
