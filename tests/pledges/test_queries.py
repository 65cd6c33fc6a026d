"""How many queries a page asks the database, and that they don't grow with the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from pledges import columns, directory
from pledges.build import read_programme
from pledges.models import Programme, Rendering, Statement
from pledges.urls import urlpatterns
from tests.doubling import double_everything
from tests.people import person
from tests.samples import drawn_sample, shown

pytestmark = pytest.mark.django_db

# Each is one query.
PROGRAMMES = AUTHORS = TOPICS = PARTIES = PLACES = ELECTIONS = STATEMENT = 1
STATEMENTS = RELATIONS = 1
HISTORY = AROUND = RENDERINGS = SOURCES = TARGETS = 1
SECTIONS = PASSAGES = FILE = CONTESTED = EDITIONS = 1
HINTS = SAMPLE = CODED_TWICE = TOPICS_OF_FIRST = TOPICS_OF_SECOND = 1
VERSION = 1
CARDS = STATEMENTS
WORDS = 1
MOST = 8
# Read once after each change of programmes, parties or topics: see pledges.directory.
DIRECTORY = PROGRAMMES + AUTHORS + PARTIES + TOPICS + PLACES + ELECTIONS
# Read once after each change of any content: see pledges.columns.
COLUMNS = 1

BUDGETS = {
    "home": VERSION + RELATIONS,
    "topics": VERSION,
    "topic": VERSION + WORDS + CARDS,
    "statements": VERSION + WORDS + CARDS,
    "statements-table": VERSION + WORDS + STATEMENTS,
    "topic-table": VERSION + WORDS + STATEMENTS,
    "compare": VERSION + RELATIONS + CARDS,
    "programmes": VERSION,
    "programme": VERSION + SECTIONS + PASSAGES + EDITIONS,
    "original-file": VERSION + FILE,
    "edition": VERSION + EDITIONS + SECTIONS + PASSAGES,
    "edition-file": VERSION + EDITIONS + FILE,
    "statement": VERSION + STATEMENT + HISTORY + AROUND + RELATIONS + RENDERINGS + TARGETS + HINTS,
    "hint": VERSION + STATEMENT,
    "hint-thanks": VERSION + STATEMENT,
    "party": VERSION,
    "party-colours": VERSION,
    "digest": VERSION + RENDERINGS + SOURCES,
    "search": VERSION + WORDS + CARDS,
    "overview": VERSION,
    "imprint": VERSION,
    "codebook": VERSION,
    "method": VERSION + CONTESTED + RELATIONS + SAMPLE + CODED_TWICE + TOPICS_OF_FIRST + TOPICS_OF_SECOND,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _with_an_operator(monkeypatch):
    monkeypatch.setattr("pledges.imprint.imprint", lambda: "Beispielverein e. V.")


@pytest.fixture(autouse=True)
def _with_a_complete_sample():
    shown(drawn_sample(20, person("zweite")))


@pytest.fixture(autouse=True)
def with_a_former_edition():
    """One programme's text was replaced by another, which lacks all but its first sentences."""
    programme = Programme.objects.get(slug="spd-2020")
    newer = bytes(programme.document.content)[:2000].decode(errors="ignore")
    read_programme(programme, newer.encode(), "spd-2020.txt")


def addresses():
    """Pages that show much; the statement has relations, renderings, targets and neighbours."""
    statement = Statement.objects.get(text__startswith="Die verpflichtende 30-Prozent-Quote")
    item = Statement.objects.exclude(passage__lead_in=None).exclude(targets=None).first()
    gone = Statement.objects.exclude(gone_since=None).exclude(passage=None).first()
    rendered = Rendering.objects.exclude(sources=None).first().sources.first()
    return [
        "/",
        "/themen/",
        "/themen/wohnen/",
        "/themen/wohnen/?folge=abwechselnd&art=&partei=spd&partei=gruene&q=wohn",
        "/themen/wohnen/?ansicht=spalten",
        "/themen/international/?programm=spd-2020",
        "/aussagen/",
        "/aussagen/?thema=kita&thema=schule&bindung=fest&q=kinder",
        "/aussagen.csv",
        "/aussagen.csv?thema=kita&thema=schule&bindung=fest&q=eltern",
        "/themen/wohnen/aussagen.csv",
        "/themen/wohnen/aussagen.csv?art=vorhaben&q=miete",
        "/vergleich/",
        "/vergleich/?thema=wohnen",
        "/vergleich/?thema=wohnen&programm=spd-2025&programm=dos-2020&folge=zufall",
        "/programme/",
        "/programme/spd-2025/",
        "/programme/spd-2025/?zeigen=messbar",
        "/programme/spd-2025/datei",
        "/programme/spd-2020/fassung/spd-2020/",
        "/programme/spd-2020/fassung/spd-2020/datei",
        statement.get_absolute_url(),
        item.get_absolute_url(),
        gone.get_absolute_url(),
        rendered.get_absolute_url(),
        f"{statement.get_absolute_url()}hinweis/",
        f"{statement.get_absolute_url()}hinweis/danke/",
        "/parteien/spd/",
        "/parteien/cdu/",
        "/parteien.css",
        "/digest/spd-2025-digest/",
        "/digest/spd-2025-digest/?urteil=faithful",
        "/suche/",
        "/suche/?q=kita&thema=kita&messbar=ja&seite=1",
        "/uebersicht/",
        "/methode/",
        "/impressum/",
        "/methode/codebuch.md",
    ]


def queries(client, address):
    """Of a visitor's page, not of the first one after something changed."""
    client.get("/themen/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return [query["sql"] for query in asked.captured_queries]


def budget(address):
    with translation.override("de"):
        return BUDGETS[resolve(address.partition("?")[0]).url_name]


def test_no_budget_is_above_the_most_that_is_allowed_and_every_page_has_one():
    assert max(BUDGETS.values()) <= MOST
    assert set(BUDGETS) == {pattern.name for pattern in urlpatterns}


def test_no_page_asks_more_than_its_budget_and_some_page_of_a_kind_asks_as_much(client):
    most = dict.fromkeys(BUDGETS, 0)
    for address in addresses():
        asked = queries(client, address)
        assert len(asked) <= budget(address), (address, asked)
        name = resolve(address.partition("?")[0]).url_name
        most[name] = max(most[name], len(asked))

    assert most == BUDGETS


def test_in_english_a_page_asks_no_more(client):
    for address in addresses():
        assert len(queries(client, f"/en{address}")) <= budget(address), address


def test_the_first_page_after_a_change_reads_directory_and_columns_too(client):
    for address in addresses():
        directory.forget()
        columns.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= budget(address) + DIRECTORY + COLUMNS, address


def test_twice_the_rows_are_no_more_queries(client):
    pages = addresses()
    before = {address: len(queries(client, address)) for address in pages}
    programmes, statements = Programme.objects.count(), Statement.objects.count()

    double_everything()

    assert Programme.objects.count() == 2 * programmes
    assert Statement.objects.count() == 2 * statements
    assert {address: len(queries(client, address)) for address in pages} == before
