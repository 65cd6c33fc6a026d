"""Editors judge relations and renderings in a browser, by keyboard alone, on a phone, and two at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal, sign_in

RELATIONS, RENDERINGS = "/admin/pledges/relation/queue/", "/admin/pledges/rendering/queue/"
# What these tests decided on comes back as it was, as all browser tests share one portal.
RESTORE = """
from pledges.models import Relation, Rendering
Relation.objects.exclude(judged_by=None).delete()
Rendering.objects.exclude(judged_by=None).delete()
"""


@pytest.fixture(scope="module", autouse=True)
def restored(portal: Portal) -> Iterator[None]:
    yield
    portal.manage("shell", "--command", RESTORE)
    portal.manage("load_programmes")


def case(page: Page) -> list[str]:
    return page.locator("blockquote.queue__words").all_inner_texts()


def number_judged(page: Page) -> int:
    return int(page.locator("label[for=fortschritt]").inner_text().split()[0])


def press(page: Page, key: str) -> None:
    """Press a key that sends a form, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_relations_are_judged_by_keyboard_alone_and_one_is_taken_back(new_page, axe):
    page = sign_in(new_page())
    page.goto(RELATIONS)
    assert axe(page) == []
    judged = number_judged(page)
    seen = []
    for key, said in (
        ("1", "gleiche Maßnahme"),
        ("2", "gleiches Ziel"),
        ("3", "Widerspruch"),
        ("x", "kein Bezug"),
    ):
        seen.append(case(page))
        press(page, key)
        expect(page.locator("#queue-said")).to_contain_text(f"Gespeichert: {said}")
    assert len({tuple(pair) for pair in seen}) == 4
    assert number_judged(page) == judged + 4

    press(page, "u")

    assert case(page) == seen[-1]
    expect(page.locator("#fall")).to_contain_text("Vorgeschlagen")
    assert number_judged(page) == judged + 3


def test_a_note_is_written_without_its_letters_deciding(new_page):
    page = sign_in(new_page())
    page.goto(RELATIONS)
    pair = case(page)
    page.keyboard.press("n")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("x1s: nur die Straße ist dieselbe")
    assert case(page) == pair
    page.keyboard.press("Escape")
    press(page, "Enter")

    press(page, "z")

    assert case(page) == pair
    expect(page.locator("#id_note")).to_have_value("x1s: nur die Straße ist dieselbe")
    expect(page.locator("#fall")).to_contain_text("Bestätigt")


def test_keys_can_be_turned_off(new_page):
    page = sign_in(new_page())
    page.goto(RELATIONS)
    page.locator("#keys-on").uncheck()
    page.locator("#fall").focus()
    pair = case(page)
    page.keyboard.press("s")
    page.reload()
    page.keyboard.press("x")
    assert case(page) == pair


def test_one_can_be_skipped_and_the_neighbours_be_looked_at(new_page):
    page = sign_in(new_page())
    page.goto(RELATIONS)
    pair = case(page)
    page.keyboard.press("k")
    expect(page.locator(".pair details[open]")).to_have_count(2)
    press(page, "s")
    assert case(page) != pair


def test_renderings_are_judged_by_keyboard_alone_and_one_is_taken_back(new_page, axe):
    page = sign_in(new_page())
    page.goto(RENDERINGS)
    assert axe(page) == []
    line = page.locator("#zeile").inner_text()
    page.keyboard.press("w")
    page.keyboard.type("Wohnungen")
    press(page, "Enter")
    found = page.locator("[name=sources]")
    assert found.count() > 1
    assert axe(page) == []
    page.keyboard.press("2")
    expect(found.nth(1)).to_be_checked()
    press(page, "v")
    expect(page.locator("#queue-said")).to_contain_text("Gespeichert: verkürzt")
    assert page.locator("#zeile").inner_text() != line

    press(page, "u")

    assert page.locator("#zeile").inner_text() == line
    expect(page.locator("[name=sources]")).to_have_count(1)


def test_what_does_not_agree_is_said_and_stores_nothing(new_page, axe):
    page = sign_in(new_page())
    page.goto(RENDERINGS)
    line = page.locator("#zeile").inner_text()
    press(page, "e")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert axe(page) == []
    page.goto(RENDERINGS)
    assert page.locator("#zeile").inner_text() == line


@pytest.mark.parametrize("address", [RELATIONS, RENDERINGS])
def test_two_at_once_end_in_the_page_to_choose_on(new_page, axe, address):
    first, second = sign_in(new_page()), sign_in(new_page())
    for page in (first, second):
        page.goto(address)
    assert case(first) == case(second)
    press(first, "1" if address == RELATIONS else "t")
    press(second, "3" if address == RELATIONS else "v")

    expect(second.locator("h1")).to_have_text("Jemand war schneller")
    assert axe(second) == []
    with second.expect_navigation():
        second.get_by_role("button", name="Meine soll gelten").click()

    expect(second.locator("#queue-said")).to_contain_text("Gespeichert")


def test_a_relation_is_added_by_searching_the_other_statement(new_page, axe):
    page = sign_in(new_page(width=390))
    page.goto("/admin/pledges/relation/add/?q=Radwege")
    page.locator(".choices__row a").first.click()
    page.fill("#id_q", "Museum")
    page.get_by_role("button", name="Suchen").click()
    page.locator("[name=other]").first.check()
    assert axe(page) == []
    page.get_by_role("button", name="Gleiches Ziel").click()

    expect(page.locator("#queue-said")).to_contain_text("Gespeichert: gleiches Ziel")
    expect(page.locator("summary")).to_contain_text("Bezüge bisher")


@pytest.mark.parametrize("address", [RELATIONS, RENDERINGS])
def test_it_works_on_a_phone_in_the_dark(new_page, axe, address):
    page = sign_in(new_page(width=390, colour_scheme="dark"))
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []
    small = page.locator(".queue button").evaluate_all(
        "buttons => buttons.filter(b => b.checkVisibility() && b.getBoundingClientRect().height < 24).length"
    )
    assert small == 0


@pytest.mark.parametrize("address", [RELATIONS, RENDERINGS])
def test_it_works_without_javascript(new_page, address):
    page = sign_in(new_page(javascript=False))
    page.goto(address)
    pair = page.locator("article, #decision").first.inner_text()
    page.locator("button.default").first.click()

    expect(page.locator("#queue-said")).to_contain_text("Gespeichert")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator("article, #decision").first.inner_text() != pair
