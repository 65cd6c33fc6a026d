"""Tables as files: CSV as spreadsheets write it, and XLSX."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

import tablib
from django.utils.translation import gettext as _

from sources.reading import UnreadableFile
from sources.reading.encodings import decode

# By ending: the type that browsers are told. tablib itself reads and writes them, as import_export's formats
# load openpyxl, lxml and Pillow when they are imported: a tenth of what a worker may hold, and seldom needed.
FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_BYTES = 5 * 2**20
# An XLSX is a zip: a small one may unpack to more than the machine has.
MOST_UNPACKED = 50 * 2**20
# Four a cell, which as an object takes a hundred times the letters that it may have in the file.
MOST_TAGS = 1_000_000
MOST_ROWS = 5000
# The table that is handed out has eleven; what coders note beside them fits in too.
MOST_COLUMNS = 100
# As many as a sheet can have; a file may name one beyond, and all the empty ones before it count.
_LAST_ROW = 2**20
# Spreadsheets take what begins so for a formula, and run it (CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableTable(Exception):
    """The file isn't a table that can be read; the message says why, for people."""


def write_table(table: tablib.Dataset, ending: str, **options: str) -> bytes:
    """Return the table as a file; CSV with the mark by which spreadsheets know UTF-8.

    `options` are tablib's for the format, as `delimiter` for CSV.
    """
    written = table.export(ending, **options)
    return written.encode("utf-8-sig") if isinstance(written, str) else written


def read_table(data: bytes, ending: str) -> tablib.Dataset:
    """Return the table in a file. Raises UnreadableTable."""
    if ending not in FORMATS:
        raise UnreadableTable(_("Gelesen werden Dateien, die auf .csv oder .xlsx enden."))
    if len(data) > MOST_BYTES:
        raise UnreadableTable(_("Die Datei ist zu groß; erlaubt sind höchstens 5 MB."))
    return _read_csv(data) if ending == "csv" else _read_xlsx(data)


def _read_csv(data: bytes) -> tablib.Dataset:
    """Commas, semicolons or tabs between the cells: whatever there is most of in the first line."""
    try:
        text = decode(data)
        head = text.partition("\n")[0]
        rows = csv.reader(StringIO(text), delimiter=max(",;\t", key=head.count))
        return _table_of(row for row in rows if row)
    except (UnreadableFile, csv.Error, tablib.InvalidDimensions) as error:
        raise UnreadableTable(_("Die Datei ist keine lesbare CSV-Tabelle.")) from error


def _read_xlsx(data: bytes) -> tablib.Dataset:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            fits = unpacked <= MOST_UNPACKED
            fits = fits and sum(packed.read(part).count(b"<") for part in parts) <= MOST_TAGS
        if fits:
            return _table_of(_rows_of_sheet(data))
    except UnreadableTable:
        raise
    # What a broken workbook raises depends on where it is broken.
    except Exception as error:
        raise UnreadableTable(_("Die Datei ist keine lesbare XLSX-Tabelle.")) from error
    raise UnreadableTable(_("Die Datei ist ausgepackt zu groß."))


def _rows_of_sheet(data: bytes) -> Iterable[Sequence[Any]]:
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).active
    rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    names = next(rows, ())
    width = max((at for at, name in enumerate(names, start=1) if name), default=0)
    yield names[:width]
    yield from (row[:width] for row in rows)


def _table_of(rows: Iterable[Sequence[Any]]) -> tablib.Dataset:
    """The first row and those under it, but for the empty ones that spreadsheets leave at the end.

    No more is taken than a table may have: a few letters of a small file can stand for millions of cells.
    """
    found: list[Sequence[Any]] = []
    for number, row in enumerate(rows):
        if len(row) > MOST_COLUMNS:
            said = _("Die Tabelle hat zu viele Spalten; erlaubt sind höchstens %s.")
            raise UnreadableTable(said % MOST_COLUMNS)
        if number <= MOST_ROWS:
            found.append(row)
        elif any(row):
            said = _("Die Tabelle hat zu viele Zeilen; erlaubt sind höchstens %s.")
            raise UnreadableTable(said % MOST_ROWS)
    while found and not any(found[-1]):
        found.pop()
    table = tablib.Dataset(headers=list(found[0]) if found else None)
    for row in found[1:]:
        table.append([*row, *[""] * (table.width - len(row))])
    return table


def harmless(value: object) -> object:
    """The value so that no spreadsheet runs it; `as_text` gives it back as it was."""
    is_risky = isinstance(value, str) and value.startswith((*_FORMULA, "'"))
    return f"'{value}" if is_risky else value


def as_text(value: object) -> str:
    """A cell's value as it was before `harmless`, without white space around."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    return (text[1:] if text.startswith(tuple(f"'{sign}" for sign in (*_FORMULA, "'"))) else text).strip()
