"""Numbers that stand in addresses, forms and tables, whatever somebody writes there."""

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from pledges.exchange import NEEDED
from pledges.judging import fingerprint
from pledges.keys import key_of, keys_of
from pledges.models import Rendering, Statement
from pledges.roles import CHIEF_EDITOR
from pledges.tables import write_table
from tests.people import person, signed_in
from tests.samples import complete, drawn_sample, otherwise

TOO_LONG = ["9" * 18, "9" * 20, "9" * 5000]
NO_NUMBERS = ["", "-1", " 1", "1.0", "x", "\u00b2", "\u0663"]
ADMIN = "/admin/pledges/"


@pytest.mark.parametrize("text", [None, *NO_NUMBERS, "9" * 20, "9" * 5000])
def test_what_is_no_key_of_a_row_is_none(text):
    assert key_of(text) == 0
    assert keys_of(["5", text or "", "3"]) == [5, 3]


@pytest.mark.parametrize("number", [7, 10**18 - 1])
def test_a_number_that_the_database_can_hold_is_a_key(number):
    assert key_of(str(number)) == number


@pytest.fixture
def chief():
    return signed_in(person("chefin", CHIEF_EDITOR))


def answers(client, sent):
    return [client.post(address, data).status_code for address, data in sent]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [*TOO_LONG, *NO_NUMBERS], ids=lambda text: f"{text[:3]}({len(text)})")
def test_a_wrong_key_in_a_form_is_answered(chief, wrong):
    statement = Statement.objects.filter(kind="pledge").first()
    own = f"{ADMIN}statement/"

    assert answers(
        chief,
        [
            (f"{own}{statement.pk}/undo/", {"coding": wrong}),
            (f"{own}queue/", {"aussage": wrong}),
            (f"{own}queue/skip/", {"aussage": wrong}),
            (f"{own}queue/undo/", {"coding": wrong}),
        ],
    ) == [404, 404, 302, 404]
    assert answers(
        chief,
        [
            (f"{own}bulk/", {"chosen": wrong, "topics_do": "stay", "kind": "record"}),
            (f"{own}bulk/", {"seen": f"{wrong}:{wrong}", "do": "", "topics_do": "stay", "kind": "record"}),
            (f"{ADMIN}relation/queue/skip/", {"bezug": wrong}),
        ],
    ) == [200, 302, 302]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [*TOO_LONG, "x"], ids=len)
def test_a_source_that_is_none_is_named_beside_the_line(chief, wrong):
    line = Rendering.objects.filter(verdict="faithful").first()
    sent = {"zeile": line.passage_id, "verdict": "faithful", "sources": wrong, "seen": fingerprint(line)}

    response = chief.post(f"{ADMIN}rendering/queue/", sent)

    assert response.status_code == 400
    assert "errorlist" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [*TOO_LONG, "x"], ids=len)
def test_a_wrong_key_in_an_address_leads_nowhere(chief, wrong):
    for name in ("statement", "pledge", "upload", "sample", "bulkchange", "relation"):
        assert chief.get(f"{ADMIN}{name}/{wrong}/change/").status_code in (302, 404), name


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [*TOO_LONG, "x"], ids=len)
def test_a_wrong_key_in_a_table_is_named_by_its_row(chief, wrong):
    statement = Statement.objects.first()
    row = [statement.key, statement.text, "record", "", "no", "sport", wrong]
    table = write_table(tablib.Dataset(row, headers=NEEDED), "csv")

    response = chief.post(f"{ADMIN}statement/import/", {"file": SimpleUploadedFile("a.csv", table)})

    assert response.status_code == 400
    assert "worauf Ihre Änderung beruht" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [*TOO_LONG, *NO_NUMBERS], ids=lambda text: f"{text[:3]}({len(text)})")
def test_who_settles_without_the_coding_that_was_seen_settles_nothing(chief, wrong):
    sample = complete(drawn_sample(10, person("zweite")), otherwise)

    response = chief.post(f"{ADMIN}sample/{sample.pk}/settle/1/", {"seen": wrong, "choice": "first"})

    assert response.status_code == 200
    assert sample.statements.get(position=1).settled_by is None
