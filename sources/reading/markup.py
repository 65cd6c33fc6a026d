"""HTML to lines: the part of a page that is the text, element by element, with bold and lists marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from sources.reading.wordlists import word_list

_LEFT_OUT = word_list("left_out_tags")
_LEFT_OUT_ROLES = word_list("left_out_roles")
_LEFT_OUT_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navi|navigation|navbar|menu|menue|footer|foot|sidebar|breadcrumbs?|teasers?|cookies?"
    r"|consent|share|sharing|social|related|widgets?|newsletter|comments?|pagination|pager|skip|toolbar|banner|advert\w*|toc"
    r"|inhaltsverzeichnis|kontakt|impressum|metanav|topbar|search|suche|popup|modal|screen-reader-text|sr-only)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_BLOCKS = word_list("block_tags")
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LEAST_LINKS = 3
_LINK_SHARE = 0.6
_DEEPEST = 200
_MAIN_SHARE = 0.4


@dataclass(slots=True)
class MarkedLine:
    """A line of an element: pieces of text with whether they are bold. `gap` counts empty lines before it."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    gap: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(text for text, _ in self.pieces).split())

    @property
    def bold(self) -> bool:
        return all(bold for text, bold in self.pieces if any(map(str.isalnum, text)))


@dataclass(slots=True)
class Element:
    """The lines of one element; `heading` is 1 to 6 for h1 to h6, `level` the depth of its list."""

    lines: list[MarkedLine]
    heading: int = 0
    level: int = 0
    number: str = ""


def elements(text: str) -> list[Element]:
    """Return the elements of an HTML text that hold its words, menus, footers, teasers and forms left out."""
    try:
        parser = html.HTMLParser(remove_comments=True)
        root = html.document_fromstring(_XML_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    _drop_what_is_no_text(root)
    walker = _Walker()
    walker.walk(_main_part(root), bold=False, level=0, depth=0)
    walker.flush()
    return walker.found


def _drop_what_is_no_text(root: html.HtmlElement) -> None:
    for element in list(root.iter(etree.Element)):
        if element.getparent() is not None and (_is_left_out(element) or _is_link_list(element)):
            element.drop_tree()


def _is_left_out(element: html.HtmlElement) -> bool:
    tag = element.tag if isinstance(element.tag, str) else "script"
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _LEFT_OUT or element.get("role", "") in _LEFT_OUT_ROLES or "hidden" in element.attrib:
        return True
    if _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    if tag == "header":
        return not any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return tag in ("div", "section", "ul", "ol", "p", "span") and bool(_LEFT_OUT_NAMES.search(names))


def _is_link_list(element: html.HtmlElement) -> bool:
    """Return whether a list is mostly links: a menu, or teasers."""
    if element.tag not in ("ul", "ol"):
        return False
    links = [link.text_content() for link in element.iter("a")]
    size = len("".join(element.text_content().split()))
    return (
        len(links) >= _LEAST_LINKS and sum(len("".join(link.split())) for link in links) > _LINK_SHARE * size
    )


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    """Return the element that holds the text: main or a lone article, if a fair part of the page is in it."""
    whole = len(root.text_content())
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content()) > _MAIN_SHARE * whole:
            return found[0]
    body = root.find("body")
    return root if body is None else body


class _Walker:
    """Walks the tree and gathers an Element for each stretch of text between two block tags."""

    def __init__(self) -> None:
        self.found: list[Element] = []
        self._lines = [MarkedLine()]
        self._open = Element([])

    def walk(self, element: html.HtmlElement, *, bold: bool, level: int, depth: int) -> None:
        tag = element.tag
        if depth > _DEEPEST or not isinstance(tag, str):
            return
        if tag == "br":
            self._break()
            return
        is_block = tag in _BLOCKS
        bold = bold or tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style", "")))
        level += tag in ("ul", "ol")
        if is_block:
            self.flush()
            self._describe(element, level)
        self._add(element.text, bold)
        for child in element:
            self.walk(child, bold=bold, level=level, depth=depth + 1)
            self._add(child.tail, bold)
        if is_block:
            self.flush()

    def flush(self) -> None:
        if any(line.text for line in self._lines):
            self.found.append(Element(self._lines, self._open.heading, self._open.level, self._open.number))
        self._lines, self._open = [MarkedLine()], Element([])

    def _describe(self, element: html.HtmlElement, level: int) -> None:
        tag = element.tag
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._open.heading = int(tag[1])
        elif tag == "li":
            self._open.level = max(level, 1)
            self._open.number = _number(element)
        elif tag in ("p", "div") and _opens_item(element):
            self._open.level = max(level, 1)
            self._open.number = _number(element.getparent())

    def _break(self) -> None:
        if self._lines[-1].text:
            self._lines.append(MarkedLine())
        else:
            self._lines[-1].gap += 1

    def _add(self, text: str | None, bold: bool) -> None:
        if text:
            self._lines[-1].pieces.append((text, bold))


def _opens_item(element: html.HtmlElement) -> bool:
    parent = element.getparent()
    return (
        parent is not None and parent.tag == "li" and parent[0] is element and not (parent.text or "").strip()
    )


def _number(item: html.HtmlElement) -> str:
    """Return the number of an item of a numbered list ("3."), "" for a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 5 else 1
    return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}."
