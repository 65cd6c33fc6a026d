"""Public pages by the version of the data: 304, kept pages, and never an old one."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pledges.models import DataVersion, Party, Programme, Statement
from pledges.page_cache import _code_fingerprint, keep_pages
from pledges.versions import content_models, data_version

pytestmark = pytest.mark.django_db

PAGES = ["/", "/themen/wohnen/", "/programme/spd-2025/", "/parteien.css", "/en/", "/methode/"]


@pytest.fixture
def keeping(settings) -> Client:
    """A visitor of a portal that keeps pages; the middleware is made anew and begins without any."""
    settings.PAGE_CACHE_MB = 4
    return Client()


@pytest.mark.parametrize("page", PAGES)
def test_an_unchanged_page_costs_one_query_and_no_template(keeping, page, django_assert_num_queries):
    first = keeping.get(page)
    with django_assert_num_queries(1):
        again = keeping.get(page)
    assert again.content == first.content
    assert again.templates == []
    assert dict(again.items()) == dict(first.items())


@pytest.mark.parametrize("page", PAGES)
def test_who_has_the_page_already_gets_304(client, page, django_assert_num_queries):
    first = client.get(page)
    with django_assert_num_queries(1):
        again = client.get(page, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # What RFC 9110 has a 304 say just as its page does, and nothing of the content that doesn't come.
    assert dict(again.items()) == {name: first[name] for name in ("ETag", "Cache-Control", "Vary")}


def test_what_is_no_page_is_none_for_whoever_claims_to_have_any(client):
    assert client.get("/gibt-es-nicht/", headers={"If-None-Match": "*"}).status_code == 404


def test_every_change_of_content_shows_at_once(keeping):
    etag = keeping.get("/parteien/spd/")["ETag"]
    Party.objects.filter(slug="spd").update(short_name="Neue SPD")

    answer = keeping.get("/parteien/spd/", headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert "Neue SPD" in answer.text
    assert answer["ETag"] != etag


def test_a_restored_database_that_comes_to_the_same_number_again_is_another_version(client):
    etag = client.get("/methode/")["ETag"]
    DataVersion.objects.update(changed_at=timezone.now())

    assert client.get("/methode/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model.__name__)
def test_a_change_of_any_table_moves_the_version(model):
    before = data_version().content
    # A change of no row is one to PostgreSQL's triggers for statements; SQLite's need a row.
    if (row := model._base_manager.first()) is None:
        pytest.skip(f"The project's own texts come without a {model.__name__}.")
    field = next(f for f in model._meta.concrete_fields if not f.primary_key)
    if model.__name__ == "Coding":
        type(row).objects.create(
            **{f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
        )
    else:
        model._base_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})

    assert data_version().content > before


def test_parts_for_htmx_other_hosts_and_languages_are_pages_of_their_own(keeping, settings):
    settings.ALLOWED_HOSTS = ["testserver", "wortlaut.example"]
    whole = keeping.get("/themen/wohnen/")
    part = keeping.get("/themen/wohnen/", headers={"HX-Request": "true"})
    history = keeping.get(
        "/themen/wohnen/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    english = keeping.get("/en/themen/wohnen/")
    elsewhere = keeping.get("/themen/wohnen/", headers={"Host": "wortlaut.example"})

    answers = (whole, part, history, english, elsewhere)
    assert len({answer["ETag"] for answer in answers}) == 5
    assert {answer["Vary"] for answer in answers} == {"HX-Request, HX-History-Restore-Request"}
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert "wortlaut.example" in elsewhere.text


@pytest.mark.parametrize("part", ["requirements.lock", "static/css/site.css", "templates/base.html"])
def test_what_pages_are_made_of_tells_an_update(settings, tmp_path, part):
    settings.BASE_DIR = tmp_path
    file = tmp_path / part
    file.parent.mkdir(parents=True, exist_ok=True)
    found = set()
    for content in ("before", "after"):
        file.write_text(content)
        found.add(_code_fingerprint.__wrapped__())

    assert len(found) == 2


def test_another_day_an_update_and_https_make_another_page(keeping, monkeypatch):
    address = Statement.objects.first().get_absolute_url()
    answers = [keeping.get(address), keeping.get(address, secure=True)]

    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2030, 1, 2))
    monkeypatch.setattr("pledges.page_cache._today", timezone.localdate)
    answers.append(keeping.get(address))
    monkeypatch.setattr("pledges.page_cache._code_fingerprint", lambda: "another")
    answers.append(keeping.get(address))

    assert len({answer["ETag"] for answer in answers}) == 4
    assert f"https://testserver{address}" in answers[1].text
    assert "abgerufen am 02.01.2030" in answers[2].text


def test_a_page_that_is_kept_for_https_is_not_given_without_it(keeping, settings):
    settings.SECURE_SSL_REDIRECT = True
    for _ in range(2):
        safe = keeping.get("/methode/", secure=True)
        assert (safe.status_code, safe["X-Content-Type-Options"]) == (200, "nosniff")
        answer = keeping.get("/methode/", headers={"If-None-Match": safe["ETag"]})
        assert (answer.status_code, answer["Location"]) == (301, "https://testserver/methode/")


def test_a_page_that_is_kept_is_not_given_to_a_host_of_others(keeping):
    kept = keeping.get("/methode/")
    for host in ("elsewhere.example", "testserver.elsewhere.example", "x y"):
        answer = keeping.get("/methode/", headers={"Host": host, "If-None-Match": kept["ETag"]})
        assert answer.status_code == 400


@pytest.mark.parametrize("page", ["/themen/wohnung/", "/themen/wohnen/?art=kind", "/healthz"])
def test_errors_and_what_is_no_page_are_not_kept(keeping, page):
    assert "ETag" not in keeping.get(page)


@pytest.mark.parametrize(
    "file",
    ["/programme/spd-2025/datei", "/programme/spd-2025/fassung/spd-2025/datei", "/aussagen.csv"],
)
def test_a_file_to_be_downloaded_is_not_kept_but_is_not_sent_twice(keeping, file, django_assert_num_queries):
    first = keeping.get(file)
    with django_assert_num_queries(1):
        assert keeping.get(file, headers={"If-None-Match": first["ETag"]}).status_code == 304
    with CaptureQueriesContext(connection) as asked:
        assert keeping.get(file).content == first.content
    assert len(asked) > 1


def test_a_page_that_would_throw_out_most_others_is_not_kept(rf, settings):
    settings.PAGE_CACHE_MB = 1
    asked = []

    def answer(request):
        asked.append(request.path)
        return HttpResponse(b"x" * (2**20 if request.path == "/long/" else 2**10))

    middleware = keep_pages(answer)
    for path in ("/short/", "/long/", "/short/", "/long/"):
        middleware(rf.get(path))

    assert asked == ["/short/", "/long/", "/long/"]


def test_nothing_of_the_admin_is_kept(keeping, admin_user, django_assert_num_queries):
    keeping.force_login(admin_user)
    seen = keeping.get("/admin/")
    assert "ETag" not in seen
    keeping.logout()
    assert keeping.get("/admin/").status_code == 302


def test_a_draft_disappears_from_a_kept_page(keeping):
    statement = Statement.objects.filter(programme__slug="dos-2020").first()
    assert keeping.get(statement.get_absolute_url()).status_code == 200
    Programme.objects.filter(slug="dos-2020").update(published_at=None)
    assert keeping.get(statement.get_absolute_url()).status_code == 404


def test_off_by_one_setting(settings, client, django_assert_num_queries: DjangoAssertNumQueries):
    settings.PAGE_CACHE_MB = 0
    client.get("/")
    assert client.get("/").templates


def test_a_second_loading_leaves_the_version(capsys):
    before = data_version()
    call_command("load_programmes")
    assert data_version() == before
