"""A file in the admin: handed over, read in a process of its own, compared, loaded or discarded."""

import datetime
import subprocess
import sys
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pledges import uploads
from pledges.admin.upload_problems import PROBLEMS
from pledges.catalogue import CatalogueError
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.editions import Difference, Line
from pledges.models import Coding, Party, Place, Programme, Statement, TrailEntry, Upload, UploadState
from pledges.roles import ADMIN, CHIEF_EDITOR, EDITOR
from pledges.uploads import claim, work_on
from sources.models import Document, Passage
from sources.reading import UnreadableFile, read
from sources.reading.sandbox import MOST_BYTES, read_untrusted
from tests.editions import new_edition
from tests.pages import parse
from tests.people import person, signed_in
from tests.rows import dump
from tests.sources.test_reading_sandbox import REFUSED, pdf

pytestmark = pytest.mark.django_db

TEXT = """# Wohnen

Wohnen ist teuer. Wir werden jedes Jahr 200 Wohnungen am Hafen bauen. Den Bodenfonds gründen wir noch 2026.

# Kita

Die Gebühren für die Kita schaffen wir komplett ab.
"""
NEWER = (
    TEXT.replace("200 Wohnungen", "250 Wohnungen").replace("Wohnen ist teuer. ", "") + "\nBäder bleiben.\n"
)
LIST, ADD = "admin:pledges_upload_changelist", "admin:pledges_upload_add"


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The keys of the uploads for which a process was started; none is, the tests do its work themselves."""
    keys: list[int] = []
    monkeypatch.setattr("pledges.admin.uploads.start", keys.append)
    return keys


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch):
    """Files of these tests need no process of their own, which takes its time; `sandbox` gives it back."""
    monkeypatch.setattr("pledges.addition.read_untrusted", read)


@pytest.fixture
def sandbox(monkeypatch):
    monkeypatch.setattr("pledges.addition.read_untrusted", read_untrusted)


def at_work(role):
    user = person(role, role)
    client = signed_in(user)
    client.user = user
    return client


@pytest.fixture
def chief():
    return at_work(CHIEF_EDITOR)


def new_programme(**values):
    party = Party.objects.get(slug="cdu").pk
    election = Programme.objects.get(slug="spd-2025").election_id
    wanted = {
        "party": party,
        "election": election,
        "kind": "programme",
        "title": "Für die Stadt",
        "year": 2025,
    }
    return wanted | values


def hand_over(client, content=TEXT, name="programm.md", *, status=302, **values):
    data = content.encode() if isinstance(content, str) else content
    response = client.post(reverse(ADD), {"file": SimpleUploadedFile(name, data), **values})
    assert response.status_code == status, response.text
    return Upload.objects.latest("pk") if status == 302 else response


def edition(client, content=NEWER, slug="cdu-2025", **values):
    return hand_over(client, content, programme=Programme.objects.get(slug=slug).pk, **values)


def work(upload):
    """Does what the process does, and returns the row as it is then."""
    claimed = claim(upload.pk)
    assert claimed is not None
    work_on(claimed)
    return Upload.objects.get(pk=upload.pk)


def counts(tree):
    """The number of statements of each sort, and the words on the codings at them."""
    rows = tree.one("table", "upload__counts").one("tbody").find("tr")
    return {row["class"]: tuple(cell.words for cell in row.find("td")) for row in rows}


def step(client, upload, name, status=302):
    response = client.post(reverse(f"admin:pledges_upload_{name}", args=[upload.pk]))
    assert response.status_code == status
    return Upload.objects.get(pk=upload.pk)


def load(client, upload):
    assert work(upload).state == "compared"
    assert step(client, upload, "load").state == "loading"
    return work(upload)


def page(client, upload):
    response = client.get(reverse("admin:pledges_upload_change", args=[upload.pk]))
    assert response.status_code == 200
    return parse(response.text)


@pytest.fixture
def cdu(chief):
    """A programme that was loaded in the admin, still a draft."""
    load(chief, hand_over(chief, **new_programme()))
    return Programme.objects.get(slug="cdu-2025")


def everything_but_uploads():
    return {table: rows for table, rows in dump().items() if table != "pledges_upload"}


# --- A new programme


def test_a_new_programme_is_compared_first_and_then_loaded_as_a_draft(chief):
    before = everything_but_uploads()
    upload = hand_over(chief, **new_programme())
    assert (upload.state, upload.uploaded_by) == ("waiting", chief.user)

    upload = work(upload)

    assert upload.state == "compared"
    assert everything_but_uploads() == before
    shown = page(chief, upload).one("div", id="content-main").words
    assert "4 Aussagen, von der Maschine kodiert" in shown
    assert "Wir werden jedes Jahr 200 Wohnungen am Hafen bauen." in shown

    step(chief, upload, "load")
    upload = work(upload)

    programme = Programme.objects.get(slug="cdu-2025")
    assert (upload.state, upload.programme, upload.document) == ("loaded", programme, programme.document)
    assert (programme.is_draft, programme.short_title, programme.whole) == (True, "CDU 2025", True)
    assert programme.statements.count() == 4
    assert set(programme.statements.values_list("origin", flat=True)) == {"machine"}
    assert bytes(programme.document.content).decode() == TEXT
    assert bytes(upload.content) == b""
    assert Client().get(programme.get_absolute_url()).status_code == 404


def test_a_process_is_started_once_the_file_is_stored(chief, started, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload = hand_over(chief, **new_programme())
        assert started == []
    assert started == [upload.pk]


def test_joint_authors_stand_in_the_order_given(chief):
    gruene = Party.objects.get(slug="gruene").pk
    cdu = Party.objects.get(slug="cdu").pk
    wanted = new_programme(party=gruene, second_party=cdu, kind="excerpt", slug="beide")

    load(chief, hand_over(chief, **wanted))

    programme = Programme.objects.get(slug="beide")
    assert (programme.party_names, programme.short_title) == ("GRÜNE + CDU", "GRÜNE + CDU 2025")
    assert not programme.whole


def test_where_a_new_programme_was_published_is_kept_with_it(chief):
    address = "https://cdu.example/2025.pdf"
    upload = work(hand_over(chief, **new_programme(source_url=address)))
    assert address in page(chief, upload).one("dl", "upload__about").words

    step(chief, upload, "load")
    work(upload)

    assert Programme.objects.get(slug="cdu-2025").source_url == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://cdu.example/2025.pdf", "Startseite"])
def test_where_it_was_published_has_to_be_an_address(chief, address):
    response = hand_over(chief, status=200, **new_programme(source_url=address))

    assert set(response.context["adminform"].form.errors) == {"source_url"}


@pytest.mark.parametrize("missing", ["party", "election", "kind", "title", "year"])
def test_what_a_new_programme_needs_is_asked_for(chief, missing):
    response = hand_over(chief, status=200, **new_programme(**{missing: ""}))

    assert "Ein neues Programm braucht diese Angabe." in response.text
    assert not Upload.objects.exists()


def test_a_slug_that_is_taken_is_refused_with_what_to_do(chief):
    response = hand_over(chief, status=200, **new_programme(party=Party.objects.get(slug="spd").pk))

    assert "„spd-2025“ ist schon das Kürzel von „SPD 2025“." in response.text


@pytest.mark.parametrize("short_title", ["SPD 2025", "spd 2025"])
def test_a_short_title_that_is_taken_is_refused_with_what_to_do(chief, short_title):
    response = hand_over(chief, status=200, **new_programme(short_title=short_title))

    [refused] = response.context["adminform"].form.errors["short_title"]
    assert "„SPD 2025“ heißt schon ein anderes Programm (Kürzel „spd-2025“)." in refused
    assert not Upload.objects.exists()


def test_a_short_title_that_was_taken_meanwhile_is_not_given_twice(chief):
    upload = work(hand_over(chief, **new_programme(short_title="Hafen 2025")))
    Programme.objects.filter(slug="spd-2025").update(short_title="Hafen 2025")

    upload = step(chief, upload, "load")

    assert (upload.state, upload.problem) == ("failed", "title_taken")
    assert "Ein Programm mit diesem Kurztitel gibt es inzwischen." in page(chief, upload).words


def test_a_programme_of_another_place_may_have_the_same_short_title(chief):
    place = Place.objects.create(slug="anderswo", name="Anderswo", municipality_key="00000001")
    Programme.objects.filter(slug="spd-2020").update(place=place, short_title="CDU 2025")

    assert work(hand_over(chief, **new_programme())).state == "compared"


def test_before_it_is_loaded_all_that_a_new_programme_will_be_is_shown(chief):
    gruene = Party.objects.get(slug="gruene").pk
    wanted = new_programme(second_party=gruene, kind="excerpt", title="Für <die> Stadt")
    upload = work(hand_over(chief, **wanted))

    tree = page(chief, upload)

    election = Programme.objects.get(slug="spd-2025").election
    rows = tree.one("dl", "upload__about").find("div")
    assert {row.one("dt").words: row.one("dd").words for row in rows} == {
        "Titel": "Für <die> Stadt",
        "Kurztitel": "CDU + GRÜNE 2025",
        "Partei / Gruppe": "CDU, GRÜNE",
        "Wahl": str(election),
        "Ort": str(election.place),
        "Jahr": "2025",
        "Art des Textes": "Auszug aus einem Wahlprogramm",
        "Umfang": "Auszug",
        "Kürzel": "cdu-gruene-2025",
        "Fundstelle im Netz": "nicht angegeben",
    }
    assert "Das Kürzel lässt sich danach nicht mehr ändern." in tree.words


def test_a_party_twice_is_refused(chief):
    party = Party.objects.get(slug="cdu").pk
    response = hand_over(chief, status=200, **new_programme(second_party=party))

    assert "Jede Partei bitte nur einmal." in response.text


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"slug": "a b"}, "slug", "Kürzel"),
        ({"slug": "Für_Alle"}, "slug", "Kürzel"),
        ({"slug": "CDU_2025"}, "slug", "Kleinbuchstaben, Ziffern"),
        ({"slug": "cdu--2025"}, "slug", "Kleinbuchstaben, Ziffern"),
        ({"slug": "a" * 81}, "slug", "80"),
        ({"short_title": "K" * 81}, "short_title", "80"),
        ({"title": "T" * 301}, "title", "300"),
        ({"year": 25}, "year", "1900"),
        ({"year": 2101}, "year", "2100"),
    ],
)
def test_what_no_list_may_say_is_refused_at_its_field(chief, values, field, message):
    refused = hand_over(chief, status=200, **new_programme(**values)).context["adminform"].form.errors

    assert list(refused) == [field]
    assert message in refused[field][0]
    assert not Upload.objects.exists()


def test_a_slug_or_a_short_title_that_would_be_made_too_long_is_asked_for(chief):
    long = {"slug": "l" * 50, "colour": "#112233"}
    first = Party.objects.create(**long, name="Erste", short_name="Erste " + "L" * 34)
    second = Party.objects.create(**long | {"slug": "m" * 50}, name="Zweite", short_name="Zweite " + "M" * 33)
    parties = {"party": first.pk, "second_party": second.pk}

    def refused(**values):
        response = hand_over(chief, status=200, **new_programme(**parties, **values))
        return response.context["adminform"].form.errors

    assert "mit höchstens 80 Zeichen" in refused(short_title="Beide 2025")["slug"][0]
    assert "mit höchstens 80 Zeichen" in refused(slug="beide-2025")["short_title"][0]
    hand_over(chief, **new_programme(**parties, slug="beide-2025", short_title="Beide 2025"))


def test_any_other_mistake_in_what_a_new_programme_is_to_be_is_told(chief, monkeypatch):
    def refuse(**values):
        raise CatalogueError("Unknown party cdu.")

    monkeypatch.setattr("pledges.admin.upload_form.new_entry", refuse)

    assert "gelten nicht mehr" in hand_over(chief, status=200, **new_programme()).text


def test_a_programme_of_that_name_that_came_meanwhile_is_not_replaced(chief):
    first = hand_over(chief, **new_programme())
    second = hand_over(chief, NEWER, **new_programme())
    assert work(second).state == "compared"
    load(chief, first)
    before = everything_but_uploads()

    upload = step(chief, second, "load")

    assert (upload.state, upload.problem) == ("failed", "taken")
    assert "Ein Programm mit diesem Kürzel gibt es inzwischen." in page(chief, upload).words
    assert everything_but_uploads() == before


# --- A new edition


def test_the_page_of_the_difference_shows_what_is_new_changed_kept_and_gone(chief, cdu):
    upload = work(edition(chief))

    tree = page(chief, upload)

    assert {how: int(number) for how, (number, _codings) in counts(tree).items()} == {
        "is-kept": 2, "is-reworded": 1, "is-back": 0, "is-new": 1, "is-gone": 1,
    }  # fmt: skip
    assert [element.words for element in tree.find("del")] == ["200"]
    assert [element.words for element in tree.find("ins")] == ["250"]
    assert "Wohnen ist teuer." in tree.one("details", "is-gone").words
    assert "Bäder bleiben." in tree.one("details", "is-new").words
    links = {link["href"] for link in tree.find("a") if link["href"].startswith("#satz-")}
    assert links == {"#satz-1", "#satz-4"}
    assert all(tree.find("span", id=link[1:]) for link in links)
    assert [span.words for span in tree.find("span", "is-new")] == ["[neu:] Bäder bleiben."]


def test_codings_are_counted_where_they_go(chief, cdu):
    codes = {"Wohnen ist teuer.": 1, "200 Wohnungen": 2, "Bodenfonds": 3}
    for words, times in codes.items():
        for _ in range(times):
            statement = cdu.statements.get(text__contains=words)
            code_by_editor(statement, chief.user, Labels("record", None, False, ("wohnen",)))

    tree = page(chief, work(edition(chief)))

    codings = {how: codings for how, (_number, codings) in counts(tree).items()}
    assert codings["is-kept"].startswith("3 ")
    assert codings["is-reworded"].startswith("2 ")
    assert codings["is-gone"].startswith("1 ")
    assert (
        tree.one("table", "upload__counts").one("caption").words
        == "Alle 6 Kodierungen der Redaktion bleiben erhalten."
    )
    assert "1 Aussage kommt mit dem Vermerk „Wortlaut geändert“ zurück" in tree.words
    assert "Daran hängen 2 Kodierungen der Redaktion" in tree.words


def test_what_was_shown_is_what_is_loaded(chief, cdu):
    statement = cdu.statements.get(text__contains="200 Wohnungen")
    code_by_editor(statement, chief.user, Labels("pledge", "review", False, ("finanzen",)))
    upload = work(edition(chief))
    shown = upload.difference
    before = everything_but_uploads()

    step(chief, upload, "load")
    assert everything_but_uploads() == before
    upload = work(upload)

    assert (upload.state, upload.difference) == ("loaded", shown)
    cdu.refresh_from_db()
    assert cdu.document.replaces.slug == "cdu-2025"
    statement.refresh_from_db()
    assert (statement.commitment, statement.origin, statement.wording_changed) == ("review", "editor", True)
    texts = [line["text"] for line in upload.difference["lines"]]
    assert texts == list(cdu.statements.current().order_by("position").values_list("text", flat=True))


def test_a_published_programme_stays_published_and_its_page_says_so_beforehand(chief, cdu):
    Programme.objects.filter(pk=cdu.pk).update(published_at=timezone.now())

    upload = work(edition(chief))

    assert "Nach dem Laden sehen alle die neue Fassung." in page(chief, upload).words
    step(chief, upload, "load")
    work(upload)
    assert "Bäder bleiben." in Client().get(cdu.get_absolute_url()).text


def test_a_text_of_which_hardly_anything_stays_is_loaded_only_once_somebody_is_sure(chief, cdu):
    upload = work(edition(chief, "# Hafen\n\nDas Wasser ist kalt.\n"))

    tree = page(chief, upload)
    doubt = "Von 4 Aussagen bleibt keine. Ist das wirklich eine neue Fassung von „CDU 2025“?"
    assert tree.one("p", "upload__doubt").words == doubt
    assert "required" in tree.one("input", name_="sure").attributes

    response = chief.post(reverse("admin:pledges_upload_load", args=[upload.pk]), follow=True)
    assert "Bestätigen Sie zuerst" in response.text
    assert Upload.objects.get(pk=upload.pk).state == "compared"

    chief.post(reverse("admin:pledges_upload_load", args=[upload.pk]), {"sure": "on"})
    assert work(upload).state == "loaded"
    assert cdu.statements.current().count() == 1


@pytest.mark.parametrize(("staying", "gone", "doubtful"), [(1, 3, True), (1, 2, False), (0, 0, False)])
def test_less_than_a_third_that_stays_is_doubtful(staying, gone, doubtful):
    line = Line("kept", "k", "Text.", "", "", 1, "value", False, 0)
    new = replace(line, how="new")

    assert Difference((line,) * staying + (new,) * 5, (line,) * gone).is_doubtful is doubtful


def test_a_text_that_mostly_stays_asks_for_nothing(chief, cdu):
    tree = page(chief, work(edition(chief)))

    assert not tree.find("p", "upload__doubt")
    assert not tree.find("input", name_="sure")


def test_the_same_bytes_as_the_text_are_refused(chief, cdu):
    response = edition(chief, TEXT, status=200)
    assert "Diese Datei ist Byte für Byte schon geladen, als „cdu-2025“." in response.text

    response = edition(chief, TEXT, slug="spd-2025", status=200)
    assert "schon geladen" in response.text

    response = hand_over(chief, status=200, **new_programme(slug="nochmal"))
    assert "schon geladen" in response.text
    assert Upload.objects.open().count() == 0


def test_a_former_edition_may_come_back(chief, cdu):
    keys = {s.text: s.key for s in cdu.statements.all()}
    load(chief, edition(chief))

    upload = work(edition(chief, TEXT))

    rows = {
        row.attributes["class"]: row.find("td")[0].words
        for row in page(chief, upload).one("tbody").find("tr")
    }
    assert rows == {"is-kept": "2", "is-reworded": "1", "is-back": "1", "is-new": "0", "is-gone": "1"}
    step(chief, upload, "load")
    work(upload)
    assert {s.text: s.key for s in cdu.statements.current()} == keys
    assert not cdu.statements.filter(wording_changed=True).exists()


def test_the_same_bytes_may_be_read_anew_after_the_reader_changed(chief, cdu, monkeypatch):
    for place in ("pledges.uploads", "sources.ingest"):
        monkeypatch.setattr(f"{place}.reader_fingerprint", lambda: "another")

    upload = load(chief, edition(chief, TEXT))

    assert upload.state == "loaded"
    assert Document.objects.get(programme=cdu).read_with == "another"
    assert {line["how"] for line in upload.difference["lines"]} == {"kept"}


def test_a_text_that_was_replaced_since_the_comparison_is_not_replaced_again(chief, cdu):
    first, second = work(edition(chief)), work(edition(chief, TEXT + "\nNoch ein Satz hier.\n"))
    step(chief, first, "load")
    work(first)
    before = everything_but_uploads()

    upload = step(chief, second, "load")

    assert (upload.state, upload.problem) == ("failed", "changed")
    tree = page(chief, upload)
    assert (
        "Seit dem Vergleich hat sich der Text des Programms geändert" in tree.one("div", role="alert").words
    )
    assert everything_but_uploads() == before

    assert step(chief, second, "again").state == "waiting"
    assert load(chief, second).state == "loaded"


def test_a_text_that_is_replaced_while_another_loads_is_not_replaced_again(chief, cdu):
    first, second = work(edition(chief)), work(edition(chief, TEXT + "\nNoch ein Satz hier.\n"))
    step(chief, first, "load")
    step(chief, second, "load")
    work(first)
    before = everything_but_uploads()

    upload = work(second)

    assert (upload.state, upload.problem) == ("failed", "changed")
    assert everything_but_uploads() == before


def test_the_programmes_own_page_leads_to_the_form_with_the_programme_chosen(chief, cdu):
    tree = parse(chief.get(reverse("admin:pledges_programme_change", args=[cdu.pk])).text)
    [link] = [a["href"] for a in tree.find("a") if a.words == "Neue Fassung hochladen"]

    form = parse(chief.get(link).text).one("select", id="id_programme")

    assert [option.words for option in form.find("option", selected="")] == ["CDU 2025"]


def test_either_an_edition_or_a_new_programme_is_wanted(chief, cdu):
    response = edition(chief, status=200, title="Anders")

    assert "Entweder eine neue Fassung oder ein neues Programm" in response.text
    assert Upload.objects.open().count() == 0


def test_a_digest_can_not_be_replaced_and_the_form_says_why(chief):
    digest = Programme.objects.get(kind="digest")

    response = hand_over(chief, programme=digest.pk, status=200)

    assert not Upload.objects.exists()
    assert "Ihre Urteile gehören zu genau dieser Datei" in response.text


def test_a_programme_that_is_known_but_not_read_gets_its_first_text(chief):
    cdu = Programme.objects.create(
        slug="cdu-2025", kind="programme", title="Für die Stadt", short_title="CDU 2025", year=2025,
        place=Programme.objects.get(slug="spd-2025").place,
    )  # fmt: skip

    upload = load(chief, edition(chief))

    cdu.refresh_from_db()
    assert (upload.state, cdu.document.slug) == ("loaded", "cdu-2025")


# --- Files that are none


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("programm.exe", b"MZ", "Dateien dieser Art kann das Portal nicht lesen."),
        ("programm", TEXT.encode(), "Dateien dieser Art kann das Portal nicht lesen."),
        ("programm.md", b"", "Datei ist leer."),
        ("riesig.txt", b"a" * (MOST_BYTES + 1), "Die Datei ist größer als"),
    ],
    ids=["program", "without an extension", "empty", "huge"],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_by_the_form(chief, name, content, message):
    response = hand_over(chief, content, name, status=200, **new_programme())

    assert message in response.text
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name", ["gesperrt.pdf", "bild-ohne-text.pdf", "bombe.docx", "lachen.docx", "rauschen.pdf", "nullen.txt"]
)
def test_a_hostile_file_ends_in_a_clear_sentence_and_changes_nothing(chief, sandbox, name):
    code, content = REFUSED[name]
    before = everything_but_uploads()

    upload = work(hand_over(chief, content, name, **new_programme()))

    assert (upload.state, upload.problem) == ("failed", code)
    assert str(PROBLEMS[code]) in page(chief, upload).one("div", role="alert").words
    assert everything_but_uploads() == before
    assert step(chief, upload, "discard").state == "discarded"


def test_every_reason_of_the_reader_has_a_sentence():
    codes = {code for code, _content in REFUSED.values()} | {"too_slow", UnreadableFile("").code}

    assert codes <= set(PROBLEMS)


def test_a_file_that_failed_may_be_handed_over_again_by_its_right_name(chief):
    first = work(hand_over(chief, TEXT, "falsch.pdf", **new_programme()))
    assert (first.state, first.problem) == ("failed", "disagree")

    second = hand_over(chief, TEXT, "richtig.md", **new_programme())

    first.refresh_from_db()
    assert (first.state, bytes(first.content)) == ("discarded", b"")
    assert work(second).state == "compared"


@pytest.mark.parametrize("state", ["waiting", "reading", "compared", "loading"])
def test_a_file_that_lies_here_already_is_refused_with_a_link_and_the_fields_stay(chief, state):
    first = hand_over(chief, TEXT, "<erste>.md", **new_programme())
    Upload.objects.update(state=state)

    response = hand_over(chief, TEXT, "zweite.md", status=200, **new_programme(title="Für alle hier"))

    tree = parse(response.text)
    [said] = [item for item in tree.find("li") if "liegt schon hier" in item.words]
    assert said.one("a")["href"] == reverse("admin:pledges_upload_change", args=[first.pk])
    assert said.one("a").words == "<erste>.md"
    assert str(UploadState(state).label) in said.words
    assert tree.one("input", id="id_title")["value"] == "Für alle hier"
    assert Upload.objects.get() == first


# --- The process


def test_a_long_file_tells_its_pages(chief, sandbox, monkeypatch):
    said = []
    keep = uploads.beat
    monkeypatch.setattr(
        uploads, "beat", lambda upload, **values: (said.append(values), keep(upload, **values))
    )
    sentences = [f"Wir bauen im Jahr {2030 + page} neue Wohnungen in der Stadt." for page in range(60)]

    upload = work(hand_over(chief, pdf(*sentences), "programm.pdf", **new_programme()))

    assert (upload.state, upload.pages, upload.pages_read) == ("compared", 60, 60)
    assert [told["pages_read"] for told in said if "pages_read" in told] == list(range(1, 61))
    assert len(upload.difference["lines"]) == 60


def test_progress_is_told_in_words_and_figures(chief):
    upload = hand_over(chief, **new_programme())
    Upload.objects.update(state="reading", pages=60, pages_read=12)

    address = reverse("admin:pledges_upload_progress", args=[upload.pk])

    assert chief.get(address).json() == {
        "state": "reading", "status": "12 von 60 Seiten gelesen.", "value": 12, "max": 60,
    }  # fmt: skip
    tree = page(chief, upload)
    assert (tree.one("progress")["value"], tree.one("progress")["max"]) == ("12", "60")
    assert tree.one("noscript").one("meta")["http-equiv"] == "refresh"
    assert tree.one("p", role="status").words == "12 von 60 Seiten gelesen."


def test_two_processes_do_not_take_the_same_file_in_hand(chief):
    upload = hand_over(chief, **new_programme())

    assert claim(upload.pk) is not None
    assert claim(upload.pk) is None


def test_two_clicks_load_once(chief, cdu, started):
    upload = work(edition(chief))
    started.clear()

    step(chief, upload, "load")
    step(chief, upload, "load")

    assert started == [upload.pk]
    work(upload)
    step(chief, upload, "load")
    assert started == [upload.pk]
    assert claim(upload.pk) is None


def silence(upload):
    Upload.objects.filter(pk=upload.pk).update(beat_at=timezone.now() - datetime.timedelta(minutes=2))


@pytest.mark.parametrize("state", ["waiting", "reading"])
def test_a_process_that_died_is_noticed_and_another_takes_over(chief, started, state):
    upload = hand_over(chief, **new_programme())
    if state == "reading":
        assert claim(upload.pk)
    started.clear()
    assert step(chief, upload, "again").state == state
    assert started == []

    silence(upload)

    assert "meldet sich seit über einer Minute nicht mehr" in page(chief, upload).words
    assert step(chief, upload, "again").state == "waiting"
    assert started == [upload.pk]
    assert step(chief, upload, "again").state == "waiting"
    assert started == [upload.pk]
    assert work(upload).state == "compared"


def test_a_process_that_was_taken_for_dead_stores_nothing(chief, cdu):
    upload = work(edition(chief))
    step(chief, upload, "load")
    slow = claim(upload.pk)
    silence(upload)
    assert step(chief, upload, "again").state == "loading"
    before = everything_but_uploads()

    work_on(slow)

    assert everything_but_uploads() == before
    assert Upload.objects.get(pk=upload.pk).state == "loading"
    assert work(upload).state == "loaded"
    after = everything_but_uploads()

    work_on(slow)

    assert everything_but_uploads() == after


def test_the_trail_tells_who_discarded_a_file(chief):
    upload = hand_over(chief, **new_programme())
    other = at_work(ADMIN)
    step(other, upload, "discard")

    response = chief.get(reverse("admin:pledges_trailentry_changelist"), {"actor__id__exact": other.user.pk})
    [row] = parse(response.text).one("table", id="result_list").one("tbody").find("tr")
    told = ["Admin", "geändert", "Datei: programm.md", "Stand: wartet → verworfen"]
    assert [cell.words for cell in row.find("td")] == told


def test_a_file_that_is_discarded_while_it_is_read_stays_discarded(chief):
    upload = hand_over(chief, **new_programme())
    claimed = claim(upload.pk)

    assert step(chief, upload, "discard").state == "discarded"
    work_on(claimed)

    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == ("discarded", b"")


def test_what_is_loading_or_loaded_can_not_be_discarded(chief, cdu):
    upload = work(edition(chief))
    step(chief, upload, "load")
    assert step(chief, upload, "discard").state == "loading"
    work(upload)
    assert step(chief, upload, "discard").state == "loaded"


def test_an_error_that_nobody_foresaw_is_kept_and_may_be_tried_again(chief, monkeypatch):
    def break_down(*_):
        raise ZeroDivisionError

    upload = hand_over(chief, **new_programme())
    before = everything_but_uploads()
    monkeypatch.setattr(uploads, "take_up", break_down)

    upload = work(upload)

    assert (upload.state, upload.problem) == ("failed", "unexpected")
    assert "den das Portal nicht vorhergesehen hat" in page(chief, upload).words
    assert everything_but_uploads() == before
    monkeypatch.undo()
    monkeypatch.setattr("pledges.admin.uploads.start", lambda _key: None)
    assert step(chief, upload, "again").state == "waiting"
    assert work(upload).state == "compared"


def test_a_process_that_can_not_be_started_is_said(chief, monkeypatch):
    def no_process(*_, **__):
        raise OSError(12, "no memory")

    upload = hand_over(chief, **new_programme())
    monkeypatch.setattr(subprocess, "Popen", no_process)

    uploads.start(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("failed", "not_started")


def test_the_process_is_this_projects_command_with_nothing_from_outside(chief, monkeypatch):
    commands = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **more: commands.append((command, more)))

    uploads.start(7)

    [(command, more)] = commands
    assert command[0] == sys.executable
    assert command[1].endswith("manage.py")
    assert command[2:] == ["read_upload", "7"]
    assert more["start_new_session"] is True


def test_who_had_a_text_loaded_is_known_and_stands_in_the_trail(chief):
    upload = work(hand_over(at_work(ADMIN), **new_programme()))
    assert upload.loaded_by is None
    assert step(chief, upload, "load").loaded_by == chief.user

    call_command("read_upload", str(upload.pk))

    programme = Programme.objects.get(slug="cdu-2025")
    assert f"Geladen von {chief.user}." in page(chief, upload).words
    told = TrailEntry.objects.filter(content_type__model="programme", object_pk=str(programme.pk))
    assert {entry.actor for entry in told} == {chief.user}
    assert any("document" in entry.changes_dict for entry in told)


def test_the_command_has_nothing_to_do_for_a_file_in_other_hands(chief, capsys):
    upload = hand_over(chief, **new_programme())
    claim(upload.pk)

    call_command("read_upload", str(upload.pk))

    assert "nothing to do" in capsys.readouterr().out


def test_the_database_holds_that_an_open_file_lies_there_once(chief):
    upload = hand_over(chief, **new_programme())
    copy = Upload.objects.get(pk=upload.pk)
    copy.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    connection.check_constraints()


# --- Who may


@pytest.mark.parametrize("role", [CHIEF_EDITOR, ADMIN])
def test_chief_editors_and_admins_hand_over(role):
    assert hand_over(at_work(role), **new_programme()).state == "waiting"


def test_an_editor_looks_and_decides_nothing(chief, cdu):
    upload = work(edition(chief))
    editor = at_work(EDITOR)

    assert "Laden oder verwerfen kann die Chefredaktion." in page(editor, upload).words
    actions = {form["action"] for form in page(editor, upload).find("form")}
    assert not [action for action in actions if "/upload/" in action]
    assert editor.get(reverse(LIST)).status_code == 200
    assert editor.get(reverse(ADD)).status_code == 403
    hand_over(editor, TEXT + "Mehr.", status=403, **new_programme(slug="mehr"))
    for name in ("load", "discard", "again"):
        assert step(editor, upload, name, status=403).state == "compared"


def test_nobody_else_sees_anything(chief, cdu):
    upload = work(edition(chief))
    stranger, staff = Client(), signed_in(person("plain", ""))
    for name in ("load", "discard", "again"):
        step(stranger, upload, name)
        assert step(staff, upload, name, status=403).state == "compared"
    for name in ("progress", "change"):
        address = reverse(f"admin:pledges_upload_{name}", args=[upload.pk])
        assert "/login/" in stranger.get(address).headers["Location"]
        assert staff.get(address).status_code == 403


def test_nothing_changes_by_looking(chief, cdu):
    upload = work(edition(chief))
    for name in ("load", "discard", "again"):
        assert chief.get(reverse(f"admin:pledges_upload_{name}", args=[upload.pk])).status_code == 302
    upload.refresh_from_db()
    assert upload.state == "compared"
    assert (
        chief.post(reverse("admin:pledges_upload_delete", args=[upload.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert chief.get(reverse("admin:pledges_upload_change", args=[10**9])).status_code == 404
    assert chief.get("/admin/pledges/upload/x/change/").status_code == 404


def test_the_list_says_what_each_file_is_for(chief, cdu):
    edition(chief)

    text = chief.get(reverse(LIST)).text

    assert "neue Fassung von CDU 2025" in text
    assert "neues Programm: CDU 2025" in text


def test_words_of_a_hostile_text_are_shown_as_words(chief):
    upload = work(hand_over(chief, "Wir bauen <script>alert(1)</script> neue Wohnungen.", **new_programme()))

    response = chief.get(reverse("admin:pledges_upload_change", args=[upload.pk]))

    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


# --- The whole of it, on a real text


@pytest.mark.once
def test_forty_codings_on_a_real_text_are_all_where_they_belong_after_a_new_edition(chief):
    edition_now = new_edition()
    spd = Programme.objects.get(slug="spd-2025")
    by_words = {statement.text: statement for statement in spd.statements.current()}
    coded = [*edition_now.changed, *edition_now.gone, *edition_now.kept[::5]][:40]
    given = {}
    for number, words in enumerate(coded):
        topics = ("wohnen", "kita") if number % 2 else ("kultur",)
        coding = code_by_editor(by_words[words], chief.user, Labels("record", None, False, topics))
        given[words] = (by_words[words], coding)
    assert len(given) == 40
    codings = list(Coding.objects.filter(origin="editor").order_by("pk").values())

    upload = work(edition(chief, edition_now.content, "spd-2025", name="spd-2025-neu.md"))

    tree = page(chief, upload)
    shown = {how: (int(number), codings.split(" ")[0]) for how, (number, codings) in counts(tree).items()}
    assert shown == {
        "is-kept": (len(by_words) - 8, "32"), "is-reworded": (5, "5"), "is-back": (0, "0"),
        "is-new": (4, "0"), "is-gone": (3, "3"),
    }  # fmt: skip
    assert [element.words for element in tree.find("ins")] == ["ohne Ausnahme"] * 5
    gone = [item.find("p")[0].words for item in tree.one("details", "is-gone").find("li")]
    assert gone == list(edition_now.gone)
    step(chief, upload, "load")
    assert work(upload).state == "loaded"

    assert list(Coding.objects.filter(origin="editor").order_by("pk").values()) == codings
    for words, (statement, coding) in given.items():
        now = Statement.objects.get(pk=statement.pk)
        assert (now.key, now.kind, now.origin) == (statement.key, "record", "editor")
        assert [t.pk for t in now.ordered_topics] == [given.topic_id for given in coding.topics_given.all()]
        assert now.text == edition_now.changed.get(words, words)
        assert now.wording_changed == (words in edition_now.changed)
        assert now.former_text == (words if words in edition_now.changed else "")
        assert (now.gone_since is not None) == (words in edition_now.gone)
        public = Client().get(now.get_absolute_url())
        assert public.status_code == 200
        assert ("Dieser Satz steht nicht mehr im Text." in public.text) == (words in edition_now.gone)
    machines = spd.statements.filter(text__in=edition_now.new)
    assert (machines.count(), set(machines.values_list("origin", flat=True))) == (4, {"machine"})
    assert not Passage.objects.not_verbatim().exists()
    connection.check_constraints()
