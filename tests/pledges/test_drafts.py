"""A draft appears nowhere public: every address is asked for, and every link followed, as nobody."""

import html
import itertools
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urljoin

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from pledges.models import Hint, HintStatus, Party, Programme, Relation, Statement, Topic
from pledges.sitemaps import SITEMAPS
from sources.models import Document
from tests.shelves import HOUSING, NURSERY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

DRAFTS = ("alpha-2025", "alpha-digest", "delta-2025", "delta-nebenstadt")
# What must not stand on any page, but where somebody's own address says it.
SECRETS = {
    "slugs": ["alpha-2025", "alpha-digest", "delta-2025", "delta-nebenstadt"],
    "titles": ["ALPHA 2025", "die Delta"],
    "words": [HOUSING, NURSERY, "Wohnen ist teuer", "20 Wohnungen in Nebenstadt"],
    "words of the digest": ["200 new flats", "Free ice cream"],
    "places and colours": ["Nebenstadt", "#aabbcc"],
    "editors and readers": ["Geheimer Hinweis", "Geheime Antwort"],
}
MOST_PAGES = 1500


@pytest.fixture
def drafts(musterstadt_loaded):
    """A programme with its digest, relations and hints, and both programmes of a party, as drafts.

    The digest itself is published: it stays hidden as its original is.
    """
    programmes = Programme.objects.filter(slug__in=DRAFTS)
    programmes.exclude(slug="alpha-digest").update(published_at=None)
    assert Relation.objects.filter(a__programme__slug="alpha-2025").exists()
    Hint.objects.create(
        statement=Statement.objects.get(text=HOUSING),
        about="text",
        words="Geheimer Hinweis",
        received_at=timezone.now(),
    )
    return programmes


def patterns(found, prefix="") -> Iterator[URLPattern]:
    for pattern in found:
        if not isinstance(pattern, URLResolver):
            yield pattern
        elif pattern.namespace != "admin":
            yield from patterns(pattern.url_patterns)


def arguments() -> dict[str, list[str]]:
    """For each kind of argument of an address all values, those of drafts too, and some nearly so."""
    slugs = [*Programme.objects.values_list("slug", flat=True), *Party.objects.values_list("slug", flat=True)]
    topics = [*Topic.objects.values_list("slug", flat=True)[:3], "wohnen"]
    keys = Statement.objects.values_list("key", flat=True)
    return {
        "slug": [*slugs, *topics, "alpha-202", "alpha-diges", "delt", "wohne"],
        "key": [*keys, *(f"{slug}-0000000000" for slug in DRAFTS)],
        "section": [*SITEMAPS],
        "name": [*Document.objects.values_list("slug", flat=True)],
    }


def addresses() -> Iterator[str]:
    values = arguments()
    for pattern in patterns(get_resolver().url_patterns):
        names = list(pattern.pattern.converters)
        for given in itertools.product(*(values[name] for name in names)):
            for language in ("de", "en"):
                with translation.override(language):
                    if pattern.name:
                        yield reverse(pattern.name, kwargs=dict(zip(names, given, strict=True)))
    for slug in DRAFTS:
        yield f"/vergleich/?thema=wohnen&programm={slug}&programm=beta-2025"
        yield f"/themen/wohnen/?programm={slug}"
        yield f"/suche/?q=wohnungen&programm={slug}"
        yield f"/aussagen.csv?programm={slug}"
    for words in (HOUSING, NURSERY, "flats", "ice cream", "Nebenstadt", "Kita", "Delta"):
        yield f"/suche/?q={quote(words)}"
        yield f"/aussagen.csv?q={quote(words)}"
    yield from ("/themen/wohnen/?partei=delta", "/themen/wohnen/?ansicht=spalten")
    yield from ("/robots.txt", "/sitemap.xml")


def links(page: str, address: str) -> Iterator[str]:
    for link in re.findall(r'(?:href|src|action|hx-get)="([^"#]+)', page):
        target = urljoin(address, html.unescape(link))
        if target.startswith("/") and not target.startswith(("/static/", "/admin/")):
            yield target


def crawl(client: Client, first: list[str]) -> Iterator[tuple[str, int, str]]:
    """Every page's address, status and text, from the first addresses on, each once."""
    waiting, known = list(dict.fromkeys(first)), set(first)
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        address = waiting.pop(0)
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        text = html.unescape(body.decode("utf-8", errors="replace"))
        yield address, response.status_code, text
        new = [link for link in links(body.decode("utf-8", errors="replace"), address) if link not in known]
        # One filter more a step leads through all their combinations, which show less and less.
        new = [link for link in dict.fromkeys(new) if link.count("=") <= 1]
        known |= set(new)
        waiting += new


def leaks(address: str, text: str) -> list[str]:
    """The secrets in a page that its own address doesn't already say."""
    asked = unquote(address)
    return [secret for secret in itertools.chain(*SECRETS.values()) if secret in text and secret not in asked]


@pytest.mark.once
def test_without_drafts_the_crawl_finds_what_it_looks_for(client):
    pages = crawl(client, [*addresses()])
    found = {secret for address, _status, text in pages for secret in leaks(address, text)}

    kept_from_all = SECRETS["editors and readers"]
    assert found == {*itertools.chain(*SECRETS.values())} - {*kept_from_all}


def test_no_page_shows_anything_of_a_draft(client, drafts):
    pages = list(crawl(client, [*addresses()]))

    assert len(pages) < MOST_PAGES
    assert [(address, found) for address, _status, text in pages if (found := leaks(address, text))] == []


def test_the_addresses_of_a_draft_do_not_exist(client, drafts):
    for programme in drafts:
        for address in (
            programme.get_absolute_url(),
            reverse("original-file", args=[programme.slug]),
            reverse("digest", args=[programme.slug]),
            *(statement.get_absolute_url() for statement in programme.statements.all()),
        ):
            assert client.get(address).status_code == 404, address
    assert client.get("/parteien/delta/").status_code == 404


def test_a_table_holds_no_row_of_a_draft(client, drafts):
    public = Statement.objects.published().current()

    for start in ("/aussagen.csv", "/en/aussagen.csv"):
        content = client.get(start).text
        assert [
            key
            for key in Statement.objects.order_by("pk").values_list("key", flat=True)
            if f"/{key}/" in content
        ] == [*public.order_by("pk").values_list("key", flat=True)]
    for slug in DRAFTS:
        assert client.get(f"/aussagen.csv?programm={slug}").status_code == 400


def test_no_number_counts_a_draft(client, drafts):
    public = Statement.objects.filter(programme__slug__in=["beta-2025", "beta-alpha-2023", "beta-2020"])

    method = client.get("/methode/").text

    assert f"Alle {public.count()} Aussagen" in method
    assert Statement.objects.published().count() == public.count()


def test_signed_in_editors_see_no_draft_on_public_pages_either(admin_client, drafts):
    for address in ("/", "/programme/", "/suche/?q=wohnungen", drafts[0].get_absolute_url()):
        assert not leaks(address, admin_client.get(address).text)


def test_a_hint_can_be_given_to_no_statement_of_a_draft(client, drafts):
    statement = Statement.objects.get(text=HOUSING)

    for pattern in patterns(get_resolver().url_patterns):
        if "key" in pattern.pattern.converters and pattern.name:
            address = reverse(pattern.name, kwargs={"key": statement.key})
            assert client.post(address, {"about": "text", "words": "Hallo"}).status_code in (404, 405)
    assert Hint.objects.filter(status=HintStatus.OPEN).count() == 1
