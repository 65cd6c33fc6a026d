"""What editors work with. Imported by Django's admin autodiscovery for its registrations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pledges.admin import (
    accounts,
    bulk,
    hints,
    politics,
    relations,
    samples,
    sign_in,
    statements,
    trail,
    uploads,
)

admin.site.site_header = admin.site.site_title = _("Wortlaut – Redaktion")

__all__ = [
    "accounts",
    "bulk",
    "hints",
    "politics",
    "relations",
    "samples",
    "sign_in",
    "statements",
    "trail",
    "uploads",
]
