"""What is sent when the session has ended, or is somebody else's: refused, but never without a word."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pledges.models import Statement
from pledges.roles import CHIEF_EDITOR
from tests.pages import parse
from tests.people import person, signed_in
from tests.shelves import HOUSING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

QUEUE = "/admin/pledges/statement/queue/"
NOT_SAVED = "Sie waren abgemeldet; das wurde nicht gespeichert. Bitte noch einmal."


@pytest.fixture
def editor():
    return signed_in(person("anna", CHIEF_EDITOR))


def sign_in(client, name="anna"):
    client.force_login(User.objects.get(username=name))


def messages(response):
    return [item.words for item in parse(response.text).one("ul", "messagelist").find("li")]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"{QUEUE}skip/?programm=alpha-2025", f"{QUEUE}?programm=alpha-2025"),
        (f"{QUEUE}skipped/", QUEUE),
        (f"{QUEUE}undo/", QUEUE),
        (f"{QUEUE}hint/1/", QUEUE),
        ("/admin/pledges/relation/queue/skip/?thema=wohnen", "/admin/pledges/relation/queue/?thema=wohnen"),
        ("/admin/pledges/rendering/queue/undo/", "/admin/pledges/rendering/queue/"),
        ("/admin/pledges/statement/bulk/", "/admin/pledges/statement/"),
        ("/admin/pledges/pledge/1/undo/", "/admin/pledges/pledge/1/"),
        ("/admin/pledges/bulkchange/1/undo/", "/admin/pledges/bulkchange/1/"),
        ("/admin/pledges/upload/1/load/", "/admin/pledges/upload/1/"),
        ("/admin/pledges/upload/1/discard/", "/admin/pledges/upload/1/"),
    ],
)
def test_signing_in_again_leads_from_what_only_takes_forms_to_the_form(editor, address, form):
    response = editor.get(address)

    assert response.headers["Location"] == form
    assert messages(editor.get("/admin/")) == [NOT_SAVED]


@pytest.mark.parametrize(
    "address", [QUEUE, f"{QUEUE}skip/", "/admin/pledges/hint/1/change/", "/admin/pledges/statement/"]
)
def test_who_is_signed_out_reads_before_signing_in_that_nothing_was_saved(client, address):
    response = client.post(address, {"aussage": "1"}, follow=True)

    assert response.redirect_chain[0][0].startswith("/admin/login/?next=")
    assert messages(response) == [NOT_SAVED]


def test_who_only_looks_or_signs_out_twice_reads_no_such_thing(client):
    assert NOT_SAVED not in client.get(QUEUE, follow=True).text
    assert NOT_SAVED not in client.post("/admin/logout/", follow=True).text


def test_a_form_of_another_session_is_refused_in_words_that_say_what_to_do(editor):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)

    response = client.post(QUEUE, {"aussage": Statement.objects.get(text=HOUSING).pk})

    page = parse(response.text)
    assert response.status_code == 403
    assert page.one("h1").words == "Das wurde nicht gespeichert"
    assert "kopieren Sie Ihren Text und laden Sie die Seite neu" in page.one("main").words
    assert "DEBUG" not in response.text


def test_who_lacks_a_right_is_told_so_and_by_whom_it_is_given():
    response = signed_in(person("ben")).get("/admin/pledges/programme/add/")

    page = parse(response.text)
    assert response.status_code == 403
    assert page.one("h1").words == "Das darf Ihr Konto nicht"
    assert page.one("main").one("a")["href"] == "/admin/"


def test_a_form_with_too_many_fields_is_refused_in_words(editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3

    response = editor.post(QUEUE, {str(number): "1" for number in range(5)})

    assert response.status_code == 400
    assert parse(response.text).one("h1").words == "Diese Anfrage ließ sich nicht lesen"
