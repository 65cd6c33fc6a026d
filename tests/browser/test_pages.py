"""What holds on every page, whatever it shows."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.pages import ADDRESSES, STATUS

SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
every_page = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


@every_page
def test_axe_finds_no_violation(
    new_page: Callable[..., Page], axe: Callable[..., list[str]], address: str
) -> None:
    page = new_page()
    response = page.goto(address)
    violations = []
    # No colour hangs on the width, so that each scheme is looked at in one.
    for width, scheme in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        violations += [f"{scheme}: {violation}" for violation in axe(page)]

    assert violations == []
    assert response is not None
    assert response.status == STATUS[address]


@every_page
def test_nothing_is_wider_than_the_window(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    widths = {}
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == {320: 320, 390: 390, 1280: 1280}


@every_page
def test_letters_twice_as_large_fit_on_a_phone(new_page: Callable[..., Page], address: str) -> None:
    """As browsers show a page to people who chose a larger type in their settings."""
    page = new_page(width=360)
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") == 360


@every_page
def test_room_between_letters_words_and_lines_fits_on_a_small_phone(
    new_page: Callable[..., Page], address: str
) -> None:
    """As WCAG 1.4.12 asks for."""
    page = new_page(width=320)
    page.goto(address)
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACED)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ["comparison", "method", "overview", "statement"])
def test_english_words_with_room_between_letters_fit_on_a_small_phone(
    new_page: Callable[..., Page], name: str
) -> None:
    page = new_page(width=320)
    page.goto(f"/en{ADDRESSES[name]}")
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACED)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_no_word_of_the_overview_lies_over_the_next_column(new_page: Callable[..., Page]) -> None:
    page = new_page(width=320)
    page.goto(ADDRESSES["overview"])
    cells = page.locator(".matrix tbody :is(th, td)")

    assert cells.evaluate_all("cells => cells.filter(c => c.scrollWidth > c.clientWidth).length") == 0


def test_with_a_fifth_text_the_overview_moves_within_its_frame(new_page: Callable[..., Page]) -> None:
    page = new_page(width=320)
    page.goto(ADDRESSES["overview"])
    page.locator(".matrix tr").evaluate_all(
        "rows => rows.forEach(r => r.append(r.lastElementChild.cloneNode(true)))"
    )
    caption = page.locator(".matrix caption").bounding_box()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator(".scroller").evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert caption is not None
    assert caption["width"] <= 320


@every_page
def test_the_headings_are_in_order(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "headings => headings.map(h => +h.tagName[1])"
    )

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(below - above for above, below in pairwise(levels)) <= 1
