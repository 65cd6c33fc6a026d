"""Codings as a table: out, changed offline, and back in after a look at the difference."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pledges import keys
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor, undo
from pledges.exchange import COLUMNS
from pledges.models import BulkChange, Coding, Origin, Programme, Statement
from pledges.tables import MOST_ROWS, UnreadableTable, as_text, harmless, read_table, write_table
from tests.pages import parse
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

SHORT, LONG = "spd-2020", "spd-2025"


@pytest.fixture
def editor():
    return person("redaktion")


@pytest.fixture
def client(editor):
    return signed_in(editor)


def url(name, *args):
    return reverse(f"admin:pledges_statement_{name}", args=args)


def only(slug, **more):
    return {"programme__id__exact": Programme.objects.get(slug=slug).pk} | more


def export(client, ending="csv", slug=SHORT, **more):
    return client.get(url("export", ending), only(slug, **more)).content


def table_of(client, slug=SHORT, **more):
    return read_table(export(client, slug=slug, **more), "csv")


def changed(table, *rows, **cells):
    """The table with some cells changed, in these rows (all, if none is named)."""
    found = [dict(zip(table.headers, row, strict=True)) for row in table]
    for place in rows or range(len(found)):
        found[place] |= cells
    return tablib.Dataset(*[list(row.values()) for row in found], headers=table.headers)


def upload(client, data, name="heimarbeit.csv"):
    if isinstance(data, tablib.Dataset):
        data = write_table(data, name.rpartition(".")[2])
    return client.post(url("import"), {"file": SimpleUploadedFile(name, data)})


def confirm(client, preview):
    [checked] = parse(preview.text).find("input", name="checked")
    return client.post(url("import"), {"checked": checked["value"]}, follow=True)


def wrong_cells(preview):
    body = parse(preview.text).one("div", "sample").find("tbody")[0]
    return [[cell.words for cell in row.find("td")] for row in body.find("tr")]


# --- Out


def test_a_table_holds_what_the_list_shows_with_all_its_columns(client):
    table = table_of(client)
    statements = Statement.objects.filter(programme__slug=SHORT)
    assert table.headers == list(COLUMNS)
    assert {row[0] for row in table} == {s.key for s in statements}
    row = dict(zip(table.headers, table[0], strict=True))
    statement = statements.get(key=row["key"])
    assert row["text"] == statement.text
    assert (row["kind"], row["commitment"]) == (statement.kind, statement.commitment)
    assert row["topics"].split() == [topic.slug for topic in statement.ordered_topics]
    assert int(row["stand"]) == statement.codings.get().pk
    assert row["section"] == statement.passage.section.display_title


def test_filters_search_and_their_errors_are_those_of_the_list(client):
    found = table_of(client, slug=LONG, q="30-prozent-quote")
    shown = client.get(url("changelist"), only(LONG, q="30-prozent-quote")).context["cl"]
    assert {row[0] for row in found} == {statement.key for statement in shown.result_list}
    assert 0 < len(found) < 10
    response = client.get(url("export", "csv"), {"programme__id__exact": "x"})
    assert response.headers["Location"] == f"{url('changelist')}?e=1"
    assert client.get(url("export", "pdf")).status_code == 404


def test_a_long_table_costs_no_more_queries_than_a_short_one(client, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 1000)  # both in one
    asked = []
    for slug in (SHORT, LONG):
        with CaptureQueriesContext(connection) as captured:
            export(client, slug=slug)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_umlauts_open_right_in_a_spreadsheet(client):
    data = export(client, slug=LONG, q="30-prozent-quote")
    assert data.startswith("\ufeff".encode())
    assert "öffentlich geförderten" in data.decode("utf-8-sig")


@pytest.mark.parametrize("sign", list("=+-@\t\r'"))
def test_what_a_spreadsheet_would_run_is_made_harmless(sign):
    assert harmless(f"{sign}SUM(A1:A9)") == f"'{sign}SUM(A1:A9)"


@given(st.text())
def test_what_was_made_harmless_comes_back_as_it_was(text):
    assert as_text(harmless(text.strip())) == text.strip()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_in_a_programme_stays_text_and_comes_back_unchanged(client, ending):
    statement = Statement.objects.filter(programme__slug=SHORT).first()
    Statement.objects.filter(pk=statement.pk).update(
        text='=HYPERLINK("http://böse.example")', passage=None, gone_since=statement.codings.get().made_at
    )
    data = export(client, ending)
    if ending == "xlsx":
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(data)).active.rows for c in row]
        assert "f" not in {cell.data_type for cell in cells}
    else:
        assert not re.search(r"(^|,)\"?[=+@-]", data.decode("utf-8-sig"), re.MULTILINE)
    preview = upload(
        client,
        changed(read_table(data, ending), kind="context", commitment="", topics="", measurable=""),
        f"t.{ending}",
    )
    assert preview.status_code == 200


# --- There and back


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_that_comes_back_as_it_went_changes_nothing(client, ending):
    number = Coding.objects.count()
    page = upload(client, export(client, ending), f"tabelle.{ending}")
    assert page.status_code == 200
    assert "0 Aussagen sind anders eingeordnet." in parse(page.text).one("div", "sample").words
    assert not parse(page.text).find("input", name="checked")
    assert Coding.objects.count() == number


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_changed_offline_is_looked_at_and_then_coded(client, editor, ending):
    table = read_table(export(client, ending), ending)
    new = changed(table, 0, 2, kind="record", commitment="", measurable="no", topics="sport kultur")
    preview = upload(client, new, f"heimarbeit.{ending}")
    words = parse(preview.text).one("div", "sample").words
    assert "2 Aussagen sind anders eingeordnet." in words
    assert "→ Sport & Bäder, Kultur & Freizeit" in words
    assert not Coding.objects.filter(origin=Origin.EDITOR).exists()

    response = confirm(client, preview)
    assert "2 Kodierungen sind im Verlauf und gelten." in response.text
    bulk = BulkChange.objects.get()
    assert (bulk.editor, f"heimarbeit.{ending}" in bulk.what) == (editor, True)
    codings = Coding.objects.filter(bulk_change=bulk)
    assert {c.statement.key for c in codings} == {table[0][0], table[2][0]}
    statement = Statement.objects.get(key=table[0][0])
    assert (statement.kind, statement.origin) == ("record", Origin.EDITOR)
    assert [t.slug for t in statement.ordered_topics] == ["sport", "kultur"]
    assert Statement.objects.get(key=table[1][0]).origin != Origin.EDITOR
    undo(list(codings), editor)
    assert Statement.objects.get(key=table[0][0]).origin == Origin.CODEBOOK


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whatever_a_spreadsheet_makes_of_the_csv_is_read(client, encoding, delimiter):
    table = table_of(client, slug=LONG, q="bürger")
    text = changed(table, 0, kind="value", commitment="", measurable="nein", topics="sport").export(
        "csv", delimiter=delimiter
    )
    page = upload(client, text.encode(encoding, errors="replace"))
    words = parse(page.text).one("div", "sample").words
    assert "1 Aussage ist anders eingeordnet." in words
    assert f"{len(table) - 1} Zeilen sind unverändert." in words


def test_german_spreadsheets_take_the_table_apart_as_it_is_meant(client):
    rows = csv.reader(io.StringIO(export(client).decode("utf-8-sig")), delimiter=";")
    assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_empty_rows_at_the_end_are_no_rows(ending):
    table = tablib.Dataset(["a", "b"], *[["", ""]] * 3, headers=["key", "text"])
    assert read_table(write_table(table, ending), ending).dict == [{"key": "a", "text": "b"}]


# --- What is refused


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"kind": "Versprechen"}, "kind", "„Versprechen“ gibt es nicht; es gibt pledge, record"),
        ({"kind": "pledge", "commitment": "sicher"}, "commitment", "„sicher“ gibt es nicht"),
        ({"kind": "pledge", "commitment": ""}, "commitment", "Ein Vorhaben braucht eine Bindung."),
        ({"kind": "value", "commitment": "firm"}, "commitment", "Nur ein Vorhaben hat eine Bindung."),
        ({"measurable": "vielleicht"}, "measurable", "„vielleicht“ gibt es nicht"),
        ({"kind": "value", "commitment": "", "measurable": "ja"}, "measurable", "Nur ein Vorhaben"),
        ({"topics": "wohnen seilbahn"}, "topics", "„seilbahn“ gibt es nicht"),
        ({"topics": "wohnen wohnen"}, "topics", "Jedes Thema bitte nur einmal."),
        ({"topics": "wohnen kita sport kultur"}, "topics", "höchstens drei"),
        ({"kind": "pledge", "commitment": "firm", "topics": ""}, "topics", "mindestens ein Thema"),
        ({"text": "Wir bauen eine Seilbahn."}, "text", "weicht von dem im Portal ab"),
        ({"stand": "1"}, "stand", "bitte lassen Sie sie stehen"),
        ({"stand": "neu"}, "stand", "bitte lassen Sie sie stehen"),
        ({"key": "spd-2020-aaaaaaaaaa"}, "key", "Kennung keiner Aussage"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column_and_nothing_is_taken(client, cells, column, words):
    table = table_of(client)
    new = changed(changed(table, 3, **cells), 0, kind="record", commitment="", measurable="", topics="sport")
    page = upload(client, new)
    [row] = [row for row in wrong_cells(page) if row[1] == column]
    assert page.status_code == 400
    assert row[0] == "5"
    assert words in row[2]
    assert not parse(page.text).find("input", name="checked")


def test_a_stand_that_slipped_into_another_row_is_refused(client):
    table = table_of(client)
    of_the_next = table["stand"][1]
    assert wrong_cells(upload(client, changed(table, 0, stand=of_the_next)))[0][:2] == ["2", "stand"]


def test_a_statement_that_stands_twice_is_refused(client):
    table = table_of(client)
    table.append(table[0])
    assert "steht schon in einer Zeile darüber" in upload(client, table).text


def test_a_newer_coding_is_listed_and_not_overwritten(client):
    table = table_of(client)
    statement = Statement.objects.get(key=table[0][0])
    newer = code_by_editor(statement, person("dazwischen"), Labels("value", None, False, ("kita",)))
    new = changed(table, 0, 1, kind="record", commitment="", measurable="", topics="sport")
    preview = upload(client, new)
    words = parse(preview.text).one("div", "sample").words
    assert "1 Aussage ist anders eingeordnet." in words
    assert "Zeile 2, dazwischen" in words
    confirm(client, preview)
    assert statement.codings.latest("made_at") == newer
    assert Statement.objects.get(key=table[1][0]).kind == "record"


def test_a_row_that_nobody_touched_is_no_conflict_however_old_the_table(client):
    table = table_of(client)
    statement = Statement.objects.get(key=table[0][0])
    code_by_editor(statement, person("dazwischen"), Labels("value", None, False, ("kita",)))
    words = parse(upload(client, table).text).one("div", "sample").words
    assert "Nicht übernommen" not in words
    assert f"{len(table)} Zeilen sind unverändert." in words


def test_what_changes_between_the_look_and_the_taking_is_shown_again_and_nothing_is_stored(client):
    table = table_of(client)
    preview = upload(
        client, changed(table, 1, 2, kind="record", commitment="", measurable="", topics="sport")
    )
    statement = Statement.objects.get(key=table[1][0])
    code_by_editor(statement, person("dazwischen"), Labels("value", None, False, ("kita",)))
    number = Coding.objects.count()
    again = confirm(client, preview)
    assert "Inzwischen hat sich etwas geändert" in again.text
    assert "Zeile 3, dazwischen" in parse(again.text).one("div", "sample").words
    assert Coding.objects.count() == number
    assert not BulkChange.objects.exists()
    assert "1 Kodierung ist im Verlauf und gilt." in confirm(client, again).text


def test_a_table_that_is_taken_twice_is_one_change_and_says_that_it_holds(client):
    new = changed(table_of(client), 0, kind="record", commitment="", measurable="", topics="sport")
    preview = upload(client, new)

    answers = [confirm(client, preview).text for _click in range(2)]

    assert all("1 Kodierung ist im Verlauf und gilt." in answer for answer in answers)
    assert BulkChange.objects.count() == 1


def test_what_was_looked_at_cannot_be_forged_or_taken_by_another(client):
    preview = upload(
        client, changed(table_of(client), 0, kind="record", commitment="", measurable="", topics="sport")
    )
    checked = parse(preview.text).one("input", name="checked")["value"]
    other = signed_in(person("andere"))
    for who, what in ((client, f"{checked}x"), (other, checked)):
        assert "noch einmal aus" in who.post(url("import"), {"checked": what}, follow=True).text
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bild.png", b"\x89PNG", "auf .csv oder .xlsx"),
        ("leer.csv", b"", "leer"),
        ("kaputt.xlsx", b"PK\x03\x04 nichts", "keine lesbare XLSX-Tabelle"),
        ("binaer.csv", bytes(range(256)) * 10, "keine lesbare CSV-Tabelle"),
        ("anders.csv", b"a,b\n1,2\n", "Diese Spalten fehlen: key, text"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(client, name, data, words):
    page = upload(client, data, name)
    assert page.status_code == 400
    assert words in page.text


def test_a_table_that_is_too_long_or_unpacks_to_too_much_is_refused():
    rows = "key\n" + "x\n" * (MOST_ROWS + 1)
    with pytest.raises(UnreadableTable):
        read_table(rows.encode(), "csv")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(60 * 2**20))
    with pytest.raises(UnreadableTable):
        read_table(bomb.getvalue(), "xlsx")


def sheet(rows, dimension="A1:B2"):
    """A workbook of which the sheet's own words are these."""
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    bent = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(bent, "w", zipfile.ZIP_DEFLATED) as new:
        for part in {*old.namelist()} - {"xl/worksheets/sheet1.xml"}:
            new.writestr(part, old.read(part))
        words = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        words += f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
        new.writestr("xl/worksheets/sheet1.xml", words)
    return bent.getvalue()


NAMED = '<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'


def test_a_cell_far_off_stands_for_no_millions_of_empty_ones():
    far = sheet(f'{NAMED}<row r="900000"/>', "A1:XFD1048576")
    beyond = sheet(f'{NAMED}<row r="99999999999"><c r="XFD1"><v>1</v></c></row>', "A1:XFD1048576")

    for data in (far, beyond):
        table = read_table(data, "xlsx")
        assert (table.headers, len(table)) == (["key"], 0)


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (f"key{';' * 100_000}\n{';' * 9}".encode() * 2, "csv"),
        (sheet(f'{NAMED}<row r="{MOST_ROWS + 2}"><c><v>1</v></c></row>'), "xlsx"),
        (sheet(f'{NAMED}<row r="2">{"<c/>" * 1_100_000}</row>'), "xlsx"),
    ],
    ids=["columns", "rows", "cells"],
)
def test_a_table_with_more_than_anybody_fills_in_is_refused(data, ending):
    with pytest.raises(UnreadableTable, match=r"zu (viele|groß)"):
        read_table(data, ending)


# --- Who may


def test_only_who_may_code_reads_a_table_in():
    client = signed_in(person("fremd", ""))
    assert client.get(url("export", "csv")).status_code == 403
    assert client.get(url("import")).status_code == 403
    assert Client().get(url("export", "csv")).status_code == 302


def test_the_list_leads_to_both(client):
    page = client.get(url("changelist"), only(SHORT)).text
    [[name, value]] = only(SHORT).items()
    assert f"{url('export', 'xlsx')}?{name}={value}" in page
    assert url("import") in page
