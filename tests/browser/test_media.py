"""Paper, forced colours and rest: what people's systems ask of a page."""

from collections.abc import Callable

import numpy as np
import pypdfium2
from playwright.sync_api import Locator, Page

from tests.browser.pages import COMPARISON, STATEMENT

EDGES = ("top", "right", "bottom", "left")
LINES = """elements => elements.map(element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map(({ top }) => top)).size;
})"""


def words_over_others(paper: bytes) -> int:
    """How many pieces of text of a PDF file lie over another one by half their height."""
    found = 0
    for page in pypdfium2.PdfDocument(paper):
        text = page.get_textpage()
        left, bottom, right, top = np.array([text.get_rect(n) for n in range(text.count_rects())]).T
        width = np.minimum.outer(right, right) - np.maximum.outer(left, left)
        height = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
        lie_over = (width > 3) & (height > np.minimum.outer(top - bottom, top - bottom) / 2)
        found += int(np.triu(lie_over, 1).sum())
    return found


def computed(element: Locator, name: str, pseudo: str = "") -> str:
    return element.evaluate(f"element => getComputedStyle(element, {pseudo!r})[{name!r}]")


def test_paper_shows_no_controls(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/themen/wohnen/")
    page.emulate_media(media="print")

    for control in (".site-nav", ".site-search", ".filters", ".pagination", ".actions", ".skip-link"):
        assert [element.is_visible() for element in page.locator(control).all()] == [False], control
    assert page.locator("article.statement").first.is_visible()


def test_paper_has_no_forms_and_no_headings_of_forms(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/")
    page.emulate_media(media="print")

    assert not any(form.is_visible() for form in page.locator("form").all())
    assert not page.get_by_role("heading", name="Selbst gegenüberstellen").is_visible()
    assert page.get_by_role("heading", name="Themen").is_visible()


def test_paper_says_what_a_list_was_filtered_by(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/themen/wohnen/?bindung=fest")
    page.emulate_media(media="print")

    assert page.locator(".active-filters").get_by_text("fest zugesagt").is_visible()


def test_paper_keeps_the_columns_side_by_side(new_page: Callable[..., Page]) -> None:
    page = new_page(width=680)
    page.goto(COMPARISON)
    page.emulate_media(media="print")
    boxes = [column.bounding_box() or {} for column in page.locator(".column").all()]

    assert len({round(box["y"]) for box in boxes}) == 1
    assert len({round(box["width"]) for box in boxes}) == 1
    assert len({round(box["x"]) for box in boxes}) == len(boxes) == 3
    assert page.evaluate("document.documentElement.scrollWidth") == 680


def test_a_number_beside_its_word_stays_in_one_line_in_the_narrowest_column(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(width=680)
    page.goto(f"{COMPARISON}&programm=spd-2020")
    page.emulate_media(media="print")

    assert page.locator(".column .facts dd").evaluate_all(LINES) == [1] * 4 * 7


def test_the_head_of_a_column_is_not_torn_where_a_sheet_ends(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/themen/kita/?ansicht=spalten")
    paper = page.pdf(format="A4", margin=dict.fromkeys(EDGES, "12mm"))
    sheets = [" ".join(s.get_textpage().get_text_range().split()) for s in pypdfium2.PdfDocument(paper)]

    head, first_card = "GRÜNE + CDU 2023 Kooperationspapier", "GRÜNE + CDU 2023"
    assert sum(f"{head} {first_card}" in sheet for sheet in sheets) == 1


def test_nothing_lies_over_the_next_line_where_a_sheet_ends(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/methode/")

    assert words_over_others(page.pdf(format="A4", margin=dict.fromkeys(EDGES, "12mm"))) == 0


def test_paper_says_where_a_sentence_is_to_be_found(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/suche/?q=30-Prozent-Quote")
    page.emulate_media(media="print")
    link = page.locator(".place a").first

    host = page.evaluate("location.origin")
    assert computed(link, "content", "::after") == f'"{host}{STATEMENT}"'


def test_paper_is_white_on_a_dark_screen_too(new_page: Callable[..., Page]) -> None:
    page = new_page(colour_scheme="dark")
    page.goto("/themen/wohnen/")
    page.emulate_media(media="print")

    assert computed(page.locator("html"), "backgroundColor") == "rgb(255, 255, 255)"
    assert computed(page.locator(".words p:not(.words--context)").first, "color") == "rgb(26, 33, 36)"


def test_paper_takes_no_white_words_on_a_dark_ground(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/digest/spd-2025-digest/?urteil=fabricated")
    page.emulate_media(media="print")

    assert computed(page.locator("li .verdict"), "color") == computed(page.locator("h1"), "color")


def test_forced_colours_leave_the_hairlines_the_bars_and_the_marks(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = new_page()
    page.emulate_media(forced_colors="active")
    page.goto("/themen/wohnen/?q=quote")

    quote, bar = page.locator(".quote").first, page.locator(".bar").first
    assert computed(quote, "borderImageSource") == "none"
    assert computed(quote, "borderInlineStartStyle") == "solid"
    assert computed(bar.locator("rect"), "fill") != computed(bar, "backgroundColor")
    assert computed(page.locator("mark").first, "backgroundColor") != computed(quote, "backgroundColor")
    assert axe(page) == []


def test_nothing_moves_for_people_who_want_rest(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(STATEMENT)
    button, root = page.locator(".button").first, page.locator("html")
    button.hover()
    at_rest = computed(button, "transitionDuration"), computed(root, "scrollBehavior")
    page.emulate_media(reduced_motion="no-preference")
    moving = computed(button, "transitionDuration"), computed(root, "scrollBehavior")

    assert at_rest == ("0s", "auto")
    assert all(one != other for one, other in zip(at_rest, moving, strict=True))


def test_a_page_does_not_fade_in(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.emulate_media(reduced_motion="no-preference")
    page.goto(STATEMENT)
    site = page.locator("link[rel=stylesheet]").first
    site.evaluate("link => { link.disabled = true; document.body.offsetHeight; link.disabled = false; }")

    assert page.evaluate("document.getAnimations().length") == 0
