"""How often what the public sees has changed."""

from django.db import models
from django.utils import timezone


class DataVersion(models.Model):
    """Two rows, one for all content, one for the directory; triggers move them (see `pledges.versions`)."""

    number = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}, {timezone.localtime(self.changed_at):%Y-%m-%d %H:%M}"
