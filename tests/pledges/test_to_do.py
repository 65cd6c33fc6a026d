"""The first page of the admin: what waits for whom."""

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from pledges.labels import holding
from pledges.models import Hint, Relation, Sample, SampledStatement, Statement
from pledges.statement_queue import waiting
from tests.pages import get
from tests.people import person, signed_in
from tests.shelves import HOUSING, NURSERY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]


@pytest.fixture
def editor():
    return signed_in(person("anna"))


def links(client):
    found = get(client, "/admin/").one("section", "to-do").find("a")
    return {link.words: link["href"] for link in found}


def sample_for(coder, *statements):
    sample = Sample.objects.create(title="Mai", drawn_by=coder, drawn_at=timezone.now(), coder=coder, seed=1)
    for position, statement in enumerate(statements, 1):
        first = holding([statement.pk])[statement.pk]
        SampledStatement.objects.create(sample=sample, statement=statement, position=position, first=first)
    return sample


def test_it_counts_what_waits_and_leads_there(editor):
    anna = User.objects.get(username="anna")
    housing, nursery = Statement.objects.get(text=HOUSING), Statement.objects.get(text=NURSERY)
    Hint.objects.create(
        statement=housing, about="topic", words="Das ist Verkehr!", received_at=timezone.now()
    )
    sample = sample_for(anna, nursery)
    number = waiting(anna, None, None).count()

    assert links(editor) == {
        f"{number} Aussagen in der Warteschlange": "/admin/pledges/statement/queue/",
        "1 offener Hinweis aus der Leserschaft": "/admin/pledges/hint/?status__exact=open",
        "2 Bezüge zu beurteilen": "/admin/pledges/relation/queue/",
        "Ihre Stichprobe „Mai“: 0 von 1 kodiert": f"/admin/pledges/sample/{sample.pk}/code/",
    }


def test_it_shows_nobody_elses_sample_and_none_that_is_done(editor):
    other = User.objects.create_user("ben")
    sample_for(other, Statement.objects.get(text=NURSERY))
    own = sample_for(User.objects.get(username="anna"), Statement.objects.get(text=HOUSING))
    drawn = own.statements.get()
    drawn.second = drawn.first
    drawn.save()

    assert not [words for words in links(editor) if "Stichprobe" in words]


def test_who_may_do_none_of_it_is_told_that_nothing_waits():
    reader = signed_in(person("carl", ""))

    assert links(reader) == {}
    box = get(reader, "/admin/").one("section", "to-do")
    assert "Gerade wartet nichts auf Sie." in box.words


def test_when_all_is_done_nothing_waits(editor):
    Statement.objects.update(gone_since=timezone.now())
    Relation.objects.all().delete()

    assert links(editor) == {}


def test_the_statements_list_leads_to_the_queue_for_who_may_code(editor):
    page = get(editor, "/admin/pledges/statement/")
    looker = person("dora", "")
    looker.user_permissions.set(
        [p for p in Group.objects.get(name="Editor").permissions.all() if p.codename == "view_statement"]
    )
    client = signed_in(looker)

    tools = {link.words: link["href"] for link in page.one("ul", "object-tools").find("a")}
    assert tools["Warteschlange"] == "/admin/pledges/statement/queue/"
    assert "Als CSV" in tools
    assert "Warteschlange" not in get(client, "/admin/pledges/statement/").one("ul", "object-tools").words


def test_the_admin_bears_the_portals_name(client):
    page = get(client, "/admin/login/")

    assert page.one("div", id="site-name").words == "Wortlaut – Redaktion"


def test_it_lists_no_actions_as_django_knows_those_of_its_own_forms_alone(editor):
    assert not get(editor, "/admin/").find("div", id="recent-actions-module")
