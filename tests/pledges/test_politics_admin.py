"""Places, parties, elections, topics and programmes in the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pledges.models import Election, Party, Place, Programme, Topic
from tests.pages import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

WITH_SLUG = [Place, Party, Election, Topic, Programme]


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


def address(model, view, *arguments):
    return reverse(f"admin:pledges_{model._meta.model_name}_{view}", args=arguments)


def form_of(page) -> dict[str, str]:
    """What a form sends as it stands."""
    fields = {
        field["name"]: field.attributes.get("value", "")
        for field in page.find("input")
        if "name" in field.attributes
        and field["type"] != "submit"
        and (field["type"] != "checkbox" or "checked" in field.attributes)
    }
    fields |= {field["name"]: field.text.lstrip("\n") for field in page.find("textarea")}
    for choice in page.find("select"):
        chosen = [option["value"] for option in choice.find("option") if "selected" in option.attributes]
        fields[choice["name"]] = chosen[0] if chosen else ""
    return fields


@pytest.mark.parametrize("model", WITH_SLUG)
def test_a_slug_is_chosen_once(superuser, model):
    row = model.objects.order_by("pk").first()
    page = get(superuser, address(model, "change", row.pk))
    sent = form_of(page) | {"slug": "etwas-anderes", "_save": ""}

    response = superuser.post(address(model, "change", row.pk), sent)

    assert response.status_code == 302
    assert "slug" not in form_of(page)
    assert model.objects.get(pk=row.pk).slug == row.slug


@pytest.mark.parametrize("model", [Place, Party, Election, Programme])
def test_a_new_row_is_given_its_slug(superuser, model):
    assert "slug" in form_of(get(superuser, address(model, "add")))


def test_nobody_adds_a_topic_that_the_machine_would_never_give(superuser):
    assert superuser.get(address(Topic, "add")).status_code == 403
    assert superuser.post(address(Topic, "add"), {"slug": "hafen"}).status_code == 403
