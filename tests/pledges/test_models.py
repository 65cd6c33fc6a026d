"""The rules of statements, codings and relations that the database itself holds, each tried with a row that
breaks it, past every form and every method of the models."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from pledges.models import (
    Authorship,
    CodingTopic,
    Election,
    Hint,
    Party,
    Place,
    Pledge,
    Programme,
    Relation,
    Rendering,
    Statement,
    StatementTopic,
    Target,
    Topic,
)
from sources.models import Passage
from tests.refusals import change, copy, delete, refused
from tests.shelves import HOUSING, HOUSING_TOO, NURSERY

# One worker runs them all, as they share the shelf.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("musterstadt_loaded"),
    pytest.mark.xdist_group("rules of the database"),
]


@pytest.fixture
def statement():
    return Statement.objects.get(text=HOUSING)


NOT_PLEDGES = ["record", "value", "context"]


@pytest.mark.parametrize("kind", NOT_PLEDGES)
def test_a_statement_that_is_no_pledge_has_no_commitment(statement, kind):
    change(statement, measurable=False)

    assert "statement_commitment_exactly_where_pledge" in refused(change, statement, kind=kind)


def test_a_pledge_has_a_commitment(statement):
    assert "statement_commitment_exactly_where_pledge" in refused(change, statement, commitment="")


def test_only_a_pledge_is_measurable(statement):
    wrong = {"kind": "value", "commitment": "", "measurable": True}

    assert "statement_measurable_only_where_pledge" in refused(change, statement, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pledge", "commitment": ""},
        {"kind": "record", "commitment": "firm"},
        {"kind": "value", "commitment": "", "measurable": True},
        {"origin": "oracle"},
        {"origin": "editor"},
    ],
)
def test_a_coding_follows_the_codebook_and_names_its_editor(statement, wrong):
    coding = statement.codings.get()

    assert "coding_" in refused(copy, coding, **wrong)


def test_only_an_editors_coding_names_an_editor(statement):
    editor = User.objects.create_user("redaktion")

    assert "coding_editor_exactly" in refused(copy, statement.codings.get(), editor_id=editor.pk)


@pytest.mark.parametrize("origin", ["", "oracle"])
def test_labels_come_from_somebody_known(statement, origin):
    assert "statement_origin_is_known" in refused(change, statement, origin=origin)


@pytest.mark.parametrize(
    "values",
    [{"commitment": "intent"}, {"kind": "pledge"}, {"made_at": timezone.now()}, {"coder": "anders"}],
)
def test_a_coding_is_never_changed(statement, values):
    assert "coding_is_never_changed" in refused(change, statement.codings.get(), **values)


def test_a_statement_with_codings_is_never_deleted(statement):
    with pytest.raises(ProtectedError):
        statement.delete()
    refused(delete, statement)


@pytest.mark.parametrize("text", ["Wir bauen nichts.", HOUSING.lower(), HOUSING + " ", ""])
def test_the_words_of_a_statement_are_those_of_its_passage(statement, text):
    assert "statement_is_verbatim" in refused(change, statement, text=text)


def test_a_statement_cannot_move_to_a_passage_with_other_words(statement):
    elsewhere = Passage.objects.get(statement=None, document__programme__slug="alpha-digest", position=1)

    assert "statement_is_verbatim" in refused(change, statement, passage=elsewhere)


def test_a_passage_has_one_statement_at_most(statement):
    assert "passage" in refused(copy, statement, key="other", position=9)


def test_a_statement_stands_in_the_text_or_is_gone(statement):
    assert "statement_stands_in_the_text_or_is_gone" in refused(change, statement, passage=None)

    change(statement, passage=None, gone_since=timezone.now())


def test_a_permalink_belongs_to_one_statement(statement):
    other = Statement.objects.get(text=HOUSING_TOO)

    assert "key" in refused(change, other, key=statement.key)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_place_in_the_programme_is_a_share(statement, share):
    assert "statement_share_is_a_share" in refused(change, statement, share=share)


def test_a_passage_cannot_go_while_its_statement_stands(statement):
    refused(delete, statement.passage)


@pytest.mark.parametrize(("model", "owner"), [(StatementTopic, "statement"), (CodingTopic, "coding")])
def test_a_topic_is_given_once_and_each_place_is_given_once(model, owner):
    given = model.objects.filter(**{f"{owner}__in": model.objects.filter(position=1).values(owner)}).first()
    own = model.objects.filter(**{owner: getattr(given, owner)}).values("topic")

    assert "topic" in refused(copy, given, position=7)
    other = Topic.objects.exclude(pk__in=own).first()
    assert "position" in refused(copy, given, topic_id=other.pk)


def test_a_target_is_some_words_and_stands_once(statement):
    target = statement.targets.first()

    assert "target_not_empty" in refused(change, target, end=target.start)
    assert "UNIQUE" in refused(copy, target).upper()


# --- Relations


def relation_of(one, other, **values):
    a, b = (Statement.objects.get(text=text) for text in (one, other))
    return Relation(a=a, b=b, kind="same_goal", origin="machine", **values)


def ordered(one, other):
    relation = relation_of(one, other)
    if relation.a.pk > relation.b.pk:
        relation.a, relation.b = relation.b, relation.a
    return relation


def test_a_relation_within_one_programme_is_refused():
    assert "relation_between_programmes" in refused(ordered(HOUSING, NURSERY).save)
    assert "relation_between_programmes" in refused(Relation.objects.bulk_create, [ordered(HOUSING, NURSERY)])


def test_a_relation_cannot_be_bent_to_one_programme():
    relation = Relation.objects.get(kind="conflict")
    assert relation.a == Statement.objects.get(text=HOUSING)

    assert "relation_between_programmes" in refused(change, relation, b=Statement.objects.get(text=NURSERY))


def test_an_unordered_pair_is_refused():
    relation = ordered(NURSERY, HOUSING_TOO)
    relation.a, relation.b = relation.b, relation.a

    assert "relation_pair_is_ordered" in refused(relation.save)


def test_a_pair_with_itself_is_refused(statement):
    assert "relation_" in refused(Relation(a=statement, b=statement, kind="same_goal", origin="machine").save)


def test_a_pair_is_related_once():
    ordered(NURSERY, HOUSING_TOO).save()

    assert "UNIQUE" in refused(ordered(NURSERY, HOUSING_TOO).save).upper()


@pytest.mark.parametrize("status", ["suggested", "confirmed"])
def test_unrelated_statements_are_a_rejected_relation(status):
    relation = Relation.objects.get(kind="unrelated")

    assert "relation_unrelated_is_rejected" in refused(change, relation, status=status)


def test_a_line_of_a_digest_has_one_verdict():
    rendering = Rendering.objects.first()

    assert "passage" in refused(copy, rendering)


def test_only_the_codebook_decides_on_a_relation_without_an_editor():
    given = Relation.objects.filter(origin="codebook").first()
    relation = ordered(NURSERY, HOUSING_TOO)
    relation.save()

    change(given, status="confirmed")
    for status in ("confirmed", "rejected"):
        assert "relation_decided_by_somebody" in refused(change, relation, status=status)
    editor = User.objects.create_user("redaktion")
    change(relation, status="confirmed", judged_by=editor, judged_at=timezone.now())


# --- Values that are chosen


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Programme, "kind"),
        (Relation, "kind"),
        (Relation, "status"),
        (Relation, "origin"),
        (Rendering, "verdict"),
        (Hint, "about"),
        (Hint, "status"),
        (Target, "kind"),
    ],
)
@pytest.mark.parametrize("value", ["foo", ""])
def test_only_a_value_that_is_known_is_stored(statement, model, field, value):
    now, editor = timezone.now(), User.objects.create_user("redaktion")
    answered = {"status": "accepted", "answered_by": editor, "answered_at": now}
    Hint.objects.create(statement=statement, about="kind", words="Hm.", received_at=now, **answered)
    Relation.objects.update(judged_by=editor, judged_at=now)
    row = model.objects.order_by("pk").first()

    assert f"{model._meta.model_name}_{field}_is_known" in refused(change, row, **{field: value})


# --- Politics


@pytest.mark.parametrize("key", ["", "0591300", "0591300x"])
def test_a_municipality_key_has_eight_digits(key):
    assert "place_key_has_eight_digits" in refused(change, Place.objects.first(), municipality_key=key)


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g"])
def test_a_colour_is_hexadecimal(colour):
    assert "party_colour_is_hexadecimal" in refused(change, Party.objects.first(), colour=colour)


def test_a_digest_and_nothing_else_names_its_original():
    digest, text = (Programme.objects.get(slug=slug) for slug in ("alpha-digest", "beta-2025"))

    assert "programme_digest_names_its_original" in refused(change, digest, digest_of=None)
    assert "programme_digest_names_its_original" in refused(change, text, digest_of=digest)


def mistakes(row, **values):
    """The fields of a row, with these values, that `full_clean` finds a mistake in."""
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return set(error.value.message_dict)


def programme(slug):
    return Programme.objects.get(slug=slug)


def test_an_election_and_its_programmes_are_of_one_place():
    text, elsewhere = programme("alpha-2025"), Place.objects.get(slug="nebenstadt")

    assert mistakes(text, place=elsewhere) == {"election"}
    assert mistakes(Election.objects.get(slug="musterstadt-2025"), place=elsewhere) == {"place"}


def test_a_digest_is_of_a_programme_in_own_words():
    digest, other = programme("alpha-digest"), programme("beta-2025")
    second = Programme(
        slug="zweite", kind="digest", title="Zweite", short_title="Zweite", year=2025, place=digest.place
    )

    assert mistakes(digest, digest_of=digest) == {"digest_of"}
    assert "programme_is_no_digest_of_itself" in refused(change, digest, digest_of=digest)
    assert mistakes(digest, digest_of=None) == {"digest_of"}
    assert mistakes(other, digest_of=programme("alpha-2025")) == {"digest_of"}
    assert mistakes(second, digest_of=programme("alpha-digest"), whole=True) == {"digest_of"}
    second.digest_of = programme("alpha-2025")
    second.full_clean()


def test_what_is_read_as_statements_never_becomes_a_digest_nor_the_other_way_round():
    assert mistakes(programme("beta-2025"), kind="digest", digest_of=programme("alpha-2025")) == {"kind"}
    assert mistakes(programme("alpha-digest"), kind="vision", digest_of=None) == {"kind"}


def test_a_programme_that_a_digest_is_of_is_none_itself():
    original, other = programme("alpha-2025"), programme("beta-2025")
    change(original, document=None)

    assert mistakes(programme("alpha-2025"), kind="digest", digest_of=other) == {"kind"}


def test_every_programme_and_election_is_in_order():
    for row in (*Programme.objects.all(), *Election.objects.all()):
        row.full_clean()


def test_an_excerpt_is_not_whole():
    excerpt = Programme.objects.get(slug="beta-2020")

    assert "programme_excerpt_is_not_whole" in refused(change, excerpt, whole=True)
    assert mistakes(excerpt, whole=True) == {"whole"}


def test_a_party_writes_a_programme_once_and_each_has_its_place():
    first, second = Authorship.objects.filter(programme__slug="beta-alpha-2023")

    assert "UNIQUE" in refused(copy, first, position=9).upper()
    assert "UNIQUE" in refused(change, second, position=first.position).upper()


def test_a_programme_keeps_its_document_and_its_statements_their_programme(statement):
    with pytest.raises(ProtectedError):
        statement.programme.delete()
    with pytest.raises(ProtectedError):
        statement.programme.document.delete()


def test_a_pledge_is_a_statement_of_that_kind():
    assert set(Pledge.objects.values_list("pk")) == set(
        Statement.objects.filter(kind="pledge").values_list("pk")
    )
    assert Pledge.objects.count() < Statement.objects.count()
