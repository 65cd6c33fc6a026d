"""What editors coded, as the coder learns from it, and the portal's own model that comes of it."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings

from pledges.coding.coder import default_model
from pledges.coding.model import Model, train
from pledges.coding.store import fingerprint, load, save
from pledges.coding.training import Coded, CodedText, made_examples, shipped_texts
from pledges.keys import letters
from pledges.models import Origin, Programme, Statement
from pledges.units import programme_units


class NotStoredError(Exception):
    """The model can't be written; the message says where to."""


def portals_model() -> Model:
    """Return the model that `train_coder` made with the editors' codings, else that of the shipped texts.

    A model that other code made isn't used any more: its features would be others.
    """
    return load(_path()) or default_model()


def train_portals_model() -> int:
    """Learn from the shipped codings and the editors'; return how many of the editors' there are.

    Where an editor coded a statement of a shipped text, the shipped coding of it doesn't count any more.
    Raises NotStoredError.
    """
    edited = {text.name: text for text in edited_texts()}
    shipped = [_corrected(text, edited.get(text.name)) for text in shipped_texts()]
    new = [text for name, text in edited.items() if name not in {text.name for text in shipped}]
    if not save(train([*shipped, *made_examples(), *new]), _path()):
        raise NotStoredError(f"The model can't be written to {_path().parent}.")
    return sum(len(text.coded) for text in edited.values())


def edited_texts() -> list[CodedText]:
    """Return the statements whose labels are an editor's, a text a programme, in reading order."""
    return [text for programme in Programme.objects.in_own_words() if (text := _edited(programme)).units]


def _edited(programme: Programme) -> CodedText:
    found = {s: unit for s, unit in programme_units(programme).items() if s.origin == Origin.EDITOR}
    return CodedText(programme.slug, tuple(found.values()), tuple(_coded(statement) for statement in found))


def _coded(statement: Statement) -> Coded:
    topics = tuple(topic.slug for topic in statement.ordered_topics)
    return Coded(statement.kind, statement.commitment or None, statement.measurable, topics)


def _corrected(text: CodedText, edited: CodedText | None) -> CodedText:
    if edited is None:
        return text
    by_words = {letters(unit.text): coded for unit, coded in zip(edited.units, edited.coded, strict=True)}
    pairs = zip(text.units, text.coded, strict=True)
    return replace(text, coded=tuple(by_words.get(letters(unit.text), coded) for unit, coded in pairs))


def _path() -> Path:
    return settings.DATA_DIR / f"coder-{fingerprint(())}.npz"
