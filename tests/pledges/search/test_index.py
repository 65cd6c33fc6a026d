"""What statements are found by stays current whatever changes, and can be made anew."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.full_text import TABLE, keep_following
from pledges.index import index_outdated, index_statements
from pledges.models import Rendering, SearchRow, SearchWord, Statement
from pledges.search.query import search_for
from tests.searching import answer, public

pytestmark = pytest.mark.django_db


def found(typed):
    return set(Statement.objects.containing(typed).values_list("key", flat=True))


def index_is_whole():
    """Whether the full-text index says of every row what the row says, by the database's own check."""
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    return True


def test_every_statement_has_a_row():
    assert SearchRow.objects.count() == Statement.objects.count()
    assert index_is_whole()


def test_a_statement_with_new_words_is_found_by_these_alone():
    row = SearchRow.objects.get(statement=Statement.objects.filter(text__contains="Wohnungsbau").first())
    key = row.statement.key

    row.tokens = "=nilpferd nilpferd"
    row.save()

    assert found("Nilpferd") == {key}
    assert key not in found("Wohnungsbau")
    assert index_is_whole()


def test_a_row_that_is_deleted_is_found_no_more():
    statement = Statement.objects.filter(text__contains="Wohnungsbau").first()
    SearchRow.objects.filter(statement=statement).delete()

    assert statement.key not in found("Wohnungsbau")
    assert index_is_whole()


def test_a_coding_moves_the_facets():
    statement = Statement.objects.filter(kind="context").first()
    topic = next(iter({"sport", "kultur"} - {topic.slug for topic in statement.ordered_topics}))

    code_by_editor(statement, User.objects.create_user("redaktion"), Labels("pledge", "firm", True, (topic,)))

    facets = SearchRow.objects.get(statement=statement).facets.split()
    authors = statement.programme.authorships.values_list("party", flat=True)
    given = Statement.objects.get(pk=statement.pk).topics_given.values_list("topic", flat=True)
    assert set(facets) == {*(f"@p{key}" for key in authors), *(f"@t{key}" for key in given)}
    assert index_is_whole()


def test_an_english_rendering_finds_the_german_statement():
    rendering = Rendering.objects.exclude(sources=None).select_related("passage").first()
    source = rendering.sources.first()
    word = max(rendering.passage.text.split(), key=lambda word: word.isalpha() * len(word))

    assert source.key in found(word)


def test_a_heading_finds_what_stands_under_it():
    statement = Statement.objects.filter(passage__section__heading__contains="GANZTAG").first()

    assert statement.key in found("Ganztag")


def test_rows_by_other_rules_are_outdated():
    statement = Statement.objects.first()
    SearchRow.objects.filter(pk=statement.pk).update(rules="older", tokens="")

    assert index_outdated(Statement.objects.all()) == 1
    assert index_outdated(Statement.objects.all()) == 0
    assert SearchRow.objects.get(pk=statement.pk).tokens


def test_rebuilding_repairs_everything(capsys):
    before = {row.pk: (row.words, row.tokens, row.facets) for row in SearchRow.objects.all()}
    spellings = set(SearchWord.objects.values_list("form", flat=True))
    SearchRow.objects.filter(pk__in=list(before)[:50]).delete()
    SearchWord.objects.create(form="nilpferd", spelling="Nilpferd")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER search_follows_update")
    SearchRow.objects.filter(pk__in=list(before)[50:100]).update(tokens="nilpferd", facets="")

    call_command("rebuild_search")

    assert capsys.readouterr().out == "956 statements can be found.\n"
    assert {row.pk: (row.words, row.tokens, row.facets) for row in SearchRow.objects.all()} == before
    assert set(SearchWord.objects.values_list("form", flat=True)) == spellings
    assert not found("Nilpferd")
    assert index_is_whole()


def test_after_an_update_only_other_rules_make_all_of_it_anew(capsys):
    planted = SearchRow.objects.order_by("pk").first()
    right = planted.tokens
    SearchRow.objects.filter(pk=planted.pk).update(tokens="nilpferd")

    call_command("rebuild_search", "--outdated")
    planted.refresh_from_db()
    assert planted.tokens == "nilpferd"

    SearchRow.objects.exclude(pk=planted.pk).filter(pk__lt=planted.pk + 3).update(rules="former")
    call_command("rebuild_search", "--outdated")
    planted.refresh_from_db()
    assert planted.tokens == right
    assert capsys.readouterr().out == "956 statements can be found.\n" * 2


def test_indexing_twice_changes_nothing():
    keys = Statement.objects.values_list("pk", flat=True)[:20]
    before = list(SearchRow.objects.filter(pk__in=list(keys)).order_by("pk").values_list())

    index_statements(list(keys))

    assert list(SearchRow.objects.filter(pk__in=list(keys)).order_by("pk").values_list()) == before


@pytest.mark.skipif(connection.vendor == "postgresql", reason="its index needs no triggers")
def test_triggers_that_a_migration_dropped_come_back():
    with connection.cursor() as cursor:
        for event in ("insert", "delete", "update"):
            cursor.execute(f"DROP TRIGGER search_follows_{event}")

    keep_following()
    SearchRow.objects.filter(statement=Statement.objects.first()).update(tokens="nilpferd")

    assert len(found("Nilpferd")) == 1
    assert index_is_whole()


def test_a_search_is_asked_in_one_query(django_assert_num_queries):
    search, known = search_for("Kita -Gebühren"), public()
    with django_assert_num_queries(1):
        assert answer(search, known)
