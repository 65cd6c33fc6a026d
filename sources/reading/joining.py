"""Paragraphs that a page's end cut in two, joined again; the lines of a letterhead as one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sources.reading.blocks import Block
from sources.reading.headings import is_salutation
from sources.reading.hyphens import join, undone
from sources.reading.wordlists import word_list

_ENDED = re.compile(r"[.!?…:;][\"'“”»«’)\]*]*$")
_BROKEN_OFF = re.compile(r"[,\u2010\u00ad-]$|[^\s]–$")
_LAST_SENTENCE = re.compile(r"[.!?]\s+(?=[^.!?]*$)")
# Words that no German sentence or heading ends with: what they belong to comes after.
_OPEN_WORDS = word_list("open_words")
_DETERMINERS = word_list("determiners")
_CHAPTER_NUMBER = re.compile(r"\d{1,2}[.)]?")
_TAIL_WORDS = 4
_RUNNING_TEXT = 40
_LONGEST_SENDER = 120
_MOST_SENDERS = 10
_LONGEST_PARAGRAPH = 8000
_WINDOW = 400


def join_continued(blocks: Sequence[Block], origins: Mapping[int, int] | None = None) -> list[Block]:
    """Join each paragraph with the one that stops in the middle of a sentence before it.

    `origins` names for each block that opens a page or a column the one that may go on in it: the last of
    the same type, what stands in the margin or below the text left out. As default it is the block before,
    where the page number is a new one. There a paragraph without an end mark goes on, elsewhere or over a
    heading only if its last words or the next one's small first letter say so.
    """
    joined: list[Block] = []
    places: list[int] = []
    for index, block in enumerate(blocks):
        origin = index - 1 if origins is None else origins.get(index, index - 1)
        opens = _opens_page(blocks, index) if origins is None else index in origins
        opens = opens and all(between.kind != "heading" for between in blocks[origin + 1 : index])
        if origin >= 0 and _goes_on(joined[places[origin]], block, breaks=opens):
            at = places[origin]
            joined[at] = replace(joined[at], text=undone(join(joined[at].text, block.text)))
        else:
            at = len(joined)
            joined.append(block)
        places.append(at)
    return joined


def _opens_page(blocks: Sequence[Block], index: int) -> bool:
    before, page = blocks[index - 1].page if index else None, blocks[index].page
    return before is not None and page is not None and page > before


def _goes_on(before: Block, after: Block, *, breaks: bool) -> bool:
    if before.kind == "heading" or after.kind != "paragraph" or not after.text or not before.text:
        return False
    if is_salutation(before.text):
        return False
    if len(before.text) > _LONGEST_PARAGRAPH:
        return False
    if _ENDED.search(before.text[-_WINDOW:]):
        # "z.B." may come to stand at a page's end.
        return breaks and before.text.endswith(".") and after.text[0].islower()
    if after.text[0].islower() or _BROKEN_OFF.search(before.text[-_WINDOW:]):
        return True
    if before.kind == "item" and not breaks:
        return False
    return stops_short(before.text) or (breaks and len(before.text) > _RUNNING_TEXT)


def stops_short(text: str) -> bool:
    """Return whether the last words of `text` can't end a sentence: "… im Rahmen der allgemeinen"."""
    tail = _LAST_SENTENCE.split(text[-_WINDOW:])[-1]
    words = tail.split()
    if len(words) <= _TAIL_WORDS and len(tail) < len(text):
        return True
    last = words[-1] if words else ""
    if last in _OPEN_WORDS:
        return True
    return last.islower() and len(words) > 1 and words[-2] in _DETERMINERS


def join_chapter_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Make one heading of a chapter's number, set as large as a heading, and the heading that follows."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and before.kind == block.kind == "heading" and _CHAPTER_NUMBER.fullmatch(before.text):
            joined[-1] = replace(block, text=f"{before.text} {block.text}")
        else:
            joined.append(block)
    return joined


def join_letterhead(blocks: Sequence[Block]) -> list[Block]:
    """Make one paragraph of the lines before the first heading that are no sentences (sender, date)."""
    head: list[Block] = []
    for block in blocks:
        if block.kind != "paragraph" or _ENDED.search(block.text) or len(block.text) > _LONGEST_SENDER:
            break
        head.append(block)
    followed_by_heading = len(head) < len(blocks) and blocks[len(head)].kind == "heading"
    if not (2 <= len(head) <= _MOST_SENDERS and followed_by_heading):
        return list(blocks)
    text = " ".join(block.text for block in head)
    return [replace(head[0], text=text), *blocks[len(head) :]]
