"""Tables as files: CSV as spreadsheets write it, and XLSX."""

import csv
import zipfile
from io import BytesIO

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
MOST_ROWS = 5000
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
    table = _read_csv(data) if ending == "csv" else _read_xlsx(data)
    # Spreadsheets leave empty rows at the end.
    while len(table) and not any(table[-1]):
        table.rpop()
    if len(table) > MOST_ROWS:
        raise UnreadableTable(_("Die Tabelle hat zu viele Zeilen; erlaubt sind höchstens %s.") % MOST_ROWS)
    return table


def _read_csv(data: bytes) -> tablib.Dataset:
    """Commas, semicolons or tabs between the cells: whatever there is most of in the first line."""
    try:
        text = decode(data)
        head = text.partition("\n")[0]
        return tablib.Dataset().load(text, format="csv", delimiter=max(",;\t", key=head.count))
    except (UnreadableFile, csv.Error, tablib.InvalidDimensions) as error:
        raise UnreadableTable(_("Die Datei ist keine lesbare CSV-Tabelle.")) from error


def _read_xlsx(data: bytes) -> tablib.Dataset:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked <= MOST_UNPACKED:
            return tablib.Dataset().load(data, format="xlsx")
    # What a broken workbook raises depends on where it is broken.
    except Exception as error:
        raise UnreadableTable(_("Die Datei ist keine lesbare XLSX-Tabelle.")) from error
    raise UnreadableTable(_("Die Datei ist ausgepackt zu groß."))


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
