"""Files of any format to blocks: headings, paragraphs, list items, in reading order."""

from collections.abc import Callable
from pathlib import PurePath

from sources.reading.blocks import Block, Progress, UnreadableFile, unseen
from sources.reading.content import check_content
from sources.reading.encodings import decode
from sources.reading.markdown import read_markdown
from sources.reading.plain import read_lines, read_plain
from sources.reading.titles import with_display_titles

__all__ = ["EXTENSIONS", "Block", "Progress", "UnreadableFile", "read", "unseen"]


# lxml and PDFium come when such a file is read: a web worker only hands files on, and is small without them.


def _read_docx(data: bytes, _progress: Progress) -> tuple[Block, ...]:
    from sources.reading.docx import read_docx

    return read_docx(data)


def _read_html(data: bytes, _progress: Progress) -> tuple[Block, ...]:
    from sources.reading.html import read_html

    return read_html(data)


def _read_pdf(data: bytes, progress: Progress) -> tuple[Block, ...]:
    from sources.reading.pdf import read_pdf

    return read_pdf(data, progress)


_READERS: dict[str, Callable[[bytes, Progress], tuple[Block, ...]]] = {
    "docx": _read_docx,
    "html": _read_html,
    "lines": lambda data, _progress: read_lines(decode(data)),
    "md": lambda data, _progress: read_markdown(decode(data)),
    "pdf": _read_pdf,
    "txt": lambda data, _progress: read_plain(decode(data)),
}
EXTENSIONS = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".markdown": "md",
    ".md": "md",
    ".pdf": "pdf",
    ".txt": "txt",
}


def read(
    data: bytes, name: str, *, format: str | None = None, progress: Progress = unseen
) -> tuple[Block, ...]:
    """Return the blocks of the file `name` with the content `data`.

    `format` (a value of EXTENSIONS, or "lines": one statement a line) goes before the extension of `name`.
    `progress` is told the pages of a PDF as they are read.
    Raises UnreadableFile where nothing can be read. A file from a stranger is to be read in the sandbox.
    """
    if not data.strip():
        raise UnreadableFile("The file is empty; hand over the file with its content.", "empty")
    known = format or EXTENSIONS.get(PurePath(name).suffix.lower(), "")
    check_content(data, known)
    # What holds no letter and no digit ("* * *", the frame of a table) is ornament in every format.
    worded = [block for block in _READERS[known](data, progress) if any(map(str.isalnum, block.text))]
    blocks = with_display_titles(worded)
    if not blocks:
        raise UnreadableFile("The file holds no text; hand over the file with its content.", "no_text")
    return blocks
