"""What every reader of a format gives: blocks, in the order in which a person reads the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item"]

Progress = Callable[[int, int], None]
"""Is told how many pages of how many are read."""


def unseen(_page: int, _of: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item of a file.

    `text` is one line, cleaned of what only the page needed (line breaks, undone hyphens, marks of
    emphasis, running titles), else to the letter. `level` is 1 for the highest heading and for the
    outermost list, 0 for a paragraph. `page` counts from 1 where the format has pages. `title` is a
    heading's corrected spelling, where the source has it in capitals only ("" = show `text`).
    `mark` is the number or letter that an item of a numbered list carries ("12.", "a)"), "" for a bullet.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    title: str = ""
    mark: str = ""


class UnreadableFile(Exception):
    """The file can't be read; the message says in a sentence why, and what to do.

    `code` names the reason for programs and stays the same when the sentence is reworded.
    """

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code
