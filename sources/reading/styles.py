"""The paragraph styles of a Word document: which are headings, lists, bold."""

import re

from lxml import etree

from sources.reading.xmlnames import attribute, is_on, tag, value

_HEADING = re.compile(r"(?:heading|überschrift|uberschrift|berschrift)\s?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel", re.IGNORECASE)
_SUBTITLE = re.compile(r"subtitle|untertitel", re.IGNORECASE)
_CONTENTS = re.compile(
    r"toc\s?(?:\d|heading)|verzeichnis\s?\d|inhaltsverzeichnis\w*|table of (?:figures|contents)",
    re.IGNORECASE,
)
# Word's own styles of inner lists ("List Bullet 2") are lists of their own; their name tells the level.
_LIST_LEVEL = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
_MOST_ANCESTORS = 12
_WORDS_SIZE = 20  # what Word takes where nothing is set


class Styles:
    """Styles by id; what a style does not say, the one that it is based on does."""

    def __init__(self, part: etree._Element | None) -> None:
        found = () if part is None else part.findall(tag("style"))
        self._styles = {attribute(style, "styleId"): style for style in found}
        default = (style for style in found if attribute(style, "type") == "paragraph" and _is_default(style))
        self._default = next((attribute(style, "styleId") for style in default), "")
        base = None if part is None else part.find(f"{tag('docDefaults')}/{tag('rPrDefault')}/{tag('rPr')}")
        self._base_size = size_of(base) or _WORDS_SIZE

    def _chain(self, style: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < _MOST_ANCESTORS:
            chain.append(self._styles[style])
            style = value(chain[-1].find(tag("basedOn")))
        return chain

    def _names(self, style: str) -> list[str]:
        return [style, *(value(found.find(tag("name"))) for found in self._chain(style))]

    def heading_rank(self, style: str) -> int | None:
        """Return the rank of a heading style: 0 for the title, 1 to 9 for headings; None for other styles."""
        for name in self._names(style):
            if found := _HEADING.fullmatch(name):
                return int(found[1])
            if _TITLE.fullmatch(name):
                return 0
            if _SUBTITLE.fullmatch(name):
                return 1
        for found_style in self._chain(style):
            outline = value(found_style.find(f"{tag('pPr')}/{tag('outlineLvl')}"))
            if outline.isdecimal() and int(outline) < 9:
                return int(outline) + 1
        return None

    def is_contents(self, style: str) -> bool:
        """Return whether a style is one of tables of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self._names(style))

    def list(self, style: str) -> tuple[str, int] | None:
        """Return (list, level) of a style of list items, None for other styles."""
        for found in self._chain(style):
            numbers = found.find(f"{tag('pPr')}/{tag('numPr')}")
            number = value(None if numbers is None else numbers.find(tag("numId")))
            if numbers is not None and number:
                level = value(numbers.find(tag("ilvl")))
                deeper = _LIST_LEVEL.fullmatch(value(found.find(tag("name"))))
                if level.isdecimal() and len(level) < 3:
                    return number, int(level)
                return number, int(deeper[1]) - 1 if deeper else 0
        return None

    def is_bold(self, style: str) -> bool:
        """Return whether a style is bold."""
        for found in self._chain(style):
            bold = found.find(f"{tag('rPr')}/{tag('b')}")
            if bold is not None:
                return is_on(bold)
        return False

    def size(self, style: str) -> int:
        """Return the size of a style's letters in half points."""
        sizes = (size_of(found.find(tag("rPr"))) for found in self._chain(style or self._default))
        return next((size for size in sizes if size), self._base_size)


def size_of(properties: etree._Element | None) -> int:
    """Return the size that properties of letters set, in half points, 0 where they set none."""
    size = "" if properties is None else value(properties.find(tag("sz")))
    return int(size) if size.isdecimal() and len(size) < 5 else 0


def _is_default(style: etree._Element) -> bool:
    return attribute(style, "default") in ("1", "true", "on")
