import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pledges.labels import holding
from pledges.models import Coding, Kind, Origin, Pledge, Statement, Topic
from tests.people import signed_in

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
    return signed_in(editor)


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


@pytest.mark.parametrize("typed", ["thema:wohnen", "partei:gibtsnicht", "-thema:kita", "Wohnung thema:kita"])
def test_a_filter_that_is_typed_into_the_search_never_widens_it(admin, typed):
    for name in ("statement", "pledge"):
        page = admin.get(reverse(f"admin:pledges_{name}_changelist"), {"q": typed})
        assert page.context["cl"].result_count == 0
        assert "Filter wie „thema:wohnen“ finden hier nichts" in page.text


def test_the_search_ignores_case_and_umlauts(admin):
    url = reverse("admin:pledges_pledge_changelist")
    assert "30-Prozent-Quote" in admin.get(url, {"q": "OEFFENTLICH gefördert 30-prozent"}).text
    assert "30-Prozent-Quote" not in admin.get(url, {"q": "seilbahn"}).text


def test_nobody_gets_in_without_an_account(client, pledge):
    response = client.get(reverse("admin:pledges_pledge_change", args=[pledge.pk]))
    assert response.status_code == 302
    assert "/admin/login/" in response.headers["Location"]


@pytest.mark.parametrize(
    ("page", "filters"),
    [
        ("bulkchange_changelist", "made_at__year=9999"),
        ("bulkchange_changelist", "made_at__year=99999999999999999999"),
        ("statement_changelist", "id__range=1"),
        ("statement_export", "id__range=1"),
    ],
)
def test_filters_that_make_no_sense_lead_to_the_list_without_them(admin, page, filters):
    name, _, view = page.partition("_")
    address = reverse(f"admin:pledges_{page}", args=["csv"] if view == "export" else [])

    answer = admin.get(f"{address}?{filters}")

    assert answer.headers["Location"] == reverse(f"admin:pledges_{name}_changelist") + "?e=1"


@pytest.mark.parametrize("filters", ["", "?e=1"])
def test_a_list_that_fails_without_filters_too_is_a_fault(admin, monkeypatch, filters):
    def fail(*_given):
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr("pledges.admin.statements.CodedAdmin.get_queryset", fail)

    with pytest.raises(ValueError, match="nobody foresaw"):
        admin.get(reverse("admin:pledges_statement_changelist") + filters)


def test_a_filter_that_nobody_may_use_is_refused_and_a_list_that_nobody_may_see_too(admin):
    editor = Client()
    editor.force_login(User.objects.create_user("nobody", is_staff=True))
    address = reverse("admin:pledges_statement_changelist")

    assert admin.get(f"{address}?programme__slug=alpha").status_code == 400
    assert editor.get(f"{address}?kind__exact=value").status_code == 403
