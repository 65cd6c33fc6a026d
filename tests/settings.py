"""The portal's settings for a test run, which takes nothing from the shell but `TEST_DATABASE_URL`."""

import os

for _name in (
    "ALLOWED_HOSTS",
    "CONN_MAX_AGE",
    "CSRF_TRUSTED_ORIGINS",
    "DATA_DIR",
    "DEBUG",
    "HSTS_SECONDS",
    "LOG_LEVEL",
    "PAGE_CACHE_MB",
):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "for tests only: known to everybody, and so worth nothing"
os.environ["HTTPS_ONLY"] = "off"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:"

from programme_portal.settings import *  # noqa: E402, F403
from programme_portal.settings import STORAGES  # noqa: E402

# Hashed names need a run of collectstatic first; the browser tests do that, see tests/browser/conftest.py.
STATIC_ROOT = None  # type: ignore[assignment]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A test that is rolled back leaves the version of the data as it was; its pages must not outlive it.
PAGE_CACHE_MB = 0
# The tests' users need passwords that are cheap to check, not hard to guess.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
