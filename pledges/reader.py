"""A programme's text as it is read: chapters, paragraphs and lists, sentences. Pure: asks no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sources.models import Passage, Section


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a list item, with its sentences."""

    is_item: bool
    sentences: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with what stands under it up to the next. `depth`: 0 for those of the highest level."""

    section: Section
    depth: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def pledges(self) -> int:
        return sum(_is_pledge(s) for p in self.paragraphs for s in p.sentences)

    @property
    def runs(self) -> list[tuple[bool, list[Paragraph]]]:
        """The paragraphs as runs of list items (True) and of paragraphs proper (False)."""
        return [(is_list, list(run)) for is_list, run in groupby(self.paragraphs, key=lambda p: p.is_item)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `pledges` counts those of the chapters below it too."""

    chapter: Chapter
    pledges: int
    below: tuple["Entry", ...] = ()


def read_aloud(sections: Sequence[Section], passages: Sequence[Passage]) -> list[Chapter]:
    """Put the passages, in order, under their sections; the passages know their statements."""
    depth_of: dict[int | None, int] = {None: -1}
    for section in sections:
        depth_of[section.pk] = depth_of[section.parent_id] + 1
    under: dict[int, list[Passage]] = {section.pk: [] for section in sections}
    for passage in passages:
        under[passage.section_id].append(passage)
    return [
        Chapter(section, depth_of[section.pk], _paragraphs(under[section.pk]))
        for section in sections
        if section.heading or under[section.pk]
    ]


def table_of_contents(chapters: Sequence[Chapter]) -> list[Entry]:
    """Return the chapters with a heading in two levels, those deeper counted with the one above."""
    entries: list[Entry] = []
    for chapter in chapters:
        if not chapter.section.heading:
            continue
        if chapter.depth == 0 or not entries:
            entries.append(Entry(chapter, chapter.pledges))
            continue
        top = entries[-1]
        below = top.below
        if chapter.depth == 1 or not below:
            below = (*below, Entry(chapter, chapter.pledges))
        else:
            below = (*below[:-1], Entry(below[-1].chapter, below[-1].pledges + chapter.pledges))
        entries[-1] = Entry(top.chapter, top.pledges + chapter.pledges, below)
    return entries


def _paragraphs(passages: Sequence[Passage]) -> tuple[Paragraph, ...]:
    blocks = [list(block) for _number, block in groupby(passages, key=lambda passage: passage.block)]
    return tuple(Paragraph(block[0].is_item, tuple(block)) for block in blocks)


def _is_pledge(passage: Passage) -> bool:
    return hasattr(passage, "statement") and passage.statement.is_pledge
