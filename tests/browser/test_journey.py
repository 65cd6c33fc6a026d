from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.pages import SENTENCE


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_links_alone_lead_from_home_to_the_sentence_in_its_source(
    new_page: Callable[..., Page], javascript: bool, width: int
) -> None:
    page = new_page(width=width, javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Wohnen & Bauen").click()
    page.get_by_role("link", name="Programme gegenüberstellen").click()
    own_words = page.locator(".words > p:last-child", has_text=SENTENCE)
    page.locator(".column article", has=own_words).get_by_role("link", name="Einzelansicht").click()
    assert page.locator(".words--lead").inner_text() == SENTENCE
    page.get_by_role("link", name="Im Programm lesen").click()

    target = page.locator(":target")
    assert target.locator(".pledge").inner_text() == SENTENCE
    assert is_in_view(target.bounding_box(), page)
    assert target.evaluate("sentence => getComputedStyle(sentence).backgroundColor") != "rgba(0, 0, 0, 0)"


def is_in_view(box: dict | None, page: Page) -> bool:
    return (
        box is not None
        and page.viewport_size is not None
        and 0 <= box["y"] < box["y"] + box["height"] <= page.viewport_size["height"]
    )
