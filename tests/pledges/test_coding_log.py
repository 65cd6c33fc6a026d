"""Codings are a log: added to, taken back by a further one, told to editors in full, to readers in short."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from pledges.coding.labels import Labels
from pledges.coding_log import NewerCoding, NotUndoable, add_codings, code_by_editor, undo
from pledges.history import coding_history
from pledges.labels import holding
from pledges.models import BulkChange, Coding, Origin, Statement
from tests.pages import get
from tests.people import signed_in
from tests.shelves import HOUSING, NURSERY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

AS_IT_WAS = Labels("pledge", "firm", True, ("wohnen",))
WITH_CULTURE = Labels("pledge", "firm", True, ("wohnen", "kultur"))
RECORD = Labels("record", None, False, ("wohnen", "kultur"))


@pytest.fixture
def editor():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def other():
    return User.objects.create_superuser("kollegin")


@pytest.fixture
def admin(editor):
    return signed_in(editor)


@pytest.fixture
def statement():
    return Statement.objects.get(text=HOUSING)


def held(statement):
    return holding([statement.pk])[statement.pk]


def told(statement):
    return [opinion.said for opinion in coding_history(statement)]


def public_log(client, statement):
    log = get(client, statement.get_absolute_url()).one("section", aria_labelledby="einordnung").one("ol")
    return [re.sub(r"\d\d\.\d\d\.\d{4}", "DATUM", entry.words) for entry in log.find("li")]


def test_each_coding_knows_which_held_before(statement, editor):
    codebooks = held(statement)
    first = code_by_editor(statement, editor, WITH_CULTURE)
    second = code_by_editor(statement, editor, RECORD)

    assert (first.previous, second.previous) == (codebooks, first)


def test_who_has_seen_an_older_coding_stores_nothing(statement, editor, other):
    seen = held(statement)
    newer = code_by_editor(statement, other, RECORD, seen=seen.pk)

    with pytest.raises(NewerCoding) as refused:
        code_by_editor(statement, editor, WITH_CULTURE, seen=seen.pk)

    assert refused.value.coding == newer
    assert statement.codings.count() == 2
    assert code_by_editor(statement, editor, WITH_CULTURE, seen=newer.pk) == held(statement)


def test_undo_is_a_further_coding_and_what_held_before_holds_again(statement, editor):
    before = held(statement)
    coding = code_by_editor(statement, editor, RECORD)

    [made] = undo([coding], editor)

    statement.refresh_from_db()
    assert held(statement) == before
    assert (statement.kind, statement.origin) == ("pledge", "codebook")
    assert (made.undoes, made.kind, made.editor) == (coding, "pledge", editor)
    assert statement.codings.count() == 3


def test_what_takes_a_coding_back_says_all_that_holds_since(statement, editor):
    add_codings({statement.pk: WITH_CULTURE}, Origin.CODEBOOK, "Codebuch", contested={statement.pk})
    newer = code_by_editor(statement, editor, RECORD)

    [made] = undo([newer], editor)

    statement.refresh_from_db()
    assert [topic.slug for topic in made.ordered_topics] == ["wohnen", "kultur"]
    assert [topic.slug for topic in statement.ordered_topics] == ["wohnen", "kultur"]
    assert (made.contested, made.previous) == (True, newer)


def test_none_is_taken_back_where_one_of_them_is_all_that_was_said_of_its_statement(statement, editor):
    coding = code_by_editor(statement, editor, RECORD)
    alone = Statement.objects.get(text=NURSERY)
    alone.codings.all().delete()
    only = code_by_editor(alone, editor, RECORD)

    with pytest.raises(NotUndoable):
        undo([coding, only], editor)

    assert (held(statement), held(alone)) == (coding, only)


def test_undoing_a_coding_leaves_what_others_coded_since(statement, editor, other):
    coding = code_by_editor(statement, editor, RECORD)
    newer = code_by_editor(statement, other, WITH_CULTURE)

    undo([coding], editor)

    assert held(statement) == newer


def test_what_is_no_editors_or_taken_back_already_cannot_be_taken_back(statement, editor):
    coding = code_by_editor(statement, editor, RECORD)
    [made] = undo([coding], editor)
    [blind] = add_codings({statement.pk: RECORD}, Origin.EDITOR, "x", editor=editor, is_blind=True)
    holds = code_by_editor(statement, editor, WITH_CULTURE)

    for wrong in (coding, made, blind, statement.codings.get(origin=Origin.CODEBOOK)):
        with pytest.raises(NotUndoable):
            undo([holds, wrong], editor)
        with pytest.raises(NotUndoable):
            undo([wrong], editor)
    assert held(statement) == holds
    assert statement.codings.count() == 5


def test_the_history_tells_what_each_coding_changed_the_newest_first(statement, editor, other):
    code_by_editor(statement, editor, AS_IT_WAS)
    code_by_editor(statement, editor, WITH_CULTURE)
    code_by_editor(statement, other, RECORD)

    assert told(statement) == [
        "Bilanz statt Vorhaben",
        "Thema Kultur & Freizeit ergänzt",
        "geprüft, nichts geändert",
        "Vorhaben, fest zugesagt, messbar, Wohnen & Bauen",
    ]
    assert [opinion.holds for opinion in coding_history(statement)] == [True, False, False, False]


def test_the_history_names_an_undone_coding_once_with_who_took_it_back(statement, editor, other):
    undo([code_by_editor(statement, editor, RECORD)], other)

    newest, oldest = coding_history(statement)

    assert (newest.coder, newest.undone_by, newest.holds) == ("redaktion", "kollegin", False)
    assert newest.undone_at is not None
    assert oldest.holds


def test_the_history_leaves_blind_codings_out(statement, editor):
    add_codings({statement.pk: RECORD}, Origin.EDITOR, "redaktion", editor=editor, is_blind=True)

    assert told(statement) == ["Vorhaben, fest zugesagt, messbar, Wohnen & Bauen"]


def test_readers_see_the_history_in_short_without_any_name(client, statement, editor, other):
    code_by_editor(statement, editor, WITH_CULTURE)
    undo([code_by_editor(statement, editor, RECORD)], other)

    assert public_log(client, statement) == [
        "Redaktion, DATUM: Bilanz statt Vorhaben (zurückgenommen am DATUM)",
        "Redaktion, DATUM: Thema Kultur & Freizeit ergänzt (gilt)",
        "nach Codebuch: Vorhaben, fest zugesagt, messbar, Wohnen & Bauen",
    ]
    page = client.get(statement.get_absolute_url()).text
    assert "redaktion" not in page
    assert "kollegin" not in page


def test_the_public_page_shows_the_labels_that_hold_not_the_newest(client, statement, editor):
    undo([code_by_editor(statement, editor, Labels("record", None, False, ("sport",)))], editor)

    facts = get(client, statement.get_absolute_url()).one("section", aria_labelledby="einordnung")

    assert "Themen Wohnen & Bauen" in facts.one("dl").words


def test_the_admin_tells_who_when_what_and_takes_back(admin, statement, editor, other):
    bulk = BulkChange.objects.create(editor=other, made_at=timezone.now(), what="Thema Kultur ergänzen")
    add_codings({statement.pk: WITH_CULTURE}, Origin.EDITOR, "kollegin", editor=other, bulk_change=bulk)
    address = reverse("admin:pledges_statement_change", args=[statement.pk])
    page = get(admin, address)
    log = page.one("ol", "log")
    entry = log.find("li")[0]
    assert "Redaktion kollegin (Sammeländerung): Thema Kultur & Freizeit ergänzt gilt" in entry.words
    button = entry.one("button")
    assert len(log.find("button")) == 1

    undo_form = page.one("form", id=button["form"])
    admin.post(undo_form["action"], {"coding": button["value"]})

    log = get(admin, address).one("ol", "log")
    assert "zurückgenommen von redaktion" in log.find("li")[0].words
    assert not log.find("button")
    assert admin.post(undo_form["action"], {"coding": button["value"]}, follow=True).status_code == 200
    assert Coding.objects.filter(undoes__isnull=False).count() == 1


def test_enter_in_a_field_saves_and_takes_nothing_back(admin, statement, editor):
    code_by_editor(statement, editor, WITH_CULTURE)
    address = reverse("admin:pledges_statement_change", args=[statement.pk])

    form = get(admin, address).one("form", id="statement_form")

    senders = [*form.find("button"), *form.find("input", type="submit")]
    own = [sender["name"] for sender in senders if "form" not in sender.attributes]
    assert own == ["_save", "_continue"]


@pytest.mark.parametrize("key", ["", "x", "0"])
def test_undoing_what_does_not_exist_is_not_found(admin, statement, key):
    address = reverse("admin:pledges_statement_undo", args=[statement.pk])

    assert admin.post(address, {"coding": key}).status_code == 404
