"""What a text is filed as decides whether it is a picture of the future, wherever it is coded."""

import pytest
from django.conf import settings

from pledges import reasons, training
from pledges.coding.coder import default_model
from pledges.coding.features import look_at
from pledges.coding.labels import Labels
from pledges.coding.training import shipped_texts
from pledges.coding_log import code_by_editor
from pledges.machine import machine_labels
from pledges.models import Programme, ProgrammeKind
from pledges.quality import shipped_files
from pledges.statement_queue import screen, with_place
from pledges.units import programme_units
from tests.people import person

pytestmark = pytest.mark.django_db

PICTURE = "dos-2020"


@pytest.fixture
def misfiled() -> Programme:
    """A text that reads as a picture of the future and is filed as a plain programme."""
    Programme.objects.filter(slug=PICTURE).update(kind=ProgrammeKind.PROGRAMME)
    return Programme.objects.with_authors().get(slug=PICTURE)


@pytest.fixture
def told(monkeypatch):
    """The kinds of text that the named function of a module is told."""
    kinds = []

    def listen(module, name):
        real = getattr(module, name)

        def heard(*given, **more):
            kinds.append(more["kind_of_text"])
            return real(*given, **more)

        monkeypatch.setattr(module, name, heard)
        return kinds

    return listen


def test_a_text_is_coded_as_what_it_is_filed_as():
    units = list(programme_units(Programme.objects.get(slug=PICTURE)).values())
    commitments = {
        kind: {labels.commitment for labels in machine_labels(units, ["DOS"], kind)}
        for kind in (ProgrammeKind.VISION, ProgrammeKind.PROGRAMME)
    }
    assert commitments[ProgrammeKind.VISION] == {"vision", None}
    assert "vision" not in commitments[ProgrammeKind.PROGRAMME]


@pytest.mark.once
def test_a_training_is_measured_by_what_texts_are_filed_as(misfiled, told, monkeypatch):
    monkeypatch.setattr(training, "train", lambda texts: default_model())
    kinds = told(training, "code")
    training.left_out_figures([], lambda text: None)
    in_own_words = Programme.objects.in_own_words().values_list("kind", flat=True)
    assert sorted(kinds) == sorted(2 * [*in_own_words])


def test_reasons_are_given_by_what_a_text_is_filed_as(misfiled, told):
    kinds = told(reasons, "reasons")
    screen(with_place(misfiled.statements.current().by_doubt()).first())
    assert kinds == [ProgrammeKind.PROGRAMME]


def test_what_editors_coded_is_learnt_as_what_its_text_is_filed_as(misfiled):
    statement = misfiled.statements.current().first()
    code_by_editor(statement, person("redaktion"), Labels("record", None, False, ("finanzen",)))
    (edited,) = training.edited_texts()
    learnt = {text.name: text.kind_of_text for text in training.texts_to_learn([edited])}
    assert edited.kind_of_text == learnt[PICTURE] == ProgrammeKind.PROGRAMME


def test_shipped_files_are_measured_as_what_they_are_filed_as():
    filed = dict(Programme.objects.in_own_words().values_list("slug", "kind"))
    assert {file.name: file.kind for file in shipped_files(settings.BASE_DIR / "fixtures")} == filed


@pytest.mark.once
def test_the_shipped_texts_read_as_what_they_are_filed_as():
    filed = dict(Programme.objects.values_list("slug", "kind"))
    for text in shipped_texts():
        assert look_at(text.units)[0].vision is (filed[text.name] == ProgrammeKind.VISION), text.name
