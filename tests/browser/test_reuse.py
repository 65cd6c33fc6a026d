"""A journalist takes a filtered list home as a table."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def test_the_table_is_that_of_the_list_as_filtered_last(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(width=390)
    page.goto("/aussagen/")
    # On a phone the filters are folded away.
    page.locator(".filters summary").first.click()
    page.locator("label", has_text="fest zugesagt").click()
    expect(page).to_have_url(re.compile(r"[?&]bindung=fest\b"))
    number = int(re.sub(r"\D", "", page.locator(".results-bar p").inner_text().partition(" ")[0]))

    with page.expect_download() as download:
        page.get_by_role("link", name="Als Tabelle (CSV)").click()
    download.value.save_as(tmp_path / "liste.csv")

    assert download.value.suggested_filename.startswith("wortlaut-aussagen-fest-2")
    with (tmp_path / "liste.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Bindung"] for row in rows} == {"fest zugesagt"}
    assert len(rows) == number
    # The address in the file leads to the sentence in it.
    page.goto(rows[0]["Dauerhafte Adresse"])
    expect(page.locator("#zitat-text")).to_contain_text(rows[0]["Wortlaut"])
