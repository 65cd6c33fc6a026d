"""What editors work with. Imported by Django's admin autodiscovery for its registrations."""

from pledges.admin import hints, politics, relations, samples, statements, uploads

__all__ = ["hints", "politics", "relations", "samples", "statements", "uploads"]
