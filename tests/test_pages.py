"""What holds for every page."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from pledges.citation import quote
from pledges.models import Party, Programme, Statement, Topic
from pledges.urls import urlpatterns
from tests.pages import addresses, get, parse

# One worker runs them all, as they share the pages that were fetched. What each database answers to
# every kind of page is seen in test_queries.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("pages")]

LANGUAGES = ("de", "en")


def in_language(address, language):
    return address if language == "de" else f"/en{address}"


def one_of_each_kind():
    return {resolve(address.partition("?")[0]).url_name: address for address in addresses()}.values()


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page in German, one of each kind in English, fetched once: (language, address) to its answer."""
    client = Client()
    with django_db_blocker.unblock(), translation.override("de"):
        return {
            **{("de", address): client.get(address) for address in addresses()},
            **{("en", address): client.get(f"/en{address}") for address in one_of_each_kind()},
        }


@pytest.fixture(scope="module")
def trees(pages):
    return {which: parse(page.text) for which, page in pages.items()}


def test_every_kind_of_address_is_tried(pages):
    with translation.override("de"):
        tried = {resolve(address.partition("?")[0]).url_name for _language, address in pages}

    assert {pattern.name for pattern in urlpatterns} - tried == {
        "codebook",
        "edition",
        "edition-file",
        "imprint",
        "original-file",
        "party-colours",
        "statements-table",
        "topic-table",
    }


def test_every_page_answers(pages):
    assert len(pages) > 60
    assert {which: page.status_code for which, page in pages.items() if page.status_code != 200} == {}


def test_every_page_has_one_heading_of_the_first_level_with_words(trees):
    for tree in trees.values():
        assert tree.one("h1").words


def test_every_page_has_one_title_and_one_description(trees):
    for tree in trees.values():
        head = tree.one("head")
        assert head.one("title").words.endswith("– Wortlaut")
        description = head.one("meta", name="description")["content"]
        # A quotation is as long as it is.
        assert 20 <= len(description) <= (320 if description[0] not in "„“" else 2000)


def test_every_page_is_shared_by_its_title_in_its_language(trees):
    for (language, address), tree in trees.items():
        head = tree.one("head")
        shared = {
            meta["property"]: meta["content"] for meta in head.find("meta") if "property" in meta.attributes
        }
        assert f"{shared['og:title']} – Wortlaut" == head.one("title").words, address
        assert (shared["og:type"], shared["og:site_name"]) == ("website", "Wortlaut")
        assert shared["og:locale"] == {"de": "de_DE", "en": "en_GB"}[language]
        assert head.one("meta", name="twitter:card")["content"] == "summary"


def test_every_page_is_shared_under_its_own_address_with_its_parameters(trees):
    for (language, address), tree in trees.items():
        assert (
            tree.one("meta", property="og:url")["content"]
            == f"http://testserver{in_language(address, language)}"
        )


def test_a_shared_statement_is_quoted_whole_with_what_introduces_it(client):
    for statement in Statement.objects.exclude(passage__lead_in=None).filter(passage__position__gt=300)[:3]:
        said = get(client, statement.get_absolute_url()).one("meta", property="og:description")["content"]
        lead_in = statement.passage.lead_in
        gap = "" if lead_in.position + 1 == statement.passage.position else " […]"
        assert said == quote(f"{lead_in.text}{gap} {statement.text}")


def test_a_shared_statement_says_of_which_programme_it_is(client):
    for programme in Programme.objects.in_own_words():
        statement = Statement.objects.filter(programme=programme).order_by("position")[3]
        page = get(client, statement.get_absolute_url())
        title = f"{programme.short_title}, Satz {statement.position}"
        assert page.one("meta", property="og:title")["content"] == title


def test_a_shared_title_is_in_a_page_as_it_was_written(client):
    page = get(client, '/suche/?q="im+Park"+<b>')

    assert page.one("meta", property="og:title")["content"] == 'Suche: "im Park" <b>'


def test_every_sign_of_a_card_is_explained_where_a_list_leads_to_for_it(trees):
    (link,) = [a for a in trees["de", "/aussagen/"].find("a") if a.words == "Was bedeuten die Zeichen?"]
    explained = trees["de", "/methode/"].one("section", aria_labelledby=link["href"].partition("#")[2])

    signs = {use["href"] for label in explained.find("span") for use in label.find("use")}
    used = {u["href"] for t in trees.values() for ls in t.find("ul", "labels") for u in ls.find("use")}
    assert {"#icon-record", "#icon-vision", "#icon-codebook"} <= used <= signs


def test_no_two_pages_share_their_title(trees):
    for language in LANGUAGES:
        titles = {}
        for (spoken, address), tree in trees.items():
            if spoken == language:
                titles.setdefault(tree.one("title").words, set()).add(address.partition("?")[0])
        assert {title: same for title, same in titles.items() if len(same) > 1} == {}


def test_every_page_names_its_canonical_address_without_its_parameters(trees):
    for (language, address), tree in trees.items():
        path = in_language(address, language).partition("?")[0]
        assert tree.one("link", rel="canonical")["href"] == f"http://testserver{path}"


def test_every_page_names_itself_in_the_other_language(trees):
    for (_language, address), tree in trees.items():
        links = {link["hreflang"]: link["href"] for link in tree.find("link", rel="alternate")}
        assert links == {
            language: f"http://testserver{in_language(address, language)}" for language in LANGUAGES
        }


def test_every_page_says_its_language(trees):
    for (language, _address), tree in trees.items():
        assert tree.one("html")["lang"] == language


def test_no_page_sets_a_cookie(pages):
    assert [which for which, page in pages.items() if page.cookies] == []


def test_no_anchor_stands_twice(trees):
    for which, tree in trees.items():
        anchors = [element["id"] for element in tree.below() if "id" in element.attributes]
        assert len(anchors) == len(set(anchors)), which


def test_every_link_within_a_page_leads_to_an_anchor(trees):
    for which, tree in trees.items():
        anchors = {element.attributes.get("id") for element in tree.below()}
        for link in tree.find("a"):
            if link.attributes.get("href", "").startswith("#"):
                assert link["href"][1:] in anchors, which


def test_every_label_belongs_to_a_field_and_every_field_has_a_label(trees):
    for which, tree in trees.items():
        labelled = {label["for"] for label in tree.find("label")}
        fields = {
            f["id"]
            for f in tree.below()
            if f.name in ("input", "select", "textarea") and "id" in f.attributes
        }
        hidden = tree.find("input", type_="hidden")
        unnamed = [f for f in tree.find("input") if "id" not in f.attributes and f not in hidden]
        assert labelled == fields, which
        assert not unnamed, which


def test_no_page_has_styles_or_scripts_within(trees):
    for which, tree in trees.items():
        assert not tree.find("style"), which
        assert all("src" in script.attributes for script in tree.find("script")), which
        for element in tree.below():
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")], (
                which
            )


def test_every_link_of_a_page_answers(client, trees):
    links = {
        link["href"].partition("#")[0]
        for (language, address), tree in trees.items()
        if language == "de"
        and address in ("/", "/themen/wohnen/", "/programme/", "/parteien/spd/", "/methode/")
        for link in tree.find("a")
        if link.attributes.get("href", "").startswith("/")
    }
    assert len(links) > 60
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_citation_leads_to_its_place_in_the_text(client):
    for programme in Programme.objects.in_own_words():
        page = get(client, programme.get_absolute_url())
        anchors = {e["id"]: e for e in page.find("span") if e.attributes.get("id", "").startswith("satz-")}
        statements = Statement.objects.filter(programme=programme).select_related("passage")
        assert len(anchors) == len(statements)
        for statement in statements:
            assert statement.text in anchors[statement.passage.anchor].text


def test_the_original_file_comes_byte_for_byte_as_a_download(client):
    for programme in Programme.objects.all():
        answer = client.get(reverse("original-file", args=[programme.slug]))
        file = settings.BASE_DIR / "fixtures" / programme.document.file_name
        assert answer.content == file.read_bytes()
        assert answer["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_codebook_is_shown_and_comes_in_full_as_a_download(client):
    page = get(client, "/methode/")
    (link,) = [a for a in page.find("a") if "codebuch" in a["href"]]
    answer = client.get(link["href"])

    assert "„Wir wollen mehr Bürgerhäuser schaffen“: ja." in page.words
    assert answer.content == (settings.BASE_DIR / "fixtures" / "codings" / "CODEBOOK.md").read_bytes()
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/themen/wohnungen/", "/themen/wohnen/"),
        ("/themen/mobilität/", None),
        ("/themen/mobilitat/", "/themen/mobilitaet/"),
        ("/programme/spd-2026/", "/programme/spd-2025/"),
        ("/programme/spd-2025-digest/", "/digest/spd-2025-digest/"),
        ("/parteien/grune/", "/parteien/gruene/"),
        ("/digest/spd-2025-dijest/", "/digest/spd-2025-digest/"),
        ("/digest/spd-2025/", "/programme/spd-2025/"),
        ("/themen/xyzzy/", None),
        ("/aussagen/spd-2025-aaaaaaaaaa/", "/programme/spd-2025/"),
        ("/aussagen/spd-2025-aaaaaaaaaa/hinweis/", "/programme/spd-2025/"),
        ("/gibt/es/nicht/", None),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_a_404_that_offers_the_nearest(client, address, nearest, language):
    answer = client.get(in_language(address, language), follow=False)
    if answer.status_code in (301, 302):
        assert answer["Location"] == in_language(nearest or "", language)
        return

    page = parse(answer.text)
    assert answer.status_code == 404
    assert page.one("html")["lang"] == language
    assert page.one("h1").words
    links = [link["href"] for link in page.one("main").find("a")]
    assert in_language("/themen/", language) in links
    if nearest:
        assert in_language(nearest, language) == links[0]


def test_an_unknown_row_of_the_admin_is_a_404_too(admin_client):
    assert admin_client.get("/admin/pledges/upload/99999/progress/").status_code == 404


def test_what_a_404_offers_answers(client):
    for model, path in ((Topic, "themen"), (Party, "parteien"), (Programme, "programme")):
        for row in model.objects.all():
            answer = client.get(f"/{path}/{row.slug}x/")
            link = parse(answer.text).one("main").find("a")[0]["href"]
            assert client.get(link).status_code == 200
            assert row.slug in link


def test_a_wrong_method_or_a_hostile_address_is_no_server_error(client):
    for address in ("/themen/<script>/", "/suche/?q=%00", "/suche/?seite=%F0", "/vergleich/?thema=%00"):
        assert client.get(address).status_code in (400, 404)
    assert "<script>" not in re.sub(r"<script src", "", client.get("/themen/<script>/").text)
