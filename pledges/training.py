"""What editors coded, as the coder learns from it, and the portal's own model that comes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from pledges.coding.coder import code, default_model
from pledges.coding.evaluation import Evaluation, Pair, evaluate
from pledges.coding.model import Model, train
from pledges.coding.store import fingerprint, load, save
from pledges.coding.training import Coded, CodedText, made_examples, shipped_texts
from pledges.keys import letters
from pledges.labels import labels_of
from pledges.models import Origin, Programme, Statement
from pledges.units import programme_units

Say = Callable[[str], None]


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
    edited = edited_texts()
    if not save(train([*made_examples(), *texts_to_learn(edited)]), _path()):
        raise NotStoredError(f"The model can't be written to {_path().parent}.")
    return sum(len(text.coded) for text in edited)


def texts_to_learn(edited: Iterable[CodedText]) -> list[CodedText]:
    """Return the shipped texts as editors corrected them, and the editors' own."""
    by_name = {text.name: text for text in edited}
    shipped = [_corrected(text, by_name.get(text.name)) for text in shipped_texts()]
    return [*shipped, *(text for name, text in by_name.items() if name not in {t.name for t in shipped})]


def left_out_figures(edited: Sequence[CodedText], say: Say) -> tuple[Evaluation, Evaluation] | None:
    """Return how good the coder is with the shipped codings alone and with the editors' too.

    Each programme of which the right labels are known is coded by a model that learnt from the others alone
    (leave one document out), from what the portal stored of its file. None where there is no such programme.
    """
    shipped, all_texts, made = shipped_texts(), texts_to_learn(edited), made_examples()
    right = {text.name: _by_words(text) for text in all_texts}
    before: list[Pair] = []
    after: list[Pair] = []
    for programme in Programme.objects.in_own_words().with_authors().filter(slug__in=right):
        say(f"{programme}: coded by what the other texts teach …")
        for pairs, texts in ((before, shipped), (after, all_texts)):
            model = train([*(text for text in texts if text.name != programme.slug), *made])
            pairs += _pairs(programme, right[programme.slug], model)
    return (evaluate(before), evaluate(after)) if before else None


def _pairs(programme: Programme, right: Mapping[str, Coded], model: Model) -> list[Pair]:
    units = list(programme_units(programme).values())
    names = [party.short_name for party in programme.authors]
    said = code(units, parties=names, kind_of_text=programme.kind, model=model)
    known = [(right.get(letters(unit.text)), labels) for unit, labels in zip(units, said, strict=True)]
    return [Pair(coded, labels) for coded, labels in known if coded]


def edited_texts() -> list[CodedText]:
    """Return the statements whose labels are an editor's, a text a programme, in reading order."""
    return [text for programme in Programme.objects.in_own_words() if (text := _edited(programme)).units]


def _edited(programme: Programme) -> CodedText:
    found = {s: unit for s, unit in programme_units(programme).items() if s.origin == Origin.EDITOR}
    coded = tuple(_coded(statement) for statement in found)
    return CodedText(programme.slug, tuple(found.values()), coded, kind_of_text=programme.kind)


def _coded(statement: Statement) -> Coded:
    labels = labels_of(statement)
    return Coded(labels.kind, labels.commitment, labels.measurable, labels.topics)


def _corrected(text: CodedText, edited: CodedText | None) -> CodedText:
    if edited is None:
        return text
    by_words = _by_words(edited)
    pairs = zip(text.units, text.coded, strict=True)
    coded = tuple(by_words.get(letters(unit.text), coded) for unit, coded in pairs)
    return replace(text, coded=coded, kind_of_text=edited.kind_of_text)


def _by_words(text: CodedText) -> dict[str, Coded]:
    return {letters(unit.text): coded for unit, coded in zip(text.units, text.coded, strict=True)}


def _path() -> Path:
    return settings.DATA_DIR / f"coder-{fingerprint(())}.npz"
