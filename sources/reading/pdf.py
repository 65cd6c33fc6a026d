"""PDF: the text in reading order, with headings, paragraphs and items."""

from dataclasses import replace

from sources.reading.blocks import Block, Progress, unseen
from sources.reading.encodings import clean
from sources.reading.furniture import PageLines, without_furniture
from sources.reading.glyphs import glyph_pages
from sources.reading.headings import with_levels
from sources.reading.joining import join_chapter_numbers, join_continued, join_letterhead
from sources.reading.layout import lines_in_order
from sources.reading.paragraphs import as_block, origins_of, paragraphs, running_type, with_leads
from sources.reading.pullquotes import without_pull_quotes


def read_pdf(data: bytes, progress: Progress = unseen) -> tuple[Block, ...]:
    """Return the blocks of a PDF; pages count from 1. Raises UnreadableFile."""
    pages = []
    for sheet, of in glyph_pages(data):
        pages.append(PageLines(sheet.number, sheet.height, tuple(lines_in_order(sheet.glyphs, sheet.shapes))))
        progress(sheet.number, of)
    body = running_type([page.lines for page in pages])
    kept = without_furniture(pages, body.size)
    found = [paragraph for page in kept for paragraph in paragraphs(page.lines, page.number, body)]
    body = with_leads(body, found)
    told = [
        (paragraph, replace(block, text=clean(block.text)))
        for paragraph in found
        if (block := as_block(paragraph, body))
    ]
    told = without_pull_quotes(told, body)
    origins = origins_of([paragraph for paragraph, _ in told])
    joined = join_chapter_numbers(join_continued([block for _, block in told], origins))
    return with_levels(join_letterhead(joined))
