"""What editors decide on relations, in the admin as they meet it."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges.judging import fingerprint
from pledges.models import Origin, Programme, Relation, RelationKind, RelationStatus, Statement
from pledges.relation_queue import find_by_words
from pledges.shelf import load_shelf
from tests.pages import Element, get, led_to, parse
from tests.people import person, signed_in
from tests.pledges.judging import ADD, RELATIONS, add, judge, relation_of
from tests.shelves import ENTRY, HOUSING, HOUSING_TOO, NO_HOUSING, NURSERY, musterstadt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

# Each is one query.
SESSION = USER = RIGHTS = GROUP_RIGHTS = WAITING = PROGRESS = NUMBER_WAITING = 1
STATEMENTS = TOPICS_OF_STATEMENTS = AUTHORS = PARTIES = NEAR = SECTIONS = 1
SHOWN = (
    SESSION + USER + RIGHTS + GROUP_RIGHTS + WAITING + PROGRESS + NUMBER_WAITING + STATEMENTS
    + TOPICS_OF_STATEMENTS + AUTHORS + PARTIES + NEAR + SECTIONS
)  # fmt: skip
CHOICES_OF_FILTERS = 3


@pytest.fixture
def editor() -> Client:
    return signed_in(person("anna"))


@pytest.fixture
def other_editor() -> Client:
    return signed_in(person("ben"))


@pytest.fixture
def housing() -> Relation:
    return relation_of(HOUSING, HOUSING_TOO)


def statement(text: str) -> Statement:
    return Statement.objects.get(text=text)


def words_of(page: Element) -> list[str]:
    return [quote.text for quote in page.find("blockquote", "queue__words")]


def hrefs(page: Element) -> set[str]:
    return {link["href"] for link in page.one("main").find("a") if "href" in link.attributes}


# --- The queue


def test_it_shows_both_statements_to_the_letter_with_who_says_it_where(editor):
    page = led_to(editor, RELATIONS)
    sides = page.find("section", "pair__side")

    assert set(words_of(page)) == {HOUSING, HOUSING_TOO}
    assert "ALPHA Wahlprogramm, 2025, Satz 1 Wohnen" in sides[0].words
    assert "BETA Wahlprogramm, 2025, Satz 1 Am Hafen" in sides[1].words
    assert "Vorhaben, fest zugesagt, messbar, Wohnen" in sides[0].words
    assert "Wohnen ist teuer." in sides[0].one("details").words
    assert "Vorgeschlagen: gleiche Maßnahme" in page.one("h2", id="fall").words


def test_the_address_names_the_relation_so_that_the_browsers_back_shows_what_it_showed(editor, housing):
    address = f"{RELATIONS}?thema=wohnen"

    response = editor.get(address)

    assert response.headers["Location"] == f"{address}&bezug={housing.pk}"
    assert led_to(editor, address).one("form", id="decision")["autocomplete"] == "off"


def test_it_takes_the_queries_that_it_takes(editor):
    address = editor.get(RELATIONS).headers["Location"]
    with CaptureQueriesContext(connection) as queries:
        editor.get(address)
    assert len(queries) == SHOWN + CHOICES_OF_FILTERS


@pytest.mark.parametrize("kind", ["same_measure", "same_goal", "conflict"])
def test_confirming_says_who_and_when_and_of_which_kind(editor, housing, kind):
    assert judge(editor, housing, kind, note=" Beide am Hafen. ").status_code == 302
    housing.refresh_from_db()

    assert (housing.kind, housing.status) == (kind, RelationStatus.CONFIRMED)
    assert (housing.judged_by, housing.note) == (User.objects.get(username="anna"), "Beide am Hafen.")
    assert housing.judged_at is not None
    assert housing.origin == Origin.CODEBOOK


def test_rejecting_keeps_the_pair_as_unrelated(editor, housing, client):
    judge(editor, housing, "unrelated")
    housing.refresh_from_db()

    assert (housing.kind, housing.status) == (RelationKind.UNRELATED, RelationStatus.REJECTED)
    assert housing.b.get_absolute_url() not in hrefs(get(client, housing.a.get_absolute_url()))


def test_after_a_decision_the_next_one_comes_until_none_is_left(editor, housing):
    response = judge(editor, housing, "same_goal")
    assert response.headers["Location"] == RELATIONS
    page = led_to(editor, RELATIONS)
    assert set(words_of(page)) == {HOUSING, NO_HOUSING}
    assert "1 von 2 beurteilt" in page.one("label", for_="fortschritt").words

    judge(editor, relation_of(HOUSING, NO_HOUSING), "conflict")
    assert "Hier ist alles beurteilt" in led_to(editor, RELATIONS).one("main").words


def test_what_the_codebook_says_is_unrelated_does_not_wait(editor):
    assert Relation.objects.filter(kind="unrelated").exists()
    assert "0 von 2 beurteilt" in led_to(editor, RELATIONS).one("label", for_="fortschritt").words


def test_the_public_ones_come_first_then_the_likeliest(editor):
    pairs = [(NURSERY, HOUSING_TOO, 0.3), (NURSERY, NO_HOUSING, 0.9)]
    for one, other, certainty in pairs:
        a, b = sorted([statement(one), statement(other)], key=lambda s: s.pk)
        Relation.objects.create(a=a, b=b, kind="same_goal", origin="machine", certainty=certainty)

    found = [(r.origin, r.certainty) for r in Relation.objects.waiting()]

    assert found == [("codebook", None), ("codebook", None), ("machine", 0.9), ("machine", 0.3)]


def test_it_can_be_filtered_by_pair_of_programmes_and_topic(editor):
    def shown(query: str) -> set[str]:
        return set(words_of(led_to(editor, RELATIONS + query)))

    assert shown("?programm=beta-alpha-2023") == {HOUSING, NO_HOUSING}
    assert shown("?programm=beta-2025&mit=alpha-2025") == {HOUSING, HOUSING_TOO}
    assert shown("?programm=beta-2025&mit=beta-alpha-2023") == set()
    assert shown("?thema=wohnen") == {HOUSING, HOUSING_TOO}
    assert shown("?thema=stadtentwicklung") == set()


def test_a_decision_keeps_the_filter(editor, housing):
    response = judge(editor, housing, "same_goal", query="?programm=beta-2025&thema=wohnen")
    assert response.headers["Location"] == f"{RELATIONS}?programm=beta-2025&thema=wohnen"


@pytest.mark.parametrize("query", ["?programm=nichts", "?thema=x", "?programm=beta-2025&mit=beta-2025"])
def test_a_filter_that_makes_no_sense_is_said_to_be_none(editor, query):
    page = get(editor, RELATIONS + query, status=400)
    assert "Diesen Filter gibt es nicht" in page.one("main").words


@pytest.mark.parametrize("changes", [{"decision": "x"}, {"decision": ""}, {"seen": ""}, {"note": "x" * 2001}])
def test_a_form_that_makes_no_sense_stores_nothing(editor, housing, changes):
    before = fingerprint(housing)
    assert judge(editor, housing, **({"kind": "same_goal"} | changes)).status_code == 400
    assert fingerprint(Relation.objects.get(pk=housing.pk)) == before


def test_a_relation_that_there_is_not_is_not_found(editor, housing):
    assert editor.get(f"{RELATIONS}?bezug=999999").status_code == 404
    assert judge(editor, housing, "same_goal", bezug="x").status_code == 404


def test_one_can_be_skipped_gone_back_to_and_brought_back(editor, housing):
    editor.post(f"{RELATIONS}skip/", {"bezug": housing.pk})
    page = led_to(editor, RELATIONS)
    assert set(words_of(page)) == {HOUSING, NO_HOUSING}
    assert f"{RELATIONS}?bezug={housing.pk}" in hrefs(page)
    editor.post(f"{RELATIONS}skip/", {"bezug": relation_of(HOUSING, NO_HOUSING).pk})
    assert "Übrig ist nur noch, was übersprungen wurde" in led_to(editor, RELATIONS).one("main").words

    editor.post(f"{RELATIONS}skipped/")
    assert set(words_of(led_to(editor, RELATIONS))) == {HOUSING, HOUSING_TOO}


# --- Taking back


def test_a_decision_can_be_taken_back_to_what_it_was_before(editor, housing):
    before = fingerprint(housing)
    judge(editor, housing, "conflict", note="Falsch gedrückt")

    response = editor.post(f"{RELATIONS}undo/")

    assert response.headers["Location"] == f"{RELATIONS}?bezug={housing.pk}"
    housing.refresh_from_db()
    assert fingerprint(housing) == before
    assert housing.judged_by is None


def test_several_are_taken_back_one_by_one_the_newest_first(editor, housing):
    judge(editor, housing, "conflict")
    housing.refresh_from_db()
    judge(editor, housing, "same_goal")
    kinds = []
    for _undo in range(2):
        editor.post(f"{RELATIONS}undo/")
        housing.refresh_from_db()
        kinds.append((housing.kind, housing.status))

    assert kinds == [("conflict", "confirmed"), ("same_measure", "suggested")]
    said = editor.post(f"{RELATIONS}undo/", follow=True).text
    assert "Es gibt nichts zurückzunehmen." in said


def test_what_another_decided_since_is_not_taken_back(editor, other_editor, housing):
    judge(editor, housing, "conflict")
    housing.refresh_from_db()
    judge(other_editor, housing, "same_goal")

    said = editor.post(f"{RELATIONS}undo/", follow=True).text

    housing.refresh_from_db()
    assert (housing.kind, housing.judged_by.username) == ("same_goal", "ben")
    assert "inzwischen wurde anders entschieden" in said


# --- Two at once


def test_who_saves_on_top_of_a_newer_decision_sees_both_and_chooses(editor, other_editor, housing):
    seen = fingerprint(housing)
    judge(other_editor, housing, "same_goal", note="Wohnungen, aber andere Zahl")

    response = judge(editor, housing, "conflict", note="", seen=seen)

    housing.refresh_from_db()
    assert (response.status_code, housing.kind) == (409, "same_goal")
    page = parse(response.text)
    assert "ben" in page.one("main").words
    assert [mark.words for mark in page.find("mark")][:2] == [
        "gleiches Ziel (bestätigt)",
        "Widerspruch (bestätigt)",
    ]

    sent = {
        field["name"]: field["value"]
        for field in page.one("main").find("input")
        if field["name"] != "csrfmiddlewaretoken"
    }
    assert editor.post(RELATIONS, sent).status_code == 302
    housing.refresh_from_db()
    assert (housing.kind, housing.judged_by.username) == ("conflict", "anna")


def test_a_decision_that_is_sent_twice_is_taken_once_and_is_nobodys_conflict(editor, housing):
    seen = fingerprint(housing)

    answers = [judge(editor, housing, "unrelated", seen=seen) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(editor.session["relation_queue"]["done"]) == 1


# --- Symmetrical, and once


def test_a_confirmed_relation_stands_on_both_pages_and_in_both_directions(editor, client):
    one, other = statement(NURSERY), statement(NO_HOUSING)
    other.topics_given.update(topic=one.ordered_topics[0])

    assert add(editor, other, one, "conflict").status_code == 302

    assert other.get_absolute_url() in hrefs(get(client, one.get_absolute_url()))
    assert one.get_absolute_url() in hrefs(get(client, other.get_absolute_url()))
    for slugs in (("alpha-2025", "beta-alpha-2023"), ("beta-alpha-2023", "alpha-2025")):
        query = "".join(f"&programm={slug}" for slug in slugs)
        [matter] = get(client, f"/vergleich/?thema=kita{query}").find("section", "matter")
        assert {one.get_absolute_url(), other.get_absolute_url()} <= {a["href"] for a in matter.find("a")}


def test_a_pair_is_never_there_twice_whichever_comes_first(editor, housing):
    for one, other in ((housing.a, housing.b), (housing.b, housing.a)):
        assert add(editor, one, other, "conflict").status_code == 409
    housing.refresh_from_db()
    assert housing.kind == "same_measure"
    assert Relation.objects.filter(a=housing.a, b=housing.b).count() == 1


# --- What readers are told

TOLD = {
    "matter_de": "Wohnungen am Hafen",
    "matter_en": "Flats at the port",
    "reason_de": "Beide bauen dort.",
    "reason_en": "Both build there.",
}


def change_page(relation: Relation) -> str:
    return f"/admin/pledges/relation/{relation.pk}/change/"


def test_with_a_decision_comes_what_readers_are_told_and_it_is_taken_back_with_it(editor, housing, client):
    fields = {area["name"] for area in led_to(editor, RELATIONS).one("form", id="decision").find("textarea")}
    assert fields == {"note", *TOLD}

    judge(editor, housing, "same_goal", **TOLD)
    housing.refresh_from_db()
    assert housing.words == TOLD
    assert TOLD["reason_de"] in get(client, housing.a.get_absolute_url()).one("main").words
    page = get(editor, f"{RELATIONS}?bezug={housing.pk}")
    assert "open" in page.find("details", "queue__part")[-1].attributes
    assert {area.text.strip() for area in page.one("form", id="decision").find("textarea")} > set(
        TOLD.values()
    )

    editor.post(f"{RELATIONS}undo/")
    housing.refresh_from_db()
    assert housing.words == dict.fromkeys(TOLD, "")


def test_an_added_relation_tells_readers_why_at_once(editor):
    add(editor, statement(NURSERY), statement(HOUSING_TOO), **TOLD)

    assert relation_of(NURSERY, HOUSING_TOO).words == TOLD


@pytest.mark.parametrize("wrong", [{"matter_de": "x" * 61}, {"reason_en": "x" * 401}])
def test_what_is_too_long_is_said_and_not_stored(editor, housing, wrong):
    response = judge(editor, housing, "same_goal", **(TOLD | wrong))

    assert response.status_code == 400
    (errors,) = parse(response.text).one("form", id="decision").find("ul", "errorlist")
    assert "höchstens" in errors.words
    housing.refresh_from_db()
    assert (housing.status, housing.matter_de) == ("suggested", "")


def test_two_who_word_it_differently_see_both(editor, other_editor, housing):
    seen = fingerprint(housing)
    judge(other_editor, housing, "same_goal", **TOLD)

    response = judge(editor, housing, "same_goal", seen=seen, **(TOLD | {"matter_de": "Bauen am Hafen"}))

    marked = [mark.words for mark in parse(response.text).find("mark")]
    assert (response.status_code, marked) == (409, ["Wohnungen am Hafen", "Bauen am Hafen"])


def test_the_words_alone_can_be_changed_without_judging(editor, housing):
    response = editor.post(change_page(housing), TOLD | {"seen": fingerprint(housing)})

    assert response.status_code == 302
    housing.refresh_from_db()
    assert housing.words == TOLD
    assert (housing.status, housing.judged_by) == ("suggested", None)
    (entry,) = LogEntry.objects.get_for_object(housing)
    assert (entry.actor.username, set(entry.changes)) == ("anna", set(TOLD))


def test_on_that_page_too_newer_words_are_shown_before_they_go(editor, other_editor, housing):
    old = fingerprint(housing)
    editor.post(change_page(housing), TOLD | {"seen": old})

    response = other_editor.post(change_page(housing), TOLD | {"seen": old, "matter_de": "Bauen am Hafen"})

    page = parse(response.text)
    assert "Jetzt steht dort: „Wohnungen am Hafen“" in page.one("main").words
    housing.refresh_from_db()
    assert housing.matter_de == "Wohnungen am Hafen"
    seen = page.one("input", name="seen")["value"]
    other_editor.post(change_page(housing), TOLD | {"seen": seen, "matter_de": "Bauen am Hafen"})
    housing.refresh_from_db()
    assert housing.matter_de == "Bauen am Hafen"


# --- Adding


def test_the_other_statement_is_found_by_its_words_in_other_programmes(editor):
    page = get(editor, f"{ADD}?aussage={statement(HOUSING).pk}&q=Museum+Eintritt")
    [choice] = page.find("input", name="other")

    assert choice["value"] == str(statement(ENTRY).pk)
    assert HOUSING in words_of(page)
    nothing = get(editor, f"{ADD}?aussage={statement(HOUSING).pk}&q=Kita")
    assert "Nichts gefunden" in nothing.one("main").words


def test_one_that_is_related_already_is_shown_with_how(editor, housing):
    page = get(editor, f"{ADD}?aussage={housing.a_id}&q=hafen")
    assert str(housing.b_id) not in {choice["value"] for choice in page.find("input", name="other")}
    assert "schon vorgeschlagen: gleiche Maßnahme" in page.one("main").words


def test_a_statements_own_page_leads_to_adding_a_relation_of_it(editor):
    one = statement(HOUSING)
    page = get(editor, f"/admin/pledges/statement/{one.pk}/change/")
    assert f"{ADD}?aussage={one.pk}" in {link.attributes.get("href") for link in page.find("a")}


@pytest.mark.parametrize("typed", ["thema:wohnen", "partei:gibtsnicht", "Wohnungen thema:kita"])
def test_filters_are_not_searched_for_and_that_is_said(editor, typed):
    assert find_by_words(Statement.objects.all(), "Wohnungen")
    assert find_by_words(Statement.objects.all(), typed) == []

    page = get(editor, f"{ADD}?q={typed}")

    assert not page.find("blockquote")
    assert "Filter wie „thema:wohnen“ gelten hier nicht." in page.one("main").words


@pytest.mark.parametrize("typed", ["", "  ", "´"])
def test_without_words_nothing_is_found(typed):
    assert find_by_words(Statement.objects.all(), typed) == []


def test_without_a_statement_the_first_is_searched_for_too(editor):
    page = get(editor, f"{ADD}?q=museum")
    assert f"?aussage={statement(ENTRY).pk}" in hrefs(page)


def test_an_added_relation_is_the_editors_and_confirmed(editor):
    one, other = statement(NURSERY), statement(HOUSING_TOO)
    add(editor, other, one, note="Für Familien")
    relation = relation_of(NURSERY, HOUSING_TOO)

    assert (relation.a_id, relation.b_id) == tuple(sorted((one.pk, other.pk)))
    assert (relation.origin, relation.status) == (Origin.EDITOR, RelationStatus.CONFIRMED)
    assert (relation.judged_by.username, relation.note) == ("anna", "Für Familien")


def test_taking_back_an_addition_leaves_nothing_behind(editor):
    add(editor, statement(NURSERY), statement(HOUSING_TOO))
    before = Relation.objects.count()

    assert editor.post(f"{RELATIONS}undo/").status_code == 302

    assert Relation.objects.count() == before - 1


def test_two_statements_of_one_programme_cannot_be_related(editor):
    response = add(editor, statement(HOUSING), statement(NURSERY))
    assert response.status_code == 400
    assert "aus einem anderen Programm" in response.text
    assert not Relation.objects.filter(a__text=HOUSING, b__text=NURSERY).exists()


# --- What stays


def test_loading_again_undoes_no_decision(editor, housing, tmp_path):
    judge(editor, housing, "unrelated", note="Nur der Hafen ist derselbe")
    judge(editor, relation_of(NURSERY, ENTRY), "same_goal")
    judge(editor, relation_of(HOUSING, NO_HOUSING), "conflict")
    add(editor, statement(NURSERY), statement(HOUSING_TOO))
    before = list(Relation.objects.order_by("pk").values())

    load_shelf(musterstadt().write(tmp_path), lambda _text: None)

    assert list(Relation.objects.order_by("pk").values()) == before


# --- Rights


def test_only_editors_judge_and_nobody_deletes(editor, housing, client):
    stranger = signed_in(person("gast", ""))
    for address in (RELATIONS, ADD):
        assert stranger.get(address).status_code == 403
        assert client.get(address).headers["Location"].startswith("/admin/login/")
    assert judge(stranger, housing, "conflict").status_code == 403
    assert add(stranger, housing.a, housing.b).status_code == 403
    for step in ("skip", "skipped", "undo"):
        assert stranger.post(f"{RELATIONS}{step}/").status_code == 403
        assert editor.get(f"{RELATIONS}{step}/").status_code == 302
    root = signed_in(User.objects.create_superuser("root"))
    assert root.post(f"/admin/pledges/relation/{housing.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_admins_own_page_of_a_relation_judges_nothing(editor, housing):
    address = change_page(housing)
    assert f"{RELATIONS}?bezug={housing.pk}" in hrefs(get(editor, address))
    before = fingerprint(housing)
    seen = {"seen": before, "kind": "conflict", "status": "confirmed", "note": "x"}
    assert editor.post(address, seen).status_code == 302
    assert fingerprint(Relation.objects.get(pk=housing.pk)) == before


def test_relations_of_drafts_are_judged_but_not_shown(editor, client, housing):
    Programme.objects.filter(pk=housing.b.programme_id).update(published_at=None)
    assert "(Entwurf)" in get(editor, f"{RELATIONS}?bezug={housing.pk}").one("main").words
    judge(editor, housing, "same_goal")
    assert housing.b.get_absolute_url() not in hrefs(get(client, housing.a.get_absolute_url()))
