"""The rules of honesty on the pages: silences in words, kinds never equal, the same for every party."""

import datetime
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from pledges.comparison import suggested
from pledges.models import Party, Programme, Relation, Rendering, Statement, Topic
from tests.pages import addresses, get
from tests.rows import wipe
from tests.shelves import BEDS, HOUSING, HOUSING_TOO, NO_HOUSING, NURSERY, coding, musterstadt

pytestmark = pytest.mark.django_db

EXCERPT = "SPD 2020 (Auszug)"


def silences(element):
    """Each kind of silence with the words in which it is said first."""
    boxes = reversed(element.find("div", "silence"))
    return {box["data-silence"]: box.words for box in boxes}


def title_of(card):
    """The short title of the text that a statement's card is from."""
    return re.search(r"Einzelansicht: (.+?), Satz", card.one("p", "place").words)[1]


def compared(client, topic, *slugs):
    query = "".join(f"&programm={slug}" for slug in slugs)
    return get(client, f"/vergleich/?thema={topic}{query}")


# --- The four silences


@pytest.fixture
def comparison(load, client):
    """On a topic on which one of the texts speaks."""
    load(musterstadt())
    return compared(client, "kita", "alpha-2025", "beta-2025", "beta-2020", "delta-2025")


def test_each_silence_is_said_in_words(comparison):
    said = silences(comparison)

    assert said["nothing-found"].startswith("Ganz gelesen, kein Vorhaben dazu gefunden BETA 2025")
    assert said["excerpt"].startswith("Nur ein Auszug liegt vor BETA 2020 (Auszug): Das vorliegende Kapitel")
    assert said["unread"].startswith("Noch nicht gelesen die Delta 2025: bekannt, aber")
    assert said["no-document"].startswith(
        "Kein Dokument dieser Partei Von GAMMA liegt dem Portal kein Text vor"
    )


def test_a_silence_stands_in_the_column_of_its_text(comparison):
    columns = comparison.find("section", "column")

    assert [column.one("h3").words for column in columns] == [
        "ALPHA 2025",
        "BETA 2020 (Auszug)",
        "BETA 2025",
        "die Delta 2025",
    ]
    assert [list(silences(column)) for column in columns] == [[], ["excerpt"], ["nothing-found"], ["unread"]]
    assert NURSERY in columns[0].words


def test_no_column_and_no_cell_is_ever_empty(client):
    for topic in Topic.objects.all():
        page = get(
            client, f"/vergleich/?thema={topic.slug}&programm=spd-2025&programm=spd-2020&programm=dos-2020"
        )
        for column in page.find("section", "column"):
            assert column.find("article") or silences(column) or "oben" in column.words, topic
        for matter in page.find("section", "matter"):
            for cell in matter.find("li", "stack"):
                assert cell.find("article") or cell.find("div", data_silence="no-relation"), topic


def test_texts_that_were_not_chosen_are_named_with_what_they_have(comparison, client):
    page = get(client, "/vergleich/?thema=wohnen&programm=alpha-2025&programm=beta-2025")

    said = [box.words for box in page.find("div", data_silence="not-chosen")]
    assert any(words.startswith("Hier nicht ausgewählt BETA + ALPHA 2023: 1 Vorhaben") for words in said)
    assert "Nebenstadt" not in page.find("section", "band")[-1].words


def test_that_no_relation_is_known_is_no_silence_of_the_text(comparison, client):
    key = Statement.objects.get(text=NURSERY).key

    page = get(client, f"/aussagen/{key}/")

    boxes = {section.one("h3").words: silences(section) for section in page.find("section", "matter")}
    assert list(boxes["BETA 2025"]) == ["no-relation"]
    assert boxes["BETA 2025"]["no-relation"].startswith("Kein Bezug bekannt")
    links = [link["href"] for box in page.find("div", data_silence="no-relation") for link in box.find("a")]
    assert "/themen/kita/?programm=beta-2025" in links
    assert list(boxes["die Delta 2025"]) == ["unread"]
    assert "sagt dazu nichts" not in page.one("main").words
    assert "die Delta Nebenstadt" not in boxes


def test_a_party_without_text_and_a_programme_that_nobody_read_have_pages_that_say_so(comparison, client):
    assert list(silences(get(client, "/parteien/gamma/"))) == ["no-document"]
    assert list(silences(get(client, "/programme/delta-2025/"))) == ["unread"]
    overview = get(client, "/uebersicht/?ort=musterstadt").one("table")
    assert "ungelesen" in overview.words


@pytest.mark.parametrize("path", ["/?ort=musterstadt", "/vergleich/?thema=kita&ort=musterstadt"])
def test_what_nobody_has_read_is_not_suggested_for_comparison(comparison, client, path):
    boxes = get(client, path).find("input", name="programm")

    assert {box["value"] for box in boxes} >= {"delta-2025", "beta-2020"}
    ticked = [box["value"] for box in boxes if "checked" in box.attributes]
    assert ticked == ["alpha-2025", "beta-alpha-2023", "beta-2025"]


def test_a_text_that_speaks_of_a_topic_beside_others_is_silent_on_it_in_no_table(client):
    heads, *rows = get(client, "/uebersicht/").one("table").find("tr")
    titles = [head.find("a")[0].words for head in heads.find("th")[1:]]
    beside = []
    for row in rows:
        address = row.find("a")[0]["href"]
        (shares, *_others) = get(client, address).find("tbody")
        speaks = {r.find("a")[0].words for r in shares.find("tr") if re.search(r"\d+ von \d+", r.words)}
        shown = dict(zip(titles, [cell.words for cell in row.find("td")], strict=True))
        assert speaks == {title for title, words in shown.items() if re.search(r"\d", words)}, address
        beside += [title for title, words in shown.items() if words.startswith("neben\u00adbei")]
    assert set(beside) == {"DOS 2020", "SPD 2020 (Auszug)"}


def test_every_page_of_a_shelf_with_gaps_answers(comparison, client):
    for address in [*addresses()]:
        get(client, address)


# --- Where not all fit


def test_no_text_is_left_out_of_the_columns_every_day(comparison, client, monkeypatch):
    seen = []
    for day in range(1, 21):
        monkeypatch.setattr(timezone, "localdate", lambda *_given, day=day: date(2026, 9, day))
        page = get(client, "/themen/wohnen/?ansicht=spalten&ort=musterstadt")
        seen.append([column.one("h2").words for column in page.find("section", "column")])
        assert "Nebeneinander passen 4 von 5 Texten." in page.words

    names = sorted({name for names in seen for name in names}, key=str.casefold)
    assert len(names) == 5
    assert all(len(own) == 4 and own == [name for name in names if name in own] for own in seen)


def test_what_begins_a_comparison_is_drawn_by_lot_where_there_is_more_than_fits():
    texts = [SimpleNamespace(slug=slug, whole=True, document_id=1) for slug in "abcdef"]

    drawn = dict.fromkeys("abcdef", 0)
    for day in range(300):
        for text in suggested(texts, date.fromordinal(740_000 + day)).texts:
            drawn[text.slug] += 1

    assert all(150 < number < 250 for number in drawn.values())
    few = suggested(texts[:4], date(2026, 9, 13))
    assert (few.texts, few.is_drawn) == (texts[:4], False)


# --- Kinds are not equal


def test_an_excerpt_never_gets_a_percentage(client):
    for path in ("/", "/programme/", "/parteien/spd/"):
        (card,) = [c for c in get(client, path).find("li", "source-card") if c.one("h3").words == EXCERPT]
        assert re.search(r"\d+ Aussagen", card.words)
        assert "%" not in card.words, path
    for topic in Topic.objects.all():
        page = get(client, f"/themen/{topic.slug}/")
        (row,) = [row for row in page.one("table").find("tr") if row.find("th")[0].words.startswith(EXCERPT)]
        assert "%" not in row.words
        assert not row.find("svg", "bar")
    columns = get(client, "/vergleich/?thema=soziales&programm=spd-2020&programm=spd-2025").find(
        "section", "column"
    )
    assert ["%" in column.one("div", "column__head").words for column in columns] == [False, True]


def test_an_excerpt_has_no_share_in_the_tables_of_all_topics(client):
    overview = get(client, "/uebersicht/").one("table")
    heads = [head.words for head in overview.find("thead")[0].find("th")]
    (at,) = [number for number, head in enumerate(heads) if head.startswith(EXCERPT)]
    cells = [
        [c for c in row.children if not isinstance(c, str)][at]
        for row in overview.find("tbody")[0].find("tr")
    ]
    assert len(cells) == 21
    assert not any("%" in cell.words or cell.find("svg") for cell in cells)

    cells = get(client, "/parteien/spd/").find("td", data_label=EXCERPT)
    assert len(cells) == 21
    assert not any("%" in cell.words or cell.find("svg") for cell in cells)


def test_every_card_shows_kind_and_year(client):
    kinds = {p.short_title: (p.get_kind_display(), str(p.year), p.party_names) for p in texts()}
    for path in ("/", "/themen/wohnen/", "/suche/", "/vergleich/?thema=wohnen"):
        cards = get(client, path).find("article", "statement")
        assert cards
        for card in cards:
            title = title_of(card)
            assert card.one("figcaption").words.startswith("{2} {1} {0}".format(*kinds[title])), path


def texts():
    return Programme.objects.in_own_words().with_authors()


def test_every_statement_shows_where_its_labels_come_from(client):
    for card in get(client, "/suche/").find("article", "statement"):
        assert "nach Codebuch" in card.one("ul", "labels").words


def test_the_machine_says_that_it_is_the_machine_and_how_sure(load, client):
    load(musterstadt())
    statement = Statement.objects.get(text=BEDS)

    page = get(client, statement.get_absolute_url())

    assert f"Maschine, {round(100 * statement.certainty)} % sicher" in page.words


def test_what_was_contested_says_so(load, client):
    load(musterstadt())

    assert (
        "Durchgänge uneinig" in get(client, Statement.objects.get(text=NO_HOUSING).get_absolute_url()).words
    )


def test_a_rejected_relation_is_shown_nowhere(client):
    for relation in Relation.objects.filter(status="rejected").select_related("a", "b")[:6]:
        page = get(client, relation.a.get_absolute_url())
        related = page.find("section", "matter")
        assert not any(relation.b.get_absolute_url() in [a["href"] for a in box.find("a")] for box in related)


def test_a_digest_is_never_quoted_as_a_partys_words(client):
    page = get(client, "/digest/spd-2025-digest/")

    for line in page.find("article", "rendering"):
        assert all(quote.one("blockquote")["lang"] == "de" for quote in line.find("figure", "quote"))
        assert line.find("div", "rendering__verdict")[0].words
    assert client.get("/programme/spd-2025-digest/").status_code in (302, 404)
    offered = get(client, "/suche/").find("input", name="programm")
    assert "spd-2025-digest" not in {field["value"] for field in offered}


def test_the_share_of_each_verdict_is_one_of_all_lines_of_the_digest(client):
    lines = Rendering.objects.count()

    rows = get(client, "/digest/spd-2025-digest/").one("table").find("tbody")[0].find("tr")

    numbers = [int(row.find("td")[-1].words.split()[0]) for row in rows]
    assert sum(numbers) == lines
    for row, number in zip(rows, numbers, strict=True):
        assert f"{round(100 * number / lines)} %" in row.words


# --- Neutral


def test_texts_and_parties_stand_in_the_order_of_their_names_whatever_their_case(load, client):
    shelf = musterstadt()
    shelf.entry("programme", "delta-nebenstadt")["place"] = "musterstadt"
    shelf.entry("programme", "delta-nebenstadt")["short_title"] = "allen voran 2025"
    load(shelf)

    order = ["allen voran 2025", "ALPHA 2025", "BETA + ALPHA 2023", "BETA 2020 (Auszug)", "BETA 2025"]
    search = get(client, "/suche/?folge=programm")
    said = [title_of(c) for c in search.find("article", "statement")]
    assert list(dict.fromkeys(said)) == order
    for path in ("/", "/programme/"):
        cards = [card.one("h3").words for card in get(client, path).find("li", "source-card")]
        assert cards[:6] == [*order, "die Delta 2025"]
    topic = get(client, "/themen/wohnen/").one("table").find("tbody")[0]
    assert [row.find("a")[0].words for row in topic.find("th")] == [*order, "die Delta 2025"]
    parties = get(client, "/suche/").find("input", name="partei")
    assert [field["value"] for field in parties] == ["alpha", "beta", "delta"]


def test_by_lot_any_text_may_stand_first_and_all_day_the_same(load, client, monkeypatch):
    load(musterstadt())

    def order(day):
        monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 1, day))
        page = compared(client, "wohnen&folge=zufall", "alpha-2025", "beta-2025", "beta-2020")
        return [column.one("h3").words for column in page.find("section", "column")]

    orders = [order(day) for day in range(1, 11)]
    assert {first for first, *_others in orders} == set(orders[0])
    assert order(1) == orders[0]


@pytest.mark.parametrize("address", ["/aussagen/", "/suche/"])
def test_at_the_top_of_a_list_no_text_is_alone(client, address):
    first = get(client, address).find("article", "statement")[:4]

    assert len({title_of(card) for card in first}) == 4


def test_every_column_of_a_comparison_has_the_same_form(client):
    page = get(
        client, "/vergleich/?thema=mobilitaet&programm=spd-2025&programm=dos-2020&programm=gruene-cdu-2023"
    )

    forms = [[d.words for d in c.one("dl", "facts").find("dt")] for c in page.find("section", "column")]
    assert len(forms) == 3
    assert forms[0] == forms[1] == forms[2]
    assert all(len(column.find("article")) <= 10 for column in page.find("section", "column"))


def test_a_comparison_says_that_it_lists_pledges_and_leads_to_each_texts_other_statements(client):
    texts = ("spd-2025", "dos-2020", "gruene-cdu-2023", "spd-2020")
    for topic in ("kita", "sport"):
        page = compared(client, topic, *texts)
        assert page.one("h2", id="alles").words.startswith("Welche Vorhaben jeder Text dazu")
        assert "Hier stehen nur Vorhaben." in page.one("main").words
        columns = page.find("section", "column")
        assert len(columns) == len(texts)
        for column in columns:
            (line,) = [p for p in column.find("p") if p.words.startswith("Andere Aussagen dazu")]
            assert ("im Auszug" in line.words) == (EXCERPT in column.words)
            kinds = re.findall(r"(Bilanz|Grundsatz|Hintergrund)\s\d", line.words)
            assert kinds == ["Bilanz", "Grundsatz", "Hintergrund"]
            for link in line.find("a"):
                number = re.search(r"\d+", link.words)[0]
                counted = get(client, link["href"])
                assert counted.one("div", id="ergebnis").words.split()[0] == number
                assert len(counted.find("article", "statement")) == int(number)


def test_a_text_without_a_pledge_on_a_topic_names_what_else_it_says_wherever_it_stands(client):
    """Its silence is of pledges alone, in its column and among those that were not chosen."""
    chosen = compared(client, "sport", "spd-2025", "gruene-cdu-2023").find("section", "column")[0]
    left_out = compared(client, "sport", "spd-2025", "dos-2020").one("main")

    for place in (chosen, left_out):
        (box,) = [b for b in place.find("div", data_silence="nothing-found") if "GRÜNE" in b.words]
        assert "Andere Aussagen dazu: Bilanz 2" in box.words
        assert box.find("a")[0]["href"] == "/themen/sport/?programm=gruene-cdu-2023&art=bilanz"


def test_of_a_text_that_nobody_read_no_statements_are_counted(comparison):
    (box,) = comparison.find("div", data_silence="unread")

    assert "Andere Aussagen" not in box.words


def test_a_search_names_every_text_without_a_hit_and_how_much_of_it_was_searched(comparison, client):
    said = silences(get(client, "/suche/?q=museum&ort=musterstadt"))

    assert said["nothing-found"] == "Ganz durchsucht, kein Treffer ALPHA 2025, BETA + ALPHA 2023"
    assert said["excerpt"].startswith("BETA 2020 (Auszug): kein Treffer Von diesem Programm liegt nur")
    assert said["unread"].startswith("Noch nicht gelesen die Delta 2025")


def test_a_search_says_nothing_of_texts_that_were_not_searched(comparison, client):
    assert list(silences(get(client, "/suche/?q=museum&programm=beta-2025"))) == []
    said = silences(get(client, "/suche/?q=museum&partei=alpha&ort=musterstadt"))
    assert said == {"nothing-found": "Ganz durchsucht, kein Treffer ALPHA 2025, BETA + ALPHA 2023"}


def test_a_search_in_several_places_counts_the_texts_without_a_hit(comparison, client):
    assert silences(get(client, "/suche/?q=museum")) == {
        "nothing-found": "3 Programme sind ganz durchsucht, ohne Treffer.",
        "excerpt": "Von 1 Programm ohne Treffer liegt nur ein Auszug vor. "
        "Im ganzen Programm kann dazu etwas stehen.",
        "unread": "1 Programm ist bekannt, aber noch nicht eingelesen.",
    }


def test_a_comparison_says_why_no_pledge_of_a_vision_is_a_firm_promise(client):
    said = "DOS 2020 erzählt eine erreichte Zukunft; jedes Vorhaben darin ist deshalb ein Zielbild."

    assert said in compared(client, "kita", "spd-2025", "dos-2020").one("div", "notice").words
    assert "Zukunft" not in compared(client, "kita", "spd-2025", "gruene-cdu-2023").one("div", "notice").words


COLOUR = re.compile(r"#[0-9a-f]{6}")
PLACES = ["/?ort=musterstadt", "/themen/wohnen/?ort=musterstadt", "/suche/", "/uebersicht/?ort=musterstadt"]
PLACES += ["/themen/wohnen/?ansicht=spalten&ort=musterstadt", "/programme/?ort=musterstadt"]
PLACES += ["/programme/alpha-2025/", "/vergleich/?thema=wohnen&programm=alpha-2025&programm=beta-2025"]


def markup(client, path):
    return client.get(path).content.decode()


def test_other_colours_change_the_style_sheet_of_the_parties_alone(load, client):
    load(musterstadt())
    places = [*PLACES, Statement.objects.get(text=HOUSING).get_absolute_url(), "/parteien/alpha/"]
    before = {path: markup(client, path) for path in places}
    styles = markup(client, "/parteien.css")
    alpha, beta = Party.objects.get(slug="alpha"), Party.objects.get(slug="beta")

    for party, colour in ((alpha, beta.colour), (beta, alpha.colour)):
        Party.objects.filter(pk=party.pk).update(colour=colour)

    assert {path: markup(client, path) for path in places} == before
    swapped = markup(client, "/parteien.css")
    assert swapped != styles
    assert COLOUR.sub("#", swapped) == COLOUR.sub("#", styles)


def test_other_names_change_the_names_alone(load, client):
    load(musterstadt())
    places = [*PLACES, Statement.objects.get(text=HOUSING).get_absolute_url()]
    before = {path: markup(client, path) for path in places}

    # Names that sort as the former ones do.
    for slug, name in (("alpha", "AMSEL"), ("beta", "BIBER")):
        Party.objects.filter(slug=slug).update(short_name=name, name=f"Liste {name}")
        for programme in Programme.objects.filter(parties__slug=slug):
            for field in ("short_title", "title"):
                setattr(programme, field, getattr(programme, field).replace(slug.upper(), name))
            programme.save()

    for path in places:
        renamed = (
            markup(client, path).replace("Liste AMSEL", "Liste Alpha").replace("Liste BIBER", "Gruppe Beta")
        )
        assert "AMSEL" in renamed
        assert renamed.replace("AMSEL", "ALPHA").replace("BIBER", "BETA") == before[path], path


def test_who_says_what_makes_no_difference_to_how_it_is_shown(load, client):
    """The same words said by the other party: the same labels, the same place in the page's form."""
    load(musterstadt())
    before = shown(client, "alpha-2025", "beta-2025")

    shelf = musterstadt()
    one, other = shelf.texts["alpha-2025.md"], shelf.texts["beta-2025.md"]
    shelf.texts["alpha-2025.md"], shelf.texts["beta-2025.md"] = other, one
    swap = {"alpha-2025": "beta-2025", "beta-2025": "alpha-2025"}
    for row in shelf.codings:
        row["doc"] = swap.get(row["doc"], row["doc"])
        row["id"] = f"{row['doc']}/{row['id'].partition('/')[2]}"
    shelf.relations = []
    wipe()
    load(shelf)

    assert shown(client, "beta-2025", "alpha-2025") == before


def shown(client, first, second):
    """The labels of every sentence of two programmes as the list shows them, by its words."""
    labels = {}
    for slug in (first, second):
        for card in get(client, f"/suche/?programm={slug}").find("article", "statement"):
            said = card.one("blockquote").find("p")[-1].text
            labels[said] = (slug == first, card.one("ul", "labels").words)
    return labels


def test_shares_are_always_of_something(client):
    for path in ("/themen/wohnen/", "/parteien/spd/", "/uebersicht/"):
        for cell in get(client, path).find("span", "share"):
            assert re.search(r"\d+ von \d+", cell.words), path


def test_a_number_leads_to_the_pledges_that_it_counts(client):
    for path in ("/themen/digitales/", "/parteien/spd/"):
        links = [link for link in get(client, path).one("table").find("a") if " von " in link.words]
        assert len(links) >= 3
        for link in links:
            counted = get(client, link["href"]).one("div", id="ergebnis").words
            assert counted.split()[0] == link.words.split()[0], link["href"]


def test_a_number_of_the_overview_names_how_many_pledges_its_link_leads_to(client):
    cells = [cell for cell in get(client, "/uebersicht/").one("table").find("td") if cell.find("a")]
    assert len(cells) > 50
    beside = 0
    for cell in cells:
        (link,) = cell.find("a")
        counted = int(get(client, link["href"]).one("div", id="ergebnis").words.split()[0])
        numbers = [
            int(number) for number in re.findall(r"(\d+) Vorhaben dazu|bei (\d+)", link.words)[-1] if number
        ]
        assert numbers == [counted], link["href"]
        if " von " in cell.words and "nebenbei" in cell.words:
            main, other = re.search(r"(\d+) von \d+.*nebenbei (\d+)", cell.words).groups()
            assert int(main) + int(other) == counted
            beside += 1
    assert beside


def test_a_topic_says_that_it_shows_pledges_alone_and_leads_to_the_rest(client):
    page = get(client, "/themen/digitales/?programm=gruene-cdu-2023")
    (rest,) = [link["href"] for link in page.find("a") if link.words == "Auch Bilanz und Grundsätze zeigen"]
    assert not page.find("article", "statement")

    page = get(client, f"/themen/digitales/{rest}")
    assert [card.one("ul", "labels").find("li")[0].words for card in page.find("article", "statement")] == [
        "Bilanz"
    ]
    for query in ("folge=programm", "art=vorhaben", "folge=", "art=bilanz"):
        assert "Hier stehen nur Vorhaben." not in get(client, f"/themen/digitales/?{query}").words


SILENT = [
    ("/themen/kita/?programm=spd-2020", "excerpt"),
    ("/themen/kita/?programm=spd-2020&programm=spd-2025", "excerpt"),
    ("/themen/kita/?partei=spd&jahr=2020&textart=auszug", "excerpt"),
    ("/themen/kita/?programm=spd-2020&art=vorhaben&folge=programm", "excerpt"),
    ("/themen/digitales/?programm=gruene-cdu-2023", "nothing-found"),
    ("/themen/digitales/?programm=gruene-cdu-2023&folge=programm", "nothing-found"),
]


@pytest.mark.parametrize(("address", "silence"), SILENT)
def test_a_silence_on_a_topic_stays_where_its_text_is_chosen(client, address, silence):
    assert list(silences(get(client, address))) == [silence]


@pytest.mark.parametrize(
    "address",
    [
        "/themen/kita/?programm=spd-2025",
        "/themen/kita/?programm=spd-2020&bindung=fest",
        "/themen/kita/?programm=spd-2020&q=kita",
        "/themen/kita/?programm=spd-2020&messbar=ja",
        "/themen/digitales/?programm=gruene-cdu-2023&art=bilanz",
    ],
)
def test_no_silence_on_a_topic_is_claimed_of_other_texts_or_of_some_pledges(client, address):
    assert silences(get(client, address)) == {}


def test_where_a_topic_has_no_pledge_left_its_other_statements_are_named(client):
    page = get(client, "/themen/digitales/?programm=gruene-cdu-2023")

    assert page.one("div", id="ergebnis").words.startswith("0 Vorhaben")
    notice = page.one("div", id="liste").one("div", "notice")
    assert notice.words.startswith(
        "Kein Vorhaben passt zu allen gewählten Filtern. Andere Aussagen dazu: Bilanz 1."
    )
    shown = get(client, f"/themen/digitales/{notice.find('a')[0]['href']}")
    assert shown.one("div", id="ergebnis").words.startswith("1 Aussage")

    assert page.one("main").words.count("Andere Aussagen") == 1


def test_a_silence_beside_what_others_say_names_the_other_statements_of_its_text(client):
    (box,) = get(client, "/themen/digitales/").find("div", data_silence="nothing-found")

    assert "GRÜNE + CDU 2023" in box.words
    assert "Andere Aussagen dazu: Bilanz 1" in box.words


def test_a_joint_paper_is_each_partys_and_named_as_joint(client):
    for party in ("gruene", "cdu"):
        page = get(client, f"/parteien/{party}/")
        (card,) = page.find("li", "source-card")
        assert "Gemeinsames Papier: Jede Aussage ist die aller genannten Parteien." in card.words
    programme = get(client, "/programme/gruene-cdu-2023/")
    assert "(gemeinsam)" in programme.words
    assert {"/parteien/gruene/", "/parteien/cdu/"} <= {a["href"] for a in programme.one("main").find("a")}


# --- Matters


def test_related_statements_stand_in_one_row(client):
    page = get(
        client, "/vergleich/?thema=wohnen&programm=spd-2025&programm=dos-2020&programm=gruene-cdu-2023"
    )

    rows = page.find("section", "matter")
    assert rows
    related = Relation.objects.shown().about(Topic.objects.get(slug="wohnen")).select_related("a", "b")
    shown_related = {frozenset(link for link in keys_in(row)) for row in rows}
    for relation in related:
        if "spd-2020" not in relation.a.key + relation.b.key:
            assert any({relation.a.key, relation.b.key} <= row for row in shown_related)
    below = {key for column in page.find("section", "column") for key in keys_in(column)}
    assert not below & frozenset().union(*shown_related)


def keys_in(element):
    return {a["href"].split("/")[-2] for a in element.find("a") if "/aussagen/" in a["href"]}


def test_a_conflict_is_named(load, client):
    load(musterstadt())

    page = compared(client, "wohnen", "alpha-2025", "beta-alpha-2023")

    (row,) = page.find("section", "matter")
    assert "Widerspruch" in row.words
    assert HOUSING in row.words
    assert NO_HOUSING in row.words


def kinds_of_the_one_matter(client):
    (row,) = compared(client, "wohnen", "alpha-2025", "beta-2025", "beta-alpha-2023").find(
        "section", "matter"
    )
    return [kind.words for kind in row.find("p", "matter__kind")]


def test_each_kind_of_relation_shows_its_own_origin(load, client):
    load(musterstadt())
    Relation.objects.filter(kind="same_measure").update(status="confirmed")

    assert kinds_of_the_one_matter(client) == [
        "gleiche Maßnahme Bezug von der Redaktion bestätigt",
        "Widerspruch Bezug nach Codebuch",
    ]


def test_relations_of_one_kind_say_how_many_of_them_editors_confirmed(load, client):
    load(musterstadt())
    Relation.objects.filter(kind="same_measure").update(status="confirmed")
    Relation.objects.filter(kind="conflict").update(kind="same_measure")

    assert kinds_of_the_one_matter(client) == [
        "gleiche Maßnahme Bezug von der Redaktion bestätigt (1 von 2) Bezug nach Codebuch (1 von 2)"
    ]


def test_words_that_look_like_markup_come_as_words(load, client):
    shelf = musterstadt()
    shelf.codings.append(coding("beta-2025/3", BEDS))
    load(shelf)
    key = Statement.objects.get(text=BEDS).key

    searches = ("/suche/?q=beete", "/suche/?q=haus")
    for path in (f"/aussagen/{key}/", *searches, "/programme/beta-2025/", "/themen/wohnen/"):
        page = get(client, path)
        assert BEDS in page.one("main").text, path


def test_both_sides_of_a_relation_lead_to_each_other(load, client):
    load(musterstadt())
    one, other = (Statement.objects.get(text=text) for text in (HOUSING, HOUSING_TOO))

    assert other.key in keys_in(get(client, one.get_absolute_url()).one("main"))
    assert one.key in keys_in(get(client, other.get_absolute_url()).one("main"))
