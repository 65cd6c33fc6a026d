from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import COMPARISON, STATEMENT

LISTEN = """() => {
  window.reached = new Set();
  window.unseen = [];
  addEventListener("focusin", ({ target }) => {
    reached.add(target);
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) unseen.push(target.outerHTML);
  });
}"""
# Of radio buttons with one name the Tab key reaches the chosen one only.
LEFT_OUT = """() => [
  ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")
].filter(
  element => element.checkVisibility() && element.type !== "hidden"
    && (element.type !== "radio" || element.checked) && !reached.has(element)
).map(element => element.outerHTML)"""


@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("/", 1280),
        ("/themen/wohnen/?bindung=fest", 390),
        ("/themen/wohnen/?bindung=fest", 1280),
        (COMPARISON, 1280),
        (STATEMENT, 390),
        ("/uebersicht/", 1280),
    ],
)
def test_the_tab_key_reaches_everything_and_shows_where_it_is(
    new_page: Callable[..., Page], address: str, width: int
) -> None:
    page = new_page(width=width)
    page.goto(address)
    page.evaluate(LISTEN)
    for _ in range(page.locator("a, button, input, select, textarea, summary, [tabindex='0']").count()):
        page.keyboard.press("Tab")

    assert page.evaluate(LEFT_OUT) == []
    assert page.evaluate("unseen") == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_first_link_skips_to_the_content(new_page: Callable[..., Page], javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/themen/wohnen/")

    page.keyboard.press("Tab")
    skip_link = page.get_by_role("link", name="Zum Inhalt springen")
    assert skip_link.evaluate("link => link === document.activeElement")
    assert skip_link.evaluate("link => getComputedStyle(link).clipPath") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    first = page.locator("main a").first
    assert first.evaluate("link => link === document.activeElement")


def test_nothing_that_has_the_focus_is_covered(new_page: Callable[..., Page]) -> None:
    """The heads of the columns stick to the top, and may not hide where somebody is."""
    page = new_page(width=390, height=600)
    page.goto(COMPARISON)
    links = page.locator(".column .results a")
    links.last.focus()
    covered = []
    for _ in range(links.count() - 1):
        page.keyboard.press("Shift+Tab")
        covered += page.evaluate(COVERED)

    assert covered == []


def test_much_enlarged_the_heads_of_columns_leave_room_for_what_they_head(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(width=320, height=256)
    page.goto(COMPARISON)

    positions = page.locator(".column__head").evaluate_all(
        "heads => heads.map(h => getComputedStyle(h).position)"
    )
    assert set(positions) == {"static"}


COVERED = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return document.activeElement.contains(above) ? [] : [document.activeElement.outerHTML];
}"""


@pytest.mark.parametrize(
    ("button", "field"), [("Zitat kopieren", "#zitat"), ("Adresse kopieren", "#adresse")]
)
def test_a_button_copies_the_field_above_it(new_page: Callable[..., Page], button: str, field: str) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(STATEMENT)

    page.get_by_role("button", name=button).click()

    expect(page.locator("#kopiert")).to_have_text("Kopiert.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(field).input_value()


def test_without_a_script_there_is_no_button_that_does_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    page.goto(STATEMENT)

    assert not page.get_by_text("Zitat kopieren").is_visible()
    assert page.get_by_label("Zitat mit Beleg").is_visible()
