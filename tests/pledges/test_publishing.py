"""Drafts and their publishing in the admin."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pledges.models import Hint, Programme, Statement
from tests.pages import get
from tests.shelves import HOUSING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

LIST = "/admin/pledges/programme/"


@pytest.fixture
def programme():
    return Programme.objects.get(slug="alpha-2025")


def signed_in(group):
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    return signed_in("Editor")


@pytest.fixture
def chief():
    return signed_in("Chief editor")


def address(name, programme):
    return reverse(f"admin:pledges_programme_{name}", args=[programme.pk])


def titles(client, query=""):
    return [cell.words for cell in get(client, f"{LIST}{query}").find("th", "field-short_title")]


def test_a_chief_editor_withdraws_and_publishes(chief, client, programme):
    chief.post(address("publish", programme), {"withdraw": ""})
    assert client.get(programme.get_absolute_url()).status_code == 404

    chief.post(address("publish", programme), {"publish": ""})
    assert client.get(programme.get_absolute_url()).status_code == 200


def test_publishing_again_keeps_the_day_on_which_it_was_published(chief, programme):
    before = programme.published_at

    chief.post(address("publish", programme), {"publish": ""})

    programme.refresh_from_db()
    assert programme.published_at == before


def test_the_page_says_what_is_not_checked_yet(chief, programme):
    Programme.objects.update(published_at=None)
    housing = Statement.objects.get(text=HOUSING)
    Hint.objects.create(statement=housing, about="kind", words="Stimmt nicht.", received_at=timezone.now())
    Statement.objects.filter(pk=housing.pk).update(wording_changed=True)

    words = get(chief, address("publish", programme)).one("div", "bulk").words

    assert "3 von 3 Aussagen hat noch niemand aus der Redaktion geprüft." in words
    assert "Bei 1 Aussage hat sich der Wortlaut geändert" in words
    assert "1 Hinweis ist noch offen." in words


def test_a_digest_says_that_its_original_is_a_draft(chief, programme):
    digest = Programme.objects.get(slug="alpha-digest")
    Programme.objects.update(published_at=None)

    assert "selbst noch ein Entwurf" in chief.get(address("publish", digest)).text


def test_the_list_tells_drafts_apart_and_filters_them(editor, programme):
    Programme.objects.filter(pk=programme.pk).update(published_at=None)

    assert titles(editor, "?stand=entwurf") == ["ALPHA 2025"]
    assert "ALPHA 2025" not in titles(editor, "?stand=veroeffentlicht")
    assert len(titles(editor)) == Programme.objects.count()


def test_chosen_programmes_are_published_together_by_a_chief_editor_alone(chief, editor):
    Programme.objects.update(published_at=None)
    data = {"action": "publish_chosen", "_selected_action": [p.pk for p in Programme.objects.all()]}

    assert "publish_chosen" not in editor.get(LIST).text
    editor.post(LIST, data)
    assert not Programme.objects.exclude(published_at=None).exists()
    chief.post(LIST, data)
    assert not Programme.objects.filter(published_at=None).exists()
    chief.post(LIST, data | {"action": "withdraw_chosen"})
    assert not Programme.objects.exclude(published_at=None).exists()


def test_an_editor_may_not_publish_but_gets_to_the_queue_and_the_file(editor, programme):
    Programme.objects.update(published_at=None)

    assert editor.get(address("publish", programme)).status_code == 403
    assert editor.post(address("publish", programme), {"publish": ""}).status_code == 403
    page = editor.get(address("change", programme)).text
    assert "?programm=alpha-2025" in page
    assert "publish/" not in page
    file = editor.get(address("file", programme))
    assert bytes(programme.document.content) == file.content
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_no_form_of_the_admin_sets_the_day_of_publishing(chief, programme):
    assert 'name="published_at' not in chief.get(address("change", programme)).text
