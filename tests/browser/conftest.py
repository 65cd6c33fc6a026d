"""The ground of the browser tests: one portal and one Chromium for all of them, pages that tolerate no fault.

def test_a_topic_leads_to_its_statements(new_page, axe):
    page = new_page(width=390, colour_scheme="dark")
    page.goto("/themen/wohnen/")
    assert axe(page) == []
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import chromium
from tests.browser.faults import watch
from tests.browser.portal import Portal, fill, serving, sign_in

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    # It would copy style sheets that others import into the page, which the page's policy forbids.
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            # One worker runs them all, so that one portal is loaded and one browser started.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a portal that nobody has served yet, for others to copy."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def portal(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with serving(copytree(filled, tmp_path_factory.mktemp("portal"), dirs_exist_ok=True)) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.path()
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(chromium.MISSING)
    # Playwright's event loop runs on in this thread, and Django would take every later test of the same
    # worker for asynchronous code. Nothing is asynchronous: the database is asked between its steps.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens a page of the portal: `new_page(width=390, colour_scheme="dark", javascript=False)`.

    Every page is a visitor of its own (no shared cookies). The test fails at its end if one of its pages
    logged an error, broke the content security policy, threw an exception or missed a file.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        width: int = 1280,
        height: int = 900,
        colour_scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        locale: str = "de-DE",
    ) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": height},
            color_scheme=colour_scheme,
            java_script_enabled=javascript,
            locale=locale,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def editor_page(new_page: Callable[..., Page]) -> Page:
    """A page whose visitor is signed in to the admin, with every right."""
    return sign_in(new_page())


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """axe(page): one line for each element that breaks WCAG 2.2 AA or a best practice; needs JavaScript on.

    axe(page, "color-contrast") asks for this rule alone, as a second colour scheme can break no other.

    axe-core comes from its package and enters through the debugging protocol, to which the page's
    content security policy does not apply: the policy stays as strict as it is for people.
    """

    def violations(page: Page, *rules: str) -> list[str]:
        options = AXE_OPTIONS | {"runOnly": rules or AXE_OPTIONS["runOnly"]}
        found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
        return [
            f"{page.url}: {violation['id']}: {violation['help']}: {node['target']}: {node['html'][:120]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations
