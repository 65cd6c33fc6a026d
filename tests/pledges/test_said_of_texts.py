"""What kind of text it is, and how much of it there is, stands in words wherever texts stand side by side."""

import pytest

from pledges.models import Programme
from tests.pages import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]


def compared(client, topic, *slugs):
    return get(client, f"/vergleich/?thema={topic}" + "".join(f"&programm={slug}" for slug in slugs))


def test_a_comparison_of_texts_that_differ_says_so(client):
    def notices():
        page = compared(client, "wohnen", "alpha-2025", "beta-2025", "beta-alpha-2023")
        return [notice.words for notice in page.find("div", "notice")]

    (notice,) = notices()
    assert notice.startswith(
        "Die Texte sind nicht ohne Weiteres vergleichbar. ALPHA 2025: Wahlprogramm, 2025; "
        "BETA + ALPHA 2023: Kooperationspapier, 2025 (gemeinsam); BETA 2025: Wahlprogramm, 2025. "
        "Verschieden: Anlass, Verbindlichkeit, Umfang."
    )
    Programme.objects.update(kind="vision", whole=True, digest_of=None)
    assert notices() == []
    Programme.objects.filter(slug="beta-2025").update(year=2020)
    (notice,) = notices()
    assert notice.partition("BETA 2025: Vision, 2020. ")[2].startswith("Verschieden: Jahr. ")


def test_an_excerpt_differs_from_a_programme_in_how_much_of_it_there_is_alone(client):
    def told(*slugs):
        notices = compared(client, "wohnen", *slugs).find("div", "notice")
        return [notice.words.partition("Verschieden: ")[2] for notice in notices]

    assert told("beta-2025", "beta-2020") == ["Umfang."]
    Programme.objects.filter(slug="beta-2020").update(year=2020)
    assert told("beta-2025", "beta-2020") == ["Umfang, Jahr."]
    assert told("alpha-2025", "beta-2025") == []


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("ALPHA 2025", "Ganzes Dokument."),
        ("BETA 2020 (Auszug)", "Nur ein Kapitel. Was hier fehlt, kann im ganzen Programm stehen."),
        ("die Delta 2025", "Bekannt, aber noch nicht gelesen."),
        ("BETA + ALPHA 2023", "Ganzes Dokument. Gemeinsames Papier:"),
    ],
)
def test_a_card_says_how_much_of_a_text_there_is(client, title, said):
    cards = get(client, "/programme/?ort=musterstadt").find("li", "source-card")

    (card,) = [card for card in cards if card.one("h3").words == title]
    assert f" {said}" in card.words


def test_in_a_table_each_silence_is_said_in_words(client):
    def said(topic):
        rows = get(client, f"/themen/{topic}/?ort=musterstadt").one("table").find("tbody")[0].find("tr")
        return {row.find("th")[0].find("a")[0].words: row.find("td")[-1].words for row in rows}

    nursery = said("kita")
    assert nursery["BETA 2020 (Auszug)"] == (
        "kein Anteil: nur ein Kapitel liegt vor, darin kein Vorhaben zu diesem Thema"
    )
    assert nursery["BETA 2025"] == "ganz gelesen, darin kein Vorhaben zu diesem Thema"
    assert nursery["die Delta 2025"] == "noch nicht gelesen"
    Programme.objects.filter(slug="alpha-2025").update(whole=False)
    assert said("kita")["ALPHA 2025"] == "1 von 2 Vorhaben; kein Anteil, nur ein Kapitel liegt vor"


def test_a_column_says_whether_all_is_shown(client, monkeypatch):
    def first_column(topic):
        return compared(client, topic, "alpha-2025", "beta-2025").find("section", "column")[0].words

    assert "Das sind alle Vorhaben dazu. Andere Aussagen" in first_column("kita")
    assert "Zusammen mit denen oben sind das alle Vorhaben dazu." in first_column("wohnen")
    monkeypatch.setattr("pledges.views.comparison.PER_COLUMN", 0)
    assert "Alle 1 Vorhaben von ALPHA 2025" in first_column("kita")


@pytest.mark.parametrize(("note", "said"), [("", "2025"), ("Titelseite.", "2025. Titelseite.")])
def test_where_the_year_is_known_from_stands_behind_it_if_anybody_said_so(client, note, said):
    Programme.objects.filter(slug="alpha-2025").update(date=None, date_note_de=note)

    values = [value.words for value in get(client, "/programme/alpha-2025/").find("dd")]

    assert said in values
