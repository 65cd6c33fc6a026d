"""The sign-in: nobody tries passwords for long, and nobody is locked out by others."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from pledges.admin.sign_in import MOST_WRONG

pytestmark = pytest.mark.django_db

SECRET = "Neun Kraniche ziehen gen Süden"


@pytest.fixture(autouse=True)
def somebody(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_user("redaktion", password=SECRET, is_staff=True)


def sign_in(address, password, query=""):
    client = Client(REMOTE_ADDR=address)
    return client.post(f"/admin/login/{query}", {"username": "redaktion", "password": password})


def test_whoever_tries_passwords_is_stopped_even_with_the_right_one_and_others_are_not():
    for number in range(MOST_WRONG):
        assert "zu viele Anmeldungen" not in sign_in("203.0.113.7", f"falsch {number}").text

    refused = sign_in("203.0.113.7", SECRET)

    assert refused.status_code == 200
    assert "zu viele Anmeldungen" in refused.text
    assert sign_in("203.0.113.8", SECRET).status_code == 302


def test_signing_in_does_not_count():
    for _number in range(MOST_WRONG + 1):
        assert sign_in("203.0.113.7", SECRET).status_code == 302


def test_a_sign_in_ends_with_the_day_and_no_script_sees_it():
    session = sign_in("203.0.113.7", SECRET).cookies["sessionid"]

    assert session["max-age"] <= 12 * 60 * 60
    assert session["httponly"]


@pytest.mark.parametrize("leads_to", ["", "?next=", "?next=//elsewhere.example/"])
def test_signing_in_leads_to_no_other_site(leads_to):
    assert sign_in("203.0.113.7", SECRET, leads_to).headers["Location"] == "/admin/"
