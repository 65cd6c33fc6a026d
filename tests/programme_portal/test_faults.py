"""What a visitor reads when something fails that is none of their doing."""

import pytest
from django.db import OperationalError
from django.test import Client

from tests.pages import parse


def answer_where_all_fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    def fail() -> None:
        raise error

    # Every public page asks for the version of the data first.
    monkeypatch.setattr("pledges.page_cache.data_version", fail)
    response = Client(raise_request_exception=False).get("/themen/")
    assert str(error) not in response.text
    return response.status_code, parse(response.text).one("h1").words


def test_a_busy_database_asks_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OperationalError("database is locked")

    assert answer_where_all_fails_with(error, monkeypatch) == (503, "Das geht gerade nicht")


def test_a_fault_of_the_portal_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    error = RuntimeError("nobody foresaw this")

    assert answer_where_all_fails_with(error, monkeypatch) == (500, "Hier ist etwas schiefgegangen")
