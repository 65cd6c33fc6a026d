"""What the machine suggests to editors: new pairs only, and nothing of it in public."""

import io

import pytest
from django.core.management import CommandError, call_command

from pledges.build import read_programme
from pledges.models import Origin, Programme, Relation, RelationStatus
from pledges.relation_suggestions import suggest_relations
from tests.pages import get
from tests.people import person, signed_in
from tests.pledges.judging import judge, relation_of
from tests.shelves import HOUSING, HOUSING_TOO, NO_HOUSING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]


@pytest.fixture
def alpha() -> Programme:
    Relation.objects.all().delete()
    return Programme.objects.get(slug="alpha-2025")


def words(relation: Relation) -> set[str]:
    return {relation.a.text, relation.b.text}


def test_alike_pledges_of_two_programmes_are_suggested_with_a_certainty(alpha):
    new = suggest_relations(alpha)
    relation = relation_of(HOUSING, HOUSING_TOO)

    assert new["alpha-2025", "beta-2025"] == 1
    assert (relation.origin, relation.status) == (Origin.MACHINE, RelationStatus.SUGGESTED)
    assert relation.judged_by is None
    assert 0.05 < relation.certainty < 1
    assert relation.a_id < relation.b_id


def test_other_places_background_and_gone_statements_are_left_out(alpha):
    suggest_relations(*Programme.objects.all())
    texts = set().union(*(words(relation) for relation in Relation.objects.all()))

    assert HOUSING in texts
    assert "Wir bauen 20 Wohnungen in Nebenstadt." not in texts
    assert "Wohnen ist teuer." not in texts


def test_a_pair_that_is_known_is_never_suggested_again(alpha):
    suggest_relations(*Programme.objects.all())
    editor = signed_in(person("anna"))
    judge(editor, relation_of(HOUSING, HOUSING_TOO), "unrelated")
    judge(editor, relation_of(HOUSING, NO_HOUSING), "conflict")
    before = list(Relation.objects.order_by("pk").values())

    assert not suggest_relations(*Programme.objects.all())

    assert list(Relation.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("words", [HOUSING, HOUSING.replace("200 neue", "sogar 250 neue")])
def test_a_rejected_pair_stays_rejected_when_its_text_is_read_anew_or_reworded(alpha, words):
    suggest_relations(alpha)
    judge(signed_in(person("anna")), relation_of(HOUSING, HOUSING_TOO), "unrelated")

    read_programme(alpha, f"# Bauen\n\n{words} Und mehr.\n".encode(), "alpha-neu.md")
    suggest_relations(alpha)

    [known] = Relation.objects.filter(a__text=words, b__text=HOUSING_TOO)
    assert (known.status, known.judged_by.username) == (RelationStatus.REJECTED, "anna")


def test_what_only_the_machine_suggests_is_not_shown_in_public(alpha, client):
    suggest_relations(alpha)
    relation = relation_of(HOUSING, HOUSING_TOO)

    def links() -> set[str]:
        page = get(client, relation.a.get_absolute_url())
        return {link.attributes.get("href", "") for link in page.one("main").find("a")}

    assert not Relation.objects.shown().filter(pk=relation.pk).exists()
    assert relation.b.get_absolute_url() not in links()

    judge(signed_in(person("anna")), relation, "same_measure")

    assert Relation.objects.shown().filter(pk=relation.pk).exists()
    assert relation.b.get_absolute_url() in links()


@pytest.mark.parametrize("origin", [Origin.CODEBOOK, Origin.EDITOR])
def test_what_codebook_or_editors_suggest_is_shown(alpha, origin):
    suggest_relations(alpha)
    Relation.objects.update(origin=origin)
    assert Relation.objects.shown().count() == Relation.objects.count() > 0


def test_the_command_says_how_many_are_new_between_whom(alpha):
    said = io.StringIO()
    call_command("suggest_relations", "alpha-2025", stdout=said)
    assert "alpha-2025 – beta-2025: 1 new" in said.getvalue()
    assert f"{Relation.objects.count()} wait in the queue" in said.getvalue()

    call_command("suggest_relations", stdout=said)
    call_command("suggest_relations", stdout=said)
    assert said.getvalue().splitlines()[-1].startswith("0 new, ")


def test_a_programme_that_is_added_is_compared_at_once(alpha, tmp_path):
    file = tmp_path / "gamma.md"
    file.write_text(f"# Wohnen\n\n{HOUSING}\n", encoding="utf-8")
    said = io.StringIO()
    about = [
        "--party=gamma",
        "--election=musterstadt-2025",
        "--kind=programme",
        "--title=Gamma",
        "--year=2025",
    ]

    call_command("add_programme", str(file), *about, stdout=said)

    assert Relation.objects.filter(a__text=HOUSING, b__text=HOUSING).count() == 1
    assert "relations suggested to editors: " in said.getvalue()


def test_the_command_names_the_programmes_that_it_knows(alpha):
    with pytest.raises(CommandError, match=r"Unknown: alpha-1999. Known are alpha-2025, beta-2020, "):
        call_command("suggest_relations", "alpha-1999")
