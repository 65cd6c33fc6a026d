import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.mark.django_db
def test_a_portal_with_a_migrated_database_is_healthy(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ready"}


@pytest.mark.django_db
def test_an_unapplied_migration_is_unhealthy(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "unmigrated"}


def test_an_unreachable_database_is_unhealthy_and_its_error_stays_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("connection to 10.0.0.7 failed for user wortlaut")

    monkeypatch.setattr("programme_portal.health.MigrationExecutor", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "unreachable"}


@pytest.mark.django_db
def test_the_state_is_never_cached_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/healthz")

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
