"""A file's statements with the machine's coding, in memory: nothing is stored, no database is asked."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pledges.coding import code
from pledges.coding.labels import Labels, Unit
from pledges.coding.morphology import grammar_of
from sources.reading.sandbox import read_untrusted
from sources.splitting import PassageSpan, SplitText, split
from sources.splitting.lead_ins import opens_with_pointer


def analyse(
    data: bytes, name: str, *, format: str | None = None, say: Callable[[str], None] = lambda _text: None
) -> Iterator[dict[str, Any]]:
    """Yield a mapping a statement of the file: `text, section, start, end, kind, commitment, measurable,
    topics, certainty`; start and end count letters of the text that is read from the file.

    `say` is told what is being done. Raises UnreadableFile.
    """
    say(f"Reading {name} …")
    text = split(read_untrusted(data, name, format=format))
    say(f"Coding {len(text.passages)} statements …")
    units = units_of(text)
    return (
        _row(text, span, unit, labels)
        for span, unit, labels in zip(text.passages, units, code(units), strict=True)
    )


def heading_paths(
    sections: Iterable[tuple[Hashable, Hashable | None, str]],
) -> dict[Hashable, tuple[str, ...]]:
    """Return for each section's key the headings above it and its own, the highest first.

    Sections are (key, key of the parent or None, title), parents before what stands under them.
    """
    paths: dict[Hashable | None, tuple[str, ...]] = {None: ()}
    for key, parent, title in sections:
        paths[key] = (*paths[parent], title) if title else paths[parent]
    return {key: path for key, path in paths.items() if key is not None}


def units_of(text: SplitText) -> list[Unit]:
    """Return the passages of a text as the coder sees them, in order."""
    sections = enumerate(text.sections)
    paths = heading_paths((index, span.parent, span.title or span.heading) for index, span in sections)
    words = [text.text[span.start : span.end] for span in text.passages]
    is_item = listed([(s.block, passage, s.is_item) for s, passage in zip(text.passages, words, strict=True)])
    return [
        Unit(
            words[index],
            paths[span.section],
            is_item[index],
            _words_at(words, span.lead_in),
        )
        for index, span in enumerate(text.passages)
    ]


def listed(passages: Sequence[tuple[Hashable, str, bool]]) -> list[bool]:
    """Return for each passage, given as (block, text, whether in a list item): is it an item for the coder?

    Items of several sentences are numbered paragraphs and argue as any paragraph does; only an item of one
    sentence is what its list says it is, and an opening that no paragraph would have, without a finite verb
    ("Erhalt der Bücherei. Sie ist beliebt.").
    """
    sentences = Counter(block for block, _, _ in passages)
    before = [None, *(block for block, _, _ in passages)]
    return [
        is_item and (sentences[block] == 1 or (before[index] != block and _is_title(text)))
        for index, (block, text, is_item) in enumerate(passages)
    ]


def _is_title(text: str) -> bool:
    return not opens_with_pointer(text) and not grammar_of(text).has_finite


def _words_at(words: Sequence[str], index: int | None) -> str:
    return "" if index is None else words[index]


def _row(text: SplitText, span: PassageSpan, unit: Unit, labels: Labels) -> dict[str, Any]:
    return {
        "text": unit.text,
        "section": text.sections[span.section].heading,
        "start": span.start,
        "end": span.end,
        "kind": labels.kind,
        "commitment": labels.commitment,
        "measurable": labels.measurable,
        "topics": list(labels.topics),
        "certainty": asdict(labels.certainty) if labels.certainty else None,
    }
