"""Fixtures that tests of several packages share."""

from django.conf import settings


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"
