import pytest

from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Statement
from pledges.training import edited_texts, portals_model, train_portals_model
from pledges.units import programme_units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def edited(django_user_model) -> Statement:
    """A statement of a shipped text of which an editor says something else."""
    statement = Statement.objects.get(text__contains="30-Prozent-Quote")
    editor = django_user_model.objects.create_user("editor")
    code_by_editor(statement, editor, Labels("record", None, False, ("finanzen",)))
    return statement


def test_an_editors_coding_is_taken_with_its_unit(edited):
    (text,) = edited_texts()
    assert [unit.text for unit in text.units] == [edited.text]
    assert [(coded.kind, coded.topics) for coded in text.coded] == [("record", ("finanzen",))]


def test_without_editors_codings_nothing_is_added():
    assert edited_texts() == []


@pytest.mark.once
def test_training_makes_a_model_of_the_portals_own(edited, data_dir):
    before = portals_model()
    assert train_portals_model() == 1
    after = portals_model()
    assert len(list(data_dir.glob("coder-*.npz"))) == 1
    assert after is not before
    assert (after.kind.weights.shape, after.kind.weights.tolist()) != (
        before.kind.weights.shape,
        before.kind.weights.tolist(),
    )


def test_units_know_the_headings_above_and_what_introduces_them():
    statement = Statement.objects.select_related("programme", "passage__section").get(
        text__contains="30-Prozent-Quote"
    )
    unit = programme_units(statement.programme)[statement]
    assert unit.headings[-1] == statement.passage.section.display_title
    assert unit.text == statement.text
