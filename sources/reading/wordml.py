"""WordprocessingML to paragraphs with their words, style, list and footnotes (ECMA-376, part 1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from sources.reading.encodings import clean
from sources.reading.lines import squeezed
from sources.reading.styles import Styles, size_of
from sources.reading.xmlnames import attribute, is_on, tag, value

# What a tracked change removed, field codes, comments and drawings' fallbacks are no words of the text.
_LEFT_OUT = frozenset(
    tag(name)
    for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sdtPr", "sectPr")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0E0": "→"}
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph: its words ("\\n" where it breaks a line), the id of its style, (list, level) or None, its
    own outline rank from 0, whether all of it is bold, the size of its smallest letters in half points,
    the ids of its footnotes."""

    text: str
    style: str
    list: tuple[str, int] | None
    outline: int | None
    bold: bool
    size: int
    in_table: bool
    notes: tuple[str, ...]


def paragraphs_of(body: etree._Element, styles: Styles) -> Iterator[WordParagraph]:
    """Yield the paragraphs below `body` in order, those of tables row by row, of text boxes after theirs."""
    yield from _inside(body, styles, in_table=False, depth=0)


def _inside(
    element: etree._Element, styles: Styles, *, in_table: bool, depth: int
) -> Iterator[WordParagraph]:
    if depth > _DEEPEST:
        return
    for child in element:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str) or _is_contents(child):
            continue
        if child.tag == tag("p"):
            yield _paragraph(child, styles, in_table=in_table)
            for box in child.iter(tag("txbxContent")):
                if not any(ancestor.tag in _LEFT_OUT for ancestor in box.iterancestors()):
                    yield from _inside(box, styles, in_table=in_table, depth=depth + 1)
        elif child.tag == tag("tbl"):
            yield from _table(child, styles, depth)
        else:
            yield from _inside(child, styles, in_table=in_table, depth=depth + 1)


def _table(table: etree._Element, styles: Styles, depth: int) -> Iterator[WordParagraph]:
    rows = [row for row in table.iter(tag("tr")) if _table_of(row) is table]
    # A table of one column is a frame around text.
    has_columns = any(sum(_table_of(cell) is table for cell in row.iter(tag("tc"))) > 1 for row in rows)
    for row in rows:
        yield from _inside(row, styles, in_table=has_columns, depth=depth + 1)


def _table_of(part: etree._Element) -> etree._Element:
    return next(part.iterancestors(tag("tbl")))


def _is_contents(element: etree._Element) -> bool:
    """Return whether a content control holds the table of contents that Word made."""
    if element.tag != tag("sdt"):
        return False
    gallery = element.find(f"{tag('sdtPr')}/{tag('docPartObj')}/{tag('docPartGallery')}")
    return value(gallery) == "Table of Contents"


def _paragraph(element: etree._Element, styles: Styles, *, in_table: bool) -> WordParagraph:
    properties = element.find(tag("pPr"))
    style = value(_child(properties, "pStyle"))
    pieces = list(_pieces(element, styles, style))
    outline = value(_child(properties, "outlineLvl"))
    letters = [(bold, size) for text, bold, size in pieces if any(map(str.isalnum, text))]
    return WordParagraph(
        text="".join(text for text, _, _ in pieces),
        style=style,
        list=_list(properties) or styles.list(style),
        outline=int(outline) if outline.isdecimal() and int(outline) < 9 else None,
        bold=bool(letters) and all(bold for bold, _ in letters),
        size=min((size for _, size in letters), default=0),
        in_table=in_table,
        notes=tuple(attribute(note, "id") for note in element.iter(tag("footnoteReference"))),
    )


def _list(properties: etree._Element | None) -> tuple[str, int] | None:
    numbers = _child(properties, "numPr")
    number = value(_child(numbers, "numId"))
    level = value(_child(numbers, "ilvl"))
    if not number:
        return None
    return number, int(level) if level.isdecimal() and len(level) < 3 else 0


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(tag(name))


def _pieces(element: etree._Element, styles: Styles, style: str) -> Iterator[tuple[str, bool, int]]:
    """Yield the pieces of text below a paragraph with whether each is bold, and its size."""
    for run in _runs(element):
        properties = run.find(tag("rPr"))
        if properties is not None and is_on(properties.find(tag("vanish"))):
            continue
        bold = None if properties is None else properties.find(tag("b"))
        is_bold = is_on(bold) if bold is not None else styles.is_bold(style)
        for child in run:
            if text := _text(child):
                yield text, is_bold, size_of(properties) or styles.size(style)


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == tag("r"):
            yield child
        elif child.tag != tag("txbxContent"):
            yield from _runs(child)


def _text(element: etree._Element) -> str:
    match etree.QName(element).localname if isinstance(element.tag, str) else "":
        case "t":
            return element.text or ""
        case "tab":
            return " "
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "sym":
            return _SYMBOLS.get(attribute(element, "char").upper(), "")
    return ""


class Notes:
    """The footnotes of a document by their id."""

    def __init__(self, part: etree._Element | None) -> None:
        self._texts: dict[str, str] = {}
        for note in () if part is None else part.iter(tag("footnote")):
            if attribute(note, "type") not in ("separator", "continuationSeparator", "continuationNotice"):
                words = (text for run in _runs(note) for child in run if (text := _text(child)))
                self._texts[attribute(note, "id")] = squeezed(clean("".join(words)))

    def texts(self, ids: Iterable[str]) -> list[str]:
        """Return the footnotes with these ids that hold words."""
        return [text for note in ids if (text := self._texts.get(note, ""))]
