"""A new edition of a real text through the admin: read by a process of its own, compared, loaded."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faults import watch
from tests.browser.portal import ROOT, Portal, serving, sign_in
from tests.editions import NewEdition, new_edition

# Reading starts a process that imports the coder and, the first time, trains it.
LONG = 120_000

CODE_FORTY = """
import json
from django.contrib.auth.models import User
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Programme
editor = User.objects.get(username="redaktion")
statements = {s.text: s for s in Programme.objects.get(slug="spd-2025").statements.current()}
for words in json.loads(WORDS):
    code_by_editor(statements[words], editor, Labels("record", None, False, ("kultur",)))
"""

FIND_CODINGS = """
import json
from pledges.models import Coding
rows = Coding.objects.filter(origin="editor").values_list(
    "statement__text", "statement__former_text", "statement__wording_changed", "statement__gone_since",
    "statement__kind", "statement__origin", "statement__key",
)
print(json.dumps([[*row[:3], row[3] is not None, *row[4:]] for row in rows]))
"""


@pytest.fixture(scope="module")
def own_portal(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal that no other test sees: this one replaces a text."""
    with serving(copytree(filled, tmp_path_factory.mktemp("own-portal"), dirs_exist_ok=True)) as running:
        yield running


@pytest.fixture
def page(browser: Browser, own_portal: Portal) -> Iterator[Page]:
    yield from signed_in(browser, own_portal)


@pytest.fixture
def plain_page(browser: Browser, own_portal: Portal) -> Iterator[Page]:
    """Without JavaScript, on a phone."""
    yield from signed_in(browser, own_portal, javascript=False, width=320)


def signed_in(browser: Browser, portal: Portal, javascript: bool = True, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal.url,
        java_script_enabled=javascript,
        locale="de-DE",
        viewport={"width": width, "height": 900},
    )
    page, faults = context.new_page(), list[str]()
    watch(page, faults)
    yield sign_in(page)
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="module")
def edition() -> NewEdition:
    return new_edition()


@pytest.fixture
def edition_file(edition: NewEdition, tmp_path: Path) -> Path:
    file = tmp_path / "spd-2025-neu.md"
    file.write_bytes(edition.content)
    return file


def shell(portal: Portal, code: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code]
    done = subprocess.run(
        command, cwd=ROOT, env=portal.environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_a_new_edition_leaves_every_coding_where_it_belongs(
    page: Page, own_portal: Portal, edition: NewEdition, edition_file: Path, axe: Callable[..., list[str]]
) -> None:
    coded = [*edition.changed, *edition.gone, *edition.kept[::5]][:40]
    shell(own_portal, CODE_FORTY.replace("WORDS", repr(json.dumps(coded))))

    page.goto("/admin/pledges/upload/add/")
    assert axe(page) == []
    page.set_input_files("#id_file", edition_file)
    page.select_option("#id_programme", label="SPD 2025")
    page.click("[name=_save]")

    expect(page.locator("#bilanz")).to_be_visible(timeout=LONG)
    expect(page.locator("caption", has_text="40 Kodierungen")).to_have_text(
        "Alle 40 Kodierungen der Redaktion bleiben erhalten."
    )
    for how, number in {"reworded": 5, "new": 4, "gone": 3}.items():
        expect(page.locator(f".upload__counts .is-{how} td").first).to_have_text(str(number))
        expect(page.locator(f"details.is-{how} li")).to_have_count(number)
    expect(page.locator("ins")).to_have_text(["ohne Ausnahme"] * 5)
    assert axe(page) == []
    page.locator("details.is-new a").first.click()
    expect(page.locator("span.is-new:target")).to_be_in_viewport()

    page.get_by_role("button", name="Laden").click()
    expect(page.locator(".upload__done")).to_contain_text("Geladen", timeout=LONG)

    codings = {row[0]: row[1:] for row in json.loads(shell(own_portal, FIND_CODINGS))}
    assert len(codings) == 40
    for words in coded:
        now = edition.changed.get(words, words)
        former, is_marked, is_gone, kind, origin, key = codings[now]
        assert (kind, origin, is_gone) == ("record", "editor", words in edition.gone)
        assert (former, is_marked) == ((words, True) if words in edition.changed else ("", False))
        if is_gone:
            page.goto(f"/aussagen/{key}/")
            expect(page.locator(".notice")).to_contain_text("Dieser Satz steht nicht mehr im Text.")
            page.get_by_role("link", name="In der früheren Fassung lesen").click()
            expect(page.locator(".notice")).to_contain_text("Diese Fassung gilt nicht mehr.")
            expect(page.locator(":target")).to_contain_text(words)
    assert axe(page) == []
    page.goto("/programme/spd-2025/")
    for words in edition.new:
        expect(page.locator("article")).to_contain_text(words)


def test_without_script_on_a_phone_a_new_programme_is_watched_discarded_and_leaves_nothing(
    plain_page: Page, own_portal: Portal, tmp_path: Path
) -> None:
    page = plain_page
    file = tmp_path / "cdu.md"
    file.write_text("# Wohnen\n\nWir werden jedes Jahr 200 Wohnungen am Hafen bauen.\n", "utf-8")
    page.goto("/admin/pledges/upload/add/")
    page.set_input_files("#id_file", file)
    page.select_option("#id_party", label="CDU")
    page.select_option("#id_election", index=1)
    page.select_option("#id_kind", "programme")
    page.fill("#id_year", "2025")
    page.click("[name=_save]")
    expect(page.locator(".errornote")).to_be_visible()
    page.set_input_files("#id_file", file)
    page.fill("#id_title", "Für die Stadt")
    page.click("[name=_save]")

    # The page asks anew by itself.
    expect(page.locator("#bilanz")).to_be_visible(timeout=LONG)
    expect(page.locator("body")).to_contain_text("1 Aussage, von der Maschine kodiert")
    wide = page.locator("#content-main").bounding_box()
    assert wide is not None
    assert wide["width"] <= 320

    page.get_by_role("button", name="Verwerfen").click()
    expect(page.locator(".messagelist")).to_contain_text("am Programm ist nichts geändert")
    assert "False" in shell(
        own_portal,
        "from pledges.models import Programme; print(Programme.objects.filter(slug='cdu-2025').exists())",
    )


def test_a_file_that_can_not_be_read_says_why(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "kaputt.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    page.goto("/admin/pledges/upload/add/")
    page.set_input_files("#id_file", file)
    page.select_option("#id_programme", label="DOS 2020")
    page.click("[name=_save]")

    expect(page.get_by_role("alert")).to_contain_text("Die Datei ist beschädigt.", timeout=LONG)
