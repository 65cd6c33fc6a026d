import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pledges.labels import holding
from pledges.models import Coding, Kind, Origin, Pledge, Relation, Rendering, Statement, Topic

pytestmark = pytest.mark.django_db

LISTS = [
    "sources_document",
    *(
        f"pledges_{name}"
        for name in (
            "place", "party", "election", "topic", "programme",
            "statement", "pledge", "relation", "rendering",
        )
    ),
]  # fmt: skip


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


@pytest.fixture
def admin(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def pledge() -> Pledge:
    return Pledge.objects.get(text__contains="30-Prozent-Quote")


def post(admin: Client, statement: Statement, **changes):
    """Save the coding form as it stands, but for the changes."""
    topics = [topic.pk for topic in statement.ordered_topics] + ["", "", ""]
    data = {
        "kind": statement.kind,
        "commitment": statement.commitment,
        "main_topic": topics[0],
        "second_topic": topics[1],
        "third_topic": topics[2],
        "seen": holding([statement.pk])[statement.pk].pk,
    }
    if statement.measurable:
        data["measurable"] = "on"
    model = statement._meta.model_name
    return admin.post(reverse(f"admin:pledges_{model}_change", args=[statement.pk]), data | changes)


def topic(slug: str) -> int:
    return Topic.objects.get(slug=slug).pk


@pytest.mark.parametrize("name", LISTS)
def test_every_list_and_first_row_opens_and_can_be_searched(admin, name):
    listing = admin.get(reverse(f"admin:{name}_changelist"), {"q": "dortmund"})
    assert listing.status_code == 200
    first = re.search(r'<a href="(/admin/[a-z]+/[a-z]+/\d+/change/[^"]*)"', listing.text)
    assert first or "0 " in listing.text
    if first:
        assert admin.get(first[1].replace("&amp;", "&")).status_code == 200


def test_the_form_shows_the_sentence_among_its_neighbours(admin, pledge):
    page = admin.get(reverse("admin:pledges_pledge_change", args=[pledge.pk])).text
    assert f"<strong>{pledge.text}</strong>" in page
    assert "Deren Wirksamkeit werden wir fortlaufend prüfen." in page


def test_saving_adds_an_editors_coding_and_the_labels_follow(admin, editor, pledge):
    before = pledge.codings.count()
    response = post(admin, pledge, commitment="intent", second_topic=topic("finanzen"))
    assert response.status_code == 302
    pledge.refresh_from_db()
    assert (pledge.commitment, pledge.origin) == ("intent", Origin.EDITOR)
    assert [given.slug for given in pledge.ordered_topics] == ["wohnen", "finanzen"]
    newest = pledge.codings.order_by("made_at").last()
    assert (pledge.codings.count(), newest.editor, newest.origin) == (before + 1, editor, Origin.EDITOR)


def test_what_was_coded_before_stays_in_the_log(admin, pledge):
    codebooks = list(pledge.codings.filter(origin=Origin.CODEBOOK).values())
    post(admin, pledge, commitment="review")
    post(admin, pledge, commitment="rejection")
    assert list(pledge.codings.filter(origin=Origin.CODEBOOK).values()) == codebooks
    assert [c.commitment for c in pledge.codings.filter(origin=Origin.EDITOR).order_by("made_at")] == [
        "review",
        "rejection",
    ]


def test_saving_unchanged_says_that_somebody_checked_it(admin, pledge):
    labels = (pledge.kind, pledge.commitment, pledge.measurable)
    assert post(admin, pledge).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.kind, pledge.commitment, pledge.measurable) == labels
    assert pledge.origin == Origin.EDITOR


def test_a_pledge_can_become_something_else(admin, pledge):
    assert post(admin, pledge, kind="record", commitment="", measurable="").status_code == 302
    assert Statement.objects.get(pk=pledge.pk).kind == Kind.RECORD


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"commitment": ""}, "Ein Vorhaben braucht eine Bindung."),
        ({"kind": "value"}, "Nur ein Vorhaben hat eine Bindung."),
        ({"kind": "value", "commitment": "", "measurable": "on"}, "Nur ein Vorhaben kann messbar sein."),
        ({"main_topic": "", "second_topic": "", "third_topic": ""}, "mindestens ein Thema"),
    ],
)
def test_the_form_explains_what_the_database_would_refuse(admin, pledge, changes, message):
    before = Coding.objects.count()
    response = post(admin, pledge, **changes)
    assert response.status_code == 200
    assert message in response.text
    assert Coding.objects.count() == before


def test_a_topic_given_twice_is_refused(admin, pledge):
    response = post(admin, pledge, second_topic=topic("wohnen"))
    assert "Jedes Thema bitte nur einmal." in response.text


def test_statements_codings_and_documents_can_be_neither_added_nor_deleted(admin, pledge):
    for name in ("pledges_statement", "pledges_pledge", "sources_document", "pledges_rendering"):
        assert admin.get(reverse(f"admin:{name}_add")).status_code == 403
    assert admin.post(reverse("admin:pledges_pledge_delete", args=[pledge.pk])).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [pledge.pk], "post": "yes"}
    admin.post(reverse("admin:pledges_pledge_changelist"), data)
    assert Pledge.objects.filter(pk=pledge.pk).exists()


def test_without_a_search_the_list_shows_all(admin):
    page = admin.get(reverse("admin:pledges_statement_changelist")).text
    assert f"{Statement.objects.count()} Aussagen" in page


def test_the_search_ignores_case_and_umlauts(admin):
    url = reverse("admin:pledges_pledge_changelist")
    assert "30-Prozent-Quote" in admin.get(url, {"q": "OEFFENTLICH gefördert 30-prozent"}).text
    assert "30-Prozent-Quote" not in admin.get(url, {"q": "seilbahn"}).text


def test_an_added_relation_is_the_editors_and_put_in_order(admin):
    late = Statement.objects.filter(programme__slug="spd-2020").last()
    early = Statement.objects.filter(programme__slug="spd-2025").first()
    data = {"a": late.pk, "b": early.pk, "kind": "same_goal", "status": "confirmed", "note": ""}
    assert admin.post(reverse("admin:pledges_relation_add"), data).status_code == 302
    relation = Relation.objects.get(a=min(late.pk, early.pk), b=max(late.pk, early.pk))
    assert relation.origin == Origin.EDITOR


def test_a_relation_within_a_programme_is_refused_in_words(admin):
    first, second = Statement.objects.filter(programme__slug="spd-2025")[:2]
    data = {"a": first.pk, "b": second.pk, "kind": "same_goal", "status": "suggested", "note": ""}
    response = admin.post(reverse("admin:pledges_relation_add"), data)
    assert "Aussagen verschiedener Programme" in response.text


def test_a_relation_can_be_rejected(admin):
    relation = Relation.objects.shown().first()
    data = {"kind": relation.kind, "status": "rejected", "note": relation.note}
    assert admin.post(reverse("admin:pledges_relation_change", args=[relation.pk]), data).status_code == 302
    assert not Relation.objects.shown().filter(pk=relation.pk).exists()


def test_a_verdict_can_be_corrected_and_loading_again_keeps_it(admin):
    rendering = Rendering.objects.filter(verdict="partial").first()
    data = {
        "verdict": "distorted",
        "note_de": "Anders gelesen.",
        "note_en": "",
        "sources": [source.pk for source in rendering.sources.all()],
    }
    assert admin.post(reverse("admin:pledges_rendering_change", args=[rendering.pk]), data).status_code == 302
    rendering.refresh_from_db()
    assert (rendering.verdict, rendering.note_de) == ("distorted", "Anders gelesen.")


def test_nobody_gets_in_without_an_account(client, pledge):
    response = client.get(reverse("admin:pledges_pledge_change", args=[pledge.pk]))
    assert response.status_code == 302
    assert "/admin/login/" in response.headers["Location"]
