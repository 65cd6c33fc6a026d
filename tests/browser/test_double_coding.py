"""A sample is drawn, coded blind by a second editor, settled, and its figures stand on the method page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal, sign_in

SECOND = ("zweite", "auch nur für die Tests")
SIZE = 12


@pytest.fixture(scope="module")
def second_editor(portal: Portal) -> None:
    name, password = SECOND
    portal.manage(
        "shell",
        "-c",
        "from django.contrib.auth.models import Group, User; "
        f"User.objects.create_user({name!r}, password={password!r}, is_staff=True)"
        ".groups.add(Group.objects.get(name='Editor'))",
    )


def test_a_sample_is_coded_twice_settled_and_shown(
    new_page: Callable[..., Page], axe: Callable[..., list[str]], second_editor: None
) -> None:
    chief = sign_in(new_page())
    chief.goto("/admin/pledges/sample/add/")
    chief.fill("#id_title", "Herbst 2026")
    chief.fill("#id_size", str(SIZE))
    chief.select_option("#id_coder", label=SECOND[0])
    chief.click("[name=_save]")
    chief.get_by_role("link", name="Herbst 2026").first.click()
    expect(chief.get_by_text(f"0 von {SIZE} kodiert")).to_be_visible()

    coder = sign_in(new_page(javascript=False), *SECOND)
    coder.goto("/admin/pledges/sample/")
    coder.get_by_role("link", name="Herbst 2026").click()
    coder.get_by_role("link", name="Mit dem Kodieren beginnen").click()
    for number in range(SIZE):
        expect(coder.get_by_text(f"{number} von {SIZE} kodiert")).to_be_visible()
        code_by_keyboard(coder)
    expect(coder.get_by_text("die Stichprobe ist fertig")).to_be_visible()

    chief.reload()
    assert axe(chief) == []
    differing = chief.get_by_role("link", name="klären")
    number = differing.count()
    assert number > 0
    differing.first.click()
    assert axe(chief) == []
    chief.get_by_role("button", name="Die zweite gilt").click()
    expect(chief.get_by_role("link", name="klären")).to_have_count(number - 1)

    reader = new_page(width=390)
    reader.goto("/methode/#doppelt")
    section = reader.locator("section[aria-labelledby=doppelt]")
    expect(section).to_contain_text("sind bisher nicht veröffentlicht")
    chief.get_by_role("button", name="Auf der Methodenseite zeigen").click()
    expect(chief.get_by_text("stehen auf der Methodenseite, für alle sichtbar")).to_be_visible()
    assert axe(chief) == []
    reader.reload()
    expect(section).to_contain_text(f"{SIZE} Aussagen, jede von zwei Seiten eingeordnet")
    expect(section).to_contain_text("Verglichen ist mit der Einordnung nach Codebuch.")
    assert axe(reader) == []


def code_by_keyboard(page: Page) -> None:
    """A firm pledge on housing, with keys alone, from the first field on."""
    page.locator("input[name=kind]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Wohnen")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
