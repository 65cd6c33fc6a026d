"""Files of any format to blocks: headings, paragraphs, list items, in reading order."""

from collections.abc import Callable
from pathlib import PurePath

from sources.reading.blocks import Block, UnreadableFile
from sources.reading.content import check_content
from sources.reading.docx import read_docx
from sources.reading.encodings import decode
from sources.reading.html import read_html
from sources.reading.markdown import read_markdown
from sources.reading.pdf import read_pdf
from sources.reading.plain import read_lines, read_plain
from sources.reading.titles import with_display_titles

__all__ = ["EXTENSIONS", "Block", "UnreadableFile", "read"]

_READERS: dict[str, Callable[[bytes], tuple[Block, ...]]] = {
    "docx": read_docx,
    "html": read_html,
    "lines": lambda data: read_lines(decode(data)),
    "md": lambda data: read_markdown(decode(data)),
    "pdf": read_pdf,
    "txt": lambda data: read_plain(decode(data)),
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


def read(data: bytes, name: str, *, format: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of the file `name` with the content `data`.

    `format` (a value of EXTENSIONS, or "lines": one statement a line) goes before the extension of `name`.
    Raises UnreadableFile where nothing can be read. A file from a stranger is to be read in the sandbox.
    """
    if not data.strip():
        raise UnreadableFile("The file is empty; hand over the file with its content.", "empty")
    known = format or EXTENSIONS.get(PurePath(name).suffix.lower(), "")
    check_content(data, known)
    blocks = with_display_titles(_READERS[known](data))
    if not blocks:
        raise UnreadableFile("The file holds no text; hand over the file with its content.", "no_text")
    return blocks
