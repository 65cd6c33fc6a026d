"""The columns that lists count by: always what a count of the statements themselves gives."""

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges import columns
from pledges.choices import COMMITMENTS, KINDS, ORIGINS, TEXT_KINDS
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.directory import directory, forget, read_directory
from pledges.models import PackedStatements, Place, Programme, Statement, StatementTopic, Topic
from pledges.packing import LABELS, ROW, pack, read_packed
from pledges.versions import data_version

pytestmark = pytest.mark.django_db


def found() -> columns.Columns:
    request = RequestFactory().get("/")
    request.version = data_version()
    return columns.columns(request)


def counted_by_hand() -> dict[str, Counter[str]]:
    """How many public statements there are of each value of each filter."""
    counts: dict[str, Counter[str]] = {}
    slug_of = {
        "art": {kind: slug for slug, kind in KINDS.items()},
        "bindung": {commitment: slug for slug, commitment in COMMITMENTS.items()},
        "herkunft": {origin: slug for slug, origin in ORIGINS.items()},
        "textart": {kind: slug for slug, kind in TEXT_KINDS.items()},
    }
    statements = Statement.objects.published().current().select_related("programme__place")
    for statement in statements.prefetch_related("topics", "programme__parties"):
        programme = statement.programme
        values = {
            "art": [slug_of["art"][statement.kind]],
            "bindung": [slug_of["bindung"][statement.commitment]] if statement.commitment else [],
            "messbar": ["ja" if statement.measurable else "nein"] if statement.kind == "pledge" else [],
            "herkunft": [slug_of["herkunft"][statement.origin]],
            "thema": [topic.slug for topic in statement.topics.all()],
            "programm": [programme.slug],
            "ort": [programme.place.slug],
            "jahr": [str(programme.year)],
            "textart": [slug_of["textart"][programme.kind]],
            "partei": [party.slug for party in programme.parties.all()],
        }
        for name, own in values.items():
            counts.setdefault(name, Counter()).update(own)
    return counts


def assert_as_by_hand() -> None:
    by_hand = counted_by_hand()
    for name, counts in found().count({}).by_filter.items():
        assert dict(counts) == by_hand.get(name, {}), name


def some_statement() -> Statement:
    return Statement.objects.filter(programme__slug="dos-2020", kind="pledge").order_by("position")[3]


def change_labels() -> None:
    Statement.objects.filter(pk=some_statement().pk).update(kind="value", commitment="", measurable=False)


def save_a_coding() -> None:
    editor = User.objects.create_user("redaktion")
    code_by_editor(some_statement(), editor, Labels("pledge", "review", True, ("sport",)))


def take_a_topic_away() -> None:
    StatementTopic.objects.filter(statement=some_statement()).delete()


def give_a_topic() -> None:
    statement = (
        Statement.objects.exclude(kind="context").filter(topics_given=None).first() or some_statement()
    )
    topic = Topic.objects.exclude(statements=statement).order_by("pk")[0]
    StatementTopic.objects.create(statement=statement, topic=topic, position=9)


def let_one_be_gone() -> None:
    Statement.objects.filter(pk=some_statement().pk).update(gone_since=timezone.now())


def withdraw_a_programme() -> None:
    Programme.objects.filter(slug="dos-2020").update(published_at=None)


def add_a_topic() -> None:
    topic = Topic.objects.create(slug="neu", name_de="Neu", name_en="New", covers_de="", covers_en="")
    StatementTopic.objects.create(statement=some_statement(), topic=topic, position=9)


CHANGES = [
    change_labels, save_a_coding, take_a_topic_away, give_a_topic, let_one_be_gone, withdraw_a_programme,
    add_a_topic,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_counts_are_those_from_scratch(change):
    assert_as_by_hand()
    before = found().count({})

    change()

    after = found().count({})
    assert (after.by_filter, after.total) != (before.by_filter, before.total)
    assert_as_by_hand()
    columns.forget()
    assert found().count({}).by_filter == after.by_filter


@pytest.mark.parametrize("change", [change_labels, take_a_topic_away, give_a_topic, let_one_be_gone])
def test_a_change_voids_what_is_packed_of_its_programme_alone(change):
    packed = set(PackedStatements.objects.values_list("programme__slug", flat=True))
    statement = some_statement()

    change()

    now = set(PackedStatements.objects.values_list("programme__slug", flat=True))
    assert len(packed - now) == 1
    assert statement.programme.slug in packed


def test_every_programme_with_statements_is_packed_after_loading_and_coding():
    save_a_coding()

    with_statements = set(Statement.objects.values_list("programme", flat=True))
    assert set(PackedStatements.objects.values_list("programme", flat=True)) >= with_statements


def test_what_was_packed_otherwise_is_not_read():
    PackedStatements.objects.update(layout="of another day")

    assert read_packed(Topic.objects.values_list("pk", flat=True)) == {}
    assert_as_by_hand()


def test_the_command_packs_everything_anew():
    PackedStatements.objects.all().delete()

    call_command("pack_statements", stdout=io.StringIO())

    assert PackedStatements.objects.count() == Programme.objects.count()
    assert_as_by_hand()


def test_packed_statements_are_read_in_one_query():
    pack(Programme.objects.values_list("pk", flat=True))
    request = RequestFactory().get("/")
    request.version = data_version()
    columns.directory(request)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        columns.columns(request)

    assert len(asked) == 1


def test_the_row_of_a_statement_is_found_by_its_key_and_none_for_a_key_that_is_not_public():
    withdraw_a_programme()
    known = found()
    unknown = Statement.objects.filter(programme__slug="dos-2020").values_list("pk", flat=True)
    asked = [-1, *sorted([*known.keys.tolist(), *unknown]), 10**12]

    rows = known.rows_of(np.array(asked, dtype=np.int64))

    assert known.keys[rows].tolist() == sorted(known.keys.tolist())
    Programme.objects.update(published_at=None)
    assert found().rows_of(np.array(asked, dtype=np.int64)).tolist() == []


def test_a_few_statements_alternate_as_they_do_among_all():
    known = found()
    everywhere = np.ones(len(known.keys), dtype=bool)
    few = everywhere.copy()
    few[np.arange(len(few)) % 20 != 3] = False
    of_all = [row for row in known.in_order_of(None, everywhere).tolist() if few[row]]
    assert known.in_order_of(None, few).tolist() == of_all


@pytest.mark.parametrize("size", [1, 7, 100])
def test_it_is_the_same_how_many_rows_are_looked_at_at_a_time(monkeypatch, size):
    def all_answers(chosen):
        known = columns.read_columns(read_directory())
        counts = known.count(chosen)
        ordered = known.in_order_of(None, counts.rows), known.in_order(counts.rows)
        numbers = known.number_by_programme(chosen), known.number_by_topic(counts.rows)
        return counts.total, counts.by_filter, numbers, [rows.tolist() for rows in ordered]

    for chosen in ({}, {"art": ["vorhaben"]}, {"thema": ["kita"], "partei": ["spd", "cdu"]}):
        monkeypatch.setattr(columns, "_BLOCK", 10**6)
        at_once = all_answers(chosen)
        monkeypatch.setattr(columns, "_BLOCK", size)
        assert all_answers(chosen) == at_once
        assert at_once[0] == len(at_once[3][0]) == sum(at_once[2][0].values())


@pytest.mark.parametrize("size", [7, 10**6])
@pytest.mark.parametrize(
    ("main", "slugs"),
    [
        ([], []),
        ([0, 0], []),
        ([1], []),
        ([1, 1, 0, 0, 0], ["eins"]),
        ([1, 1, 2, 3], ["eins"]),
        ([1, 2, 2, 1], ["eins", "zwei"]),
        ([1, 1, 2, 3, 3], []),
        ([3] * 20 + [1] * 19 + [2] * 2, []),
        ([3] * 20 + [1] * 19, ["drei"]),
    ],
)
def test_the_topic_of_most_is_the_main_one_of_half_and_of_two_at_least(monkeypatch, size, main, slugs):
    monkeypatch.setattr(columns, "_BLOCK", size)
    place = Place(slug="musterstadt", name="Musterstadt")
    text = Programme(pk=1, slug="text", place=place, year=2025, kind="programme")
    text.authors = []
    topics = [Topic(pk=at + 1, slug=slug) for at, slug in enumerate(("eins", "zwei", "drei"))]
    rows = np.zeros(len(main) + 5, dtype=ROW)
    rows["main"] = [*main, 1, 2, 2, 3, 3]
    found = np.arange(len(rows)) < len(main)

    of_most = columns.Columns([text], topics, {1: rows}).topics_of_most(found)

    assert [topic.slug for topic in of_most] == slugs


def test_no_statement_is_in_no_order():
    PackedStatements.objects.all().delete()
    Programme.objects.update(published_at=None)
    known = found()

    assert known.count({}).total == len(known.in_order(known.rows({}))) == 0
    assert known.in_order_of(None, known.rows({})).tolist() == []


@pytest.mark.parametrize("seed", range(20))
def test_each_programme_is_counted_by_itself_wherever_its_rows_begin_and_end(seed):
    # Counted by bits, eight rows to a byte: so texts of all lengths, of none as well.
    draw = np.random.default_rng(seed)
    lengths = [0, 8, 1, 7, *draw.integers(0, 20, size=8).tolist(), 0]
    place = Place(slug="musterstadt", name="Musterstadt")
    texts = [
        Programme(pk=at + 1, slug=f"text-{at}", place=place, year=2025, kind="programme")
        for at in range(len(lengths))
    ]
    rows = {text.pk: np.zeros(length, dtype=ROW) for text, length in zip(texts, lengths, strict=True)}
    for own in rows.values():
        own["labels"] = draw.integers(0, len(LABELS), size=len(own))
    for text in texts:
        text.authors = []

    numbers = columns.Columns(texts, [], rows).number_by_programme({"art": ["vorhaben"]})

    assert numbers == {
        key: sum(LABELS[number][0] == "pledge" for number in own["labels"]) for key, own in rows.items()
    }


def test_the_topics_of_statements_come_in_the_order_that_they_were_given():
    statement = some_statement()
    StatementTopic.objects.filter(statement=statement).delete()
    backwards = list(Topic.objects.order_by("-pk")[:3])
    for position, topic in enumerate(backwards):
        StatementTopic.objects.create(statement=statement, topic=topic, position=position)
    known = found()
    keys = [int(key) for key in known.keys]

    by_key = known.topics_by_key(keys)

    assert by_key[statement.pk] == backwards
    for one in Statement.objects.filter(pk__in=keys).within_their_text():
        assert by_key[one.pk] == one.ordered_topics


def test_the_directory_and_the_columns_are_read_by_one_of_many_who_ask_at_once(monkeypatch):
    reads = []

    def slowly(read):
        def reading(*given):
            reads.append(read.__name__)
            sleep(0.05)
            return known[read.__name__]

        return reading

    known = {"read_directory": read_directory(), "read_columns": found()}
    request = RequestFactory().get("/")
    request.version = data_version()
    columns.forget()
    forget()
    monkeypatch.setattr("pledges.directory.read_directory", slowly(read_directory))
    monkeypatch.setattr("pledges.columns.read_columns", slowly(columns.read_columns))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _number: (directory(request), columns.columns(request)), range(4)))

    assert reads.count("read_directory") == reads.count("read_columns") == 1
    assert {tuple(map(id, answer)) for answer in answers} == {tuple(map(id, answers[0]))}
