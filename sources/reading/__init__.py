"""Files of any format to blocks: headings, paragraphs, list items, in reading order."""

from collections.abc import Callable
from pathlib import PurePath

from sources.reading.blocks import Block, UnreadableFile
from sources.reading.encodings import decode
from sources.reading.html import read_html
from sources.reading.markdown import read_markdown
from sources.reading.pdf import read_pdf
from sources.reading.plain import read_lines, read_plain
from sources.reading.titles import with_display_titles

__all__ = ["Block", "UnreadableFile", "read"]

_READERS: dict[str, Callable[[bytes], tuple[Block, ...]]] = {
    "txt": lambda data: read_plain(decode(data)),
    "md": lambda data: read_markdown(decode(data)),
    "lines": lambda data: read_lines(decode(data)),
    "pdf": read_pdf,
    "html": read_html,
}
_EXTENSIONS = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}


def read(data: bytes, name: str, *, format: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of the file `name` with the content `data`.

    `format` ("txt", "md", or "lines": one statement a line) goes before the extension of `name`.
    Raises UnreadableFile where nothing can be read.
    """
    reader = _READERS.get(format or _EXTENSIONS.get(PurePath(name).suffix.lower(), ""))
    if reader is None:
        raise UnreadableFile(
            "Files with this extension can't be read; hand over a PDF, DOCX, HTML, Markdown or text file.",
            "extension",
        )
    if not data.strip():
        raise UnreadableFile("The file is empty; hand over the file with its content.", "empty")
    blocks = with_display_titles(reader(data))
    if not blocks:
        raise UnreadableFile("The file holds no text; hand over the file with its content.", "empty")
    return blocks
