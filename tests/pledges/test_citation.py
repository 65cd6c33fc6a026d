"""What is copied to quote a statement."""

import datetime

import pytest
from django.utils.translation import override

from pledges.build import read_programme
from pledges.citation import Former, Place, cite, quote, with_lead_in
from pledges.models import Programme, Statement
from tests.editions import new_edition
from tests.pages import get, led_to

TODAY = datetime.date(2026, 11, 22)
PLACE = Place(
    "BETA + ALPHA", "Für die Stadt", "Wahlprogramm", 2025, "Der „Hafen“", 7, "https://example.org/x"
)
FORMER = Former(datetime.date(2025, 5, 1), datetime.date(2026, 2, 3))


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Wir bauen.", "„Wir bauen.“"),
        ("Das Projekt „Nordwärts“ bleibt.", "„Das Projekt ‚Nordwärts‘ bleibt.“"),
        ("„Nordwärts“ bleibt.", "„‚Nordwärts‘ bleibt.“"),
        ('Das "Sozialticket" und ("Hafen")!', "„Das ‚Sozialticket‘ und (‚Hafen‘)!“"),
        ("Das “Sozialticket” bleibt.", "„Das ‚Sozialticket‘ bleibt.“"),
        ("Ein »Haus der Vielen«, ein «Garten».", "„Ein ‚Haus der Vielen‘, ein ‚Garten‘.“"),
        ("Das „Sozialticket” bleibt.", "„Das ‚Sozialticket‘ bleibt.“"),
        ("Er sagt: „Wir bauen.", "„Er sagt: ‚Wir bauen.“"),
        ("Wir bauen.“ Das gilt.", "„Wir bauen.‘ Das gilt.“"),
        ("Das geht's an.", "„Das geht's an.“"),
    ],
)
def test_quotation_marks_within_are_those_of_the_second_level(words, quoted):
    assert quote(words) == quoted


def test_in_english_the_marks_are_english():
    with override("en"):
        assert quote("Das Projekt „Nordwärts“ bleibt.") == "“Das Projekt ‘Nordwärts’ bleibt.”"


def test_what_introduces_an_item_stands_before_it():
    lead_in, item = "Deshalb wollen wir:", "eine frühzeitige Beratung"

    assert with_lead_in(item, lead_in, is_apart=False) == f"{lead_in} {item}"
    assert with_lead_in(item, lead_in, is_apart=True) == f"{lead_in} […] {item}"
    assert with_lead_in(item, "", is_apart=True) == item


def test_a_citation_says_who_said_it_where_and_when_it_was_looked_up():
    assert cite("Wir bauen.", PLACE, TODAY) == (
        "„Wir bauen.“ – BETA + ALPHA, Für die Stadt (Wahlprogramm, 2025), Abschnitt „Der ‚Hafen‘“, Satz 7. "
        "https://example.org/x (abgerufen am 22.11.2026)"
    )


def test_in_english_it_says_the_same():
    with override("en"):
        cited = cite("Wir bauen.", PLACE, TODAY)

    assert cited.startswith("“Wir bauen.” – BETA + ALPHA, Für die Stadt (Wahlprogramm, 2025), ")
    assert "section “Der ‘Hafen’”, sentence 7. https://example.org/x (accessed on " in cited


def test_a_former_wording_is_cited_as_one():
    gone = Place("BETA", "Für die Stadt", "Wahlprogramm", 2025, "", 7, "https://example.org/x", FORMER)
    unknown = Place("BETA", "Für die Stadt", "Wahlprogramm", 2025, "", 7, "https://example.org/x",
                    Former(None, FORMER.gone_since))  # fmt: skip

    assert cite("Wir bauen.", gone, TODAY) == (
        "„Wir bauen.“ – BETA, Für die Stadt (Wahlprogramm, 2025), Satz 7. Frühere Fassung, gelesen am "
        "01.05.2025; seit der am 03.02.2026 gelesenen fehlt der Satz im Text. "
        "https://example.org/x (abgerufen am 22.11.2026)"
    )
    assert (
        "Früherer Wortlaut; seit der am 03.02.2026 gelesenen Fassung steht er nicht mehr im Text. "
        in cite("Wir bauen.", unknown, TODAY)
    )


# --- On the page of a statement


def cited_on_its_page(client, statement):
    return get(client, statement.get_absolute_url()).one("textarea", id="zitat").text


@pytest.mark.django_db
def test_an_item_is_cited_with_what_introduces_it(client):
    items = Statement.objects.exclude(passage__lead_in=None).select_related("passage__lead_in")
    apart = [s for s in items if s.passage.lead_in.position + 1 < s.passage.position]
    next_to_it = [s for s in items if s.passage.lead_in.position + 1 == s.passage.position]

    for statement, between in ((apart[0], " […] "), (next_to_it[0], " ")):
        words = f"{statement.passage.lead_in.text}{between}{statement.text}"
        assert cited_on_its_page(client, statement).startswith(quote(words))


@pytest.mark.django_db
def test_an_item_is_shown_behind_what_introduces_it_on_its_card_and_its_page(client):
    item = Statement.objects.exclude(passage__lead_in=None).order_by("position", "pk").first()
    before = " ".join(f"Davor im Text: {item.passage.lead_in.text}".split())

    page = get(client, item.get_absolute_url())
    assert page.one("blockquote", id="zitat-text").find("p")[0].words == before

    place = f"programm={item.programme.slug}&seite={(item.position - 1) // 20 + 1}"
    (card,) = [
        card
        for card in led_to(client, f"/aussagen/?{place}").find("article", "statement")
        if item.get_absolute_url() in [link["href"] for link in card.find("a")]
    ]
    assert card.one("p", "words--context").words == before


@pytest.mark.django_db
def test_one_that_is_gone_is_cited_as_a_former_wording(client):
    programme = Programme.objects.get(slug="spd-2025")
    edition = new_edition()
    read_programme(programme, edition.content, "spd-2025-neu.md")
    gone = Statement.objects.get(text=edition.gone[0])

    assert "Frühere Fassung, gelesen am " in cited_on_its_page(client, gone)
    assert "Fassung" not in cited_on_its_page(client, Statement.objects.get(text=edition.kept[0]))
