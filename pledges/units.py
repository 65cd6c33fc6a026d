"""Stored statements as the coder sees them."""

from collections.abc import Iterable

from pledges.analysis import heading_paths, listed
from pledges.coding.labels import Unit
from pledges.models import Programme, Statement
from sources.models import Section


def programme_units(programme: Programme) -> dict[Statement, Unit]:
    """Return the programme's current statements, in order, each as a unit; four queries."""
    found = programme.statements.current().in_reading_order().within_their_text()
    standing = [(statement, statement.passage) for statement in found if statement.passage]
    paths = stored_paths([programme.document_id])
    is_item = listed([(passage.block, statement.text, passage.is_item) for statement, passage in standing])
    return {
        statement: Unit(
            text=statement.text,
            headings=paths[passage.section_id],
            is_item=item,
            lead_in=passage.lead_in.text if passage.lead_in else "",
        )
        for (statement, passage), item in zip(standing, is_item, strict=True)
    }


def stored_paths(documents: Iterable[int | None]) -> dict:
    """Return for the key of each section of these documents the headings above it and its own."""
    sections = Section.objects.filter(document__in=documents).order_by("document", "position")
    return heading_paths((section.pk, section.parent_id, section.display_title) for section in sections)
