"""The portal's settings, for every place that it runs in: what differs comes from the environment.

`docs/deploy.md` lists the variables. A value that makes no sense stops the start and is named; see manage.py.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env, EnvValidationError, ValidationError, validate

from programme_portal import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def _hosts(hosts: list[str]) -> None:
    if not hosts or not all(re.fullmatch(r"\*|[\w.-]+|\[[\da-fA-F:]+\]", host) for host in hosts):
        raise ValidationError("has to be host names with commas between, without https:// and port.")


def _absolute(folder: Path) -> None:
    if not folder.is_absolute():
        raise ValidationError("has to be a folder's whole path, from / on.")


def _origins(origins: list[str]) -> None:
    if not all(origin.startswith(("https://", "http://")) for origin in origins):
        raise ValidationError("every origin has to start with https:// (or http://).")


# --- The environment: read as a whole, so that everything wrong with it is said at once

env = Env(eager=False)


@env.parser_for("secret")
def _secret(key: str) -> str:
    if len(key) < 50:
        raise ValidationError(
            "has to be at least 50 random characters, or SECRET_KEY_FILE the name of a file that holds them; "
            "`make setup` writes one."
        )
    return key


@env.parser_for("database")
def _sqlite_or_postgresql(url: str) -> dict[str, Any]:
    try:
        database = dict(dj_database_url.parse(url))
    except ValueError:
        database = {}
    name = str(database.get("NAME") or "")
    # The service and a command in a shell start in different folders, so a file needs its whole path.
    known = {
        "django.db.backends.sqlite3": name.startswith("/") or name == ":memory:",
        "django.db.backends.postgresql": bool(name),
    }
    if not known.get(str(database.get("ENGINE"))):
        raise ValidationError(
            "has to be sqlite:////folder/file or postgresql://user:password@host:port/name."
        )
    return database


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.secret("SECRET_KEY", secret_key.stored() or ("for development only: " * 3 if DEBUG else ""))
# Off only where browsers speak plain http to the portal, as on the loopback address with `make run`.
HTTPS_ONLY = env.bool("HTTPS_ONLY", True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"], validate=_hosts)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [], validate=_origins)
HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 60 * 60, validate=validate.Range(min=0))
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var", validate=_absolute)
LOG_LEVEL = env.str(
    "LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
)
CONN_MAX_AGE = env.int("CONN_MAX_AGE", 60, validate=validate.Range(min=0))
# Of each worker, for whole public pages (see pledges.page_cache); 0 turns it off.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 6, validate=validate.Range(min=0))
_database = env.database(
    "DATABASE_URL", f"sqlite:///{quote(str((DATA_DIR or BASE_DIR).absolute()))}/wortlaut.sqlite3"
)

env.seal()

# Written by `manage.py evaluate_coding`, shown by the method page.
QUALITY_FILE = BASE_DIR / "docs" / "quality.json"
IMPRINT_FILE = DATA_DIR / "impressum.txt"

# --- The database

DATABASES = {"default": _database | {"CONN_MAX_AGE": CONN_MAX_AGE, "CONN_HEALTH_CHECKS": True}}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _folder = Path(_database["NAME"]).parent
    try:
        _folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = f"{_folder} can't be made: {error.strerror}."
        name = "DATABASE_URL" if _folder != DATA_DIR else "DATA_DIR"
        raise EnvValidationError(f"{name}: {said}", {name: [said]}) from error
    # Readers do not wait for the writer (WAL), and writers queue up at their start instead of failing
    # half way with "database is locked" (IMMEDIATE). Django itself turns foreign keys on. Each thread has a
    # cache of its own, half a megabyte, behind which the system keeps the file in its memory anyway. What was
    # written moves to the file every 4,000 pages: at 1,000 every twentieth saved coding waited for that.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -500;"
        " PRAGMA wal_autocheckpoint = 4000",
    }

elif _database["ENGINE"] == "django.db.backends.postgresql":
    # The questions are short: compiling one takes longer than answering it, starting helpers for it ten times
    # as long, and planning it half as long. So there is neither, and a connection asks the server to keep the
    # plan of what it has asked a few times.
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c jit=off -c max_parallel_workers_per_gather=0",
        "server_side_binding": True,
        "prepare_threshold": 5,
    } | _database.get("OPTIONS", {})

# --- What the portal consists of

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "auditlog",
    "csp",
    "django_filters",
    "django_htmx",
    "sources",
    "pledges",
]

MIDDLEWARE = [
    # Outside of all that writes a header, which is kept with its page. A redirect to https is not kept.
    "pledges.page_cache.keep_pages",
    "django.middleware.security.SecurityMiddleware",
    # A kept page needs none.
    "programme_portal.room.make_room_for_calls",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "programme_portal.trail.AdminTrail",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pledges.admin.signed_out.say_what_is_lost",
    "pledges.admin.wrong_filters.WrongFilters",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# The portal has a host of its own. Without this a header SCRIPT_NAME, which some proxies let through, would
# put its sender's words in front of every address, also of those that later pages take from memory.
FORCE_SCRIPT_NAME = ""
ROOT_URLCONF = "programme_portal.urls"
WSGI_APPLICATION = "programme_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# There is no second factor, so a password has to hold by itself: no composition rules, but length.
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# --- Language and time

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "programme_portal" / "locale"]
FORMAT_MODULE_PATH = ["programme_portal.locale"]
TIME_ZONE = "Europe/Berlin"

# --- Static files, served by WhiteNoise under names that carry their hash

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Editors alone sign in: one that was forgotten on a shared machine ends with the day, not in two weeks.
SESSION_COOKIE_AGE = 12 * 60 * 60
LOGIN_REDIRECT_URL = "admin:index"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_SSL_REDIRECT = HTTPS_ONLY
# A watchdog on the machine itself asks in plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS_ONLY

# --- The trail of what is changed in the admin; codings are a log of their own

AUDITLOG_INCLUDE_TRACKING_MODELS = (
    *(
        f"pledges.{name}"
        for name in (
            "place", "party", "election", "topic", "programme", "authorship", "relation", "sample"
        )
    ),
    # A reader's own words may have to be deleted, so that nothing else keeps them.
    {"model": "pledges.hint", "exclude_fields": ["words"]},
    {"model": "pledges.rendering", "m2m_fields": ["sources"]},
    {
        "model": "auth.user",
        "exclude_fields": ["last_login"],
        # That it was changed, and by whom; nothing of what it was.
        "mask_fields": ["password"],
        "mask_callable": "programme_portal.trail.masked",
        "m2m_fields": ["groups", "user_permissions"],
    },
    {"model": "auth.group", "m2m_fields": ["permissions"]},
)  # fmt: skip
# Who did it is known by name; from where is nobody's business.
AUDITLOG_DISABLE_REMOTE_ADDR = True

# --- Logging: everything to stderr, where systemd and containers expect it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%F %T %z"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django gives this one a level of its own, which LOG_LEVEL would not reach.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        # It warns of every HEAD request, because Django leaves it to the server to drop the body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
