"""DOCX: headings by style, lists, tables and footnotes, tracked changes as accepted."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from sources.reading.blocks import Block, UnreadableFile
from sources.reading.bullets import list_mark
from sources.reading.encodings import clean
from sources.reading.headings import is_capitals, is_lead_in, looks_like_heading, with_levels
from sources.reading.hyphens import joined_lines
from sources.reading.joining import join_letterhead
from sources.reading.numbering import Numbering
from sources.reading.styles import Styles
from sources.reading.wordml import Notes, WordParagraph, paragraphs_of
from sources.reading.xmlnames import tag

_BODY = "word/document.xml"
_MOST_BYTES = 60_000_000
_MOST_RATIO = 200
_CAPITALS_RANK, _BOLD_RANK = 20, 21
_LONGEST_HEADING = 160


def read_docx(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of a Word document. Raises UnreadableFile."""
    parts = _parts(data)
    body = parts[_BODY].find(tag("body"))
    if body is None:
        raise _damaged()
    styles, numbering = Styles(parts.get("word/styles.xml")), Numbering(parts.get("word/numbering.xml"))
    notes = Notes(parts.get("word/footnotes.xml"))
    blocks: list[Block] = []
    waiting: list[str] = []
    for paragraph in paragraphs_of(body, styles):
        found = list(_blocks(paragraph, styles, numbering))
        if any(block.kind == "heading" for block in found):
            blocks.extend(Block("paragraph", note) for note in waiting)
            waiting = []
        blocks.extend(found)
        waiting.extend(notes.texts(paragraph.notes))
    # Footnotes stand at their section's end: after their paragraph they would cut a list in two.
    blocks.extend(Block("paragraph", note) for note in waiting)
    return with_levels(join_letterhead(blocks))


def _blocks(paragraph: WordParagraph, styles: Styles, numbering: Numbering) -> Iterator[Block]:
    text = clean(joined_lines(paragraph.text.split("\n")))
    if not text or styles.is_contents(paragraph.style):
        return
    rank = paragraph.outline if paragraph.outline is not None else styles.heading_rank(paragraph.style)
    number = numbering.next(*paragraph.list) if paragraph.list else None
    if rank is not None:
        yield Block("heading", text, rank)
    elif number is not None and paragraph.list:
        yield Block("item", text, paragraph.list[1] + 1, mark=number)
    elif mark := _typed_mark(text):
        yield Block("item", mark[1], 1, mark=mark[0])
    elif is_capitals(text) and looks_like_heading(text):
        yield Block("heading", text, _CAPITALS_RANK)
    elif paragraph.bold and len(text) <= _LONGEST_HEADING and not is_lead_in(text) and not paragraph.in_table:
        yield Block("heading", text, _BOLD_RANK)
    else:
        yield Block("paragraph", text)


def _typed_mark(text: str) -> tuple[str, str] | None:
    mark = list_mark(text)
    if mark is None or (mark.soft and not mark.number):
        return None
    return mark.number, mark.text


def _parts(data: bytes) -> dict[str, etree._Element]:
    wanted = (_BODY, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive, len(data))
            names = set(archive.namelist())
            if _BODY not in names:
                raise UnreadableFile(
                    "The file is an archive but no Word document; hand over a DOCX, PDF or text file.",
                    "disagree",
                )
            return {name: etree.fromstring(archive.read(name), parser) for name in wanted if name in names}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, OSError, NotImplementedError) as error:
        raise _damaged() from error
    except RuntimeError as error:
        raise UnreadableFile(
            "The Word document is locked with a password; save a copy without one and hand that over.",
            "encrypted",
        ) from error


def _refuse_bomb(archive: zipfile.ZipFile, size: int) -> None:
    whole = sum(entry.file_size for entry in archive.infolist())
    texts = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
    if texts > _MOST_BYTES or whole > _MOST_RATIO * max(size, 100_000):
        raise UnreadableFile(
            "The file unpacks to far more than a programme holds; save it again without what is not needed.",
            "too_large",
        )


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        "The Word document is damaged and can't be opened; fetch it again from where it comes.", "damaged"
    )
