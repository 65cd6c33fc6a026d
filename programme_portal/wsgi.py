"""The door for a WSGI server: `gunicorn programme_portal.wsgi`."""

import gc
import os

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme_portal.settings")

application = get_wsgi_application()

# So many new objects, and collections of the next younger, make one of the young, middle and old due.
_DUE = (2000, 3, 10)


def collect_garbage(**_sent: object) -> None:
    """Collect the cycles that a page leaves behind, a thousand objects or so, once it is sent.

    Left to itself the collector comes in the midst of a page, goes through all that the page still needs
    as well, and lets one reader in five wait.
    """
    due = [generation for generation, count in enumerate(gc.get_count()) if count > _DUE[generation]]
    if due:
        gc.collect(max(due))


# Only a flood within one page brings it in before.
gc.set_threshold(50_000)
request_finished.connect(collect_garbage)
