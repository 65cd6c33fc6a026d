"""Who may open and do what in the admin. Addresses and actions are enumerated: a new one is to be listed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client, RequestFactory
from django.urls import URLResolver, reverse
from django.utils import timezone

from pledges.labels import holding
from pledges.models import BulkChange, Hint, Party, Programme, Statement, Upload, UploadState
from pledges.roles import ROLES, keep_roles
from pledges.sampling import draw_sample
from tests.pages import get
from tests.people import person, signed_in
from tests.shelves import HOUSING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

NOBODY = frozenset()
ADMINS = frozenset({"Admin"})
CHIEFS = frozenset({"Chief editor", "Admin"})
EDITORS = frozenset({"Editor", "Chief editor", "Admin"})
STAFF = EDITORS | {"staff without a role"}
EVERYBODY = STAFF | {"nobody"}


@dataclass(frozen=True)
class Rights:
    """Who may look at a model's rows, add, change and delete them.

    With `shows_only` the page of a row changes nothing, whatever is sent to it.
    """

    view: frozenset = EDITORS
    add: frozenset = NOBODY
    change: frozenset = NOBODY
    delete: frozenset = NOBODY
    shows_only: bool = False


MODELS = {
    "auth_group": Rights(ADMINS, ADMINS, ADMINS),
    "auth_user": Rights(ADMINS, ADMINS, ADMINS),
    "sources_document": Rights(),
    "pledges_bulkchange": Rights(),
    "pledges_place": Rights(EDITORS, CHIEFS, CHIEFS),
    "pledges_party": Rights(EDITORS, CHIEFS, CHIEFS),
    "pledges_election": Rights(EDITORS, CHIEFS, CHIEFS),
    "pledges_topic": Rights(EDITORS, NOBODY, CHIEFS),
    "pledges_programme": Rights(EDITORS, CHIEFS, CHIEFS),
    "pledges_relation": Rights(EDITORS, EDITORS, EDITORS),
    "pledges_rendering": Rights(EDITORS, NOBODY, EDITORS),
    "pledges_statement": Rights(EDITORS, NOBODY, EDITORS),
    "pledges_pledge": Rights(EDITORS, NOBODY, EDITORS),
    "pledges_hint": Rights(EDITORS, NOBODY, EDITORS, ADMINS),
    "pledges_sample": Rights(EDITORS, CHIEFS, shows_only=True),
    "pledges_upload": Rights(EDITORS, CHIEFS, shows_only=True),
    "pledges_trailentry": Rights(CHIEFS),
}
# The other addresses by their names: who, and whether they take POST only.
GET, POST = "get", "post"
OTHERS = {
    "index": (STAFF, GET),
    "login": (EVERYBODY, GET),
    "logout": (STAFF, POST),
    "password_change": (STAFF, GET),
    "password_change_done": (STAFF, GET),
    "autocomplete": (EDITORS, GET),
    "jsi18n": (STAFF, GET),
    "view_on_site": (STAFF, GET),
    "app_list": (EDITORS, GET),
    "auth_user_password_change": (ADMINS, GET),
    "pledges_bulkchange_undo": (EDITORS, POST),
    "pledges_programme_publish": (CHIEFS, GET),
    "pledges_programme_publish_chosen": (CHIEFS, POST),
    "pledges_programme_remove": (CHIEFS, GET),
    "pledges_programme_file": (EDITORS, GET),
    "pledges_statement_queue": (EDITORS, GET),
    "pledges_statement_queue_skip": (EDITORS, POST),
    "pledges_statement_queue_unskip": (EDITORS, POST),
    "pledges_statement_queue_undo": (EDITORS, POST),
    "pledges_statement_queue_hint": (EDITORS, POST),
    "pledges_statement_undo": (EDITORS, POST),
    "pledges_statement_bulk": (EDITORS, POST),
    "pledges_statement_export": (EDITORS, GET),
    "pledges_statement_import": (EDITORS, GET),
    # The one who is to code it, who is an editor here.
    "pledges_sample_code": (frozenset({"Editor"}), GET),
    "pledges_sample_code_one": (frozenset({"Editor"}), GET),
    "pledges_sample_settle": (CHIEFS, GET),
    "pledges_sample_show": (CHIEFS, POST),
    "pledges_upload_progress": (EDITORS, GET),
    "pledges_upload_load": (CHIEFS, POST),
    "pledges_upload_discard": (CHIEFS, POST),
    "pledges_upload_again": (CHIEFS, POST),
    **{
        f"pledges_{model}_queue{step}": (EDITORS, POST if step else GET)
        for model in ("relation", "rendering")
        for step in ("", "_skip", "_unskip", "_undo")
    },
    "pledges_pledge_undo": (EDITORS, POST),
    "pledges_pledge_bulk": (EDITORS, POST),
    "pledges_pledge_export": (EDITORS, GET),
    "pledges_pledge_import": (EDITORS, GET),
}
# What it takes more for than to look.
CODING = tuple(f"pledges_{model}" for model in ("statement", "pledge", "bulkchange", "relation", "rendering"))
ACTIONS = {
    "pledges_hint": {"delete_selected": ADMINS},
    "pledges_statement": {"change_together": EDITORS},
    "pledges_pledge": {"change_together": EDITORS},
    "pledges_programme": {"publish_chosen": CHIEFS, "withdraw_chosen": CHIEFS},
}
OF_A_MODEL = ("changelist", "add", "history", "delete", "change")


@pytest.fixture
def rows(visitors) -> dict[str, int]:
    """The key of a row of every model, some of them made for it."""
    user, now = User.objects.get(username="Editor"), timezone.now()
    draw_sample(title="Herbst", programme=None, coder=user, drawn_by=user, size=2, seed=1)
    Upload.objects.create(
        file_name="neu.md",
        content=b"",
        sha256="0" * 64,
        uploaded_by=user,
        uploaded_at=now,
        beat_at=now,
        programme=Programme.objects.get(slug="alpha-2025"),
        state=UploadState.DISCARDED,
    )
    BulkChange.objects.create(editor=user, made_at=now, what="Thema ergänzen")
    statement = Statement.objects.get(text=HOUSING)
    Hint.objects.create(statement=statement, about="kind", words="Hm.", received_at=now)
    party = Party.objects.get(slug="alpha")
    LogEntry.objects.log_create(party, force_log=True, action=LogEntry.Action.UPDATE, changes={})
    models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    return {name: model._base_manager.order_by("pk").first().pk for name, model in models.items()}


@pytest.fixture
def visitors() -> dict[str, Client]:
    """A client for each role, one of the staff who has none, and one who isn't signed in."""
    in_roles = {name: signed_in(person(name, name)) for name in ROLES}
    without = signed_in(person("staff without a role", ""))
    return in_roles | {"staff without a role": without, "nobody": Client()}


def names(patterns) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def allowed(visitors, address, method=GET, **data) -> frozenset:
    """Those who aren't refused: they get a page, a redirect elsewhere or a word on what their form lacks."""
    let_in = set()
    for who, client in visitors.items():
        response = getattr(client, method)(address, data)
        asked_to_sign_in = response.headers.get("Location", "").startswith("/admin/login/")
        assert response.status_code < 500
        hidden = method == GET and response.status_code == 404
        if response.status_code != 403 and not asked_to_sign_in and not hidden:
            let_in.add(who)
    return frozenset(let_in)


def address_of(name, rows) -> str:
    model = name.rpartition("_")[0]
    arguments = {
        "view_on_site": [ContentType.objects.get_for_model(Programme).pk, rows["pledges_programme"]],
        "app_list": ["pledges"],
        "auth_user_password_change": [rows["auth_user"]],
        "pledges_statement_queue_hint": [Hint.objects.first().pk],
        "pledges_statement_export": ["csv"],
        "pledges_pledge_export": ["csv"],
        "pledges_sample_code_one": [rows["pledges_sample"], 1],
        "pledges_sample_settle": [rows["pledges_sample"], 1],
    }
    if name in arguments or model not in rows or "_queue" in name or name.endswith(("_bulk", "_import")):
        return reverse(f"admin:{name}", args=arguments.get(name, []))
    return reverse(f"admin:{name}", args=[rows[model]])


def test_every_address_of_the_admin_is_listed_here():
    found = set(names(admin.site.get_urls()))
    standard = {f"{model}_{view}" for model in MODELS for view in OF_A_MODEL}

    assert found - standard == set(OTHERS)
    assert standard <= found


@pytest.mark.parametrize("model", MODELS)
def test_the_rows_of_a_model_are_open_to_those_listed_alone(rows, visitors, model):
    rights, row = MODELS[model], [rows[model]]

    def address(view, arguments=()):
        return reverse(f"admin:{model}_{view}", args=arguments)

    assert allowed(visitors, address("changelist")) == rights.view
    assert allowed(visitors, address("change", row)) == rights.view
    assert allowed(visitors, address("history", row)) == rights.view
    if not rights.shows_only:
        assert allowed(visitors, address("change", row), POST) == rights.change
    assert allowed(visitors, address("add")) == rights.add
    assert allowed(visitors, address("add"), POST) == rights.add
    assert allowed(visitors, address("delete", row)) == rights.delete
    assert allowed(visitors, address("delete", row), POST, post="yes") == rights.delete


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "logout"])
def test_every_other_address_is_open_to_those_listed_alone(rows, visitors, name):
    who, method = OTHERS[name]
    field = {"app_label": "pledges", "model_name": "relation", "field_name": "a"}
    data = field if name == "autocomplete" else {}

    assert allowed(visitors, address_of(name, rows), method, **data) == who


def test_an_address_that_does_not_exist_tells_nobody_so_who_is_not_signed_in(visitors):
    assert visitors["nobody"].get("/admin/nichts/").headers["Location"].startswith("/admin/login/")
    assert visitors["Editor"].get("/admin/nichts/").status_code == 404


@pytest.mark.parametrize("model", MODELS)
def test_the_actions_of_a_list_are_offered_to_those_listed_alone(visitors, model):
    registered = admin.site._registry[apps.get_model(*model.split("_"))]
    offered: dict[str, set] = {}
    for who in [*ROLES, "staff without a role"]:
        request = RequestFactory().get("/")
        request.user = User.objects.get(username=who)
        for action in registered.get_actions(request):
            offered.setdefault(action, set()).add(who)

    assert offered == ACTIONS.get(model, {})


def test_a_forged_action_changes_nothing(visitors):
    data = {"action": "withdraw_chosen", "_selected_action": [p.pk for p in Programme.objects.all()]}

    visitors["Editor"].post("/admin/pledges/programme/", data)

    assert not Programme.objects.filter(published_at=None).exists()


def test_an_editor_without_the_right_to_code_neither_sees_the_queue_nor_changes_anything(rows):
    user = person("liest", "")
    user.user_permissions.set(
        Group.objects.get(name="Editor").permissions.filter(codename__startswith="view_")
    )
    client = signed_in(user)
    statement = Statement.objects.get(text=HOUSING)
    before = holding([statement.pk])

    for name, (_who, method) in OTHERS.items():
        if name.endswith("_export"):
            assert client.get(address_of(name, rows)).status_code == 200, name
        elif name.startswith(CODING):
            assert getattr(client, method)(address_of(name, rows)).status_code == 403, name
    assert holding([statement.pk]) == before


def test_a_role_gets_back_the_rights_of_the_list_and_keeps_those_that_an_admin_added():
    group = Group.objects.get(name="Editor")
    own, added = group.permissions.first(), Permission.objects.get(codename="publish_programme")
    group.permissions.remove(own)
    group.permissions.add(added)

    keep_roles()

    assert {own, added} <= set(group.permissions.all())


def test_staff_without_a_role_see_nothing(visitors):
    page = get(visitors["staff without a role"], "/admin/")

    assert not page.one("main").find("table")
    assert not page.one("main").find("a", "addlink")
