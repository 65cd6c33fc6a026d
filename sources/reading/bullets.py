"""The marks of list items: bullets, dashes, numbers and letters."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"(\s*)(?:([-*+–—»›o])\s+|([•●▪▫■□◦‣⁃∙·○►▶➢➤➔➜→⇒✓✔✗❖♦◆★☐☑\ue000-\uf8ff]+)\s*)(?=\S)")
_NUMBER = re.compile(r"(\s*)(\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\S)")
# "z. B.", "u. a.", "i. d. R." may come to stand at a line's start.
_ABBREVIATION = re.compile(r"\s*[a-z]\.\s+[^\W\d_]\.")
_SOFT_BULLETS = "–—o"
_MONTH = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|"
    r"Jahrhundert)\b"
)


@dataclass(frozen=True, slots=True)
class ListMark:
    """A mark at a line's start: `indent` in characters, `number` ("" for a bullet), `text` after it."""

    indent: int
    number: str
    text: str
    soft: bool  # a dash, which in running text is no mark


def list_mark(line: str) -> ListMark | None:
    """Return the list mark that `line` opens with, None without one."""
    if found := _BULLET.match(line):
        return ListMark(_width(found[1]), "", line[found.end() :], soft=(found[2] or "x") in _SOFT_BULLETS)
    if _ABBREVIATION.match(line):
        return None
    if (found := _NUMBER.match(line)) and not _MONTH.match(line, found.end()):
        return ListMark(_width(found[1]), found[2], line[found.end() :], soft=True)
    return None


def is_bare_mark(text: str) -> bool:
    """Return whether `text` is a list mark and nothing else."""
    mark = list_mark(f"{text.strip()} x")
    return mark is not None and mark.text == "x"


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))


def follows(number: str, before: str) -> bool:
    """Return whether `number` comes right after `before` in a list ("3." after "2.", "b)" after "a)")."""
    this, last = number.strip("(.)"), before.strip("(.)")
    if not before:
        return this in ("1", "a", "i")
    if this.isdigit() and last.isdigit():
        return int(this) == int(last) + 1
    return len(this) == len(last) == 1 and ord(this) == ord(last) + 1
