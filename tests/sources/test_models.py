"""The rules of documents that the database itself holds, each tried with a row that breaks it."""

import hashlib

import pytest
from django.db import connection
from django.utils import timezone

from sources.models import Document, Passage, Section
from tests.refusals import change, delete, refused

pytestmark = pytest.mark.django_db

TEXT = "Wohnen\nWir bauen. Für ältere Menschen – auch 🏠!"


@pytest.fixture
def document():
    return add_document("probe")


@pytest.fixture
def section(document):
    return Section.objects.create(
        document=document, position=1, level=1, heading="Wohnen", start=0, end=len("Wohnen")
    )


@pytest.fixture
def passage(document, section):
    return add_passage(document, section, "Wir bauen.")


def add_document(slug, **values):
    content = slug.encode()
    values = {"sha256": hashlib.sha256(content).hexdigest(), "text": TEXT} | values
    return Document.objects.create(
        slug=slug, file_name=f"{slug}.txt", content=content, read_at=timezone.now(), **values
    )


def add_passage(document, section, text, **values):
    start = TEXT.index(text)
    values = {"position": 1, "start": start, "end": start + len(text), "block": 0} | values
    return Passage.objects.create(document=document, section=section, text=text, **values)


def test_the_same_bytes_are_stored_once(document):
    assert "sha256" in refused(add_document, "again", sha256=document.sha256)


@pytest.mark.parametrize("sha256", ["", "a" * 63, "A" * 64, "g" * 64])
def test_a_checksum_is_64_hexadecimal_digits(sha256):
    assert "document_sha256_is_hexadecimal" in refused(add_document, "probe", sha256=sha256)


def test_a_document_is_replaced_by_one_other_at_most(document):
    add_document("second", replaces=document)

    assert "replaces" in refused(add_document, "third", replaces=document)


def test_a_passage_is_the_text_at_its_place_counted_in_letters(document, section):
    passage = add_passage(document, section, "Für ältere Menschen – auch 🏠!")

    assert document.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Wir bauen.", {"start": 8, "end": 18}),
        ("wir bauen.", {"start": 7, "end": 17}),
        ("Wir bauen. ", {"start": 7, "end": 17}),
        ("Wir baue", {"start": 7, "end": 17}),
        ("auch 🏠!", {"start": 41, "end": 48}),
        ("Anderswo!!", {"start": 7000, "end": 7010}),
        ("", {"start": 7, "end": 7}),
    ],
)
def test_a_passage_that_is_not_the_text_at_its_place_is_refused(document, section, text, values):
    insert = {"document": document, "section": section, "text": text, "position": 1, "block": 0} | values

    refused(Passage.objects.create, **insert)
    refused(Passage.objects.bulk_create, [Passage(**insert)])


@pytest.mark.parametrize(
    "change", [{"text": "Wir hauen."}, {"start": 8}, {"end": 16}, {"start": 6, "end": 16}]
)
def test_a_passage_cannot_be_moved_off_its_words(passage, change):
    assert "passage" in refused(Passage.objects.filter(pk=passage.pk).update, **change)


def test_a_passage_cannot_be_given_to_another_document(passage):
    other = add_document("other", text="Ein ganz anderer Text steht hier.")

    assert "is_verbatim" in refused(change, passage, document=other)


def test_a_text_cannot_change_under_its_passages(document, passage):
    changed = TEXT.replace("bauen", "hauen")

    assert "is_verbatim" in refused(change, document, text=changed)


def test_a_heading_is_the_text_at_its_place(document, section):
    assert "section_is_verbatim" in refused(
        Section.objects.create, document=document, position=2, level=1, heading="WOHNEN", start=0, end=6
    )
    assert "section" in refused(change, section, start=1, end=7)


def test_a_section_stands_at_its_place_alone(document, section):
    assert "position" in refused(
        Section.objects.create, document=document, position=1, level=1, heading="", start=0, end=0
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Wir bauen", {"position": 2}),
        ("bauen.", {"position": 2}),
        ("Für ältere Menschen", {"position": 1}),
    ],
    ids=["the same start", "the same end", "the same position"],
)
def test_no_two_passages_begin_or_end_or_stand_at_the_same_place(document, section, passage, text, values):
    assert "UNIQUE" in refused(add_passage, document, section, text, **values).upper()


def test_a_passage_stands_in_a_section_that_exists(document, section, passage):
    refused(delete, section)
    refused(change, passage, section=section.pk + 10_000)


def test_of_all_loaded_documents_no_passage_is_not_verbatim():
    assert Passage.objects.count() > 1000
    assert not Passage.objects.not_verbatim().exists()


def test_not_verbatim_finds_what_is_not(passage):
    connection.check_constraints()
    disable_triggers("sources_passage")
    # As long as before, so that only the words tell.
    change(passage, text="Wir hauen.")

    assert list(Passage.objects.not_verbatim()) == [passage]


def disable_triggers(table):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for event in ("insert", "update"):
                cursor.execute(f"DROP TRIGGER {table}_is_verbatim_{event}")


def test_the_sentences_around_one_are_those_of_its_document_in_its_order():
    document = Document.objects.get(slug="spd-2025")
    passages = list(document.passages.order_by("position"))

    assert list(Passage.objects.around(passages[5], 2, 1)) == passages[3:7]
    assert list(Passage.objects.around(passages[0], 2, 1)) == passages[:2]
