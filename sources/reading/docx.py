"""DOCX: headings by style, lists, tables and footnotes, tracked changes as accepted."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from sources.reading.blocks import Block, UnreadableFile
from sources.reading.bullets import follows, list_mark
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
_LARGE_RANK, _CAPITALS_RANK, _BOLD_RANK = 10_010, 10_011, 10_012
_LARGER = 1.15
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
    paragraphs = list(paragraphs_of(body, styles))
    body_size = _body_size(paragraphs)
    for paragraph in paragraphs:
        found = list(_blocks(paragraph, styles, numbering, body_size))
        if any(block.kind == "heading" for block in found):
            blocks.extend(Block("paragraph", note) for note in waiting)
            waiting = []
        blocks.extend(found)
        waiting.extend(notes.texts(paragraph.notes))
    # Footnotes stand at their section's end: after their paragraph they would cut a list in two.
    blocks.extend(Block("paragraph", note) for note in waiting)
    return with_levels(join_letterhead(blocks))


def _body_size(paragraphs: Iterable[WordParagraph]) -> int:
    """Return the size that most of the letters are set in."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    return max(sizes, key=lambda size: sizes[size], default=0)


def _blocks(
    paragraph: WordParagraph, styles: Styles, numbering: Numbering, body_size: int
) -> Iterator[Block]:
    if styles.is_contents(paragraph.style):
        return
    rank = paragraph.outline if paragraph.outline is not None else styles.heading_rank(paragraph.style)
    whole = [paragraph.text.split("\n")]
    for lines in whole if rank is not None or paragraph.list else _parts_by_mark(whole[0]):
        if text := clean(joined_lines(lines)):
            yield _block(text, paragraph, rank, numbering, body_size)


def _block(
    text: str, paragraph: WordParagraph, rank: int | None, numbering: Numbering, body_size: int
) -> Block:
    number = numbering.next(*paragraph.list) if paragraph.list else None
    is_large = paragraph.size > _LARGER * body_size
    if rank is not None:
        return Block("heading", text, rank)
    if number is not None and paragraph.list:
        return Block("item", text, paragraph.list[1] + 1, mark=number)
    if mark := _typed_mark(text):
        return Block("item", mark[1], 1, mark=mark[0])
    is_bold = paragraph.bold and len(text) <= _LONGEST_HEADING and not is_lead_in(text)
    if is_large and (is_bold or looks_like_heading(text)):
        return Block("heading", text, _LARGE_RANK - paragraph.size)
    if is_capitals(text) and looks_like_heading(text):
        return Block("heading", text, _CAPITALS_RANK)
    if is_bold and not paragraph.in_table:
        return Block("heading", text, _BOLD_RANK)
    return Block("paragraph", text)


def _parts_by_mark(lines: Sequence[str]) -> list[list[str]]:
    """Cut the lines of a paragraph, broken by hand, before those that open with the mark of a list."""
    parts: list[list[str]] = [[]]
    last = ""
    for line in lines:
        mark = list_mark(line)
        if mark and (follows(mark.number, last) if mark.number else not mark.soft):
            parts.append([])
            last = mark.number or last
        parts[-1].append(line)
    return parts


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
