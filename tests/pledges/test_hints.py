"""Hints of readers: how they come in, what keeps floods out, and what becomes of them."""

import datetime
from itertools import count

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pledges import hints
from pledges.hints import LATEST, SOONEST, make_token
from pledges.models import DataVersion, Hint, HintStatus, Programme, Statement
from pledges.roles import ADMIN
from tests.pages import get, parse
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
numbers = count()


@pytest.fixture(autouse=True)
def nobody_sent_before():
    cache.clear()


@pytest.fixture
def statement():
    return Statement.objects.get(text__contains="30-Prozent-Quote")


@pytest.fixture
def token(statement, monkeypatch):
    """Of a form that was fetched a minute ago."""
    return aged_token(statement, MINUTE, monkeypatch)


def aged_token(statement, age, monkeypatch):
    then = timezone.now() - age
    with monkeypatch.context() as clock:
        clock.setattr("django.core.signing.time.time", then.timestamp)
        return make_token(statement)


def address(statement, language=""):
    return f"{language}/aussagen/{statement.key}/hinweis/"


def filled(token, **changes):
    return {"about": "topic", "words": "Das ist kein Wohnthema.", "website": "", "token": token} | changes


def send(statement, token, client=None, **changes):
    client = client or Client(enforce_csrf_checks=True)
    return client.post(address(statement), filled(token, **changes))


def send_another(statement, token, client=None):
    """Other words than any before, as the same ones count once."""
    return send(statement, token, client, words=f"Das ist kein Wohnthema. {next(numbers)}")


def stored(statement, number=1, **fields):
    fields = {"about": "text", "words": "So nicht.", "received_at": timezone.now()} | fields
    return Hint.objects.bulk_create(Hint(statement=statement, **fields) for _ in range(number))


# --- The form


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_shows_the_sentence_and_a_form_that_needs_no_script_and_no_cookie(statement, language):
    page = Client().get(address(statement, language))
    form = parse(page.text).one("main").one("form")
    assert statement.text in page.text
    assert form["method"] == "post"
    assert len(form.find("input", type_="radio")) == 4
    assert not page.cookies


def test_neither_caches_nor_search_engines_keep_the_page(client, statement):
    for end in ("", "danke/"):
        page = client.get(f"{address(statement)}{end}")
        assert parse(page.text).one("meta", name="robots")["content"] == "noindex"
    page = client.get(address(statement))
    assert "no-store" in page["Cache-Control"]
    assert "ETag" not in page.headers
    assert parse(client.get(address(statement)).text).one("input", name="token")["value"]


def test_the_statements_page_leads_there_and_holds_no_token(client, statement):
    page = get(client, statement.get_absolute_url())
    [link] = [link for link in page.find("a") if link.attributes.get("href") == address(statement)]
    assert link["rel"] == "nofollow"
    assert not page.find("input", name="token")


def test_a_hint_is_stored_with_nothing_of_its_sender(statement, token):
    response = send(statement, token, words="Zeile eins\r\nZeile <b>zwei</b>")
    hint = Hint.objects.get()
    assert response.headers["Location"] == f"{address(statement)}danke/"
    assert (hint.statement, hint.about, hint.words) == (statement, "topic", "Zeile eins\nZeile <b>zwei</b>")
    assert hint.status == HintStatus.OPEN
    assert timezone.now() - hint.received_at < MINUTE
    assert {field.name for field in Hint._meta.fields} == {
        "id", "statement", "about", "words", "received_at", "status", "answer", "answered_by", "answered_at",
    }  # fmt: skip


def test_the_page_of_thanks_leads_back(client, statement):
    page = get(client, f"{address(statement)}danke/")
    assert statement.get_absolute_url() in [link["href"] for link in page.one("main").find("a")]


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ""},
        {"words": "  \r\n "},
        {"words": "x" * 1001},
        {"about": ""},
        {"about": "alles"},
        {"words": "\x00"},
    ],
    ids=["empty", "blank", "long", "nothing", "unknown", "null"],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(statement, token, changes):
    response = send(statement, token, **changes)
    page = parse(response.text)
    assert response.status_code == 400
    assert page.find("p", "field__error")
    assert page.one("textarea").text.strip() == filled(token, **changes)["words"].strip()
    assert not Hint.objects.exists()


def test_a_thousand_letters_fit_however_the_browser_ends_its_lines(statement, token):
    assert send(statement, token, words="\r\n".join("x" * 500)).status_code == 302
    assert len(Hint.objects.get().words) == 999


def test_who_fills_in_the_trap_is_told_and_nothing_is_stored(statement, token):
    response = send(statement, token, website="https://example.org")
    assert response.status_code == 400
    assert "Dieses Feld muss leer bleiben" in response.text
    assert "Das ist kein Wohnthema." in response.text
    assert not Hint.objects.exists()


def test_the_trap_is_out_of_sight_and_out_of_the_way_of_the_keyboard(client, statement):
    field = get(client, address(statement)).one("input", name="website")
    assert (field["tabindex"], field["autocomplete"]) == ("-1", "off")
    assert field.parent["class"] == "trap"


# --- The token


def test_a_token_that_is_missing_forged_or_of_another_statement_is_refused(statement, token):
    other = Statement.objects.exclude(pk=statement.pk).first()
    forged = TimestampSigner(salt="another").sign(statement.key)
    for wrong in ("", "x", forged, f"{token}x"):
        assert send(statement, wrong).status_code == 400
    assert send(other, token).status_code == 400
    assert not Hint.objects.exists()


@pytest.mark.parametrize("age", [SOONEST / 3, LATEST + MINUTE], ids=["soon", "late"])
def test_what_comes_too_soon_or_too_late_can_be_sent_again(statement, monkeypatch, age):
    response = send(statement, aged_token(statement, age, monkeypatch))
    page = parse(response.text)
    assert response.status_code == 400
    assert page.one("textarea").text.strip() == "Das ist kein Wohnthema."
    again = page.one("input", name="token")["value"]
    later = timezone.now() + MINUTE
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert send(statement, again).status_code == 302


# --- The same once more


def test_a_double_click_is_one_hint(statement, token):
    sender = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(hints.MOST_OF_ONE_SENDER + 1):
        assert send(statement, token, sender).headers["Location"] == f"{address(statement)}danke/"
    assert Hint.objects.count() == 1
    for _ in range(hints.MOST_OF_ONE_SENDER - 1):
        assert send_another(statement, token, sender).status_code == 302
    assert refused(send_another(statement, token, sender))
    assert send(statement, token, sender).status_code == 302


def test_the_other_half_of_a_double_click_waits_and_finds_the_first(statement, token, monkeypatch):
    def store_the_first():
        stored(statement, about="topic", words="Das ist kein Wohnthema.")

    monkeypatch.setattr("pledges.hints.let_others_wait", store_the_first)
    assert send(statement, token).status_code == 302
    assert Hint.objects.count() == 1


def test_what_says_something_else_or_comes_later_or_after_an_answer_is_another(statement, token, monkeypatch):
    other = Statement.objects.exclude(pk=statement.pk).first()
    send(statement, token)
    send(statement, token, about="kind")
    send(statement, token, words="Das ist kein Wohnthema!")
    send(other, aged_token(other, MINUTE, monkeypatch))
    assert Hint.objects.count() == 4
    Hint.objects.update(received_at=timezone.now() - hints.PERIOD - MINUTE)
    send(statement, token)
    assert Hint.objects.count() == 5
    Hint.objects.update(status="declined", answered_by=person("redaktion"), answered_at=timezone.now())
    send(statement, token)
    assert Hint.objects.count() == 6


# --- Floods


def refused(response):
    assert int(response.headers["Retry-After"]) == 3600
    assert "in einer Stunde noch einmal" in response.text
    assert "Das ist kein Wohnthema." in response.text
    return response.status_code == 429


def test_one_sender_is_held_back_and_another_is_not(statement, token):
    one, other = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    for _ in range(hints.MOST_OF_ONE_SENDER):
        assert send_another(statement, token, one).status_code == 302
    assert refused(send_another(statement, token, one))
    assert Hint.objects.count() == hints.MOST_OF_ONE_SENDER
    assert send_another(statement, token, other).status_code == 302


def test_after_an_hour_a_sender_is_forgotten(statement, token, monkeypatch):
    sender = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(hints.MOST_OF_ONE_SENDER):
        send_another(statement, token, sender)
    later = timezone.now() + hints.PERIOD + MINUTE
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", later.timestamp)
    assert send_another(statement, token, sender).status_code == 302


def test_all_addresses_of_a_network_of_the_sixth_version_are_one_sender(statement, token):
    for number in range(hints.MOST_OF_ONE_SENDER):
        send_another(statement, token, Client(REMOTE_ADDR=f"2001:db8:1:1::{number:x}"))
    assert refused(send_another(statement, token, Client(REMOTE_ADDR="2001:db8:1:1:ffff::1")))
    assert send_another(statement, token, Client(REMOTE_ADDR="2001:db8:1:2::1")).status_code == 302


def test_those_of_the_fourth_are_told_apart_where_the_server_listens_to_both(statement, token):
    for _ in range(hints.MOST_OF_ONE_SENDER):
        send_another(statement, token, Client(REMOTE_ADDR="::ffff:203.0.113.7"))
    assert refused(send_another(statement, token, Client(REMOTE_ADDR="203.0.113.7")))
    assert send_another(statement, token, Client(REMOTE_ADDR="::ffff:203.0.113.8")).status_code == 302


def test_behind_a_proxy_the_sender_is_whom_the_proxy_saw(statement, token):
    def through(claimed):
        return Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": f"{claimed}, 203.0.113.7"})

    for number in range(hints.MOST_OF_ONE_SENDER):
        send_another(statement, token, through(f"198.51.100.{number}"))
    assert refused(send_another(statement, token, through("198.51.100.99")))


def test_a_proxy_that_tells_no_address_is_not_taken_for_one_sender(statement, token):
    for _ in range(hints.MOST_OF_ONE_SENDER + 1):
        assert send_another(statement, token, Client(REMOTE_ADDR="127.0.0.1")).status_code == 302


def test_no_address_is_kept_in_the_clear(statement, token, caplog):
    send(statement, token, Client(REMOTE_ADDR="203.0.113.7"))
    assert not [key for key in cache._cache if "203.0.113" in key]
    assert "203.0.113" not in caplog.text


def test_a_statement_and_the_portal_take_so_many_an_hour_whoever_sends_them(statement, token):
    stored(statement, hints.MOST_ON_ONE_STATEMENT)
    cache.clear()
    assert refused(send_another(statement, token))
    Hint.objects.update(received_at=timezone.now() - hints.PERIOD - MINUTE)
    assert send_another(statement, token).status_code == 302
    other = Statement.objects.exclude(pk=statement.pk).first()
    stored(other, hints.MOST_IN_ALL)
    assert refused(send_another(statement, token))


# --- Drafts and strangers


def test_a_draft_has_no_such_page(client, statement, token):
    Programme.objects.filter(pk=statement.programme_id).update(published_at=None)
    assert client.get(address(statement)).status_code == 404
    assert client.get(f"{address(statement)}danke/").status_code == 404
    assert send(statement, token).status_code == 404
    assert not Hint.objects.exists()


def test_an_unknown_statement_offers_its_programme(client):
    answer = client.get("/aussagen/spd-2025-aaaaaaaaaa/hinweis/")
    assert answer.status_code == 404
    assert "/programme/spd-2025/" in answer.text


def test_other_methods_are_refused(client, statement):
    assert client.put(address(statement)).status_code == 405
    assert client.post(f"{address(statement)}danke/").status_code == 405


# --- Answers


@pytest.fixture
def editor():
    return person("redaktion")


def answer(editor, hint, status, words=""):
    """Open the form and send it."""
    client, address = signed_in(editor), reverse("admin:pledges_hint_change", args=[hint.pk])
    return client.post(address, {"status": status, "answer": words, "seen": seen_on(client, address)})


def seen_on(client, address):
    return get(client, address).one("input", name="seen").attributes.get("value", "")


def test_an_answer_is_noted_with_who_gave_it_and_when(statement, editor):
    [hint] = stored(statement)
    assert answer(editor, hint, "accepted", "Stimmt, geändert.").status_code == 302
    hint.refresh_from_db()
    assert (hint.status, hint.answer, hint.answered_by) == ("accepted", "Stimmt, geändert.", editor)
    assert timezone.now() - hint.answered_at < MINUTE
    answer(editor, hint, "open")
    hint.refresh_from_db()
    assert (hint.answered_by, hint.answered_at) == (None, None)


def test_a_hint_of_the_small_hours_is_named_with_its_day_here(statement, editor):
    [hint] = stored(statement, received_at=datetime.datetime(2026, 5, 31, 22, 30, tzinfo=datetime.UTC))
    page = get(signed_in(editor), reverse("admin:pledges_hint_change", args=[hint.pk]))
    assert str(hint) == "Wortlaut, 01.06.2026"
    assert "Wortlaut, 01.06.2026" in page.one("div", id="content").words
    assert str(DataVersion(number=7, changed_at=hint.received_at)) == "7, 2026-06-01 00:30"


def test_who_answers_what_is_answered_meanwhile_sees_both_and_overwrites_nothing(statement, editor):
    [hint] = stored(statement)
    other = person("kollegin")
    answer(other, hint, "accepted", "Stimmt, geändert.")
    client, address = signed_in(editor), reverse("admin:pledges_hint_change", args=[hint.pk])

    both = client.post(address, {"status": "declined", "answer": "Nein.", "seen": "", "_save": ""})

    assert both.status_code == 409
    assert "hat kollegin darüber entschieden" in both.text
    assert "Stimmt, geändert." in both.text
    hint.refresh_from_db()
    assert (hint.status, hint.answer, hint.answered_by) == ("accepted", "Stimmt, geändert.", other)

    fields = parse(both.text).one("div", "conflict").one("form").find("input")
    again = client.post(address, {field["name"]: field["value"] for field in fields})
    assert again.status_code == 302
    hint.refresh_from_db()
    assert (hint.status, hint.answer, hint.answered_by) == ("declined", "Nein.", editor)


def test_an_answer_that_was_changed_or_taken_back_meanwhile_is_not_overwritten(statement, editor):
    [hint] = stored(statement)
    answer(editor, hint, "accepted")
    client, address = signed_in(editor), reverse("admin:pledges_hint_change", args=[hint.pk])
    seen = seen_on(client, address)
    for status, words in (("accepted", "Jetzt mit Antwort."), ("open", "")):
        answer(person(f"kollegin-{status}"), hint, status, words)
        hint.refresh_from_db()
        before = (hint.status, hint.answer, hint.answered_by)

        response = client.post(address, {"status": "declined", "answer": "", "seen": seen})

        assert response.status_code == 409
        hint.refresh_from_db()
        assert (hint.status, hint.answer, hint.answered_by) == before


def test_an_answer_without_a_decision_is_refused(statement, editor):
    [hint] = stored(statement)
    response = answer(editor, hint, "open", "Na ja.")
    assert "übernommen oder nicht" in response.text
    hint.refresh_from_db()
    assert hint.answer == ""


def test_a_readers_words_cannot_be_changed(statement, editor):
    [hint] = stored(statement)
    data = {"status": "declined", "answer": "", "words": "anders", "about": "kind"}
    signed_in(editor).post(reverse("admin:pledges_hint_change", args=[hint.pk]), data)
    hint.refresh_from_db()
    assert (hint.words, hint.about, hint.status) == ("So nicht.", "text", "declined")


def test_the_list_shows_open_ones_and_what_a_reader_wrote_is_escaped(statement, editor):
    stored(statement, words="<script>alert(1)</script>")
    stored(statement, words="Erledigt.", status="declined", answered_by=editor, answered_at=timezone.now())
    page = signed_in(editor).get(reverse("admin:pledges_hint_changelist"), {"status__exact": "open"}).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "Erledigt." not in page


def test_only_an_administrator_may_delete_what_nobody_may_keep(statement, editor):
    [hint] = stored(statement)
    delete = reverse("admin:pledges_hint_delete", args=[hint.pk])
    assert signed_in(editor).post(delete, {"post": "yes"}).status_code == 403
    assert signed_in(person("verwaltung", ADMIN)).post(delete, {"post": "yes"}).status_code == 302
    assert not Hint.objects.exists()


@pytest.mark.parametrize(
    ("status", "words", "trace"),
    [
        ("accepted", "Stimmt, es geht um <Mieten>.", "Hinweis aus der Leserschaft übernommen, {day}: Stimmt"),
        ("accepted", "", "Hinweis aus der Leserschaft übernommen, {day}"),
        ("declined", "Nein, es geht um Mieten.", "Hinweis aus der Leserschaft nicht übernommen, {day}: Nein"),
        ("declined", "", ""),
        ("open", "", ""),
    ],
)
def test_readers_are_told_what_became_of_a_hint(client, statement, editor, status, words, trace):
    [hint] = stored(statement, words="Das hier sieht niemand.")
    answer(editor, hint, status, words)
    page = get(client, statement.get_absolute_url()).one("section", aria_labelledby="einordnung").words
    day = f"{timezone.localdate():%d.%m.%Y}"
    assert ("Leserschaft" in page) == bool(trace)
    assert trace.format(day=day) in page
    assert "Das hier sieht niemand." not in page
