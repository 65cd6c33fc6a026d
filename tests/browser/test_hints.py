"""A reader on a phone tells what is wrong with a statement."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import SENTENCE, STATEMENT

WORDS = "Hier geht es doch um Mieten."


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_reader_sends_a_hint_from_a_phone(new_page: Callable[..., Page], javascript: bool) -> None:
    page = new_page(width=320, javascript=javascript)
    page.goto(STATEMENT)
    page.get_by_role("link", name="Etwas stimmt nicht?").click()
    expect(page.locator("blockquote")).to_have_text(SENTENCE)
    page.get_by_label("Thema", exact=True).check()
    page.get_by_label("Ihr Hinweis").fill(WORDS)
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Hinweis senden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, Ihr Hinweis ist angekommen")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Zurück zur Aussage").click()
    page.wait_for_url(f"**{STATEMENT}")


def test_what_is_sent_too_soon_is_still_there_to_be_sent_again(
    new_page: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    page = new_page(width=390)
    page.goto(f"{STATEMENT}hinweis/")
    page.get_by_label("Thema", exact=True).check()
    page.get_by_label("Ihr Hinweis").fill(WORDS)
    page.get_by_role("button", name="Hinweis senden").click()

    expect(page.get_by_role("alert")).to_contain_text("noch nicht angekommen")
    assert axe(page) == []
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Hinweis senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, Ihr Hinweis ist angekommen")


def test_what_is_missing_is_listed_first_and_leads_to_its_field(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390)
    page.goto(f"{STATEMENT}hinweis/")
    page.locator("form:has(textarea)").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Hinweis senden").click()
    for label in ("Was stimmt nicht?", "Ihr Hinweis"):
        page.get_by_role("alert").get_by_role("link", name=label).click()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")

        group = page.locator(":is(fieldset, .field):has(:focus)")
        assert group.inner_text().startswith(label)


def test_the_trap_is_met_neither_by_eye_nor_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390)
    page.goto(f"{STATEMENT}hinweis/")
    trap = page.locator("input[name=website]")
    assert trap.bounding_box()["x"] < -300
    page.get_by_label("Ihr Hinweis").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hinweis senden")).to_be_focused()
