from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import ADDRESSES


def test_a_walk_through_all_pages_leaves_nothing_in_the_browser(new_page: Callable[..., Page]) -> None:
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES.values():
        page.goto(address)
    page.goto("/themen/wohnen/")
    origin = page.evaluate("location.origin")
    page.get_by_label("fest zugesagt").check()
    expect(page.locator("#ansage")).to_contain_text("Aussagen")
    page.go_back()
    expect(page.locator(".results-bar p")).to_contain_text("1 bis 20")

    assert page.context.cookies() == []
    assert page.evaluate("({...window.localStorage})") == {}
    assert page.evaluate("({...window.sessionStorage})") == {}
    assert [url for url in asked if not url.startswith(origin)] == []
