"""PDF: the text in reading order, with headings, paragraphs and items."""

from dataclasses import replace

from sources.reading.blocks import Block, Progress, unseen
from sources.reading.encodings import clean
from sources.reading.furniture import PageLines, without_furniture
from sources.reading.glyphs import glyph_pages
from sources.reading.headings import with_levels
from sources.reading.joining import join_continued, join_letterhead
from sources.reading.layout import lines_in_order
from sources.reading.paragraphs import Paragraph, as_block, paragraphs, running_type


def read_pdf(data: bytes, progress: Progress = unseen) -> tuple[Block, ...]:
    """Return the blocks of a PDF; pages count from 1. Raises UnreadableFile."""
    pages = []
    for sheet, of in glyph_pages(data):
        pages.append(PageLines(sheet.number, sheet.height, tuple(lines_in_order(sheet.glyphs, sheet.shapes))))
        progress(sheet.number, of)
    body = running_type([page.lines for page in pages])
    blocks: list[Block] = []
    breaks: set[int] = set()
    before: Paragraph | None = None
    for page in without_furniture(pages, body.size):
        for paragraph in paragraphs(page.lines, page.number, body):
            if block := as_block(paragraph, body):
                if before and before.may_go_on_in(paragraph):
                    breaks.add(len(blocks))
                blocks.append(replace(block, text=clean(block.text)))
                before = paragraph
    return with_levels(join_letterhead(join_continued(blocks, breaks)))
