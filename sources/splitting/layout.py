"""Blocks as one readable text, each with its place in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sources.reading.blocks import Block

_BULLET = "-"


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block and [start, end) of its text in the document's text, its list mark left out."""

    block: Block
    start: int
    end: int


def laid_out(blocks: Iterable[Block]) -> tuple[str, list[PlacedBlock]]:
    """Return the document's text and the place of each block that is not empty.

    Blocks are set apart by an empty line, the items of a list by a line's end; an item is indented by two
    spaces a level and opens with its number or "-".
    """
    parts: list[str] = []
    placed: list[PlacedBlock] = []
    at = 0
    for block in blocks:
        text = block.text.strip()
        if not text:
            continue
        between = _between(placed[-1].block if placed else None, block)
        opening = between + (_opening(block) if block.kind == "item" else "")
        parts += [opening, text]
        start = at + len(opening)
        at = start + len(text)
        placed.append(PlacedBlock(block, start, at))
    return "".join(parts), placed


def _between(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    return "\n" if before.kind == block.kind == "item" else "\n\n"


def _opening(block: Block) -> str:
    indent = "  " * (min(block.level, 9) - 1)
    return f"{indent}{block.mark.strip() or _BULLET} "
