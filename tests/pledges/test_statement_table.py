"""Lists of statements as files: the same statements in the same order, and nothing that spreadsheets run."""

import csv
from io import StringIO

import pytest
from django.utils.text import capfirst
from django.utils.translation import override

from pledges import statement_table
from pledges.columns import read_columns
from pledges.directory import read_directory
from pledges.models import Commitment, Kind, Origin, Programme, Statement
from pledges.statement_table import COLUMNS, table_of
from pledges.tables import as_text
from pledges.views.listing import Listing
from tests.pages import get

pytestmark = pytest.mark.django_db


def table(client, address, delimiter=";"):
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter))


def link_to_it(client, address):
    (link,) = [
        a for a in get(client, address).one("div", "results-bar").find("a") if "aussagen.csv" in a["href"]
    ]
    return link["href"]


def listed(client, address):
    """The permalinks of the statements on all pages of a list."""
    found, page = [], get(client, address)
    while True:
        found += [a["href"] for a in page.find("a") if "data-address" in a.attributes]
        if not (more := page.find("a", rel="next")):
            return found
        page = get(client, address.partition("?")[0] + more[0]["href"])


@pytest.mark.parametrize(
    "address",
    [
        "/aussagen/?programm=spd-2020",
        "/aussagen/?programm=gruene-cdu-2023&programm=spd-2020&folge=programm",
        "/aussagen/?thema=kita&thema=schule&bindung=fest",
        "/suche/?q=kita",
        "/suche/?q=kita&folge=programm&art=vorhaben",
        "/suche/?q=%22in+Dortmund%22",
        "/themen/wohnen/",
        "/themen/kita/?q=kita&folge=abwechselnd&art=",
        "/themen/wohnen/?ansicht=spalten",
        "/themen/wohnen/?folge=programm&seite=2",
    ],
)
def test_a_list_leads_to_a_file_of_its_statements_in_its_order(client, address):
    rows = table(client, link_to_it(client, address))

    shown = listed(client, address.replace("ansicht=spalten", "").replace("&seite=2", ""))
    assert [row["Dauerhafte Adresse"] for row in rows] == [f"http://testserver{one}" for one in shown]
    assert len(rows) > 2


def test_a_comparison_leads_to_a_file_of_all_that_its_texts_say_on_the_topic(client):
    page = get(client, "/vergleich/?thema=kita&programm=spd-2025&programm=dos-2020&folge=zufall")
    (link,) = [a["href"] for a in page.find("a") if "aussagen.csv" in a["href"]]

    rows = table(client, link)

    assert {row["Programm"] for row in rows} == {"DOS 2020", "SPD 2025"}
    shown = {a["href"] for a in page.find("a") if "data-address" in a.attributes}
    assert shown <= {row["Dauerhafte Adresse"].removeprefix("http://testserver") for row in rows}


def test_a_row_says_all_that_is_known_of_a_statement(client):
    statement = (
        Statement.objects.exclude(passage__lead_in=None).filter(measurable=True, contested=False).first()
    )
    passage, programme = statement.passage, statement.programme

    (row,) = [
        row
        for row in table(client, f"/aussagen.csv?programm={programme.slug}")
        if row["Dauerhafte Adresse"].endswith(statement.get_absolute_url())
    ]

    topics = [topic.name for topic in statement.ordered_topics]
    assert row == {
        "Wortlaut": statement.text,
        "Davor im Text": passage.lead_in.text,
        "Programm": programme.short_title,
        "Titel": programme.title,
        "Partei / Gruppe": programme.party_names,
        "Ort": "Dortmund",
        "Jahr": str(programme.year),
        "Art des Textes": programme.get_kind_display(),
        "Text liegt ganz vor": "ja",
        "Abschnitt": passage.section.display_title,
        "Satz": str(statement.position),
        "Seite": "",
        "Art der Aussage": "Vorhaben",
        "Bindung": statement.get_commitment_display(),
        "Messbar": "ja",
        "Hauptthema": topics[0],
        "Weitere Themen": "; ".join(topics[1:]),
        "Herkunft der Einordnung": "nach Codebuch",
        "Sicherheit der Maschine bei der Art, in Prozent": "",
        "Durchgänge uneinig": "nein",
        "Dauerhafte Adresse": f"http://testserver{statement.get_absolute_url()}",
    }


def test_it_is_the_words_of_every_statement_to_the_letter(client):
    rows = table(client, "/aussagen.csv")

    texts = dict(Statement.objects.values_list("key", "text"))
    said = {row["Dauerhafte Adresse"].split("/")[-2]: row["Wortlaut"] for row in rows}
    assert {key: as_text(words) for key, words in said.items()} == texts


def test_excerpts_and_codings_of_the_machine_say_what_they_are(client):
    excerpt = Statement.objects.filter(programme__slug="spd-2020").order_by("position").first()
    Statement.objects.filter(pk=excerpt.pk).update(origin="machine", certainty=0.876, contested=True)

    row = table(client, "/aussagen.csv?programm=spd-2020")[0]

    assert row["Art des Textes"] == "Auszug aus einem Wahlprogramm"
    assert row["Text liegt ganz vor"] == "nein, nur ein Auszug"
    assert row["Herkunft der Einordnung"] == "Maschine"
    assert row["Sicherheit der Maschine bei der Art, in Prozent"] == "88"
    assert row["Durchgänge uneinig"] == "ja"


def test_in_english_columns_labels_and_addresses_are_english(client):
    (row, *_others) = table(client, "/en/aussagen.csv?art=vorhaben&programm=spd-2025", ",")

    assert [*row.values()][-1].startswith("http://testserver/en/aussagen/")
    with override("en"):
        assert list(row) == [capfirst(name) for name in COLUMNS]
    assert "pledge" in {value.lower() for value in row.values()}


def test_a_spreadsheet_reads_umlauts_and_runs_nothing(client):
    one = Statement.objects.filter(programme__slug="spd-2020").order_by("position").first()
    passage = one.passage
    Programme.objects.filter(pk=one.programme_id).update(title="=HYPERLINK(1)")

    content = client.get("/aussagen.csv?programm=spd-2020").content

    assert content.startswith("\ufeffWortlaut;".encode())
    assert passage.text in content.decode("utf-8")
    assert ";'=HYPERLINK(1);" in content.decode("utf-8")
    assert ";=" not in content.decode("utf-8")


def test_the_files_name_says_what_it_is_and_of_which_day(client):
    response = client.get("/themen/wohnen/aussagen.csv?art=vorhaben&partei=spd&q=Bäder+bauen")

    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="wortlaut-aussagen-wohnen-spd-vorhaben-bader-bauen-20')
    assert name.endswith('.csv"')
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_name_of_many_filters_is_no_longer_than_systems_take(client):
    slugs = "&".join(
        f"programm={slug}" for slug in Programme.objects.in_own_words().values_list("slug", flat=True)
    )

    response = client.get(f"/aussagen.csv?{slugs}&q={'x' * 190}")

    assert len(response["Content-Disposition"]) < 160


def test_words_that_name_a_filter_lead_to_the_file_with_that_filter(client):
    response = client.get("/aussagen.csv?q=Rad+partei:spd")

    assert response.status_code == 302
    assert response["Location"] == "/aussagen.csv?q=Rad&partei=spd"


@pytest.mark.parametrize("start", ["/aussagen.csv", "/themen/wohnen/aussagen.csv", "/en/aussagen.csv"])
def test_a_filter_that_does_not_exist_is_said_and_never_widens(client, start):
    page = get(client, f"{start}?partei=spdd", status=400)

    links = [link["href"] for link in page.one("div", "notice--error").find("a")]
    assert links == ["?partei=spd"]
    assert client.get(f"{start}?partei=spd").status_code == 200


def test_nothing_found_is_a_table_without_rows(client):
    assert table(client, "/aussagen.csv?q=xyzzy") == []
    assert (
        "aussagen.csv" not in client.get("/suche/?q=xyzzy").text.partition("<main")[2].partition("</main")[0]
    )


def test_a_topic_that_does_not_exist_has_no_table(client):
    assert client.get("/themen/nichts/aussagen.csv").status_code == 404


def test_a_list_too_long_for_a_table_says_so_before_and_gives_no_part_of_it(client, monkeypatch):
    monkeypatch.setattr(Listing, "most_in_a_table", 50)

    for address in ("/aussagen/", "/suche/", "/themen/wohnen/?folge=programm"):
        bar = get(client, address).one("div", "results-bar")
        assert "Bis 50 Aussagen gibt es als Tabelle: bitte erst weiter filtern." in bar.words
        assert not [a for a in bar.find("a") if "csv" in a["href"]]
    page = get(client, "/aussagen.csv", status=400)
    assert "Diese Liste hat 956 Aussagen, zu viele für eine Tabelle." in page.words
    assert table(client, "/aussagen.csv?programm=spd-2020")


def test_exactly_as_many_as_fit_are_a_table(client, monkeypatch):
    number = Statement.objects.filter(programme__slug="spd-2020").count()
    for most, status in ((number, 200), (number - 1, 400)):
        monkeypatch.setattr(Listing, "most_in_a_table", most)
        assert client.get("/aussagen.csv?programm=spd-2020").status_code == status


def test_any_number_of_statements_is_one_query_of_no_more_rows(django_assert_num_queries):
    known = read_columns(read_directory())
    keys = known.keys

    for number in (1, 50, len(keys)):
        with django_assert_num_queries(1):
            assert len(table_of(keys[:number], known, "https://example.org")) == number


def test_each_label_has_its_word():
    assert {str(label) for label in statement_table._LABELS.values()} == {
        str(choice.label) for choices in (Kind, Commitment, Origin) for choice in choices
    }
