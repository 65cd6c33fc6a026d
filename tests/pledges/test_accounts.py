"""Who manages accounts can't raise their own rights, nor take over an account that has more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from pledges.roles import ADMIN
from tests.pages import get
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

SECRET = "Neun Kraniche ziehen gen Süden"


@pytest.fixture
def manager():
    return person("verwaltung", ADMIN)


@pytest.fixture
def admin(manager):
    return signed_in(manager)


@pytest.fixture
def superuser():
    return User.objects.create_superuser("oben", password=SECRET)


def address(account):
    return reverse(f"admin:auth_{account._meta.model_name}_change", args=[account.pk])


def form_of(user, **other):
    joined = user.date_joined
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": f"{joined:%d.%m.%Y}",
        "date_joined_1": f"{joined:%H:%M:%S}",
        "groups": [group.pk for group in user.groups.all()],
        **other,
    }


def offered(client, account, field):
    choices = get(client, address(account)).one("select", name=field)
    return {option["value"] for option in choices.find("option")}


def test_an_admin_does_not_make_himself_a_superuser(admin, manager):
    response = admin.post(address(manager), form_of(manager, is_superuser="on", first_name="Ada"))

    manager.refresh_from_db()
    assert response.status_code == 302
    assert (manager.first_name, manager.is_superuser) == ("Ada", False)


def test_an_admin_gives_no_right_that_he_lacks(admin, manager):
    foreign = Permission.objects.get(codename="delete_statement")
    own = Permission.objects.get(codename="delete_hint")

    assert str(own.pk) in offered(admin, manager, "user_permissions")
    assert str(foreign.pk) not in offered(admin, manager, "user_permissions")
    refused = admin.post(address(manager), form_of(manager, user_permissions=[foreign.pk]))

    assert refused.status_code == 200
    assert not manager.user_permissions.exists()


def test_an_admin_gives_no_group_that_may_do_more(admin, manager):
    above = Group.objects.create(name="Technik")
    above.permissions.set([Permission.objects.get(codename="delete_statement")])

    groups = {Group.objects.get(pk=key).name for key in offered(admin, manager, "groups")}
    admin.post(address(manager), form_of(manager, groups=[above.pk]))

    assert {"Editor", "Chief editor", "Admin"} <= groups
    assert "Technik" not in groups
    assert [group.name for group in manager.groups.all()] == ["Admin"]


def test_an_admin_adds_no_foreign_right_to_a_group(admin, manager):
    group = Group.objects.get(name="Admin")
    foreign = Permission.objects.get(codename="delete_statement")

    admin.post(address(group), {"name": "Admin", "permissions": [foreign.pk]})

    assert foreign not in group.permissions.all()
    assert group.permissions.exists()


def test_an_account_that_may_do_more_is_out_of_reach(admin, superuser):
    above = Group.objects.create(name="Technik")
    above.permissions.set([Permission.objects.get(codename="delete_statement")])
    technician = User.objects.create_user("technik", is_staff=True, is_active=False)
    technician.groups.set([above])

    for account in (superuser, technician, above):
        assert admin.get(address(account)).status_code == 200
        assert admin.post(address(account), {"username": "anders", "name": "anders"}).status_code == 403
    for user in (superuser, technician):
        new = {"password1": "ein anderes Geheimnis", "password2": "ein anderes Geheimnis"}
        assert admin.post(reverse("admin:auth_user_password_change", args=[user.pk]), new).status_code == 403

    superuser.refresh_from_db()
    assert superuser.username == "oben"
    assert superuser.check_password(SECRET)


def test_an_admin_still_makes_an_editor(admin):
    new = User.objects.create_user("neu")

    form = form_of(new, groups=[Group.objects.get(name="Editor").pk])
    del form["is_staff"]

    response = admin.post(address(new), form, follow=True)

    new.refresh_from_db()
    assert new.is_staff
    assert [group.name for group in new.groups.all()] == ["Editor"]
    assert "„neu“ kann sich jetzt hier anmelden" in response.text


def test_whoever_keeps_a_group_can_be_kept_from_signing_in(admin):
    editor = User.objects.create_user("alt", is_staff=True)
    editor.groups.set([Group.objects.get(name="Editor")])
    form = form_of(editor)
    del form["is_staff"]

    admin.post(address(editor), form)

    editor.refresh_from_db()
    assert not editor.is_staff


def test_a_superuser_gives_every_right(superuser, manager):
    client = signed_in(superuser)
    right = Permission.objects.get(codename="delete_statement")

    client.post(address(manager), form_of(manager, is_superuser="on", user_permissions=[right.pk]))

    manager.refresh_from_db()
    assert manager.is_superuser
    assert list(manager.user_permissions.all()) == [right]
