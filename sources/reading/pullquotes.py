"""Pull quotes: a sentence of the text, repeated in large type to draw the eye."""

from collections.abc import Sequence

from sources.reading.blocks import Block
from sources.reading.paragraphs import Paragraph, Type
from sources.reading.running import title_key

_LARGER = 1.12
_LEAST_WORDS = 6
_ENDS = (".", "!", "?", "…")
_QUOTES = "\"'„“”»«‚‘’›‹"

Told = tuple[Paragraph, Block]


def without_pull_quotes(told: Sequence[Told], body: Type) -> list[Told]:
    """Return the paragraphs with their blocks, without what only repeats words of the text in larger type.

    A heading may say again what a sentence says: only what ends as a sentence, or stands in quotation marks,
    is a pull quote.
    """
    text = "".join(title_key(block.text) for paragraph, block in told if not _is_large(paragraph, body))
    return [
        (paragraph, block)
        for paragraph, block in told
        if not (_is_large(paragraph, body) and _is_said(block.text) and title_key(block.text) in text)
    ]


def _is_large(paragraph: Paragraph, body: Type) -> bool:
    return all(line.size > _LARGER * body.size for line in paragraph.lines)


def _is_said(text: str) -> bool:
    is_sentence = text.rstrip(_QUOTES).endswith(_ENDS) or text[0] in _QUOTES
    return is_sentence and len(text.split()) >= _LEAST_WORDS
