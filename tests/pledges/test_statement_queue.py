"""The queue in the admin: what comes first, what a decision does, that nothing is lost on the way."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pledges.coding.labels import Certainty, Labels
from pledges.coding_log import add_codings, code_by_editor
from pledges.labels import holding, refresh_labels
from pledges.models import (
    Coding,
    Hint,
    HintStatus,
    Origin,
    Programme,
    Sample,
    SampledStatement,
    Statement,
    Topic,
)
from pledges.models.statements import Cause
from tests.pages import get, led_to, parse
from tests.people import person, signed_in
from tests.shelves import BEDS, ENTRY, HOUSING, HOUSING_TOO, NO_HOUSING, NURSERY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

QUEUE = "/admin/pledges/statement/queue/"
# Each is one query.
SESSION = USER = RIGHTS = GROUP_RIGHTS = PROGRAMMES = TOPICS = 1
WAITING = STATEMENT = TOPICS_OF_STATEMENT = AUTHORS = PARTIES = LAST_CODING = PROGRESS = 1
CODINGS = TOPICS_OF_CODINGS = NEAR = SECTIONS = HINTS = HISTORY = 1
TOPIC_CHOICES = 3
SHOWN = (
    SESSION + USER + RIGHTS + GROUP_RIGHTS + PROGRAMMES + TOPICS + WAITING + STATEMENT + TOPICS_OF_STATEMENT
    + AUTHORS + PARTIES + LAST_CODING + PROGRESS + CODINGS + TOPICS_OF_CODINGS + NEAR + SECTIONS + HINTS
    + HISTORY + TOPIC_CHOICES
)  # fmt: skip


@pytest.fixture
def editor():
    return person("redaktion")


@pytest.fixture
def client(editor):
    return signed_in(editor)


def statement(words):
    return Statement.objects.get(text=words)


def hint(about):
    return Hint.objects.create(
        statement=about, about="topic", words="Das ist Verkehr!", received_at=timezone.now()
    )


def machine_says(about, certainty, kind="value", topics=("umwelt",)):
    Coding.objects.filter(statement=about).delete()
    found = Labels(kind, None, False, topics, Certainty(certainty, None, 1.0, 1.0))
    add_codings({about.pk: found}, Origin.MACHINE, "1.0")
    refresh_labels([about.pk])


def form_of(about, **changes):
    """The queue's form as it stands for a statement, but for the changes."""
    about.refresh_from_db()
    topics = [topic.pk for topic in about.ordered_topics] + ["", "", ""]
    data = {
        "aussage": about.pk,
        "seen": holding([about.pk])[about.pk].pk,
        "kind": about.kind,
        "commitment": about.commitment,
        "main_topic": topics[0],
        "second_topic": topics[1],
        "third_topic": topics[2],
    }
    return data | ({"measurable": "on"} if about.measurable else {}) | changes


def in_queue():
    return [found.text for found in Statement.objects.in_doubt().by_doubt()]


def words_shown(client, address=QUEUE):
    return led_to(client, address).one("p", "queue__words").words


def test_the_most_doubtful_come_first(editor):
    machine_says(statement(NURSERY), 0.9)
    machine_says(statement(HOUSING_TOO), 0.4)
    Statement.objects.filter(text=ENTRY).update(wording_changed=True)
    hint(statement(HOUSING))

    machines = [s.text for s in Statement.objects.filter(origin="machine").order_by("-doubt")]
    assert in_queue()[:3] == [HOUSING, ENTRY, NO_HOUSING]
    assert in_queue()[3 : 3 + len(machines)] == machines
    assert machines.index(HOUSING_TOO) < machines.index(NURSERY)
    assert in_queue()[-1] == "Wohnen ist teuer."
    causes = [found.cause for found in Statement.objects.in_doubt().by_doubt()]
    assert causes == sorted(causes)
    assert {*causes} == {*Cause.values}


def test_what_an_editor_checked_leaves_until_something_new_is_said_of_it(editor):
    housing = statement(HOUSING)
    code_by_editor(housing, editor, Labels("pledge", "firm", True, ("wohnen",)))
    assert HOUSING not in in_queue()

    new = hint(housing)
    assert in_queue()[0] == HOUSING
    Hint.objects.filter(pk=new.pk).update(status="declined", answered_by=editor, answered_at=timezone.now())
    assert HOUSING not in in_queue()

    Statement.objects.filter(pk=housing.pk).update(wording_changed=True)
    assert HOUSING in in_queue()


def test_what_is_gone_from_the_text_does_not_wait(editor):
    Statement.objects.filter(text=BEDS).update(gone_since=timezone.now())

    assert BEDS not in in_queue()


@pytest.mark.parametrize(
    ("second", "differs"),
    [
        (Labels("pledge", "firm", False, ("kita",)), False),
        (Labels("pledge", "intent", False, ("kita",)), True),
        (Labels("pledge", "firm", True, ("kita",)), True),
        (Labels("value", None, False, ("kita",)), True),
        (Labels("pledge", "firm", False, ("kita", "soziales")), True),
        (Labels("pledge", "firm", False, ("soziales",)), True),
    ],
)
def test_coders_who_differ_bring_a_statement_forward_until_it_is_settled(editor, second, differs):
    nursery, coder = statement(NURSERY), person("zweite")
    sample = Sample.objects.create(title="S", drawn_by=editor, drawn_at=timezone.now(), coder=coder, seed=1)
    first = holding([nursery.pk])[nursery.pk]
    [blind] = add_codings({nursery.pk: second}, Origin.EDITOR, "zweite", editor=coder, is_blind=True)
    sampled = SampledStatement.objects.create(
        sample=sample, statement=nursery, position=1, first=first, second=blind
    )

    def cause():
        return Statement.objects.in_doubt().by_doubt().get(pk=nursery.pk).cause

    assert cause() == (Cause.DIFFERING if differs else Cause.UNCHECKED)
    sampled.settled_by = first
    sampled.save()
    assert cause() == Cause.UNCHECKED


def test_nobody_is_shown_what_they_shall_code_blind(client, editor):
    nursery = statement(NURSERY)
    sample = Sample.objects.create(title="S", drawn_by=editor, drawn_at=timezone.now(), coder=editor, seed=1)
    SampledStatement.objects.create(
        sample=sample, statement=nursery, position=1, first=holding([nursery.pk])[nursery.pk]
    )
    hint(nursery)

    assert words_shown(client) != NURSERY
    assert words_shown(signed_in(person("andere"))) == NURSERY


def test_a_screen_shows_the_sentence_in_its_place_with_proposal_and_reasons(client):
    machine_says(statement(HOUSING), 0.4, kind="value", topics=("wohnen",))
    hint(statement(HOUSING))

    page = led_to(client, QUEUE)

    assert page.one("h2", id="satz").words == "ALPHA 2025, Satz 1"
    assert page.one("p", "queue__path").words == "Wohnen"
    assert page.one("p", "queue__words").words == HOUSING
    assert "Wohnungen" in [mark.words for mark in page.one("p", "queue__words").find("mark")]
    assert "Wohnen ist teuer." in [near.words for near in page.find("p", "queue__near")]
    assert "Grundsatz 40 % sicher" in page.one("dl", "queue__labels").words
    assert "Das ist Verkehr!" in page.one("section", "queue__hint").words
    assert "0 von 3 geprüft (0 %)" in page.one("div", "queue__progress").words
    assert "Steht ein Vorhaben neben anderem" in page.one("div", "codebook").words


def test_what_no_longer_stands_in_a_text_counts_nowhere():
    gone = Statement.objects.get(text=HOUSING)
    counts = Statement.objects.number_unchecked_by_programme()[gone.programme_id]
    checked, number = Statement.objects.number_checked()

    Statement.objects.filter(pk=gone.pk).update(gone_since=timezone.now())

    assert Statement.objects.number_checked() == (checked, number - 1)
    now = Statement.objects.number_unchecked_by_programme()[gone.programme_id]
    assert now["all_of_it"] == counts["all_of_it"] - 1


def test_a_changed_sentence_shows_its_former_words(client):
    Statement.objects.filter(text=ENTRY).update(
        wording_changed=True, former_text="Der Eintritt ins Museum bleibt frei.", reworded_at=timezone.now()
    )

    page = led_to(client, QUEUE)

    assert page.one("p", "queue__words").words == ENTRY
    assert (page.one("del").words, page.one("ins").words) == ("bleibt", "wird")


def test_a_decision_is_a_coding_more_and_leads_to_the_next(client, editor):
    first = statement(words_shown(client))

    response = client.post(QUEUE, form_of(first), follow=True)

    newest = first.codings.latest("made_at")
    assert [address.partition("=")[0] for address, _status in response.redirect_chain] == [
        QUEUE,
        f"{QUEUE}?aussage",
    ]
    assert (newest.editor, newest.origin) == (editor, Origin.EDITOR)
    page = parse(response.text)
    assert page.one("p", "queue__words").words != first.text
    assert "Gespeichert: Vorhaben" in page.one("div", id="queue-said").words


def test_the_address_names_the_statement_so_that_the_browsers_back_shows_what_it_showed(client):
    address = f"{QUEUE}?programm=alpha-2025"

    response = client.get(address)

    assert response.headers["Location"] == f"{address}&aussage={statement(HOUSING).pk}"
    assert led_to(client, address).one("form", id="decision")["autocomplete"] == "off"


def test_the_filters_stay_on_the_way(client):
    address = f"{QUEUE}?programm=beta-2025&thema=kultur"
    first = statement(words_shown(client, address))
    assert (first.programme.slug, first.ordered_topics[0].slug) == ("beta-2025", "kultur")

    response = client.post(address, form_of(first))

    assert response.headers["Location"] == address


def test_a_filter_that_does_not_exist_is_refused_and_shows_no_statement(client):
    page = get(client, f"{QUEUE}?programm=alpha-1999", status=400)

    assert not page.find("p", "queue__words")
    assert page.find("p", "errornote")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"commitment": ""}, "Ein Vorhaben braucht eine Bindung."),
        ({"kind": "value"}, "Nur ein Vorhaben hat eine Bindung."),
        ({"kind": "value", "commitment": ""}, "Nur ein Vorhaben kann messbar sein."),
        ({"main_topic": ""}, "mindestens ein Thema"),
        ({"kind": "nonsense"}, "nonsense"),
    ],
)
def test_what_makes_no_sense_is_explained_and_the_input_stays(client, changes, message):
    housing = statement(HOUSING)
    codings = Coding.objects.count()

    response = client.post(QUEUE, form_of(housing, **changes))

    page = parse(response.text)
    assert response.status_code == 400
    assert message in page.one("form", id="decision").words
    assert page.one("p", "queue__words").words == HOUSING
    chosen = [radio["value"] for radio in page.find("input", name_="kind") if "checked" in radio.attributes]
    assert chosen == ([] if "nonsense" in changes.values() else [changes.get("kind", "pledge")])
    assert Coding.objects.count() == codings


def test_what_is_skipped_stays_away_for_the_session_until_it_is_brought_back(client):
    address = f"{QUEUE}?programm=beta-alpha-2023"
    only = statement(words_shown(client, address))

    client.post(f"{QUEUE}skip/?programm=beta-alpha-2023", {"aussage": only.pk})

    page = get(client, address)
    assert not page.find("p", "queue__words")
    assert "1 übersprungene Aussage wieder zeigen" in page.one("div", "queue__done").words
    client.post(f"{QUEUE}skipped/?programm=beta-alpha-2023")
    assert words_shown(client, address) == only.text


def test_back_leads_to_the_ones_before_one_after_the_other(client):
    first = statement(words_shown(client))
    client.post(QUEUE, form_of(first))
    second = statement(words_shown(client))
    client.post(f"{QUEUE}skip/", {"aussage": second.pk})

    back = led_to(client, QUEUE).one("a", id="back")["href"]
    assert words_shown(client, back) == second.text
    further = get(client, back).one("a", id="back")["href"]
    assert words_shown(client, further) == first.text
    assert not get(client, further).find("a", id="back")


def test_undo_takes_back_the_own_last_coding_and_shows_its_statement(client, editor):
    first = statement(words_shown(client))
    before = holding([first.pk])[first.pk]
    client.post(QUEUE, form_of(first, kind="context", commitment="", main_topic="", second_topic=""))
    undo = led_to(client, QUEUE).one("form", "queue__last")

    response = client.post(undo["action"], {"coding": undo.one("input", name_="coding")["value"]})

    assert response.headers["Location"] == f"{QUEUE}?aussage={first.pk}"
    assert holding([first.pk])[first.pk] == before
    assert words_shown(client) == first.text
    assert not led_to(client, QUEUE).find("form", "queue__last")


def test_a_coding_given_blind_is_not_offered_to_be_taken_back(client, editor):
    blind = Labels("record", None, False, ("kultur",))
    add_codings({statement(HOUSING).pk: blind}, Origin.EDITOR, "redaktion", editor=editor, is_blind=True)

    assert not led_to(client, QUEUE).find("form", "queue__last")


def test_undoing_twice_or_another_editors_coding_does_nothing(client, editor):
    housing = statement(HOUSING)
    own = code_by_editor(housing, editor, Labels("record", None, False, ("kultur",)))
    others = code_by_editor(housing, person("andere"), Labels("value", None, False, ("kultur",)))

    assert client.post(f"{QUEUE}undo/", {"coding": others.pk}).status_code == 404
    for _ in range(2):
        client.post(f"{QUEUE}undo/", {"coding": own.pk})

    assert Coding.objects.filter(undoes=own).count() == 1
    assert holding([housing.pk])[housing.pk] == others


def test_a_hint_is_answered_in_public(client, editor):
    new = hint(statement(HOUSING))
    address = f"{QUEUE}hint/{new.pk}/"

    refused = client.post(address, {"status": "open", "answer": "Danke!"}, follow=True)
    assert "Eine Antwort braucht eine Entscheidung" in refused.text
    assert Hint.objects.get(pk=new.pk).status == HintStatus.OPEN
    client.post(address, {"status": "accepted", "answer": "Danke!"})

    new.refresh_from_db()
    assert (new.status, new.answer, new.answered_by) == (HintStatus.ACCEPTED, "Danke!", editor)


def test_an_answer_to_a_hint_that_is_answered_meanwhile_shows_both_and_overwrites_nothing(client, editor):
    new = hint(statement(HOUSING))
    address = f"{QUEUE}hint/{new.pk}/"
    client.post(address, {"status": "accepted", "answer": "Danke!"})

    both = client.post(address, {"status": "declined", "answer": "doch nicht"})

    assert both.status_code == 409
    rows = [row.words for row in parse(both.text).one("tbody").find("tr")]
    assert rows == [
        "Stand (verschieden) übernommen nicht übernommen",
        "Antwort (verschieden) Danke! doch nicht",
    ]
    assert Hint.objects.get(pk=new.pk).answer == "Danke!"

    assert client.post(address, sent_again(both)).status_code == 302
    assert Hint.objects.get(pk=new.pk).answer == "doch nicht"


def sent_again(page):
    """What the form sends that lets one's own decision hold."""
    fields = parse(page.text).one("div", "conflict").one("form").find("input")
    return {field["name"]: field["value"] for field in fields}


def test_it_says_what_an_answer_to_a_hint_shows_in_public_before_it_is_given(client):
    new = hint(statement(HOUSING))
    page = led_to(client, QUEUE)

    said = page.one("section", "queue__hint").one("p", "help").words
    client.post(f"{QUEUE}hint/{new.pk}/", {"status": "accepted", "answer": ""})

    public = get(client, statement(HOUSING).get_absolute_url()).one("main").words
    assert "Hinweis aus der Leserschaft übernommen" in public
    assert "Dass der Hinweis übernommen ist, steht danach öffentlich dort, auch ohne Antwort" in said


def test_an_empty_queue_says_so(client, editor):
    for found in Statement.objects.in_doubt():
        code_by_editor(found, editor, Labels("context", None, False, ()))

    page = led_to(client, QUEUE)

    assert page.one("div", "queue__done").one("h2").words == "Hier ist alles geprüft"


def test_a_statement_that_does_not_exist_leads_back_to_the_queue(client):
    for wrong in ("0", "x", "9" * 30):
        assert client.get(f"{QUEUE}?aussage={wrong}").headers["Location"] == QUEUE


@pytest.mark.parametrize("name", ["programme", "statement", "pledge"])
def test_only_what_is_public_is_led_to_on_the_website(name):
    root = signed_in(User.objects.create_superuser("root"))
    row = Programme.objects.get(slug="alpha-2025") if name == "programme" else statement(HOUSING)
    address = reverse(f"admin:pledges_{name}_change", args=[row.pk])

    [link] = get(root, address).find("a", "viewsitelink")
    Programme.objects.update(published_at=None)

    assert link["href"] == row.get_absolute_url()
    assert not get(root, address).find("a", "viewsitelink")


def test_a_draft_is_checked_in_the_queue_too(client):
    Programme.objects.update(published_at=None)

    page = led_to(client, f"{QUEUE}?programm=alpha-2025")

    assert page.one("h2", id="satz").words == "ALPHA 2025, Satz 1"
    assert "Entwurf" in page.one("div", "queue__progress").words


def test_a_screen_asks_no_more_than_its_budget_however_long_the_programme(client):
    machine_says(statement(HOUSING), 0.4)
    address = client.get(QUEUE).headers["Location"]
    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    assert len(asked) == SHOWN, [query["sql"][:200] for query in asked.captured_queries]


# --- Two at once


def recode(client, about, address=QUEUE):
    """Another editor codes the statement after this one has opened it."""
    form = form_of(about, commitment="intent")
    time = timezone.now() + datetime.timedelta(seconds=1)
    other = code_by_editor(about, person("kollegin"), Labels("record", None, False, ("kultur",)))
    assert other.made_at < time
    return other, client.post(address, form)


@pytest.mark.parametrize("name", ["queue", "statement", "pledge"])
def test_who_saves_on_top_of_a_newer_coding_is_shown_both_and_nothing_is_stored(client, name):
    housing = statement(HOUSING)
    address = QUEUE if name == "queue" else reverse(f"admin:pledges_{name}_change", args=[housing.pk])
    other, response = recode(client, housing, address)

    assert response.status_code == 409
    page = parse(response.text).one("div", "conflict")
    assert "kollegin" in page.one("table").words
    cells = {row.one("th").words: row.find("td") for row in page.one("tbody").find("tr")}
    rows = {label: [cell.words for cell in said] for label, said in cells.items()}
    assert rows["Art (verschieden)"] == ["Bilanz", "Vorhaben"]
    assert rows["Bindung (verschieden)"] == ["–", "beabsichtigt"]
    assert holding([housing.pk])[housing.pk] == other


def test_mine_on_top_is_the_same_form_again_and_both_stay_in_the_log(client, editor):
    housing = statement(HOUSING)
    other, response = recode(client, housing)
    again = {
        field["name"]: field["value"] for field in parse(response.text).one("div", "conflict").find("input")
    }

    client.post(QUEUE, again)

    mine = holding([housing.pk])[housing.pk]
    assert (mine.editor, mine.commitment, mine.previous) == (editor, "intent", other)


def test_a_form_that_is_sent_twice_is_stored_once_and_is_nobodys_conflict(client):
    housing = statement(HOUSING)
    form = form_of(housing, commitment="intent")

    answers = [client.post(QUEUE, form).headers["Location"] for _click in range(2)]

    assert answers == [QUEUE, QUEUE]
    assert Coding.objects.filter(statement=housing, origin=Origin.EDITOR).count() == 1


def test_a_form_that_names_no_coding_seen_overwrites_nothing(client):
    housing = statement(HOUSING)
    form = form_of(housing)
    del form["seen"]

    assert client.post(QUEUE, form).status_code == 409


def test_topics_in_the_form_are_those_of_the_codebook(client):
    page = led_to(client, QUEUE)

    names = [option.words for option in page.one("select", name_="main_topic").find("option")]
    assert len(names) == Topic.objects.count() + 1
