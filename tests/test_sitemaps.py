"""What search engines are told: every page's address, and what to leave alone."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pledges.models import Programme, Statement
from pledges.sitemaps import Statements
from tests.pages import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]


def named_in(page) -> list[str]:
    return re.findall(r"<loc>([^<]*)</loc>", page.text)


def all_named(client) -> list[str]:
    files = named_in(client.get("/sitemap.xml"))
    assert files
    return [
        address.removeprefix("http://testserver")
        for file in files
        for address in named_in(client.get(file.removeprefix("http://testserver")))
    ]


def test_the_robots_file_names_the_sitemap_and_what_to_leave_out(client):
    page = client.get("/robots.txt")

    assert page["Content-Type"] == "text/plain"
    assert "Disallow: /suche/\n" in page.text
    assert "Sitemap: http://testserver/sitemap.xml\n" in page.text


def test_the_sitemap_names_every_page_that_has_an_address_of_its_own(client):
    named = all_named(client)

    left_out = re.compile(r"\?|^/suche/|/hinweis/")
    wanted = {address for address in addresses() if not left_out.search(address)}
    wanted |= {statement.get_absolute_url() for statement in Statement.objects.all()}
    assert sorted(named) == sorted(wanted)
    assert {address: client.get(address).status_code for address in named} == dict.fromkeys(named, 200)


def test_many_statements_fill_several_files(client, monkeypatch):
    whole = all_named(client)
    monkeypatch.setattr(Statements, "limit", 2)

    assert sum("statements" in file for file in named_in(client.get("/sitemap.xml"))) > 2
    assert all_named(client) == whole


def test_the_sitemap_keeps_quiet_about_drafts_and_what_is_gone(client):
    gone = Statement.objects.filter(programme__slug="beta-2025").first()
    Statement.objects.filter(pk=gone.pk).update(gone_since=timezone.now())
    Programme.objects.filter(slug="alpha-2025").update(published_at=None)

    named = all_named(client)

    assert gone.get_absolute_url() not in named
    assert [address for address in named if "alpha-2025" in address] == []
    assert reverse("programme", args=["beta-2025"]) in named


def test_a_sitemap_that_does_not_exist_is_not_found(client):
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-statements.xml?p=99").status_code == 404
    assert client.get("/sitemap-statements.xml?p=x").status_code == 404
