"""The filters of a list: quicker with a script, complete without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.portal import Portal

TOPIC = "/themen/wohnen/"


def number_beside(page: Page, choice: str) -> int:
    label = page.locator("label", has=page.get_by_text(choice, exact=True))
    return int(label.locator(".count").inner_text())


def expect_only_firm_pledges(page: Page, number: int) -> None:
    expect(page.locator(".results-bar p")).to_have_text(f"{number} Aussagen")
    expect(page.locator("article.statement")).to_have_count(number)
    expect(page.locator("article.statement .labels", has_text="fest zugesagt")).to_have_count(number)
    expect(page).to_have_url(re.compile(r"[?&]bindung=fest\b"))


def test_ticking_a_filter_changes_the_list_and_leaves_the_page(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(TOPIC)
    page.evaluate("window.stayed = true")
    firm, messbar = number_beside(page, "fest zugesagt"), number_beside(page, "nein")
    box = page.get_by_label("fest zugesagt")

    box.check()

    expect_only_firm_pledges(page, firm)
    assert number_beside(page, "nein") < messbar
    assert page.evaluate("window.stayed")
    expect(box).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=f"{firm} Aussagen")).to_have_id("ansage")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_view_stays_where_the_filter_was_ticked(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(width=width)
    page.goto(TOPIC)
    if width == 390:
        page.get_by_text("Filtern und sortieren").click()
    box = page.get_by_label("fest zugesagt")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()

    box.check()

    expect(page.locator("#ansage")).to_contain_text("Aussagen")
    assert box.bounding_box() == before


def test_the_browser_goes_back_to_the_list_before(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(TOPIC)
    before = page.locator(".results-bar p").inner_text()
    page.get_by_label("fest zugesagt").check()
    expect(page.locator(".results-bar p")).not_to_have_text(before)

    page.go_back()

    expect(page).to_have_url(re.compile(f"{TOPIC}$"))
    expect(page.locator(".results-bar p")).to_have_text(before)
    expect(page.get_by_label("fest zugesagt")).not_to_be_checked()


def test_the_title_goes_with_the_page_of_the_list(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(TOPIC)
    page.get_by_role("link", name="Weiter", exact=True).click()
    expect(page).to_have_title("Wohnen & Bauen, Seite 2 – Wortlaut")

    page.get_by_label("fest zugesagt").check()

    expect(page).to_have_title("Wohnen & Bauen – Wortlaut")


def test_the_button_filters_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    page.goto(TOPIC)
    firm = number_beside(page, "fest zugesagt")

    page.get_by_label("fest zugesagt").check()
    page.get_by_role("button", name="Anwenden").click()

    expect_only_firm_pledges(page, firm)
    assert page.get_by_label("fest zugesagt").is_checked()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_on_a_phone_the_filters_are_folded_and_work(new_page: Callable[..., Page], javascript: bool) -> None:
    page = new_page(width=390, javascript=javascript)
    page.goto(TOPIC)
    firm = number_beside_hidden(page)
    assert not page.get_by_label("fest zugesagt").is_visible()

    page.locator(".filters summary").click()
    page.get_by_label("fest zugesagt").check()
    if not javascript:
        page.get_by_role("button", name="Anwenden").click()

    expect_only_firm_pledges(page, firm)
    if javascript:
        expect(page.get_by_label("fest zugesagt")).to_be_visible()


def number_beside_hidden(page: Page) -> int:
    return int(page.locator("label[for=bindung-fest] .count").text_content() or "")


def test_an_order_is_taken_at_once_from_the_mouse_and_from_the_keyboard_when_it_is_left(
    new_page: Callable[..., Page],
) -> None:
    page = new_page()
    page.goto(TOPIC)
    order = page.get_by_label("Reihenfolge")
    order.select_option("abwechselnd")
    expect(page).to_have_url(re.compile("folge=abwechselnd"))

    order.press("ArrowUp")
    order.press("ArrowDown")
    order.press("ArrowDown")
    expect(page).to_have_url(re.compile("folge=abwechselnd"))
    page.keyboard.press("Tab")

    expect(page).to_have_url(re.compile("folge=treffer"))
    expect(page.get_by_label("Im Thema suchen")).to_be_focused()


def test_what_is_typed_wrong_is_explained(browser: Browser, portal: Portal) -> None:
    """By the page of that address: nobody watches this one, as htmx logs the answer 400."""
    page = browser.new_page(base_url=portal.url)
    page.goto(TOPIC)

    page.get_by_label("Im Thema suchen").fill("partei:spt")
    page.get_by_label("Im Thema suchen").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Partei / Gruppe: „spt“ gibt es nicht.")
    page.close()


def test_a_search_word_filters_within_the_topic(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(TOPIC)

    page.get_by_label("Im Thema suchen").fill("quote")
    page.get_by_label("Im Thema suchen").press("Enter")

    expect(page.locator("#ansage")).to_have_text("2 Aussagen")
    expect(page.locator("mark").first).to_have_text("Quote")


@pytest.fixture
def failing(browser: Browser, portal: Portal) -> Page:
    """The page of a topic whose further requests fail; nobody watches it, as it logs errors by intent."""
    page = browser.new_page(base_url=portal.url)
    page.goto(TOPIC)
    page.route(f"**{TOPIC}?*", lambda route: route.fulfill(status=500, body="broken"))
    return page


def test_a_failed_request_is_told_and_the_list_stays(failing: Page) -> None:
    """In view, though the box that was ticked is far below; and what was asked for is one click away."""
    failing.set_viewport_size({"width": 390, "height": 600})
    before = failing.locator(".results-bar p").inner_text()
    failing.locator(".filters summary").click()

    failing.get_by_label("fest zugesagt").check()

    notice = failing.get_by_role("alert")
    expect(notice).to_contain_text("Die Liste konnte nicht aktualisiert werden.")
    expect(notice).to_be_in_viewport()
    again = notice.get_by_role("link", name="Noch einmal versuchen")
    expect(again).to_have_attribute("href", re.compile(r"[?&]bindung=fest$"))
    expect(failing.locator(".results-bar p")).to_have_text(before)
    expect(failing.locator("[aria-busy]")).to_have_count(0)


def test_the_next_request_that_succeeds_takes_the_error_away(failing: Page) -> None:
    failing.get_by_label("fest zugesagt").check()
    expect(failing.get_by_role("alert")).to_be_visible()
    failing.unroute(f"**{TOPIC}?*")

    failing.get_by_label("schließt aus").check()

    expect(failing.locator("#ansage")).to_contain_text("Aussagen")
    expect(failing.get_by_role("alert")).to_have_count(0)


def test_while_a_list_loads_it_says_so(browser: Browser, portal: Portal) -> None:
    page = browser.new_page(base_url=portal.url)
    page.goto(TOPIC)
    page.route(f"**{TOPIC}?*", lambda route: None)

    page.get_by_label("fest zugesagt").check()

    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    expect(page.get_by_text("Wird geladen …")).to_be_visible()
    page.close()


def test_what_is_typed_while_a_list_loads_stays(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(TOPIC)
    held: list[Route] = []
    page.route(f"**{TOPIC}?*", lambda route: held.append(route))
    page.get_by_label("fest zugesagt").check()
    page.get_by_label("Im Thema suchen").press_sequentially("quot")

    held[0].continue_()

    expect(page.locator("#ansage")).to_contain_text("Aussagen")
    page.keyboard.type("e")
    expect(page.get_by_label("Im Thema suchen")).to_have_value("quote")


def test_all_statements_are_filtered_under_a_short_link_and_back_leads_to_the_list_before(
    new_page: Callable[..., Page],
) -> None:
    page = new_page()
    page.goto("/aussagen/")
    before = page.locator(".results-bar p").inner_text()

    page.get_by_label("fest zugesagt").check()
    expect(page).to_have_url(re.compile(r"/aussagen/\?bindung=fest$"))
    page.get_by_label("Kita & frühe Bildung").check()
    expect(page).to_have_url(re.compile(r"/aussagen/\?bindung=fest&thema=kita$"))
    expect(page.get_by_role("status")).to_contain_text("Aussagen")
    page.get_by_role("link", name="Bindung: fest zugesagt entfernen").click()
    expect(page).to_have_url(re.compile(r"/aussagen/\?thema=kita#ergebnis$"))

    for address in (r"\?bindung=fest&thema=kita$", r"\?bindung=fest$", "/aussagen/$"):
        # The address changes first, then htmx asks for the page once more; Playwright's own step back would
        # wait for neither. A step that begins within the call would take away what has to answer it.
        with page.expect_event("load"):
            page.evaluate("void setTimeout(() => history.back())")
        expect(page).to_have_url(re.compile(address))
    expect(page.locator(".results-bar p")).to_have_text(before)


def test_without_a_script_the_button_leads_to_the_short_link(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    page.goto("/aussagen/")

    page.get_by_label("fest zugesagt").check()
    page.get_by_role("button", name="Anwenden").click()

    expect(page).to_have_url(re.compile(r"/aussagen/\?bindung=fest$"))
