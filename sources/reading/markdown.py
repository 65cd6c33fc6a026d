"""Markdown, also as converters from PDF write it: bold lines and capitals as headings."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from sources.reading.blocks import Block
from sources.reading.breaks import without_glued_lines
from sources.reading.headings import is_capitals, looks_like_heading, with_levels
from sources.reading.hyphens import joined_lines
from sources.reading.joining import join_continued, join_letterhead
from sources.reading.lines import LineGroup, line_groups, squeezed, without_running_titles
from sources.reading.plain import marked_runs
from sources.reading.tables import is_row, kept_cells, stretches

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(
    r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$|\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*$|\s*(?:```|~~~)\w*\s*$"
)
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_LEADING_MARK = re.compile(r"^[-*+•–—]\s+(?=\S)")
_ALL_BOLD = re.compile(r"\s*(?:\*\*|__)((?:(?!\*\*|__).)+)(?:\*\*|__):?\s*$")
# YAML that site generators keep above the text; German programmes write no line "title: …".
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n[a-z][\w-]*:.*\n"
    r"(?:(?:[\w-]+:|[ \t]+\S|-[ \t]|\#).*\n|[ \t]*\n){0,100}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_TARGET = re.compile(
    r"^ {0,3}\[[^\]\n]{1,100}\]:[ \t]*<?https?://[^\s>]+>?(?:[ \t]+[\"'(].*)?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]{1,40}\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_CHECK_BOX = re.compile(r"^(\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?)\[[ xX]\]\s+(?=\S)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:sub|sup|b|i|em|strong|u|s|span|a|p|div|font|small|center|mark)(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,100}\])")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,1000})>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
_ITALIC = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=[^\s*_\\])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

# Ranks of headings that no "#" marks lie below all that it does.
_CAPITALS_RANK, _BOLD_ITEM_RANK, _BOLD_RANK = 7, 8, 9


def read_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text."""
    text = _TARGET.sub("", _IMAGE.sub("", _COMMENT.sub("", _FRONT_MATTER.sub("", text))))
    text = "\n".join(line if is_row(line) else _BREAK_TAG.sub("\n", line) for line in text.split("\n"))
    groups = without_glued_lines(without_running_titles(line_groups(text)))
    blocks = [block for group in groups for block in _group_blocks(group)]
    blocks = join_continued(join_letterhead(blocks))
    if "\f" not in text:
        blocks = [replace(block, page=None) for block in blocks]
    return with_levels(blocks)


def inline_text(text: str) -> str:
    """Return `text` without marks of emphasis, links, notes, tags and escapes; a gender star is no mark."""
    text = _BARE_LINK.sub(r"\1", _NOTE_MARK.sub("", _TAG.sub("", text)))
    text = _LINK.sub(r"\1", text)
    text = _ITALIC.sub(r"\2", _BOLD.sub("", text))
    return squeezed(html.unescape(_ESCAPE.sub(r"\1", text)))


def _group_blocks(group: LineGroup) -> Iterable[Block]:
    for is_table, lines in stretches([_QUOTE.sub("", line) for line in group.lines]):
        if not is_table:
            yield from _line_blocks(lines, group.page)
            continue
        for cell in kept_cells(lines):
            yield from _text_blocks(_BREAK_TAG.split(cell), group.page)


def _line_blocks(lines: list[str], page: int) -> Iterable[Block]:
    held: list[str] = []
    for line in (_CHECK_BOX.sub(r"\1", line) for line in lines):
        found = _HEADING.match(line)
        underlined = _UNDERLINE.match(line) if held else None
        if note := _NOTE.match(line):
            yield from _text_blocks(held, page)
            held = [line[note.end() :]]
            continue
        if not (found or underlined or _RULE.match(line)):
            held.append(line)
            continue
        if underlined:
            yield from _text_blocks(held[:-1], page)
            yield from _heading(held[-1], 1 if underlined[1][0] == "=" else 2, page)
        else:
            yield from _text_blocks(held, page)
        if found:
            yield from _heading(found[2] or "", len(found[1]), page)
        held = []
    yield from _text_blocks(held, page)


def _heading(source: str, rank: int, page: int) -> Iterable[Block]:
    text = inline_text(source)
    if bare := _LEADING_MARK.sub("", text):
        yield Block("heading", bare, rank if bare == text else _BOLD_ITEM_RANK, page)


def _text_blocks(lines: list[str], page: int) -> Iterable[Block]:
    for mark, run in marked_runs(lines):
        title, body = _bold_title(run, is_item=mark is not None)
        if title:
            yield Block("heading", title, _BOLD_RANK if mark is None else _BOLD_ITEM_RANK, page)
            mark = None
        text = inline_text(joined_lines(body))
        if text and mark:
            yield Block("item", text, 1 + mark.indent // 2, page, mark=mark.number)
        elif text and is_capitals(text) and looks_like_heading(text):
            yield Block("heading", text, _CAPITALS_RANK, page)
        elif text:
            yield Block("paragraph", text, 0, page)


def _bold_title(lines: list[str], *, is_item: bool) -> tuple[str, list[str]]:
    """Return (the title, the other lines) of lines whose first is bold as a whole, else ("", lines)."""
    found = _ALL_BOLD.match(lines[0]) if lines else None
    if not found:
        return "", lines
    title = inline_text(lines[0])
    if is_item or looks_like_heading(title.removesuffix(":")):
        return title, lines[1:]
    return "", lines
