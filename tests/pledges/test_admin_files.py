"""No page of the admin reads the files themselves, of which each may be 40 MB, to show a row about them."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pledges.coding.labels import Labels
from pledges.coding_log import add_codings
from pledges.models import BulkChange, Hint, Origin, Programme, Rendering, Statement, Upload
from sources.models import Document
from tests.people import person, signed_in
from tests.samples import drawn_sample, shown

pytestmark = pytest.mark.django_db

MODELS = [model for model in admin.site._registry if model._meta.app_label in ("pledges", "sources")]
FILES = ('"sources_document"."content"', '"pledges_upload"."content"')
TEXT = '"sources_document"."text"'


@pytest.fixture
def editor():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def client(editor):
    return signed_in(editor)


@pytest.fixture(autouse=True)
def _with_all_that_names_a_document(editor):
    first, second = Document.objects.order_by("pk")[:2]
    Document.objects.filter(pk=second.pk).update(replaces=first)
    programme = Programme.objects.get(document=second)
    Upload.objects.create(
        programme=programme,
        document=second,
        file_name="a.txt",
        content=b"a",
        uploaded_by=editor,
        uploaded_at=timezone.now(),
        beat_at=timezone.now(),
    )
    shown(drawn_sample(20, person("zweite")))
    statement = Statement.objects.filter(programme=programme)[0]
    Hint.objects.create(statement=statement, about="topic", words="?", received_at=timezone.now())
    labels = Labels("record", None, False, ("sport",))
    change = BulkChange.objects.create(editor=editor, made_at=timezone.now(), what="Bilanz")
    add_codings({statement.pk: labels}, Origin.EDITOR, "redaktion", editor=editor, bulk_change=change)


def asked_for(client, address, status=200):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, follow=True)
        assert response.status_code == status, address
    return [query["sql"].partition(" FROM ")[0] for query in asked.captured_queries]


def url(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def assert_light(columns, *, but=()):
    for query in columns:
        assert not [name for name in (*FILES, TEXT) if name in query and name not in but], query


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_reads_no_file(client, model):
    assert_light(asked_for(client, url(model, "changelist")))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_form_reads_no_file(client, model):
    shown = (TEXT,) if model is Document else ()
    some = model._default_manager.order_by("pk")[:3]
    assert some
    for one in some:
        assert_light(asked_for(client, url(model, "change", one.pk)), but=shown)


def test_nor_do_the_pages_that_lead_away_from_a_programme(client):
    programme = Programme.objects.exclude(document=None).first()
    statement = Statement.objects.first()
    for address in (
        url(Programme, "publish", programme.pk),
        url(Programme, "history", programme.pk),
        url(Programme, "add"),
        url(Upload, "add"),
        url(Statement, "queue"),
        url(Statement, "history", statement.pk),
    ):
        assert_light(asked_for(client, address))


def test_renderings_are_still_filtered_by_their_digest(client):
    digest = Programme.objects.digests().get()
    list_of_all = url(Rendering, "changelist")

    assert f"?passage__document__id__exact={digest.document_id}" in client.get(list_of_all).text
    found = client.get(list_of_all, {"passage__document__id__exact": digest.document_id})
    assert found.context["cl"].result_count == Rendering.objects.count()
