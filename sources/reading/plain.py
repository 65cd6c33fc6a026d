"""Plain text: hard-wrapped or one paragraph a line, headings as short lines alone."""

from collections.abc import Iterable
from dataclasses import replace

from sources.reading.blocks import Block
from sources.reading.breaks import without_glued_lines
from sources.reading.bullets import ListMark, follows, list_mark
from sources.reading.headings import is_capitals, looks_like_heading, with_levels
from sources.reading.hyphens import joined_lines
from sources.reading.joining import join_continued, join_letterhead
from sources.reading.lines import LineGroup, line_groups, squeezed, without_running_titles

_CAPITALS_RANK, _SHORT_LINE_RANK = 1, 2


def read_plain(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text."""
    groups = without_glued_lines(without_running_titles(line_groups(text)))
    blocks: list[Block] = []
    for group in groups:
        blocks.extend(_group_blocks(group))
    blocks = join_continued(join_letterhead(blocks))
    if "\f" not in text:
        blocks = [replace(block, page=None) for block in blocks]
    return with_levels(blocks)


def read_lines(text: str) -> tuple[Block, ...]:
    """Return each line of `text` that is not empty as a paragraph, for texts with one statement a line."""
    return tuple(Block("paragraph", squeezed(line)) for line in text.split("\n") if line.strip())


def _heading_text(group: LineGroup) -> str:
    """Return the text of a group that is a heading: one short line, or such a line and one in brackets."""
    first, *rest = (squeezed(line) for line in group.lines)
    if not looks_like_heading(first) or list_mark(group.lines[0]):
        return ""
    if rest and not (len(rest) == 1 and rest[0].startswith("(") and rest[0].endswith(")")):
        return " ".join([first, *rest]) if is_capitals(" ".join([first, *rest])) and len(rest) < 3 else ""
    return " ".join([first, *rest])


def _group_blocks(group: LineGroup) -> Iterable[Block]:
    if heading := _heading_text(group):
        yield Block(
            "heading", heading, _CAPITALS_RANK if is_capitals(heading) else _SHORT_LINE_RANK, group.page
        )
        return
    for mark, lines in marked_runs(group.lines):
        text = squeezed(joined_lines(lines))
        if text and mark:
            yield Block("item", text, 1 + mark.indent // 3, group.page, mark=mark.number)
        elif text:
            yield Block("paragraph", text, 0, group.page)


def marked_runs(lines: Iterable[str]) -> list[tuple[ListMark | None, list[str]]]:
    """Cut the lines of a group where a list mark opens an item."""
    runs: list[tuple[ListMark | None, list[str]]] = []
    for line in lines:
        mark = list_mark(line)
        if mark and _opens_item(mark, runs):
            runs.append((mark, [mark.text]))
        elif runs:
            runs[-1][1].append(line)
        else:
            runs.append((None, [line]))
    return runs


def _opens_item(mark: ListMark, runs: list[tuple[ListMark | None, list[str]]]) -> bool:
    if not runs or not mark.soft:
        return True
    before, lines = runs[-1]
    if mark.number:
        # "am\n14. September" is no item: a number counts where it begins a list or goes on with it.
        return follows(mark.number, before.number if before else "")
    return bool(before and before.soft) or lines[-1].rstrip().endswith(":")
