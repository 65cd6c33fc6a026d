"""Blocks to a document's text with its sections and passages."""

from collections.abc import Iterator, Sequence

from sources.reading.blocks import Block, UnreadableFile
from sources.splitting.layout import PlacedBlock, laid_out
from sources.splitting.lead_ins import with_lead_ins
from sources.splitting.lists import enumerations
from sources.splitting.sections import placed_sections
from sources.splitting.sentences import sentence_spans
from sources.splitting.spans import PassageSpan, SectionSpan, SplitText

__all__ = ["LONGEST_PASSAGE", "MOST_LETTERS", "PassageSpan", "SectionSpan", "SplitText", "split"]

# Far beyond any programme: three times the longest of a federal party, and eight pages in one sentence. What
# comes after reading takes minutes for such a text, and for such a sentence time that grows with its square.
MOST_LETTERS = 2_000_000
LONGEST_PASSAGE = 10_000


def split(blocks: Sequence[Block], *, sentences: bool = True) -> SplitText:
    """Return the text of `blocks` with its sections and passages, in the order of the blocks.

    A passage is a sentence of a paragraph or item; with `sentences` off, a whole paragraph or item (for
    texts that hold one statement a line). Raises UnreadableFile for what no programme is as long as.
    """
    text, placed = laid_out(blocks)
    if len(text) > MOST_LETTERS:
        raise UnreadableFile("The text is far longer than any programme; hand over that alone.", "too_large")
    sections, section_of = placed_sections(placed)
    last_items = enumerations(text, placed) if sentences else {}
    passages: list[PassageSpan] = []
    body: list[PlacedBlock] = []
    for index in _body(placed, last_items):
        block = placed[index]
        for start, end in _places(text, block, placed[last_items.get(index, index)].end, sentences=sentences):
            passages.append(
                PassageSpan(
                    start,
                    end,
                    section=section_of[index],
                    block=len(body),
                    is_item=block.block.kind == "item",
                    page=block.block.page,
                    lead_in=None,
                )
            )
        body.append(block)
    if any(passage.end - passage.start > LONGEST_PASSAGE for passage in passages):
        raise UnreadableFile(
            "A sentence goes on for pages; hand over another format of the file, with its full stops.",
            "too_large",
        )
    return SplitText(text, tuple(sections), with_lead_ins(text, body, passages))


def _body(placed: Sequence[PlacedBlock], last_items: dict[int, int]) -> Iterator[int]:
    """Yield the indexes of paragraphs and items, those items left out that end the paragraph before them."""
    taken = -1
    for index, block in enumerate(placed):
        if index > taken and block.block.kind != "heading":
            yield index
        taken = max(taken, last_items.get(index, -1))


def _places(text: str, block: PlacedBlock, end: int, *, sentences: bool) -> list[tuple[int, int]]:
    """Return [start, end) in `text` of the passages of `block`, the last of which reaches to `end`."""
    if not sentences:
        return [(block.start, block.end)]
    spans = sentence_spans(text[block.start : block.end])
    places = [(block.start + left, block.start + right) for left, right in spans]
    return [*places[:-1], (places[-1][0], end)]
