"""The trail of what is changed in the admin beside codings: who, when, what; from where is never kept."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from pledges.judging import fingerprint, judge_relation, judge_rendering
from pledges.models import Party, Programme, Relation, Rendering, Statement, TrailEntry
from pledges.roles import keep_roles
from pledges.shelf import load_shelf
from tests.pages import get, led_to
from tests.people import person, signed_in
from tests.shelves import musterstadt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

LIST = "/admin/pledges/trailentry/"


@pytest.fixture
def admin():
    client = Client(REMOTE_ADDR="203.0.113.7")
    client.force_login(User.objects.create_superuser("leitung"))
    LogEntry.objects.all().delete()
    return client


def rows(admin):
    body = get(admin, LIST).one("table", id="result_list").one("tbody")
    return [[cell.words for cell in row.find("td")] for row in body.find("tr")]


def change(admin, found, **fields):
    address = reverse(f"admin:pledges_{found._meta.model_name}_change", args=[found.pk])
    assert admin.post(address, fields).status_code == 302


def test_a_changed_party_is_told_with_who_and_what(admin):
    party = Party.objects.get(slug="alpha")

    change(admin, party, slug="alpha", name="Liste Alpha", short_name="ALPHA!", colour=party.colour)

    assert rows(admin) == [["leitung", "geändert", "Partei / Gruppe: ALPHA!", "Kurzname: ALPHA → ALPHA!"]]


def test_publishing_a_judged_relation_and_a_verdict_are_told(admin):
    programme, editor = Programme.objects.get(slug="alpha-2025"), User.objects.get()
    admin.post(reverse("admin:pledges_programme_publish", args=[programme.pk]), {"withdraw": ""})
    relation = Relation.objects.filter(status="suggested").first()
    judge_relation(relation.a, relation.b, editor, "unrelated", "", {}, seen=fingerprint(relation))
    line = Rendering.objects.get(verdict="faithful")
    judge_rendering(line.passage, editor, "partial", [], "", "", seen=fingerprint(line))

    told = {(row[2].split(":")[0], change) for row in rows(admin) for change in row[3].split("; ")}

    assert any(kind == "Programm" and words.startswith("veröffentlicht am: ") for kind, words in told)
    assert ("Bezug", "Stand: vorgeschlagen → verworfen") in told
    assert ("Wiedergabe", "Urteil: treu → verkürzt") in told
    assert any(kind == "Wiedergabe" and words.startswith("gibt wieder: − ") for kind, words in told)


def test_a_user_is_told_without_password_or_sign_in(admin):
    data = {"username": "neu", "password1": "ein langes Kennwort", "password2": "ein langes Kennwort"}
    admin.post("/admin/auth/user/add/", data | {"usable_password": "true"})
    user = User.objects.get(username="neu")
    client = Client()
    assert client.login(username="neu", password="ein langes Kennwort")

    (row,) = rows(admin)
    assert row[:3] == ["leitung", "angelegt", "Benutzer: neu"]
    assert user.password not in str(LogEntry.objects.values_list("changes"))


def test_whoever_sets_a_password_is_told_and_the_password_is_not(admin):
    user = User.objects.create_user("neu", password="ein langes Kennwort")
    LogEntry.objects.all().delete()
    data = {"password1": "ein anderes Kennwort", "password2": "ein anderes Kennwort"}
    admin.post(f"/admin/auth/user/{user.pk}/password/", data | {"usable_password": "true"})

    before, user = user, User.objects.get(username="neu")
    assert user.check_password("ein anderes Kennwort")
    assert rows(admin) == [["leitung", "geändert", "Benutzer: neu", "Passwort: ••• → •••"]]
    for secret in (before.password, user.password):
        assert secret[-10:] not in str(LogEntry.objects.values_list("changes"))


def test_no_address_of_anybody_is_kept(admin):
    party = Party.objects.get(slug="alpha")
    change(admin, party, slug="alpha", name="A", short_name="A", colour=party.colour)

    entry = LogEntry.objects.get()
    assert (entry.actor.username, entry.remote_addr, entry.remote_port) == ("leitung", None, None)


def test_an_entry_can_be_opened_but_neither_added_changed_nor_deleted(admin):
    party = Party.objects.get(slug="alpha")
    change(admin, party, slug="alpha", name="A", short_name="A", colour=party.colour)
    address = reverse("admin:pledges_trailentry_change", args=[TrailEntry.objects.get().pk])

    page = get(admin, address)

    assert "Name: Liste Alpha → A" in page.one("div", "field-changes_in_full").words
    assert not page.find("input", name_="_save")
    assert admin.post(address, {}).status_code == 403
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(address.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_loading_and_keeping_the_roles_leave_no_trail(admin, tmp_path):
    Group.objects.all().delete()
    LogEntry.objects.all().delete()

    keep_roles()
    load_shelf(musterstadt().write(tmp_path), lambda _text: None)

    assert not LogEntry.objects.exists()


def test_public_pages_look_at_no_session(client):
    response = client.get("/")

    assert "Cookie" not in response.headers["Vary"]


def test_the_history_of_a_row_is_its_entries_in_the_trail(admin):
    alpha, beta = Party.objects.get(slug="alpha"), Party.objects.get(slug="beta")
    for party in (alpha, beta):
        change(admin, party, slug=party.slug, name="N", short_name="K", colour=party.colour)

    page = led_to(admin, reverse("admin:pledges_party_history", args=[alpha.pk]))

    [row] = page.one("table", id="result_list").one("tbody").find("tr")
    assert "Liste Alpha → N" in row.words
    assert "Änderungen: Partei / Gruppe „K“" in page.words


def test_whoever_may_not_read_the_trail_is_not_led_there():
    editor = signed_in(person("schaut"))
    party = Party.objects.get(slug="alpha")

    assert editor.get(reverse("admin:pledges_party_history", args=[party.pk])).status_code == 200


def test_the_history_of_a_statement_is_its_log_of_codings(admin):
    statement = Statement.objects.order_by("pk").first()

    response = admin.get(reverse("admin:pledges_statement_history", args=[statement.pk]))

    there = reverse("admin:pledges_statement_change", args=[statement.pk])
    assert response.headers["Location"] == f"{there}#log"
    assert get(admin, there).one("h2", id="log")


def test_yes_and_no_are_words_in_the_trail(admin):
    programme = Programme.objects.get(slug="alpha-2025")
    programme.whole = False
    programme.save()

    assert rows(admin)[0][3] == "ganzes Dokument: ja → nein"


@pytest.mark.parametrize(
    ("model", "titles"),
    [
        ("trailentry", ["Person"]),
        ("relation", ["Programm der Aussage A", "Programm der Aussage B"]),
        ("rendering", ["Quelle"]),
    ],
)
def test_filters_tell_in_german_what_they_filter(admin, model, titles):
    party = Party.objects.get(slug="alpha")
    change(admin, party, slug="alpha", name="A", short_name="A", colour=party.colour)
    shown = get(admin, reverse(f"admin:pledges_{model}_changelist")).text

    for title in titles:
        assert f"Nach {title}" in " ".join(shown.split())
    assert "Nach actor" not in shown
    assert "Nach document" not in shown
