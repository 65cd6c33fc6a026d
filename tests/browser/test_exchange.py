"""An editor takes a list home as a table and brings it back changed."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def table(editor_page: Page, tmp_path: Path) -> Path:
    """The statements that hold a word, as XLSX, the first of them coded otherwise."""
    editor_page.goto("/admin/pledges/statement/?q=Kita")
    with editor_page.expect_download() as download:
        editor_page.get_by_role("link", name="Als XLSX").click()
    download.value.save_as(tmp_path / "heimarbeit.xlsx")
    book = openpyxl.load_workbook(tmp_path / "heimarbeit.xlsx")
    header = {cell.value: cell.column for cell in book.active[1]}
    for column, value in (("kind", "record"), ("commitment", ""), ("measurable", "no"), ("topics", "sport")):
        book.active.cell(2, header[column]).value = value
    book.save(tmp_path / "heimarbeit.xlsx")
    return tmp_path / "heimarbeit.xlsx"


def test_a_table_comes_back_changed_and_is_looked_at_first(
    editor_page: Page, axe: Callable[..., list[str]], table: Path
) -> None:
    editor_page.get_by_role("link", name="Tabelle einlesen").click()
    expect(editor_page.get_by_label("Tabelle")).to_be_visible()
    assert axe(editor_page) == []
    editor_page.get_by_label("Tabelle").set_input_files(table)
    editor_page.get_by_role("button", name="Ansehen, was sich ändert").click()

    expect(editor_page.get_by_text("1 Aussage ist anders eingeordnet.")).to_be_visible()
    assert axe(editor_page) == []
    editor_page.get_by_role("button", name="So übernehmen").click()
    expect(editor_page.locator(".success")).to_contain_text("1 Kodierung ist im Verlauf und gilt.")
