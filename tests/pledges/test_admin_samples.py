"""Double coding as editors meet it in the admin, and what the public is told of it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Coding, Origin, Programme, Sample, Statement, Topic, TrailEntry
from pledges.roles import CHIEF_EDITOR
from pledges.sampling import disagreements, drawable
from tests.pages import get, parse
from tests.people import person, signed_in
from tests.samples import complete, drawn_sample, otherwise, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder():
    return person("zweite")


@pytest.fixture
def chief():
    return person("chefin", CHIEF_EDITOR)


def url(name, *args):
    return reverse(f"admin:pledges_sample_{name}", args=args)


def answer(**changes):
    topic = Topic.objects.get(slug="wohnen").pk
    return {"kind": "pledge", "commitment": "firm", "main_topic": topic} | changes


# --- Drawing


def drawing(coder, **changes):
    return {"title": "Herbst", "programme": "", "coder": coder.pk, "size": 20} | changes


def test_a_chief_editor_draws_a_sample(chief, coder):
    response = signed_in(chief).post(url("add"), drawing(coder))
    sample = Sample.objects.get()
    assert response.status_code == 302
    assert (sample.drawn_by, sample.coder, sample.statements.count()) == (chief, coder, 20)


def test_more_than_there_are_is_refused_with_their_number_and_nothing_is_stored(chief, coder):
    programme = Programme.objects.get(slug="spd-2020")
    number = drawable(programme, coder).count()
    data = drawing(coder, programme=programme.pk, size=number + 1)
    assert f"Es gibt nur {number} Aussagen" in signed_in(chief).post(url("add"), data).text
    assert not Sample.objects.exists()


def test_only_who_may_code_can_be_chosen(chief):
    assert signed_in(chief).post(url("add"), drawing(person("fremd", ""))).status_code == 200
    assert not Sample.objects.exists()


def test_an_editor_may_look_but_not_draw(coder):
    client = signed_in(coder)
    assert client.get(url("changelist")).status_code == 200
    assert client.get(url("add")).status_code == 403


def test_a_sample_can_be_neither_changed_nor_deleted(chief, coder):
    sample = drawn_sample(10, coder)
    assert signed_in(chief).post(url("delete", sample.pk), {"post": "yes"}).status_code == 403
    assert Sample.objects.get() == sample


# --- Coding blind


def test_the_page_tells_nothing_that_anybody_said_of_the_statement(coder):
    sample = drawn_sample(20, coder)
    for drawn in sample.statements.select_related("statement", "first"):
        page = signed_in(coder).get(url("code_one", sample.pk, drawn.position))
        form = parse(page.text).one("div", "sample")
        assert drawn.statement.text in form.text
        chosen = [field for field in form.find("input") if "checked" in field.attributes]
        assert {field["value"] for field in chosen} <= {""}
        assert not [o for o in form.find("option") if "selected" in o.attributes and o["value"]]
        assert "nach Codebuch" not in form.text
        assert "Maschine" not in form.text


def test_it_shows_the_rules_that_the_queue_shows(coder):
    page = parse(signed_in(coder).get(url("code_one", drawn_sample(10, coder).pk, 1)).text)

    assert "Steht ein Vorhaben neben anderem" in page.one("details").one("div", "codebook").words
    assert "nur beim Hintergrund darf es fehlen" in page.one("div", "sample-labels").words


def test_no_label_is_even_asked_for(coder):
    sample = drawn_sample(20, coder)
    client = signed_in(coder)
    with CaptureQueriesContext(connection) as asked:
        client.get(url("code_one", sample.pk, 1))
    assert not [q["sql"] for q in asked.captured_queries if "topics_given" in q["sql"]]


def test_the_answers_lead_from_one_to_the_next_until_all_is_coded(coder):
    sample = drawn_sample(10, coder)
    client = signed_in(coder)
    for position in range(1, 11):
        page = client.get(url("code", sample.pk), follow=True)
        assert page.redirect_chain[-1][0] == url("code_one", sample.pk, position)
        assert f"{position - 1} von 10 kodiert" in page.text
        client.post(page.redirect_chain[-1][0], answer())
    assert client.get(url("code", sample.pk)).headers["Location"] == url("change", sample.pk)
    blind = Coding.objects.filter(is_blind=True)
    assert blind.count() == 10
    assert {c.editor for c in blind} == {coder}


def test_an_own_answer_is_shown_again_and_can_be_changed(coder):
    sample = drawn_sample(10, coder)
    client = signed_in(coder)
    client.post(url("code_one", sample.pk, 3), answer(commitment="review"))
    page = parse(client.get(url("code_one", sample.pk, 3)).text)
    chosen = {field["value"] for field in page.find("input") if "checked" in field.attributes}
    assert chosen == {"pledge", "review"}
    client.post(url("code_one", sample.pk, 3), answer(commitment="demand"))
    assert sample.statements.get(position=3).second.commitment == "demand"


def test_a_wrong_answer_is_explained_and_not_kept(coder):
    sample = drawn_sample(10, coder)
    response = signed_in(coder).post(url("code_one", sample.pk, 1), answer(commitment=""))
    assert response.status_code == 400
    assert "Ein Vorhaben braucht eine Bindung." in response.text
    assert sample.statements.get(position=1).second is None


def test_after_the_last_answer_nothing_can_be_changed(coder):
    sample = complete(drawn_sample(10, coder))
    number = Coding.objects.count()
    response = signed_in(coder).post(url("code_one", sample.pk, 1), answer(), follow=True)
    assert "fertig kodiert" in response.text
    assert Coding.objects.count() == number


def test_only_the_second_coder_may_code(coder, chief):
    sample = drawn_sample(10, coder)
    for other in (chief, person("dritte")):
        client = signed_in(other)
        assert client.get(url("code", sample.pk)).status_code == 403
        assert client.post(url("code_one", sample.pk, 1), answer()).status_code == 403
    assert "login" in Client().get(url("code", sample.pk)).headers["Location"]


def test_a_statement_that_is_not_in_the_sample_is_not_found(coder):
    sample = drawn_sample(10, coder)
    assert signed_in(coder).get(url("code_one", sample.pk, 11)).status_code == 404
    assert signed_in(coder).get(url("code", sample.pk + 1)).status_code == 404


# --- Figures and settling


def test_labels_and_figures_are_kept_back_until_all_is_coded(chief, coder):
    sample = drawn_sample(10, coder)
    signed_in(coder).post(url("code_one", sample.pk, 1), answer())
    page = parse(signed_in(chief).get(url("change", sample.pk)).text).one("div", "sample")
    assert "1 von 10 kodiert" in page.words
    assert not page.find("table")


def test_the_figures_and_the_differences_are_shown_when_all_is_coded(chief, coder):
    sample = complete(drawn_sample(30, coder), otherwise, otherwise)
    page = parse(signed_in(chief).get(url("change", sample.pk)).text).one("div", "sample")
    figures, differences = page.find("table")
    row = figures.find("tbody")[0].find("tr")[0].words
    assert re.fullmatch(r"Art der Aussage 30 93 % 0,\d\d \(0,\d\d bis 1,00\) 0,\d\d \(0,\d\d bis 1,00\)", row)
    assert len(differences.one("tbody").find("tr")) == 2


def test_a_chief_editor_settles_for_either_or_neither(chief, coder):
    sample = complete(drawn_sample(10, coder), otherwise, otherwise, otherwise)
    client = signed_in(chief)
    for drawn, choice in zip(disagreements(sample), ("first", "second", "other"), strict=True):
        page = client.get(url("settle", sample.pk, drawn.position))
        assert page.status_code == 200
        data = answer(commitment="vision") if choice == "other" else {}
        data |= {"choice": choice, "seen": drawn.first_id}
        assert client.post(url("settle", sample.pk, drawn.position), data).status_code == 302
        drawn.refresh_from_db()
        wanted = {"first": drawn.first.kind, "second": drawn.second.kind, "other": "pledge"}[choice]
        statement = Statement.objects.get(pk=drawn.statement_id)
        assert (statement.kind, statement.origin) == (wanted, Origin.EDITOR)
        assert drawn.settled_by.editor == chief
    assert "klären" not in client.get(url("change", sample.pk)).text


@pytest.mark.parametrize(
    "data", [{}, {"choice": "other", "kind": "pledge"}, {"choice": "first", "seen": "x"}]
)
def test_a_choice_that_is_none_settles_nothing(chief, coder, data):
    sample = complete(drawn_sample(10, coder), otherwise)
    [drawn] = disagreements(sample)
    number = Coding.objects.count()
    signed_in(chief).post(url("settle", sample.pk, drawn.position), {"seen": drawn.first_id} | data)
    assert Coding.objects.count() == number


def test_whoever_settles_on_top_of_a_newer_coding_is_shown_it_first(chief, coder):
    sample = complete(drawn_sample(10, coder), otherwise)
    [drawn] = disagreements(sample)
    newer = code_by_editor(drawn.statement, person("dazwischen"), Labels("value", None, False, ("sport",)))
    data = {"choice": "second", "seen": drawn.first_id}
    response = signed_in(chief).post(url("settle", sample.pk, drawn.position), data)
    assert "Inzwischen hat jemand" in response.text
    assert f'value="{newer.pk}"' in response.text
    assert disagreements(sample)[0].settled_by is None


def test_an_editor_may_not_settle(coder):
    sample = complete(drawn_sample(10, coder), otherwise)
    [drawn] = disagreements(sample)
    address = url("settle", sample.pk, drawn.position)
    assert signed_in(coder).get(address).status_code == 403
    assert signed_in(coder).post(address, {"choice": "first", "seen": drawn.first_id}).status_code == 403


# --- The method page


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_method_page_says_that_nothing_is_coded_twice_until_something_is(client, coder, language):
    section = get(client, f"{language}/methode/").one("section", aria_labelledby="doppelt")
    assert not section.find("table")
    shown(drawn_sample(30, coder), otherwise)
    section = get(client, f"{language}/methode/").one("section", aria_labelledby="doppelt")
    assert len(section.one("tbody").find("tr")) == 6


def test_the_method_page_names_the_number_the_day_the_texts_and_who_was_compared(client, coder):
    programme = Programme.objects.get(slug="dos-2020")
    shown(drawn_sample(10, coder, programme=programme), otherwise)
    section = get(client, "/methode/").one("section", aria_labelledby="doppelt")
    assert "10 Aussagen" in section.words
    assert "nach Codebuch" in section.words
    assert [link["href"] for link in section.find("a")] == ["/programme/dos-2020/"]
    day = Coding.objects.filter(is_blind=True).latest("made_at").made_at
    assert str(day.year) in section.words
    assert "zu wenige Aussagen" in section.words


def test_a_chief_editor_decides_which_sample_the_method_page_shows(client, chief, coder):
    serious, trial = complete(drawn_sample(30, coder)), complete(drawn_sample(10, coder, seed=2))
    chiefs = signed_in(chief)

    def number_shown():
        section = get(client, "/methode/").one("section", aria_labelledby="doppelt")
        found = re.search(r"(\d+) Aussagen, jede von zwei Seiten", section.words)
        return int(found[1]) if found else None

    assert number_shown() is None
    assert "sieht bisher nur die Redaktion" in chiefs.get(url("change", serious.pk)).text

    chiefs.post(url("show", serious.pk), {"show": "yes"})
    assert number_shown() == 30
    assert "„Herbst“ mit 30 Aussagen" in parse(chiefs.get(url("change", trial.pk)).text).words

    chiefs.post(url("show", trial.pk), {"show": "yes"})
    assert number_shown() == 10

    chiefs.post(url("show", trial.pk), {"show": "no"})
    assert number_shown() is None
    told = TrailEntry.objects.filter(object_pk=str(trial.pk), actor=chief)
    assert [entry.changes_dict["is_shown"] for entry in told] == [["True", "False"], ["False", "True"]]


def test_nobody_else_decides_on_that_and_nothing_unfinished_is_shown(client, chief, coder):
    sample = drawn_sample(10, coder)
    page = signed_in(chief).post(url("show", sample.pk), {"show": "yes"}, follow=True)
    assert "fertig kodiert" in page.text
    complete(sample)
    assert "entscheidet die Chefredaktion" in signed_in(coder).get(url("change", sample.pk)).text
    assert signed_in(coder).post(url("show", sample.pk), {"show": "yes"}).status_code == 403
    signed_in(chief).get(url("show", sample.pk), {"show": "yes"})
    signed_in(chief).post(url("show", sample.pk), {"show": "vielleicht"})
    assert not Sample.objects.filter(is_shown=True).exists()
