"""The trail of what is changed in the admin beside codings, which are a log of their own."""

from auditlog.models import LogEntry
from django.utils.translation import gettext_lazy as _


class TrailEntry(LogEntry):
    """A row of django-auditlog, under the portal's own name and rights."""

    class Meta:
        proxy = True
        verbose_name = _("Änderung im Admin")
        verbose_name_plural = _("Änderungen im Admin")
        ordering = ["-timestamp", "-pk"]
