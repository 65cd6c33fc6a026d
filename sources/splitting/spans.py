"""A document's text with the places of its sections and passages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A heading and what stands under it.

    `start`, `end`: the heading's own place in the text (start == end: text before the first heading).
    `title` is shown, `heading` is verbatim; `parent` is the index of the section above, None at the top.
    """

    heading: str
    title: str
    level: int
    start: int
    end: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """One sentence or list item: `text[start:end]` of the document, verbatim.

    `section` is an index into the sections; `block` numbers the paragraph or item it stands in;
    `lead_in` is the index of the passage without which it can't be understood (what introduces a
    list, or the sentence before "Dies …"), None where it stands alone.
    """

    start: int
    end: int
    section: int
    block: int
    is_item: bool
    page: int | None
    lead_in: int | None


@dataclass(frozen=True, slots=True)
class SplitText:
    """All that splitting says of a document. Every letter of `text` that is no white space and no list
    mark lies in exactly one heading or passage."""

    text: str
    sections: tuple[SectionSpan, ...]
    passages: tuple[PassageSpan, ...]
