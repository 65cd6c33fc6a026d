"""What editors work with. Imported by Django's admin autodiscovery for its registrations."""

from pledges.admin import accounts, bulk, hints, politics, relations, samples, statements, trail, uploads

__all__ = ["accounts", "bulk", "hints", "politics", "relations", "samples", "statements", "trail", "uploads"]
