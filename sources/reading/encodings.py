"""Bytes to text: UTF-8, UTF-16 and Windows-1252; what was decoded wrongly before is refused."""

import codecs
import re
import unicodedata

from sources.reading.blocks import UnreadableFile

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 read as Windows-1252, the commonest damage to German texts: "fÃ¼r", "â€ž", "StraÃŸe".
_MOJIBAKE = re.compile(
    "Ã[\u00a4\u00b6\u00bc\u0178\u0084\u0096\u009c\u009f„–œŸ¤¶¼]|â€[žœ“”“˜™\u009c\u009d\u009e]|Â[§°»«\u00a0]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
# Above this share of control characters the bytes are no text in any encoding that we know.
_MOST_CONTROLS = 0.02
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1b\x7f]")
_SAMPLE = 100_000


def decode(data: bytes) -> str:
    """Return the text of `data`, in Unicode's composed form and without control characters.

    Raises UnreadableFile for nothing but white space, for bytes that are no text, for mojibake.
    """
    _refuse_binary(data)
    text = _decoded(data)
    _refuse_mojibake(text)
    return clean(text)


def clean(text: str) -> str:
    """Return `text` composed (NFC), without the characters that can't be seen; line ends become \\n."""
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", text.replace("\u2029", "\n\n"))


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    is_wide = _utf16_without_mark(data) or any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS)
    controls = len(_CONTROL_BYTE.findall(sample))
    if not is_wide and controls > max(3, len(sample) * _MOST_CONTROLS):
        raise UnreadableFile(
            "The file holds no text but binary data; hand it over in the format that its extension names.",
            "not_text",
        )


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    if encoding := _utf16_without_mark(data):
        return _decode_as(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, "cp1252")


def _utf16_without_mark(data: bytes) -> str:
    """Return the byte order when every second byte is nearly always zero, as it is in western texts."""
    sample = data[:4000]
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "The text's encoding can't be told; save the file as UTF-8 and hand it over again.", "encoding"
        ) from error


def _refuse_mojibake(text: str) -> None:
    damaged = len(_MOJIBAKE.findall(text))
    lost = text.count("\ufffd")
    if damaged + lost > max(2, len(text) // 2000):
        raise UnreadableFile(
            "The text was decoded wrongly before it was saved (it shows “Ã¼” or “�” for an umlaut);"
            " save it again from the original as UTF-8.",
            "mojibake",
        )
