import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from pledges.addition import new_entry
from pledges.catalogue import CatalogueError
from pledges.coding import code
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Origin, Programme, Statement
from sources.models import Document
from sources.reading import read
from tests.pages import get

pytestmark = pytest.mark.django_db

TEXT = """# Wohnen

Wohnen ist teuer. Wir werden jedes Jahr 200 Wohnungen am Hafen bauen. Den Bodenfonds gründen wir noch 2026.

# Kita

Die Gebühren für die Kita schaffen wir komplett ab.
"""


def add(
    file: Path, *options: str, parties: tuple[str, ...] = ("cdu",), election: str = "dortmund-2025"
) -> str:
    output = io.StringIO()
    given = [argument for party in parties for argument in ("--party", party)]
    wanted = ["--election", election, "--kind", "programme", "--title", "Für die Stadt", "--year", "2025"]
    call_command("add_programme", str(file), *given, *wanted, *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "programm.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_adds_a_programme_with_statements_coded_by_the_machine(file):
    output = add(file)
    programme = Programme.objects.get(slug="cdu-2025")
    assert (programme.short_title, programme.place.slug) == ("CDU 2025", "dortmund")
    assert programme.statements.count() == 4
    assert set(programme.statements.values_list("origin", flat=True)) == {Origin.MACHINE}
    assert all(statement.certainty is not None for statement in programme.statements.all())
    assert "cdu-2025: 4 statements" in output
    assert "4 new, 0 kept" in output


def test_it_says_that_the_programme_is_a_draft_until_it_is_published(file, tmp_path):
    assert "draft" not in add(file, "--dry-run")
    assert "It is a draft" in add(file)
    Programme.objects.filter(slug="cdu-2025").update(published_at=timezone.now())
    newer = tmp_path / "neu.md"
    newer.write_text(TEXT + "\nBäder bleiben offen.\n", "utf-8")
    assert "draft" not in add(newer)


def test_what_the_machine_coded_is_coded_anew_where_the_words_changed(file, tmp_path):
    add(file)
    newer = tmp_path / "neu.md"
    newer.write_text(TEXT.replace("200 Wohnungen", "250 Wohnungen"), "utf-8")
    output = add(newer)
    assert "1 carried over with changed words, 0 gone; coded by the machine: 1" in output
    statement = Statement.objects.get(text__contains="250 Wohnungen")
    assert statement.former_text == "Wir werden jedes Jahr 200 Wohnungen am Hafen bauen."
    assert (statement.codings.count(), statement.wording_changed) == (2, False)


def test_the_file_is_read_and_coded_outside_of_any_transaction(file, monkeypatch):
    inside = []
    depth = len(connection.savepoint_ids)
    monkeypatch.setattr(
        "pledges.addition.read_untrusted",
        lambda data, name, **_: inside.append(len(connection.savepoint_ids)) or read(data, name),
    )
    monkeypatch.setattr(
        "pledges.machine.code",
        lambda units, **more: inside.append(len(connection.savepoint_ids)) or code(units, **more),
    )
    add(file)
    assert inside == [depth, depth]


def test_joint_authors_stand_in_the_order_given(file):
    add(file, parties=("gruene", "cdu"))
    assert Programme.objects.get(slug="gruene-cdu-2025").party_names == "GRÜNE + CDU"


def test_a_dry_run_prints_what_would_come_and_stores_nothing(file):
    before = Statement.objects.count(), Programme.objects.count(), Document.objects.count()
    output = add(file, "--dry-run")
    assert "Wir werden jedes Jahr 200 Wohnungen am Hafen bauen." in output
    assert "nothing is stored" in output
    assert (Statement.objects.count(), Programme.objects.count(), Document.objects.count()) == before


def test_a_newer_file_replaces_the_text_and_the_editors_codings_stay(file, tmp_path, django_user_model):
    add(file)
    statement = Statement.objects.get(text__startswith="Wir werden jedes Jahr 200 Wohnungen")
    editor = django_user_model.objects.create_user("editor")
    code_by_editor(statement, editor, Labels("pledge", "review", False, ("finanzen",)))
    newer = tmp_path / "neu.md"
    newer.write_text(TEXT.replace("200 Wohnungen", "250 Wohnungen") + "\nBäder bleiben offen.\n", "utf-8")
    output = add(newer)
    assert "1 new, 3 kept, 1 carried over with changed words, 0 gone" in output
    statement.refresh_from_db()
    assert statement.text.startswith("Wir werden jedes Jahr 250 Wohnungen")
    assert (statement.commitment, statement.origin, statement.wording_changed) == ("review", "editor", True)


def test_what_editors_added_about_a_programme_is_no_obstacle_to_a_newer_file(file, tmp_path):
    add(file)
    about = {"date": "2025-05-01", "date_note_de": "Titelseite", "source_url": "https://cdu.example/2025"}
    Programme.objects.filter(slug="cdu-2025").update(**about)
    newer = tmp_path / "neu.md"
    newer.write_text(TEXT + "\nBäder bleiben offen.\n", "utf-8")

    assert "1 new, 4 kept" in add(newer)
    assert f"{Programme.objects.get(slug='cdu-2025').date}" == "2025-05-01"


def test_where_it_was_published_stands_on_its_page(file, client):
    add(file, "--source-url", "https://cdu.example/2025.pdf?a=1&b=2")
    Programme.objects.filter(slug="cdu-2025").update(published_at=timezone.now())

    link = get(client, "/programme/cdu-2025/").one("a", href="https://cdu.example/2025.pdf?a=1&b=2")
    assert link.words == "https://cdu.example/2025.pdf?a=1&b=2"
    unknown = get(client, "/programme/spd-2025/").one("dl", "facts--source").words
    assert "Fundstelle im Netz nicht angegeben" in unknown


def test_the_same_file_again_is_refused(file):
    add(file)
    with pytest.raises(CommandError, match="already loaded"):
        add(file)


def test_a_former_edition_may_come_back_as_in_the_admin(file, tmp_path):
    add(file)
    newer = tmp_path / "neu.md"
    newer.write_text(TEXT + "\nBäder bleiben offen.\n", "utf-8")
    add(newer)

    assert "0 new, 4 kept, 0 carried over with changed words, 1 gone" in add(file)
    assert Programme.objects.get(slug="cdu-2025").document.file_name == "programm.md"


def test_a_text_of_another_programme_is_refused(file):
    add(file)
    with pytest.raises(CommandError, match="already loaded, byte for byte, as cdu-2025"):
        add(file, "--slug", "cdu-2025-b")
    assert not Programme.objects.filter(slug="cdu-2025-b").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"parties": ("fdb",)}, "Unknown party fdb; known are cdu"),
        ({"election": "dortmund-2030"}, "Unknown election dortmund-2030; known are dortmund-2020"),
    ],
)
def test_unknown_names_are_refused_with_those_that_are_known(file, options, message):
    with pytest.raises(CommandError, match=message):
        add(file, **options)
    assert not Document.objects.filter(file_name="programm.md").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--slug", "a b"), "slug = 'a b' has to be lower-case letters"),
        (("--slug", "Fuer_Alle"), "slug = 'Fuer_Alle' has to be lower-case letters"),
        (("--slug", "a" * 81), "slug has 81 letters; 80 is the most"),
        (("--title", "T" * 301), "title has 301 letters; 300 is the most"),
        (("--title", " "), "title is missing"),
        (("--short-title", "K" * 81), "short_title has 81 letters; 80 is the most"),
        (("--year", "25"), "year = 25 is no year of our time"),
        (("--year", "99999"), "year = 99999 is no year of our time"),
        (("--source-url", "javascript:alert(1)"), "source_url = .* begins with https://"),
        (("--party", "cdu"), "a party stands twice"),
    ],
)
def test_what_no_list_may_say_is_refused_here_too_and_nothing_is_stored(file, options, message):
    before = Programme.objects.count(), Document.objects.count()
    with pytest.raises(CommandError, match=message):
        add(file, *options)
    assert (Programme.objects.count(), Document.objects.count()) == before


@pytest.mark.parametrize("kind", ["manifesto", "digest"])
def test_only_what_parties_say_themselves_is_added(kind):
    with pytest.raises(CatalogueError, match=r"kind manifesto|digest_of"):
        new_entry(["cdu"], "dortmund-2025", kind, "Für die Stadt", 2025)


def test_another_programme_of_that_name_is_not_overwritten(file):
    with pytest.raises(CommandError, match="choose a --slug"):
        add(file, parties=("spd",))
    assert Programme.objects.get(slug="spd-2025").document.file_name == "spd-2025.md"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--slug", "cdu-2025-kurz"), "CDU 2025 is the short title of cdu-2025 already; choose another"),
        (("--slug", "kurz", "--short-title", "cdu 2025"), "is the short title of cdu-2025 already"),
        (("--year", "2024", "--slug", "cdu-2025"), "cdu-2025 is known with other values.* year stays 2025"),
    ],
)
def test_what_is_another_programmes_is_refused_before_the_file_is_read(
    file, tmp_path, monkeypatch, options, message
):
    add(file)
    before = Programme.objects.count(), Document.objects.count()
    other = tmp_path / "kurz.md"
    other.write_text(TEXT + "\nBäder bleiben offen.\n", "utf-8")
    monkeypatch.delattr("pledges.addition.read_untrusted")
    with pytest.raises(CommandError, match=message):
        add(other, *options)
    assert (Programme.objects.count(), Document.objects.count()) == before


def test_a_file_that_cannot_be_read_leaves_nothing_behind(tmp_path):
    empty = tmp_path / "leer.pdf"
    empty.write_bytes(b"")
    before = Programme.objects.count()
    with pytest.raises(CommandError, match="empty"):
        add(empty)
    assert Programme.objects.count() == before
