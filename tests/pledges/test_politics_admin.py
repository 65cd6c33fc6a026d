"""Places, parties, elections, topics and programmes in the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pledges.models import Election, Party, Place, Programme, Topic
from pledges.roles import CHIEF_EDITOR
from tests.pages import get
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

WITH_SLUG = [Place, Party, Election, Topic, Programme]


@pytest.fixture
def superuser() -> Client:
    return signed_in(User.objects.create_superuser("redaktion"))


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


# --- The parties of a programme


def test_a_chief_editor_puts_right_who_a_programme_is_by():
    programme, beta = Programme.objects.get(slug="alpha-2025"), Party.objects.get(slug="beta")
    chief, there = signed_in(person("chefin", CHIEF_EDITOR)), address(Programme, "change", programme.pk)
    sent = form_of(get(chief, there))
    assert sent["authorships-0-party"] == str(Party.objects.get(slug="alpha").pk)

    response = chief.post(there, sent | {"authorships-0-party": beta.pk})

    assert response.status_code == 302, response.text
    assert Programme.objects.get(slug="alpha-2025").authors == [beta]


def test_an_editor_sees_who_a_programme_is_by():
    programme = Programme.objects.get(slug="alpha-2025")
    shown = get(signed_in(person("redakteur")), address(Programme, "change", programme.pk))

    group = shown.one("div", id="authorships-group")
    assert "ALPHA" in group.words
    assert "Partei / Gruppe" in group.one("thead").words
    assert not group.find("select")


def test_a_programme_of_nobody_is_refused():
    chief = signed_in(person("chefin", CHIEF_EDITOR))
    nobody = "Ein Programm braucht mindestens eine Partei oder Gruppe, von der es ist."
    place = Place.objects.order_by("pk").first().pk
    new = {"slug": "neu", "kind": "programme", "title": "Neu", "short_title": "Neu", "year": 2025}
    new |= {"place": place, "whole": "on"}
    sent = form_of(get(chief, address(Programme, "add"))) | new

    response = chief.post(address(Programme, "add"), sent)

    assert nobody in response.text
    assert not Programme.objects.filter(slug="neu").exists()
    alpha = Party.objects.get(slug="alpha")
    sent |= {"authorships-0-party": alpha.pk, "authorships-0-position": 1}
    assert chief.post(address(Programme, "add"), sent).status_code == 302
    programme = Programme.objects.get(slug="neu")
    assert programme.authors == [alpha]

    there = address(Programme, "change", programme.pk)
    response = chief.post(there, form_of(get(chief, there)) | {"authorships-0-DELETE": "on"})

    assert nobody in response.text
    assert Programme.objects.get(slug="neu").authors == [alpha]
