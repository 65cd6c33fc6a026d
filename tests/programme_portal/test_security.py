"""What every answer of the portal carries, whatever it shows."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.utils import ConnectionHandler
from django.test import Client, override_settings

from pledges.models import Place


@pytest.fixture
def policy(client: Client) -> dict[str, str]:
    """The content security policy by directive."""
    header = client.get("/favicon.ico")["Content-Security-Policy"]
    return dict(directive.strip().split(" ", 1) for directive in header.split(";"))


def test_the_policy_allows_nothing_but_the_portals_own_files(policy: dict[str, str]) -> None:
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


def test_the_policy_covers_what_default_src_does_not(policy: dict[str, str]) -> None:
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"


def test_an_answer_carries_the_secure_headers_and_no_cookie(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not response.cookies


def test_no_header_puts_words_in_front_of_the_addresses(client: Client, db: None) -> None:
    page = client.get("/themen/", SCRIPT_NAME="/fremd")

    assert 'href="/themen/' in page.text
    assert "fremd" not in page.text


@pytest.mark.parametrize("weak", ["elf Zeichen", "password1234", "4711471147114711"])
def test_a_password_that_is_soon_guessed_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak)
    validate_password("zwölf Zeichen")


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60)
def test_plain_http_is_sent_to_https_but_for_the_watchdog(client: Client, db: None) -> None:
    assert client.get("/admin/")["Location"].startswith("https://")
    assert client.get("/healthz").status_code == 200
    assert "max-age=60" in client.get("/healthz", secure=True)["Strict-Transport-Security"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="settings of SQLite")
def test_sqlite_keeps_foreign_keys_does_not_block_readers_and_queues_writers(
    db: None, tmp_path: Path
) -> None:
    database = settings.DATABASES["default"] | {"NAME": tmp_path / "wortlaut.sqlite3"}
    file = ConnectionHandler({DEFAULT_DB_ALIAS: database})[DEFAULT_DB_ALIAS]
    try:
        with file.cursor() as cursor:
            values = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "foreign_keys")
            }
    finally:
        file.close()

    assert values == {"journal_mode": "wal", "foreign_keys": 1}
    assert file.transaction_mode == "IMMEDIATE"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="settings of PostgreSQL")
def test_postgresql_does_not_compile_its_questions(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="settings of PostgreSQL")
def test_postgresql_keeps_the_plan_of_what_is_asked_again(db: None) -> None:
    for _time in range(7):
        Place.objects.filter(slug="dortmund").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert any(Place._meta.db_table in statement for (statement,) in cursor.fetchall())
