"""Drafts and their publishing in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pledges.models import Hint, Programme, Statement
from pledges.roles import CHIEF_EDITOR
from tests.pages import get, parse
from tests.people import person, signed_in
from tests.shelves import HOUSING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

LIST = "/admin/pledges/programme/"


@pytest.fixture
def programme():
    return Programme.objects.get(slug="alpha-2025")


@pytest.fixture
def editor():
    return signed_in(person("anna"))


@pytest.fixture
def chief():
    return signed_in(person("chefin", CHIEF_EDITOR))


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


def choose(client, action, programmes):
    data = {"action": action, "_selected_action": [programme.pk for programme in programmes]}
    return client.post(LIST, data)


def send(client, response, **changes):
    """Send the form of a page as it stands."""
    form = parse(response.text).one("div", "bulk").one("form")
    chosen = [field["value"] for field in form.find("input", name="chosen")]
    decision = form.one("button").attributes.get("name")
    return client.post(form["action"], {"chosen": chosen, decision: ""} | changes)


def drafts():
    return set(Programme.objects.filter(published_at=None).values_list("slug", flat=True))


def test_an_action_on_one_programme_leads_to_its_page_and_decides_nothing(chief, programme):
    response = choose(chief, "withdraw_chosen", [programme])

    assert response.headers["Location"] == address("publish", programme)
    assert not drafts()

    Programme.objects.filter(pk=programme.pk).update(published_at=None)
    response = choose(chief, "publish_chosen", Programme.objects.all())
    assert response.headers["Location"] == address("publish", programme)
    assert drafts() == {"alpha-2025"}


def test_of_several_the_page_says_for_each_what_is_not_checked(chief, programme):
    two = Programme.objects.filter(slug__in=["alpha-2025", "beta-2025"])
    two.update(published_at=None)

    response = choose(chief, "publish_chosen", two)

    parts = parse(response.text).one("div", "bulk").find("section")
    assert [part.one("h2").words for part in parts] == ["ALPHA 2025", "BETA 2025"]
    assert all("3 von 3 Aussagen hat noch niemand" in part.words for part in parts)
    assert "1 Aussage hat nur die Maschine eingeordnet." in parts[1].words
    assert drafts() == {"alpha-2025", "beta-2025"}

    assert send(chief, response).headers["Location"] == LIST
    assert not drafts()


def test_several_are_withdrawn_after_the_page_said_what_that_does(chief):
    every = Programme.objects.all()
    Programme.objects.filter(slug="beta-2025").update(published_at=None)

    response = choose(chief, "withdraw_chosen", every)

    parts = parse(response.text).one("div", "bulk").find("section")
    assert len(parts) == every.count() - 1
    assert all("Nach dem Zurückziehen ist es wieder ein Entwurf" in part.words for part in parts)
    assert drafts() == {"beta-2025"}

    send(chief, response)
    assert drafts() == set(every.values_list("slug", flat=True))


def test_a_digest_is_told_of_its_original_only_where_that_is_not_published_with_it(chief, programme):
    Programme.objects.update(published_at=None)
    digest = Programme.objects.get(slug="alpha-digest")

    assert "selbst noch ein Entwurf" not in choose(chief, "publish_chosen", [programme, digest]).text
    other = Programme.objects.get(slug="beta-2025")
    assert "selbst noch ein Entwurf" in choose(chief, "publish_chosen", [digest, other]).text


def test_where_there_is_nothing_to_decide_an_action_says_so(chief, programme):
    two = Programme.objects.filter(slug__in=["alpha-2025", "beta-2025"])
    data = {"action": "publish_chosen", "_selected_action": [one.pk for one in two]}
    assert "sind schon öffentlich." in chief.post(LIST, data, follow=True).text

    two.update(published_at=None)
    data["action"] = "withdraw_chosen"
    assert "sind schon Entwürfe." in chief.post(LIST, data, follow=True).text


@pytest.mark.parametrize("sent", [{}, {"publish": "", "withdraw": ""}, {"publsh": ""}])
def test_what_says_neither_publish_nor_withdraw_changes_nothing(chief, programme, sent):
    several = reverse("admin:pledges_programme_publish_chosen")
    keys = list(Programme.objects.values_list("pk", flat=True))

    for response in (
        chief.post(address("publish", programme), sent),
        chief.post(several, sent | {"chosen": keys}),
        chief.post(several, sent | {"chosen": ["x", "9" * 30]}),
    ):
        assert response.status_code == 400
        assert "Es ist nichts geschehen." in response.text
    assert not drafts()


def test_whoever_signs_in_again_on_the_way_to_publish_several_is_led_to_the_list(chief):
    response = chief.get(reverse("admin:pledges_programme_publish_chosen"), follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "das wurde nicht gespeichert" in response.text


def test_the_page_of_several_asks_no_more_for_more(chief):
    Programme.objects.update(published_at=None)

    def queries(number):
        with CaptureQueriesContext(connection) as asked:
            choose(chief, "publish_chosen", Programme.objects.order_by("pk")[:number])
        return len(asked)

    assert queries(2) == queries(6)


def test_only_a_chief_editor_is_offered_to_publish_and_may(chief, editor):
    Programme.objects.update(published_at=None)
    every = Programme.objects.all()

    assert "publish_chosen" not in editor.get(LIST).text
    choose(editor, "publish_chosen", every)
    several = reverse("admin:pledges_programme_publish_chosen")
    assert editor.post(several, {"publish": "", "chosen": [p.pk for p in every]}).status_code == 403
    assert drafts() == set(every.values_list("slug", flat=True))


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
