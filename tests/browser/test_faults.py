"""The watch of the other browser tests: it has to bark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.faults import watch
from tests.browser.portal import Portal

BLOCKED_STYLE = "document.body.setAttribute('style', 'color: red')"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("console.error('broken')", "broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        (BLOCKED_STYLE, "Content Security Policy"),
        ("fetch('/no-such-file')", "404"),
    ],
)
def test_a_fault_of_a_page_is_noted(browser: Browser, portal: Portal, script: str, fault: str) -> None:
    page, faults = browser.new_page(), list[str]()
    watch(page, faults)
    page.goto(f"{portal.url}/healthz")

    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(200)
    page.close()

    assert [fault in noted for noted in faults] == [True]


def test_a_missing_page_is_no_fault_of_the_missing_page(new_page: Callable[..., Page]) -> None:
    response = new_page().goto("/no-such-page")

    assert response is not None
    assert response.status == 404


def test_axe_names_an_image_without_a_text(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = new_page()
    page.goto("/healthz")
    page.evaluate("document.body.append(document.createElement('img'))")

    assert any("image-alt" in violation for violation in axe(page))
