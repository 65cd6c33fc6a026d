"""The numbers of a Word document's lists, counted as Word counts them."""

import re
from collections import Counter

from lxml import etree

from sources.reading.xmlnames import attribute, tag, value

_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts the items of each list, so that a numbered item gets the number that Word prints."""

    def __init__(self, part: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], etree._Element] = {}
        self._abstract: dict[str, str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        if part is None:
            return
        for number in part.findall(tag("num")):
            self._abstract[attribute(number, "numId")] = value(number.find(tag("abstractNumId")))
        for abstract in part.findall(tag("abstractNum")):
            for level in abstract.findall(tag("lvl")):
                at = attribute(level, "ilvl")
                if at.isdecimal() and len(at) < 3:
                    self._levels[attribute(abstract, "abstractNumId"), int(at)] = level

    def next(self, number: str, level: int) -> str | None:
        """Return the mark of the next item of the list `number` on `level`: "3.", "" for a bullet.

        Returns None for the list "0", which in a paragraph means that it is in no list.
        """
        if number == "0":
            return None
        abstract = self._abstract.get(number, number)
        self._counts[abstract, level] += 1
        for deeper in range(level + 1, 9):
            self._counts[abstract, deeper] = 0
        definition = self._levels.get((abstract, level))
        if definition is None or value(definition.find(tag("numFmt"))) in ("bullet", "none", ""):
            return ""
        pattern = value(definition.find(tag("lvlText")))
        return _PLACE.sub(lambda place: self._number(abstract, int(place[1]) - 1), pattern).strip()

    def _number(self, abstract: str, level: int) -> str:
        definition = self._levels.get((abstract, level))
        if definition is None:
            return ""
        start = value(definition.find(tag("start")))
        first = int(start) if start.isdecimal() and len(start) < 5 else 1
        count = first + max(self._counts[abstract, level], 1) - 1
        return _formatted(count, value(definition.find(tag("numFmt"))))


def _formatted(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and count < 40:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    return str(count)


def _roman(count: int) -> str:
    tens, ones = divmod(count, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
