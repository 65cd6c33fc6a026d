"""The portal's settings for a benchmark: as it is served, but for names of static files without a hash."""

from programme_portal.settings import *  # noqa: F403
from programme_portal.settings import ALLOWED_HOSTS, STORAGES

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
