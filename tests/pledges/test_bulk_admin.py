"""The same in the admin, with the project's own programmes: from a list over the preview to the undo."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.bulk import Change, TopicsDo, carry_out, plan, undo_bulk_change
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import BulkChange, Coding, Statement, Topic
from tests.pages import get, parse
from tests.people import signed_in

pytestmark = pytest.mark.django_db

VALUE = Labels("value", None, False, ("wohnen",))
ADD_SPORT = Change(topics_do=TopicsDo.ADD, topics=("sport",))
LIST = "/admin/pledges/statement/"
BULK = f"{LIST}bulk/"


@pytest.fixture
def editor():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def admin(editor):
    return signed_in(editor)


@pytest.fixture
def twenty():
    """The keys of twenty pledges that could have one topic more, none of them sport."""
    found = (
        Statement.objects.filter(kind="pledge").exclude(topics__slug="sport").prefetch_related("topics_given")
    )
    return [s.pk for s in found.order_by("pk") if len(s.ordered_topics) < 3][:20]


def test_the_queries_do_not_grow_with_every_statement(editor):
    def asked_for(number):
        keys = [*Statement.objects.filter(kind="pledge").order_by("pk").values_list("pk", flat=True)[:number]]
        change = Change(kind="record", topics_do=TopicsDo.SET, topics=("sport",))
        with CaptureQueriesContext(connection) as asked:
            done = carry_out(plan(keys, change).seen, change, editor, "Bilanz")
            undo_bulk_change(done.bulk_change, editor)
        assert done.changed == number
        return len(asked)

    few, many = asked_for(30), asked_for(300)

    # SQLite takes some sixty rows a query where rows are written.
    assert few < 90
    assert many < few + 40


def chosen_by(admin, query="", **data):
    data = {"action": "change_together", "_selected_action": data.pop("keys", [0])} | data
    return parse(admin.post(f"{LIST}{query}", data).text).one("div", "bulk")


def form_of(part):
    """What a page's form would send, its buttons left aside."""
    fields = {field["name"]: field.attributes.get("value", "") for field in part.one("form").find("input")}
    selects = {select["name"]: "" for select in part.one("form").find("select")}
    return selects | fields


def topic(slug):
    return Topic.objects.get(slug=slug).pk


def preview(admin, part, **changes):
    return parse(admin.post(BULK, form_of(part) | {"topics_do": "stay"} | changes).text).one("div", "bulk")


def test_a_filtered_list_is_changed_as_a_whole_over_all_its_pages(admin):
    pledges = Statement.objects.filter(programme__slug="spd-2025", kind="pledge")
    number, sport = pledges.count(), pledges.filter(topics__slug="sport").count()
    assert number > 100

    query = f"?programme__id__exact={pledges[0].programme_id}&kind__exact=pledge"
    part = chosen_by(admin, query, select_across="1", keys=[pledges[0].pk])
    assert f"{number} Aussagen sind ausgewählt." in part.words
    part = preview(admin, part, topics_do="remove", main_topic=topic("sport"))
    only = [s for s in pledges.filter(topics__slug="sport") if len(s.ordered_topics) == 1]
    assert f"{sport - len(only)} Aussagen ändern sich." in part.words
    assert f"{len(only)} Aussagen gehen nicht: danach bliebe kein Thema mehr." in part.words
    assert f"{number - sport} Aussagen bleiben, wie sie sind." in part.words
    assert len(part.one("tbody").find("tr")) == 5
    assert not BulkChange.objects.exists()

    response = admin.post(BULK, form_of(part) | {"do": ""}, follow=True)

    assert f"{sport - len(only)} Aussagen geändert." in response.text
    assert pledges.filter(topics__slug="sport").count() == len(only)


def test_a_stale_preview_is_said_plainly(admin, twenty):
    part = preview(admin, chosen_by(admin, keys=twenty), topics_do="add", main_topic=topic("sport"))
    code_by_editor(Statement.objects.get(pk=twenty[0]), User.objects.create_user("andere"), VALUE)

    response = admin.post(BULK, form_of(part) | {"do": ""}, follow=True)

    assert "1 Aussage wurde seit der Vorschau neu kodiert; sie blieb, wie sie ist." in response.text
    assert Statement.objects.get(pk=twenty[0]).origin == "editor"
    assert not Statement.objects.get(pk=twenty[0]).topics.filter(slug="sport").exists()


@pytest.mark.parametrize("model", ["statement", "pledge"])
def test_every_way_leads_back_to_the_list_as_it_was_filtered(admin, twenty, model):
    home = f"/admin/pledges/{model}/?kind__exact=pledge&q=stadt"
    data = {"action": "change_together", "_selected_action": twenty}

    asked = parse(admin.post(home, data).text).one("div", "bulk")
    step = asked.one("form")["action"]
    change = form_of(asked) | {"topics_do": "add", "main_topic": topic("sport")}
    shown = parse(admin.post(step, change).text).one("div", "bulk")
    done = admin.post(shown.one("form")["action"], form_of(shown) | {"do": ""})

    for page in (asked, shown):
        assert [link["href"] for link in page.find("a") if link.words == "Abbrechen"] == [home]
    assert done.headers["Location"] == home


def test_something_else_can_be_changed_after_the_preview(admin, twenty):
    part = preview(admin, chosen_by(admin, keys=twenty), topics_do="add", main_topic=topic("sport"))

    again = parse(admin.post(BULK, form_of(part) | {"change": ""}).text).one("div", "bulk")

    assert f"{len(twenty)} Aussagen sind ausgewählt." in again.words
    assert "selected" in again.one("option", value="add").attributes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Bitte wählen, was sich ändern soll."),
        ({"topics_do": "add"}, "Bitte mindestens ein Thema wählen."),
        ({"main_topic": 1}, "was mit diesen Themen geschehen soll"),
        ({"kind": "value", "commitment": "firm"}, "Nur ein Vorhaben hat eine Bindung."),
        ({"topics_do": "add", "main_topic": 1, "second_topic": 1}, "Jedes Thema bitte nur einmal."),
    ],
)
def test_a_change_that_makes_no_sense_is_explained(admin, twenty, changes, message):
    changes = {name: topic("sport") if value == 1 else value for name, value in changes.items()}

    response = admin.post(BULK, {"chosen": ",".join(map(str, twenty)), "topics_do": "stay"} | changes)

    assert response.status_code == 400
    assert message in response.text


def test_the_list_of_bulk_changes_takes_one_back_as_a_whole(admin, editor, twenty):
    done = carry_out(plan(twenty, ADD_SPORT).seen, ADD_SPORT, editor, "Themen ergänzen: Sport & Bäder")
    address = f"/admin/pledges/bulkchange/{done.bulk_change.pk}/change/"
    row = get(admin, "/admin/pledges/bulkchange/").one("table", id="result_list").one("tbody").words
    assert "Themen ergänzen: Sport & Bäder" in row
    part = get(admin, address).one("section", "bulk")
    assert len(part.one("tbody").find("tr")) == len(twenty)

    admin.post(part.one("button")["formaction"])

    assert Coding.objects.filter(undoes__bulk_change=done.bulk_change).count() == len(twenty)
    assert "Ganz zurückgenommen." in get(admin, address).one("section", "bulk").words


def test_an_action_of_the_list_of_pledges_leads_there_too(admin, twenty):
    pledge = Statement.objects.filter(kind="pledge").first()
    response = admin.post(
        "/admin/pledges/pledge/", {"action": "change_together", "_selected_action": [pledge.pk]}
    )

    assert parse(response.text).one("div", "bulk").one("form")["action"] == "/admin/pledges/pledge/bulk/"
