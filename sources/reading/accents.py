"""Accents that a PDF prints as characters of their own over their letters, as older TeX fonts do."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from sources.reading.glyphs import Glyph

_COMBINING = {"¨": "\u0308", "´": "\u0301"}
# PDFium moves an accent by some places in the order of drawing.
_NEAR = 120
# In units of the font's line height.
_SAME_ROW, _SAME_PLACE = 0.3, 0.1


def with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs with each accent and the letter below it as one."""
    found = list(glyphs)
    dropped: set[int] = set()
    for at, glyph in enumerate(glyphs):
        base = _base(found, at) if glyph.text in _COMBINING else None
        if base is not None:
            letter = unicodedata.normalize("NFC", found[base].text + _COMBINING[glyph.text])
            found[base] = replace(found[base], text=letter)
            # What PDFium takes for a space beside an accent is none.
            blanks = (near for near in (at - 1, at + 1) if 0 <= near < len(found))
            dropped |= {at, *(near for near in blanks if found[near].x0 == found[near].x1)}
    return [glyph for at, glyph in enumerate(found) if at not in dropped]


def _base(glyphs: Sequence[Glyph], accent: int) -> int | None:
    mark = glyphs[accent]
    near = (at for at in range(max(0, accent - _NEAR), min(len(glyphs), accent + _NEAR)) if at != accent)
    return next((at for at in near if glyphs[at].text.isalpha() and _is_over(mark, glyphs[at])), None)


def _is_over(mark: Glyph, letter: Glyph) -> bool:
    aside = abs(mark.x0 + mark.x1 - letter.x0 - letter.x1) / 2
    return aside < _SAME_PLACE * letter.size and abs(mark.y - letter.y) < _SAME_ROW * letter.size
