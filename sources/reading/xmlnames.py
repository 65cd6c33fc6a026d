"""Names in WordprocessingML."""

from lxml import etree

_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


def tag(name: str) -> str:
    """Return the full name of an element or attribute."""
    return _SPACE + name


def attribute(element: etree._Element, name: str) -> str:
    """Return the attribute `name` of `element`, "" without it."""
    return element.get(tag(name)) or ""


def value(element: etree._Element | None) -> str:
    """Return the value ("w:val") of `element`, "" without one."""
    return "" if element is None else attribute(element, "val")


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch such as <w:b/> is there and not turned off."""
    return element is not None and value(element) not in _OFF
