"""What editors work with. Imported by Django's admin autodiscovery for its registrations."""

from pledges.admin import politics, relations, samples, statements

__all__ = ["politics", "relations", "samples", "statements"]
