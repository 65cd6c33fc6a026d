"""Files into documents: what came is stored as it is, what was read from it as text with places.

The only module of this app that writes. What a text says politically is nobody's business here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sources.models import Document, Passage, Section
from sources.reading import UnreadableFile, read
from sources.reading.fingerprint import reader_fingerprint
from sources.splitting import SplitText, split
from sources.splitting.matching import match_passages

Place = tuple[int, str]
"""A passage's key and text."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a text's passages: keys of `Passage`, `moved` from those before to those now.

    `reworded` are the keys now of passages that were found again with nearly the same words.
    """

    document: Document
    moved: dict[int, int]
    reworded: frozenset[int]
    new: frozenset[int]
    gone: frozenset[int]

    @property
    def kept(self) -> int:
        return len(self.moved) - len(self.reworded)


class AlreadyLoaded(UnreadableFile):
    """The same file, byte for byte, is another programme's."""


@transaction.atomic
def take_in(
    data: bytes,
    file_name: str,
    *,
    slug: str,
    language: str = "de",
    former: Document | None = None,
    by_line: bool = False,
    text: SplitText | None = None,
) -> Intake:
    """Read a file and store it as document `slug`; with `former`, as the text that takes its place.

    The same bytes are read again, which keeps the keys of passages that stayed. Other bytes make a
    document of their own and leave the former one as it is. `by_line`: every line is a passage.
    `text` is what was read from the file beforehand, where that takes long or is done in the sandbox.
    Raises UnreadableFile or AlreadyLoaded, and then nothing is stored.
    """
    before = _places(former) if former else []
    if former and is_up_to_date(former, data):
        kept = {key: key for key, _text in before}
        return Intake(former, kept, frozenset(), frozenset(), frozenset())
    text_now = text or split(
        read(data, file_name, format="lines" if by_line else None), sentences=not by_line
    )
    if not text_now.passages:
        raise UnreadableFile("The file holds headings at most, and no sentence.", "no_text")
    document = _find_or_add(data, file_name, slug=slug, language=language, former=former)
    keys = _store(document, text_now)
    return _compare(document, before, keys, text_now)


def _find_or_add(
    data: bytes, file_name: str, *, slug: str, language: str, former: Document | None
) -> Document:
    known = Document.objects.with_content(data).first()
    if known is None:
        return Document.objects.create(
            slug=_free_slug(slug),
            file_name=file_name,
            content=data,
            sha256=hashlib.sha256(data).hexdigest(),
            language=language,
            text="",
            read_at=timezone.now(),
            read_with="",
            replaces_id=max(Document.objects.line_of(former.pk)) if former else None,
        )
    if former is None or known.pk not in Document.objects.line_of(former.pk):
        raise AlreadyLoaded(f"The file is already loaded, byte for byte, as {known.slug}.", "already_loaded")
    return known


def is_up_to_date(document: Document, data: bytes) -> bool:
    """Whether these bytes were read by this very reader already."""
    same_file = document.sha256 == hashlib.sha256(data).hexdigest()
    return same_file and document.read_with == reader_fingerprint()


def _free_slug(slug: str) -> str:
    taken = set(Document.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    edition = 1
    while (candidate := slug if edition == 1 else f"{slug}-{edition}") in taken:
        edition += 1
    return candidate


def _places(document: Document) -> list[Place]:
    return list(document.passages.order_by("position").values_list("pk", "text"))


def _store(document: Document, text_now: SplitText) -> list[int]:
    """Make the document's passages those of `text_now` and return their keys, in order."""
    own = _places(document)
    is_stored = _is_stored(document, text_now)
    document.read_at = timezone.now()
    document.read_with = reader_fingerprint()
    document.save(update_fields=["read_at", "read_with"])
    if is_stored:
        return [key for key, _text in own]
    matches = match_passages([text for _key, text in own], _texts(text_now))
    key_at = {m.new: own[m.old][0] for m in matches if m.new is not None and m.old is not None}
    Passage.objects.filter(document=document).delete()
    Section.objects.filter(document=document).delete()
    document.text = text_now.text
    document.save(update_fields=["text"])
    keys = _add_passages(document, text_now, _add_sections(document, text_now), key_at)
    if Passage.objects.filter(document=document).not_verbatim().exists():
        raise AssertionError(f"A passage of {document.slug} isn't the document's text at its place.")
    return keys


def _is_stored(document: Document, text_now: SplitText) -> bool:
    stored = document.passages.order_by("position").values_list(
        "start", "end", "section__position", "block", "is_item", "page", "lead_in__position"
    )
    spans = [
        (
            s.start,
            s.end,
            s.section + 1,
            s.block,
            s.is_item,
            s.page,
            None if s.lead_in is None else s.lead_in + 1,
        )
        for s in text_now.passages
    ]
    sections = document.sections.order_by("position").values_list("heading", "title", "level")
    wanted = [(s.heading, s.title, s.level) for s in text_now.sections]
    return document.text == text_now.text and list(stored) == spans and list(sections) == wanted


def _texts(text_now: SplitText) -> list[str]:
    return [text_now.text[span.start : span.end] for span in text_now.passages]


def _add_sections(document: Document, text_now: SplitText) -> list[Section]:
    sections: list[Section] = []
    for position, span in enumerate(text_now.sections, start=1):
        section = Section(
            document=document,
            parent=None if span.parent is None else sections[span.parent],
            position=position,
            level=span.level,
            heading=span.heading,
            title=span.title,
            start=span.start,
            end=span.end,
        )
        section.save(force_insert=True)
        sections.append(section)
    return sections


def _add_passages(
    document: Document, text_now: SplitText, sections: Sequence[Section], key_at: dict[int, int]
) -> list[int]:
    """Insert all passages, those in `key_at` (index to key) under their former key, and return the keys."""
    passages = [
        Passage(
            pk=key_at.get(index),
            document=document,
            section=sections[span.section],
            position=index + 1,
            start=span.start,
            end=span.end,
            text=text_now.text[span.start : span.end],
            page=span.page,
            block=span.block,
            is_item=span.is_item,
        )
        for index, span in enumerate(text_now.passages)
    ]
    Passage.objects.bulk_create([p for p in passages if p.pk is not None])
    Passage.objects.bulk_create([p for p in passages if p.pk is None])
    keys = [key for key, _text in _places(document)]
    introduced = [
        Passage(pk=keys[index], lead_in_id=keys[span.lead_in])
        for index, span in enumerate(text_now.passages)
        if span.lead_in is not None
    ]
    Passage.objects.bulk_update(introduced, ["lead_in"], batch_size=500)
    return keys


def _compare(document: Document, before: list[Place], keys: list[int], text_now: SplitText) -> Intake:
    moved: dict[int, int] = {}
    reworded, new, gone = set(), set(), set()
    for match in match_passages([text for _key, text in before], _texts(text_now)):
        if match.old is None and match.new is not None:
            new.add(keys[match.new])
        elif match.new is None and match.old is not None:
            gone.add(before[match.old][0])
        elif match.old is not None and match.new is not None:
            moved[before[match.old][0]] = keys[match.new]
            if match.how == "carried":
                reworded.add(keys[match.new])
    return Intake(document, moved, frozenset(reworded), frozenset(new), frozenset(gone))
