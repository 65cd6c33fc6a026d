"""The door for a WSGI server: `gunicorn programme_portal.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme_portal.settings")

application = get_wsgi_application()

# A page makes some thousand objects, which all go with it. By default the collector looks through them twice
# meanwhile, and through those that last so often that every few dozen pages one waits for it.
gc.set_threshold(5000)
