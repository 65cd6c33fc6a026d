"""The SPD's text of 2025 as it might come again: five sentences changed, three gone, four new."""

from dataclasses import dataclass

from django.conf import settings

from sources.reading import read
from sources.splitting import split

FILE = settings.BASE_DIR / "fixtures" / "spd-2025.md"
NEW = (
    "Auf dem Platz vor der Bibliothek stellen wir zwölf Schachtische auf.",
    "Jede Feuerwache bekommt bis 2028 eine Photovoltaikanlage.",
    "Hundehalterinnen und Hundehalter finden im Norden eine zweite Freilauffläche.",
    "Die Öffnungszeiten der Wochenmärkte verlängern wir im Sommer um eine Stunde.",
)


@dataclass(frozen=True)
class NewEdition:
    """The file's content, and what it changed of the sentences before: from words to words, which are gone,
    which are new, which stayed as they were."""

    content: bytes
    changed: dict[str, str]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    kept: tuple[str, ...]


def new_edition() -> NewEdition:
    before = FILE.read_text(encoding="utf-8")
    sentences = _sentences(before)
    # Without marks of emphasis, and of some length, so that a word more is a small change.
    plain = [s for s in sentences if before.count(s) == 1 and len(s) > 100 and sentences.count(s) == 1]
    changed = {s: f"{s[:-1]} ohne Ausnahme{s[-1]}" for s in plain[10:60:10]}
    gone = tuple(plain[65:80:5])
    text = before
    for sentence, now in changed.items():
        text = text.replace(sentence, now)
    for sentence in gone:
        text = text.replace(sentence, "")
    text = f"{text.rstrip()}\n\n{' '.join(NEW)}\n"
    kept = tuple(s for s in plain if s not in changed and s not in gone)
    return NewEdition(text.encode(), changed, gone, NEW, kept)


def _sentences(text: str) -> list[str]:
    found = split(read(text.encode(), FILE.name))
    return [found.text[span.start : span.end] for span in found.passages]
