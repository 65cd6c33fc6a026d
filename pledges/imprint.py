"""Who runs the portal, in the words that its operator keeps beside the data (settings.IMPRINT_FILE)."""

from functools import cache

from django.conf import settings


@cache
def imprint() -> str:
    """Return the operator's words, "" where there are none. A change shows after a restart."""
    try:
        return settings.IMPRINT_FILE.read_text(encoding="utf-8-sig").strip()
    except FileNotFoundError:
        return ""
