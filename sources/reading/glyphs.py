"""The letters of a PDF with their places, read by PDFium."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from sources.reading.blocks import UnreadableFile

_MOST_PAGES = 600
_MOST_LETTERS_A_PAGE = 60_000
_MOST_LETTERS = 4_000_000
_MOST_OBJECTS = 20_000
_LARGEST_SHAPE = 20.0
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_FORCE_BOLD = 1 << 18
_LEAST_LETTERS = 20
_LEAST_SATURATION = 60  # of 255
_UPRIGHT = 0.03  # radians
_NEXT = 0.2  # of the line height
# Their letters are pictures: "§" is a square, "ü" a tick.
_SYMBOL_FONTS = ("wingdings", "webdings", "dingbats")
_HYPHEN = 2  # what PDFium gives for a hyphen at a line's end
_SOFT_HYPHEN = "\u00ad"
_SUPERIOR = 0.6
_LEAST_HEIGHT = 0.95  # of the font size
_LEAST_RISE = 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: its box in points, y downwards from the page's top, `y` on the baseline.

    `size` is the height of the font's line, not of the letter; spaces are glyphs too. `coloured`: in
    another ink than black, grey or white.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    coloured: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A small drawing or picture, in points from the page's left and top."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """The upright glyphs of a page in the order in which the file draws them, and its small shapes."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]


def glyph_pages(data: bytes) -> Iterator[tuple[GlyphPage, int]]:
    """Yield the pages of a PDF with their glyphs, and how many there are; text at an angle is left out.

    Raises UnreadableFile for a file that is damaged, encrypted, too large, or, at its end, without a text
    layer.
    """
    document = _opened(data)
    try:
        of = len(document)
        if not 0 < of <= _MOST_PAGES:
            raise UnreadableFile(
                "The PDF has no page or more than 600; hand over the programme alone.", "too_large"
            )
        letters = alphabetic = 0
        for number in range(1, of + 1):
            page = _page(document, number)
            letters += len(page.glyphs)
            if letters > _MOST_LETTERS:
                raise UnreadableFile(
                    "The PDF holds too much text; hand over the programme alone.", "too_large"
                )
            alphabetic += sum(glyph.text.isalpha() for glyph in page.glyphs)
            yield page, of
    finally:
        document.close()
    if alphabetic < _LEAST_LETTERS:
        raise UnreadableFile(
            "The PDF has no text layer, it is a picture of the pages; it needs text recognition (OCR) first.",
            "no_text_layer",
        )


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = pdfium.FPDF_GetLastError()
        if reason in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "assword" in str(error):
            raise UnreadableFile(
                "The PDF is locked with a password; save a copy without one and hand that over.", "encrypted"
            ) from error
        raise UnreadableFile(
            "The PDF is damaged and can't be opened; fetch it again from where it comes.", "damaged"
        ) from error


def _page(document: pypdfium2.PdfDocument, number: int) -> GlyphPage:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"Page {number} of the PDF is damaged; fetch the file again from where it comes.", "damaged"
        ) from error
    count = text.count_chars()
    if count > _MOST_LETTERS_A_PAGE:
        raise UnreadableFile("A page of the PDF holds too much text to be one of a programme.", "too_large")
    sheet = _Sheet(page)
    width, height = page.get_width(), page.get_height()
    # Beside the shown page stand a printer's notes.
    glyphs = tuple(
        glyph
        for glyph in _glyphs(text.raw, count, sheet)
        if 0 <= glyph.x0 <= width and 0 <= glyph.y - glyph.size / 2 <= height
    )
    shapes = tuple(_shapes(page.raw, sheet))
    text.close()
    page.close()
    return GlyphPage(number, width, height, glyphs, shapes)


class _Sheet:
    """A page as it is shown: turned by its rotation, cut to its visible box."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._quarters = page.get_rotation() // 90 % 4

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return (from the left, from the top) of a place in the page's own coordinates."""
        match self._quarters:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
        return x - self._left, self._top - y

    def is_upright(self, angle: float) -> bool:
        """Return whether text at `angle` (radians, counter-clockwise) stands upright on the shown page."""
        turned = (angle - self._quarters * math.pi / 2) % (2 * math.pi)
        return min(turned, 2 * math.pi - turned) < _UPRIGHT


def _glyphs(text: pdfium.FPDF_TEXTPAGE, count: int, sheet: _Sheet) -> Iterator[Glyph]:
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    faces = _Faces(text)
    coloured = False
    last: Glyph | None = None
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            # PDFium marks the gaps that it takes for spaces and line ends.
            if last and not last.text.isspace():
                last = replace(last, text=" ", x0=last.x1)
                yield last
            continue
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        if (code < 32 and code != _HYPHEN) or not sheet.is_upright(math.atan2(matrix.b, matrix.a)):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        corners = (sheet.place(box.left, box.bottom), sheet.place(box.right, box.top))
        size = _line_height(
            abs(corners[1][1] - corners[0][1]), pdfium.FPDFText_GetFontSize(text, index), matrix
        )
        face = faces.of(index)
        letter = "-" if code == _HYPHEN else "•" if face.of_symbols and code > 32 else _letter(code)
        if letter and size > 0:
            x0, x1 = sorted((corners[0][0], corners[1][0]))
            if last is None or last.text.isspace() or abs(x0 - last.x1) > _NEXT * size:
                # Asked once a word: it takes as long as all else about a letter.
                coloured = _is_coloured(text, index)
            last = Glyph(letter, x0, x1, sheet.place(x.value, y.value)[1], size, face.bold, coloured)
            yield _as_printed(last, text, index, sheet)


def _line_height(height: float, font_size: float, matrix: pdfium.FS_MATRIX) -> float:
    """Return the height of a font's line; where the file does not say it, that of the letter stands for it,
    which is no measure of the type."""
    least = _LEAST_HEIGHT * font_size * math.hypot(matrix.c, matrix.d)
    return least if height < least < 2 * height else height


def _as_printed(glyph: Glyph, text: pdfium.FPDF_TEXTPAGE, index: int, sheet: _Sheet) -> Glyph:
    """Return a glyph as what its ink shows, where its font says otherwise.

    A soft hyphen that is printed is a hyphen: both have one glyph. The superior figures of a font stand on
    the line in full size, as its other letters do.
    """
    if not (glyph.text == _SOFT_HYPHEN or glyph.text.isdecimal()):
        return glyph
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if glyph.text == _SOFT_HYPHEN:
        return replace(glyph, text="-") if left.value < right.value and bottom.value < top.value else glyph
    foot = max(sheet.place(left.value, bottom.value)[1], sheet.place(right.value, top.value)[1])
    is_superior = glyph.y - foot > _LEAST_RISE * glyph.size
    return replace(glyph, y=foot, size=_SUPERIOR * glyph.size) if is_superior else glyph


def _shapes(page: pdfium.FPDF_PAGE, sheet: _Sheet) -> Iterator[Shape]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    count = pdfium.FPDFPage_CountObjects(page)
    # A page of more objects is a map or a drawing.
    for index in range(count if count <= _MOST_OBJECTS else 0):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            corners = (sheet.place(left.value, bottom.value), sheet.place(right.value, top.value))
            (x0, x1), (y0, y1) = (sorted(places) for places in zip(*corners, strict=True))
            if x1 - x0 < _LARGEST_SHAPE and y1 - y0 < _LARGEST_SHAPE:
                yield Shape(x0, x1, y0, y1)


def _letter(code: int) -> str:
    return "" if code in (0xFFFE, 0xFFFF, 0xFFFD) or code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _is_coloured(text: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    parts = tuple(ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, *parts)
    inks = [part.value for part in parts[:3]]
    return max(inks) - min(inks) > _LEAST_SATURATION


@dataclass(frozen=True, slots=True)
class _Face:
    bold: bool
    of_symbols: bool


class _Faces:
    """What a character's font looks like, asked once a font."""

    def __init__(self, text: pdfium.FPDF_TEXTPAGE) -> None:
        self._text = text
        self._known: dict[tuple[bytes, int], _Face] = {}
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def of(self, index: int) -> _Face:
        length = pdfium.FPDFText_GetFontInfo(self._text, index, self._name, 128, self._flags)
        weight = pdfium.FPDFText_GetFontWeight(self._text, index)
        key = (self._name.raw[: min(length, 128)], weight)
        if key not in self._known:
            name = key[0].decode("utf-8", "ignore").casefold()
            named = any(word in name for word in _BOLD_NAMES)
            bold = named or weight >= _BOLD_WEIGHT or bool(self._flags.value & _FORCE_BOLD)
            self._known[key] = _Face(bold, any(font in name for font in _SYMBOL_FONTS))
        return self._known[key]
