"""What editors work with. Imported by Django's admin autodiscovery for its registrations."""

from pledges.admin import bulk, hints, politics, relations, samples, statements, trail, uploads

__all__ = ["bulk", "hints", "politics", "relations", "samples", "statements", "trail", "uploads"]
