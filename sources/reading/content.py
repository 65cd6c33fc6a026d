"""What a file is by its first bytes, whatever its name says."""

import re

from sources.reading.blocks import UnreadableFile

_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_PDF_WITHIN = 1024
# A Word document with a password is a container of the old format with a stream of this name.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_DIRECTORY = 2_000_000
_FITS = {
    "pdf": ("pdf",),
    "docx": ("zip",),
    "html": ("html", ""),
    "txt": ("",),
    "md": ("", "html"),
    "lines": ("",),
}


def kind_of(data: bytes) -> str:
    """Return "pdf", "zip", "html", "doc", "rtf", "picture", "archive", "program", or "" for text."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return "html" if _HTML.match(data[:4000]) else ""


def check_content(data: bytes, format: str) -> None:
    """Raise UnreadableFile for an unknown format, and where the content of a file is not what it says."""
    kind = kind_of(data)
    if kind == "doc" and _ENCRYPTED in data[:_LARGEST_DIRECTORY]:
        raise UnreadableFile(
            "The document is locked with a password; save a copy without one and hand that over.", "encrypted"
        )
    if kind == "doc":
        raise UnreadableFile(
            "Files of the old Word format (.doc) can't be read; save the file as DOCX or PDF.", "legacy_doc"
        )
    if format not in _FITS or kind == "rtf":
        raise UnreadableFile(
            "Files of this kind can't be read; hand over a PDF, DOCX, HTML, Markdown or text file.",
            "extension",
        )
    if kind not in _FITS[format]:
        raise UnreadableFile(
            "The file's content is not what its name says; give it the right extension or fetch it again.",
            "disagree",
        )
