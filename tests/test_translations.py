"""The English of the interface: complete, compiled, and nothing else where English is shown.

Needs none of gettext's tools: what is to be translated is found in the code as Django's own
`makemessages` finds it, and the catalogue is read here.
"""

import ast
import gettext
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from django.db import transaction
from django.template import Context, Template
from django.test import Client
from django.urls import resolve, reverse
from django.utils.translation import override
from django.utils.translation.template import templatize
from pytest_django import DjangoDbBlocker

from pledges import urls
from pledges.build import read_programme
from pledges.choices import COMMITMENTS, KINDS, ORIGINS, TEXT_KINDS
from pledges.marking import mark_quotations
from pledges.models import Party, Programme, Rendering, Statement, Topic

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "programme_portal" / "locale" / "en" / "LC_MESSAGES"
PACKAGES = ("pledges", "programme_portal", "sources")


@dataclass(frozen=True)
class Message:
    """A text to translate; `plural` is "" where it counts nothing."""

    context: str
    text: str
    plural: str = ""


# --- The catalogue

LINE = re.compile(r'^(?:(msg\w+)(?:\[(\d)\])? )?(".*")$')


@cache
def catalogue() -> dict[Message, list[str]]:
    """The translations of each message in django.po, one or, where it counts, two; without the header."""
    blocks = (FOLDER / "django.po").read_text().split("\n\n")
    entries = [_fields(block) for block in blocks]
    return {
        Message(entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", "")): [
            words for field, words in entry.items() if field.startswith("msgstr")
        ]
        for entry in entries
        if entry["msgid"]
    }


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if found := LINE.match(line):
            keyword, number, words = found.groups()
            name = f"{keyword}{number or ''}" if keyword else name
            fields[name] = fields.get(name, "") + ast.literal_eval(words)
    return fields


def compiled() -> gettext.GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


# --- What is to be translated

CALL = re.compile(r"(?<!\S)(?:_|n?p?gettext)\(")
# Which argument of which function is what.
CONTEXT_FIRST = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
COUNTING = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
PLAIN = {"_", "gettext", "gettext_lazy"}


@cache
def messages_in_the_code() -> frozenset[Message]:
    """Messages that only differ in having a plural are one entry of a catalogue, that with the plural."""
    found = {_message(call) for call in [*_calls_in_python(), *_calls_in_templates()]}
    counted = {(message.context, message.text) for message in found if message.plural}
    return frozenset(m for m in found if m.plural or (m.context, m.text) not in counted)


def _calls_in_python() -> Iterator[ast.Call]:
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and _name(node) in CONTEXT_FIRST | COUNTING | PLAIN:
                    yield node


def _calls_in_templates() -> Iterator[ast.Call]:
    for file in (ROOT / "templates").rglob("*.html"):
        code = templatize(file.read_text())
        for found in CALL.finditer(code):
            yield _call_at(code, found.start())


def _call_at(code: str, start: int) -> ast.Call:
    for closing in re.finditer(r"\)", code[start:]):
        try:
            expression = ast.parse(code[start : start + closing.end()], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(expression, ast.Call):
            return expression
    raise ValueError(code[start : start + 200])


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _message(call: ast.Call) -> Message:
    """Raises ValueError where a text to translate is not written out, and so could not be found."""
    name = _name(call)
    count = (name in CONTEXT_FIRST) + 1 + (name in COUNTING)
    words = [ast.literal_eval(argument) for argument in call.args[:count]]
    return Message(*words) if name in CONTEXT_FIRST else Message("", *words)


def test_messages_are_found_in_templates_and_code() -> None:
    template = (
        '{% translate "a" %}{{ b|yesno:_("c,d") }}'
        "{% blocktranslate count n=1 %}e{% plural %}f{% endblocktranslate %}"
    )
    code = templatize(template)

    assert [_message(_call_at(code, found.start())) for found in CALL.finditer(code)] == [
        Message("", "a"),
        Message("", "c,d"),
        Message("", "e", "f"),
    ]
    assert Message("", "Partei / Gruppe") in messages_in_the_code()


# --- The catalogue is complete and sound


def test_every_text_of_the_interface_is_in_the_catalogue() -> None:
    assert messages_in_the_code() - catalogue().keys() == set()


def test_the_catalogue_holds_nothing_that_the_interface_does_not_say() -> None:
    assert catalogue().keys() - messages_in_the_code() == set()


def test_every_entry_is_translated_in_all_its_forms() -> None:
    incomplete = [
        message
        for message, translations in catalogue().items()
        if len(translations) != (2 if message.plural else 1) or not all(translations)
    ]
    assert incomplete == []


def test_no_entry_is_doubtful_or_left_over() -> None:
    marked = [
        line
        for line in (FOLDER / "django.po").read_text().splitlines()
        if line.startswith("#~") or (line.startswith("#,") and "fuzzy" in line)
    ]
    assert marked == []


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>|^\s+|\s+$")


def test_a_translation_has_the_placeholders_markup_and_outer_blanks_of_its_message() -> None:
    unlike = [
        translation
        for message, translations in catalogue().items()
        for translation in translations
        if sorted(PLACEHOLDER.findall(translation)) != sorted(PLACEHOLDER.findall(message.text))
    ]
    assert unlike == []


def test_the_compiled_catalogue_is_this_one() -> None:
    translated = compiled()
    for message, translations in catalogue().items():
        for number, translation in zip((1, 2), translations, strict=False):
            if message.context and message.plural:
                said = translated.npgettext(message.context, message.text, message.plural, number)
            elif message.context:
                said = translated.pgettext(message.context, message.text)
            elif message.plural:
                said = translated.ngettext(message.text, message.plural, number)
            else:
                said = translated.gettext(message.text)
            assert said == translation
    # The header is an entry too.
    _magic, _revision, entries = struct.unpack("<3I", (FOLDER / "django.mo").read_bytes()[:12])
    assert entries == len(catalogue()) + 1


# --- English pages are English

QUERIES = {
    "compare": (
        "?thema=wohnen",
        "?thema=kita&programm=spd-2025",
        "?thema=wohnen&folge=zufall",
        "?thema=wonen",
    ),
    "digest": ("?urteil=distorted", "?urteil=xyz"),
    "programme": ("?zeigen=nichts", "?zeigen=xyz"),
    "search": ("?q=Kita&partei=spd", "?q=zzz&messbar=ja", "?partei=sdp", "?folge=programm&seite=2"),
    "topic": ("?ansicht=spalten", "?folge=abwechselnd&q=Rad", "?art=bilanz", "?art=vorhabn"),
}
NOT_PAGES = {
    "original-file",
    "edition-file",
    "party-colours",
    "imprint",
    "codebook",
    "statements-table",
    "topic-table",
}
NOWHERE = ("/en/gibt-es-nicht/", "/en/themen/wohnun/")


@dataclass(frozen=True)
class Page:
    name: str
    html: lxml.html.HtmlElement


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Mapping[str, Page]:
    """By address: every kind of English page, in the states that a link can bring about."""
    with django_db_blocker.unblock(), transaction.atomic(), override("en"):
        programme = Programme.objects.get(slug="spd-2020")
        newer = bytes(programme.document.content)[:2000]
        former = programme.document
        read_programme(programme, newer, "spd-2020.txt")
        edition = reverse("edition", args=[programme.slug, former.slug])
        found = {address: _page(address) for address in (*_addresses(), edition)}
        transaction.set_rollback(True)
    return found


def _addresses() -> Iterator[str]:
    """Of the statements one in sixty, of the queries each on one page of its kind."""
    plain = [
        reverse(name)
        for name in (
            "home",
            "topics",
            "compare",
            "statements",
            "programmes",
            "search",
            "overview",
            "method",
        )
    ]
    one = Statement.objects.filter(programme__slug="spd-2025").first()
    plain += [reverse(name, args=[one.key]) for name in ("hint", "hint-thanks")]
    rows = (*Topic.objects.all(), *Programme.objects.all(), *Party.objects.all())
    plain += [row.get_absolute_url() for row in (*rows, *Statement.objects.order_by("pk")[::60])]
    asked = {resolve(address).url_name: address for address in plain}
    yield from plain
    yield from (asked[name] + query for name, queries in QUERIES.items() for query in queries)
    yield from NOWHERE


def _page(address: str) -> Page:
    response = Client().get(address)
    match = response.wsgi_request.resolver_match
    return Page(match.url_name if match else "", lxml.html.document_fromstring(response.content.decode()))


# One worker makes the pages, for all of these tests.


def on_pages(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.once(pytest.mark.xdist_group("english pages")(test))


@on_pages
def test_every_kind_of_page_is_among_those_looked_at(pages: Mapping[str, Page]) -> None:
    assert {page.name for page in pages.values()} - {""} == {
        pattern.name for pattern in urls.urlpatterns
    } - NOT_PAGES


@on_pages
def test_an_english_page_says_that_it_is(pages: Mapping[str, Page]) -> None:
    assert {page.html.get("lang") for page in pages.values()} == {"en"}


WORD = re.compile(r"[^\W\d_]+")
GERMAN_LETTER = re.compile(r"[äöüÄÖÜßẞ„]")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label", "data-done")
OWN_LANGUAGE = "ancestor-or-self::*[@lang][1]/@lang"


def _said_in_english(page: Page) -> Iterator[str]:
    """What stands on the page, or is read aloud, where its language is English."""
    yield from page.html.xpath("//text()[ancestor::*[@lang][1]/@lang = 'en' and not(ancestor::code)]")
    for attribute in SPOKEN:
        yield from page.html.xpath(f"//*[{OWN_LANGUAGE} = 'en']/@{attribute}")


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(text)}


def _german_words() -> set[str]:
    """The words of the German interface that its English never uses."""
    german = _words(text for message in messages_in_the_code() for text in (message.text, message.plural))
    return german - _words(text for translations in catalogue().values() for text in translations)


@pytest.fixture(scope="module")
def not_of_the_interface(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> re.Pattern[str]:
    """What is called the same in every language, and remarks that discuss German words in English."""
    with django_db_blocker.unblock():
        said = {"Wortlaut", *Programme.objects.values_list("short_title", flat=True)}
        said |= {*Party.objects.values_list("short_name", flat=True)}
        # Around what is marked in them; what is as short as a mark or a word is no remark.
        rest = (piece for note in Rendering.objects.all() for piece in _unmarked(note))
        said |= {piece for piece in rest if len(piece) > 10}
        said |= {*Rendering.objects.values_list("passage__text", flat=True)}
    return re.compile("|".join(map(re.escape, sorted(said, key=len, reverse=True))))


def _unmarked(rendering: Rendering) -> Iterator[str]:
    """As in the digest, and as beside each of the sentences that the line renders."""
    german = [source.text for source in rendering.sources.all()]
    for known in (german, *([text] for text in german)):
        pieces = mark_quotations(rendering.note_en, known, [rendering.passage.text])
        yield from (words for words, is_german in pieces if not is_german)


@on_pages
def test_german_on_an_english_page_is_marked_as_german(
    pages: Mapping[str, Page], not_of_the_interface: re.Pattern[str]
) -> None:
    german = _german_words()
    unmarked = {
        (page.name, text)
        for page in pages.values()
        for text in (not_of_the_interface.sub("", text) for text in _said_in_english(page))
        if GERMAN_LETTER.search(text) or german & set(WORD.findall(text))
    }
    assert sorted(unmarked) == []


def _language_links(page: Page) -> dict[str, str]:
    links = page.html.xpath("//nav[contains(@class, 'languages')]//a")
    return {link.get("hreflang"): link.get("href") for link in links}


@on_pages
def test_the_language_links_lead_to_the_same_page_with_the_same_query(pages: Mapping[str, Page]) -> None:
    wrong = {
        address: _language_links(page)
        for address, page in pages.items()
        if page.name and _language_links(page) != {"de": address.removeprefix("/en"), "en": address}
    }
    assert wrong == {}


def test_a_page_that_does_not_exist_leads_to_the_first_one_in_either_language(
    client: Client, db: None
) -> None:
    page = lxml.html.document_fromstring(client.get("/en/gibt-es-nicht/").content.decode())

    assert _language_links(Page("", page)) == {"de": "/", "en": "/en/"}


def test_a_german_page_leads_to_the_same_page_in_english(client: Client, db: None) -> None:
    page = lxml.html.document_fromstring(client.get("/suche/?q=Kita&seite=1").content.decode())

    assert page.get("lang") == "de"
    assert _language_links(Page("", page))["en"] == "/en/suche/?q=Kita&seite=1"


def test_a_digest_asked_for_as_a_programme_stays_in_english(client: Client, db: None) -> None:
    digest = Programme.objects.digests().first()
    assert digest is not None
    answer = client.get(f"/en/programme/{digest.slug}/")

    assert answer["Location"] == f"/en/digest/{digest.slug}/"


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_choices_of_the_filters_are_called_the_same(language: str) -> None:
    with override(language):
        labels = [
            str(c.label) for choices in (KINDS, COMMITMENTS, TEXT_KINDS, ORIGINS) for c in choices.values()
        ]
    assert len(set(labels)) == len(labels), labels


@pytest.mark.parametrize(
    ("language", "day", "short", "number", "share"),
    [
        ("de", "16. August 2023", "16.08.2023", "0,96", "97,5\u00a0%"),
        ("en", "16 August 2023", "16 Aug 2023", "0.96", "97.5%"),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_does(
    language: str, day: str, short: str, number: str, share: str
) -> None:
    template = "{% load wortlaut %}{{ day|date:'DATE_FORMAT' }}|{{ day|date:'SHORT_DATE_FORMAT' }}|"
    template += "{{ n }}|{{ p|percent }}"
    context = Context({"day": date(2023, 8, 16), "n": 0.96, "p": 97.5})
    with override(language):
        assert Template(template).render(context) == f"{day}|{short}|{number}|{share}"
