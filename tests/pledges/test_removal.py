"""A draft that was a mistake is deleted whole; whatever was public or holds somebody's work stays."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from pledges.build import read_programme
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Coding, Hint, Origin, Programme, Relation, Statement, TrailEntry, Upload
from pledges.removal import NotRemovable, may_be_removed, remove
from pledges.roles import CHIEF_EDITOR, EDITOR
from pledges.sampling import draw_sample
from pledges.uploads import ask_to_load, claim, prepare, work_on
from sources.models import Document, Passage
from sources.reading import read
from tests.people import person, signed_in
from tests.rows import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

TEXT = "# Wohnen\n\nWohnen ist teuer. Wir bauen jedes Jahr 200 neue Wohnungen am Hafen.\n"
# The upload tells of it; the single words that a search suggests are nobody's text.
STAY = {"pledges_upload", "pledges_searchword"}


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch):
    monkeypatch.setattr("pledges.addition.read_untrusted", read)


@pytest.fixture
def chief() -> User:
    return person("chefin", CHIEF_EDITOR)


def uploaded(chief, content=TEXT, **values) -> Upload:
    election = Programme.objects.get(slug="alpha-2025").election.slug
    about = {"parties": ["alpha"], "election": election, "kind": "programme", "title": "Neu", "year": 2026}
    upload = Upload()
    prepare(upload, content.encode(), "neu.md", chief, about)
    for name, value in values.items():
        setattr(upload, name, value)
    upload.save(force_insert=True)
    work_on(claim(upload.pk))
    upload.refresh_from_db()
    assert ask_to_load(upload, chief)
    work_on(claim(upload.pk))
    upload.refresh_from_db()
    assert upload.state == "loaded", upload.detail
    return upload


@pytest.fixture
def draft(chief) -> Programme:
    return uploaded(chief).programme


def other_tables():
    return {table: rows for table, rows in dump().items() if table not in STAY}


def address(programme):
    return reverse("admin:pledges_programme_remove", args=[programme.pk])


def test_a_draft_is_deleted_with_all_that_the_machine_made_of_it_and_can_come_again(chief):
    before = other_tables()
    upload = uploaded(chief)
    draft, client = upload.programme, signed_in(chief)
    assert Relation.objects.filter(b__programme=draft).exists()
    assert "2 Aussagen" in client.get(address(draft)).text

    response = client.post(address(draft), follow=True)

    assert "„ALPHA 2026“ ist gelöscht" in response.text
    assert other_tables() == before
    upload.refresh_from_db()
    assert (upload.state, upload.programme, upload.document) == ("discarded", None, None)
    page = client.get(reverse("admin:pledges_upload_change", args=[upload.pk]))
    assert "ist wieder gelöscht" in page.text
    told = TrailEntry.objects.get(content_type__model="programme", object_pk=str(draft.pk), action=2)
    assert told.actor == chief
    assert uploaded(chief).programme.statements.count() == 2


def test_codings_that_follow_each_other_go_too(draft):
    for statement in draft.statements.all():
        first = statement.codings.get()
        Coding.objects.create(
            statement=statement, kind="context", origin=Origin.MACHINE, coder="später",
            made_at=timezone.now(), previous=first,
        )  # fmt: skip

    remove(draft)

    assert not Statement.objects.filter(key__startswith="alpha-2026").exists()


def published_once(programme, chief):
    for published_at in (timezone.now(), None):
        programme.published_at = published_at
        programme.save(update_fields=["published_at"])


def coded(programme, chief):
    code_by_editor(programme.statements.first(), chief, Labels("record", None, False, ("wohnen",)))


def hinted(programme, chief):
    Hint.objects.create(
        statement=programme.statements.first(), about="kind", words="Hm.", received_at=timezone.now()
    )


def judged(programme, chief):
    found = Relation.objects.filter(b__programme=programme)
    assert found.update(status="rejected", judged_by=chief, judged_at=timezone.now())


def drawn(programme, chief):
    coded(programme, chief)
    draw_sample(title="Probe", programme=programme, coder=person("z"), drawn_by=chief, size=1, seed=1)


def new_edition(programme, chief):
    uploaded(chief, TEXT + "\nBäder bleiben.\n", programme=programme, about={})


def public(programme, chief):
    Programme.objects.filter(pk=programme.pk).update(published_at=timezone.now())


def read_another_edition(programme, chief):
    read_programme(programme, f"{TEXT}\nBäder bleiben.\n".encode(), "neuer.md")


def summed_up(programme, chief):
    Programme.objects.create(
        slug="kurz", kind="digest", title="Kurz", short_title="Kurz", place=programme.place, year=2026,
        whole=False, digest_of=programme,
    )  # fmt: skip


@pytest.mark.parametrize(
    "happens",
    [published_once, public, coded, hinted, judged, drawn, new_edition, read_another_edition, summed_up],
    ids=lambda f: f.__name__,
)
def test_what_was_public_or_holds_work_stays(chief, draft, happens):
    assert may_be_removed(draft)
    happens(draft, chief)
    draft = Programme.objects.get(pk=draft.pk)
    before = dump()

    with pytest.raises(NotRemovable):
        remove(draft)
    client = signed_in(chief)
    assert "lässt sich nicht löschen" in client.get(address(draft)).text
    assert "Es wurde nichts gelöscht." in client.post(address(draft), follow=True).text

    assert dump() == before


def test_what_came_with_the_shelf_stays():
    for programme in Programme.objects.all():
        Programme.objects.filter(pk=programme.pk).update(published_at=None)
        programme.refresh_from_db()
        with pytest.raises(NotRemovable):
            remove(programme)


def test_an_editor_may_not(draft):
    client = signed_in(person("redaktion", EDITOR))

    assert client.get(address(draft)).status_code == 403
    assert client.post(address(draft)).status_code == 403
    assert Document.objects.filter(pk=draft.document_id).exists()
    assert Passage.objects.filter(document=draft.document_id).count() == 2
