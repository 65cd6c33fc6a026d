"""What Django itself can say of the project."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())


@pytest.mark.django_db
def test_the_system_check_has_nothing_to_say() -> None:
    said = io.StringIO()

    call_command("check", "--fail-level=DEBUG", stdout=said, stderr=said)

    assert "no issues" in said.getvalue()
