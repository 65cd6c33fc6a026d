"""Who runs the portal, in the words that its operator keeps beside the data (settings.IMPRINT_FILE)."""

import logging
from functools import cache

from django.conf import settings

from sources.reading import UnreadableFile
from sources.reading.encodings import decode

logger = logging.getLogger(__name__)


@cache
def imprint() -> str:
    """Return the operator's words, "" where there are none to be read. A change shows after a restart."""
    try:
        return decode(settings.IMPRINT_FILE.read_bytes()).strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnreadableFile) as error:
        logger.error("The pages name nobody who runs the portal: %s: %s", settings.IMPRINT_FILE, error)
        return ""
