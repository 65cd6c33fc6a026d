"""An editor's afternoon in a browser: the queue without a mouse, many statements at once, two at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import EDITOR, Portal, sign_in

QUEUE = "/admin/pledges/statement/queue/?programm=spd-2020"
SECOND = "kollegin"


@pytest.fixture(scope="module")
def second_editor(portal: Portal) -> str:
    account = ("createsuperuser", "--noinput", f"--username={SECOND}", "--email=")
    portal.manage(*account, DJANGO_SUPERUSER_PASSWORD=EDITOR[1])
    return SECOND


def press(page: Page, *keys: str) -> None:
    """Press keys of which the last sends the form, and wait for the statement that follows."""
    shown = page.locator("#wortlaut").inner_text()
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#wortlaut")).not_to_have_text(shown)
    expect(page.locator("#satz")).to_be_focused()


def said(page: Page) -> str:
    return page.locator("#queue-said").inner_text()


def test_ten_statements_are_coded_by_keyboard_alone_and_one_is_taken_back(
    editor_page: Page, axe: Callable[..., list[str]]
) -> None:
    page = editor_page
    page.goto(QUEUE)
    expect(page.locator("#satz")).to_be_focused()
    assert axe(page) == []

    press(page, "a")
    press(page, "Enter")
    press(page, "1", "f", "t", *"sport", "Enter", "Enter", "Enter")
    assert "Vorhaben, fest zugesagt" in said(page)
    assert "Sport & Bäder" in said(page)
    press(
        page,
        "2",
        "t",
        "Backspace",
        "Backspace",
        "Backspace",
        *"kult",
        "ArrowDown",
        "ArrowUp",
        "Enter",
        "Escape",
        "a",
    )
    assert "Bilanz, Kultur & Freizeit" in said(page)
    press(page, "4", "a")
    assert "Hintergrund" in said(page)
    press(page, "1", "p", "m", "a")
    assert "Vorhaben, wird geprüft" in said(page)
    skipped = page.locator("#wortlaut").inner_text()
    press(page, "s")
    for _ in range(4):
        press(page, "a")
    expect(page.get_by_text("10 von 19 geprüft")).to_be_visible()

    last = page.locator(".queue__last span").inner_text()
    press(page, "u")
    assert page.locator("#wortlaut").inner_text()[:40] == last.strip("„“…")[:40]
    expect(page.get_by_text("9 von 19 geprüft")).to_be_visible()
    press(page, "z")
    assert page.locator("#wortlaut").inner_text() != skipped


def test_back_shows_the_statement_that_was_saved_and_its_own_labels(editor_page: Page) -> None:
    page = editor_page
    page.goto("/admin/pledges/statement/queue/?programm=dos-2020")
    first = page.locator("#wortlaut").inner_text()
    # What the machine gave is taken away first: beside three topics there is no room for another.
    press(page, "1", "p", "t", *["Backspace"] * 3, *"sport", "Enter", "Escape", "a")
    second = page.locator("#wortlaut").inner_text()
    topics = page.locator(".topics__chosen").inner_text()

    page.go_back()
    expect(page.locator("#wortlaut")).to_have_text(first)
    expect(page.locator("input[name=commitment]:checked")).to_have_value("review")
    expect(page.locator("#topics select option:checked").filter(has_text="Sport & Bäder")).to_have_count(1)
    press(page, "a")

    assert "Vorhaben, wird geprüft" in said(page)
    assert first[:40] in said(page)
    expect(page.locator("#wortlaut")).to_have_text(second)
    assert page.locator(".topics__chosen").inner_text() == topics


def test_the_keys_are_silent_in_a_field_and_when_they_are_turned_off(editor_page: Page) -> None:
    page = editor_page
    page.goto(QUEUE)
    shown = page.locator("#wortlaut").inner_text()
    kind = page.locator("input[name=kind]:checked").input_value()
    page.keyboard.press("t")
    page.keyboard.type("s a 1 2 3 4")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#satz")).to_be_focused()
    page.uncheck("#keys-on")
    page.locator("#satz").focus()
    for key in "1234as":
        page.keyboard.press(key)
    page.keyboard.press("Enter")

    expect(page.locator("#wortlaut")).to_have_text(shown)
    expect(page.locator("input[name=kind]:checked")).to_have_value(kind)
    page.reload()
    expect(page.locator("#keys-on")).not_to_be_checked()


def test_a_key_opens_the_rules_and_the_next_one_still_decides(editor_page: Page) -> None:
    page = editor_page
    page.goto(QUEUE)
    rules = page.locator("details", has=page.locator(".codebook"))
    page.keyboard.press("r")
    expect(rules).to_have_attribute("open", "")
    expect(page.locator("#satz")).to_be_focused()

    page.keyboard.press("2")
    expect(page.locator("input[name=kind][value=record]")).to_be_checked()
    expect(page.locator("input[name=commitment][value=firm]")).to_be_disabled()


def test_commitment_and_measurable_go_with_the_kind(editor_page: Page) -> None:
    page = editor_page
    page.goto(QUEUE)
    page.keyboard.press("1")
    page.keyboard.press("x")
    page.keyboard.press("3")

    expect(page.locator("input[name=commitment][value=rejection]")).to_be_disabled()
    expect(page.locator("#id_measurable")).to_be_disabled()
    page.keyboard.press("1")
    expect(page.locator("input[name=commitment][value=rejection]")).to_be_checked()


def test_topics_can_be_put_in_another_order(editor_page: Page) -> None:
    page = editor_page
    page.goto(QUEUE)
    for topic in ("sport", "kita"):
        page.keyboard.press("t")
        while page.locator(".topics__chosen li").count() > 2:
            page.keyboard.press("Backspace")
        page.keyboard.type(topic)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")

    page.get_by_role("button", name="Kita & frühe Bildung: zum Hauptthema machen").click()

    expect(page.locator(".topics__chosen li").first).to_contain_text("Kita & frühe Bildung")
    assert page.locator("#id_main_topic").evaluate("e => e.selectedOptions[0].text") == "Kita & frühe Bildung"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_fits_a_phone(
    new_page: Callable[..., Page], axe: Callable[..., list[str]], scheme: str
) -> None:
    page = sign_in(new_page(width=390, colour_scheme=scheme))
    page.goto(QUEUE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


def test_the_queue_works_as_a_plain_form(new_page: Callable[..., Page]) -> None:
    page = sign_in(new_page(javascript=False))
    page.goto(QUEUE)
    assert not page.locator("#keys").is_visible()
    shown = page.locator("#wortlaut").inner_text()
    page.check("input[name=kind][value=context]")

    page.click("[name=_save]")
    if page.locator(".errornote").count():
        page.check("input[name=commitment][value='']")
        if page.locator("#id_measurable").is_checked():
            page.uncheck("#id_measurable")
        page.click("[name=_save]")

    expect(page.locator("#queue-said")).to_contain_text("Gespeichert: Hintergrund")
    page.click("#undo")
    expect(page.locator("#wortlaut")).to_have_text(shown)


def test_twenty_statements_are_retagged_together_and_taken_back(
    editor_page: Page, axe: Callable[..., list[str]]
) -> None:
    page = editor_page
    page.goto("/admin/pledges/statement/?q=dortmund&kind__exact=pledge")
    boxes = page.locator(".action-select")
    for place in range(20):
        boxes.nth(place).check()
    page.select_option("select[name=action]", "change_together")
    page.click("button[name=index]")
    expect(page.get_by_text("20 Aussagen sind ausgewählt.")).to_be_visible()
    assert axe(page) == []
    page.select_option("#id_topics_do", "set")
    page.select_option("#id_main_topic", label="Europa & Internationales")
    page.click("[name=preview]")
    expect(page.get_by_text("20 Aussagen ändern sich.")).to_be_visible()
    assert axe(page) == []
    page.click("[name=do]")
    expect(page.locator(".success")).to_contain_text("20 Aussagen geändert.")

    page.get_by_role("link", name="Ansehen oder zurücknehmen").click()
    page.get_by_role("button", name="Alle 20 Kodierungen zurücknehmen").click()

    expect(page.locator(".success")).to_contain_text("20 Kodierungen zurückgenommen.")
    expect(page.get_by_text("Ganz zurückgenommen.")).to_be_visible()


def test_two_editors_on_one_statement_end_in_the_choice(
    new_page: Callable[..., Page], axe: Callable[..., list[str]], second_editor: str
) -> None:
    one, other = sign_in(new_page()), sign_in(new_page(), second_editor)
    for page in (one, other):
        page.goto(QUEUE)
    shown = one.locator("#wortlaut").inner_text()
    expect(other.locator("#wortlaut")).to_have_text(shown)

    press(other, "1", "x", "t", *"kita", "Enter", "Escape", "a")
    for key in ("1", "p", "t", *"kita", "Enter", "Escape", "a"):
        one.keyboard.press(key)

    expect(one.get_by_role("heading", name="Jemand war schneller")).to_be_visible()
    expect(one.get_by_role("row", name="Bindung")).to_contain_text("schließt aus")
    expect(one.get_by_role("row", name="Bindung")).to_contain_text("wird geprüft")
    assert axe(one) == []
    one.get_by_role("button", name="Meine soll gelten").click()
    expect(one.locator("#queue-said")).to_contain_text("wird geprüft")

    one.click("#undo")
    expect(one.locator("#wortlaut")).to_have_text(shown)
    expect(one.locator(".queue__labels")).to_contain_text("schließt aus")
