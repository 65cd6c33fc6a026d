"""Headings as a tree of sections."""

from collections.abc import Sequence

from sources.splitting.layout import PlacedBlock
from sources.splitting.spans import SectionSpan


def placed_sections(placed: Sequence[PlacedBlock]) -> tuple[list[SectionSpan], list[int]]:
    """Return the sections, and for each placed block the index of the section that it stands in.

    Text before the first heading stands in a section without a heading, the first.
    """
    sections: list[SectionSpan] = []
    if placed and placed[0].block.kind != "heading":
        sections.append(SectionSpan("", "", level=0, start=0, end=0, parent=None))
    above: list[int] = []
    section_of = []
    for block in placed:
        if block.block.kind == "heading":
            level = max(block.block.level, 1)
            while above and sections[above[-1]].level >= level:
                above.pop()
            heading = block.block.text.strip()
            title = block.block.title.strip() or heading
            parent = above[-1] if above else None
            sections.append(SectionSpan(heading, title, level, block.start, block.end, parent))
            above.append(len(sections) - 1)
        section_of.append(len(sections) - 1)
    return sections, section_of
