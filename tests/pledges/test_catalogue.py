"""What the lists of programmes may say, and how a mistake in them is told."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from pledges import models
from pledges.catalogue import LONGEST, CatalogueError, read_catalogue
from pledges.codebook import read_rows
from tests.rows import counts
from tests.shelves import Row, Shelf, musterstadt

Mistake = tuple[str, str, Row, str]

# table, slug of the entry, what is written into it, what the message says of it
MISTAKES: list[Mistake] = [
    ("place", "musterstadt", {"municipality_key": "0591"}, "eight digits"),
    ("place", "musterstadt", {"name": ""}, "name is missing"),
    ("place", "musterstadt", {"name": "M" * 101}, "100 is the most"),
    ("place", "musterstadt", {"slug": "Muster stadt"}, "slug = 'Muster stadt'"),
    ("place", "nebenstadt", {"slug": "musterstadt"}, "stands twice"),
    ("party", "alpha", {"colour": "red"}, "six hexadecimal digits"),
    ("party", "alpha", {"short_name": "A" * 41}, "40 is the most"),
    ("party", "alpha", {"color": "#112233"}, "unknown key color; known are colour"),
    ("election", "musterstadt-2025", {"place": "mustersatdt"}, "mustersatdt is not in the list"),
    ("election", "musterstadt-2025", {"date": "2025-09-14"}, "date = '2025-09-14' has the wrong type"),
    ("programme", "alpha-2025", {"parties": ["alfa"]}, "alfa is not in the list; known are alpha, beta"),
    ("programme", "alpha-2025", {"parties": "alpha"}, "parties = 'alpha' has the wrong type"),
    ("programme", "alpha-2025", {"parties": [1]}, r"parties = \[1\] has the wrong type"),
    ("programme", "alpha-2025", {"parties": []}, "parties is missing"),
    ("programme", "alpha-2025", {"parties": ["alpha", "alpha"]}, "a party stands twice"),
    ("programme", "alpha-2025", {"kind": "manifesto"}, "manifesto is not in the list; known are cooperation"),
    ("programme", "beta-2025", {"kind": "digest"}, "digest_of"),
    ("programme", "alpha-2025", {"digest_of": "beta-2025"}, "only a digest has a digest_of"),
    ("programme", "alpha-2025", {"place": "musterstdt"}, "musterstdt is not in the list"),
    ("programme", "alpha-2025", {"election": "musterstadt-2024"}, "musterstadt-2024 is not in the list"),
    ("programme", "alpha-2025", {"place": "nebenstadt"}, "election musterstadt-2025 is of another place"),
    ("programme", "alpha-2025", {"year": "2025"}, "year = '2025' has the wrong type"),
    ("programme", "alpha-2025", {"year": True}, "year = True has the wrong type"),
    ("programme", "alpha-2025", {"year": 25}, "year = 25"),
    ("programme", "alpha-2025", {"whole": "no"}, "whole = 'no' has the wrong type"),
    ("programme", "alpha-2025", {"language": "deutsch"}, "language = 'deutsch'"),
    ("programme", "alpha-2025", {"source_url": "javascript:alert(1)"}, "source_url = 'javascript"),
    ("programme", "alpha-2025", {"source_url": "alpha.example/programm"}, "begins with https://"),
    ("programme", "alpha-2025", {"source_url": f"https://a.example/{'a' * 500}"}, "500 is the most"),
    ("programme", "alpha-2025", {"file": "fehlt.md"}, r"file fehlt\.md can't be read"),
    ("programme", "beta-2020", {"whole": True}, "whole = false"),
    ("programme", "alpha-digest", {"digest_of": "alpha-2024"}, "alpha-2024 is not in the list"),
    ("programme", "alpha-digest", {"digest_of": "alpha-digest"}, "alpha-digest is not in the list"),
    ("programme", "beta-2025", {"slug": "alpha-2025"}, "stands twice"),
]  # fmt: skip


def mistaken(table: str, slug: str, change: Row) -> Shelf:
    shelf = musterstadt()
    shelf.entry(table, slug).update(change)
    return shelf


@pytest.mark.parametrize(("table", "slug", "change", "words"), MISTAKES)
def test_a_wrong_entry_is_refused_by_name_and_nothing_is_stored(empty, tmp_path, table, slug, change, words):
    folder = mistaken(table, slug, change).write(tmp_path)

    with pytest.raises(CommandError, match=words) as refused:
        call_command("load_programmes", folder)

    named = change.get("slug", slug)
    assert f"programmes.toml, [[{table}]] {named}:" in str(refused.value)
    assert not any(counts().values())


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ("[[place]\n", "programmes.toml is no TOML"),
        ("\xff", "programmes.toml is no TOML"),
        ('[[party_colour]]\nslug = "alpha"\n', r"programmes.toml: unknown table \[\[party_colour\]\]"),
        ('[place]\nslug = "musterstadt"\n', r"place has to be a list of tables, each under \[\[place\]\]"),
        ('place = "musterstadt"\n', "place has to be a list of tables"),
        ("[[programme]]\nyear = 2025\n", r"\[\[programme\]\] \?: .*slug.* is missing"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path, lists, words):
    file = tmp_path / "programmes.toml"
    file.write_bytes(lists.encode("latin-1"))

    with pytest.raises(CatalogueError, match=words):
        read_catalogue(file)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["programmes.toml", "topics.toml", "codings/statements.jsonl"])
def test_a_missing_list_is_named(tmp_path, name):
    folder = musterstadt().write(tmp_path)
    (folder / name).unlink()

    with pytest.raises(CommandError, match=f"{name} can't be read"):
        call_command("load_programmes", folder)


def test_the_lists_of_the_project_are_in_order():
    folder = settings.BASE_DIR / "fixtures"

    catalogue = read_catalogue(folder / "programmes.toml", folder / "topics.toml")

    assert len(catalogue.topics) == 21
    assert len(catalogue.programmes) == 5


def test_no_word_may_be_longer_than_its_column():
    tables = {"place": models.Place, "party": models.Party, "election": models.Election}
    tables |= {"topic": models.Topic, "programme": models.Programme}

    for name, model in tables.items():
        columns = {field.name: field.max_length for field in model._meta.concrete_fields if field.max_length}
        assert {column: columns[column] for column in LONGEST[name]} == LONGEST[name]


def test_a_broken_text_is_named_by_the_command(empty, tmp_path):
    shelf = musterstadt()
    shelf.texts["beta-2025.md"] = ""

    with pytest.raises(CommandError, match=r"beta-2025\.md: The file is empty"):
        call_command("load_programmes", shelf.write(tmp_path))


def test_the_command_says_what_it_does_and_what_came_of_it(empty, tmp_path: Path):
    shelf = musterstadt()
    shelf.codings.append(shelf.codings[0] | {"id": "alpha-2025/9", "text": "Das steht nirgends."})
    said, lost = io.StringIO(), io.StringIO()

    call_command("load_programmes", shelf.write(tmp_path), stdout=said, stderr=lost)

    lines = said.getvalue().splitlines()
    assert lines[0] == "Loading ALPHA 2025 …"
    assert "alpha-2025               3     0     0     0       3     3" in lines
    assert any(line.startswith("beta-2025") and line.endswith("machine: 1") for line in lines)
    assert lines[-1] == "relations: 3 attached, 3 new"
    assert lost.getvalue().strip() == "coding without its statement: Das steht nirgends."


def test_without_a_folder_the_command_loads_the_projects_own(db):
    said = io.StringIO()

    call_command("load_programmes", stdout=said)

    assert "spd-2025                 0   642     0     0     642     0" in said.getvalue()


@pytest.mark.django_db
def test_a_line_of_codings_ends_at_its_end_alone(tmp_path):
    row = {"doc": "alpha-2025", "text": "Links\u2028und\u0085rechts"}
    path = tmp_path / "statements.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")

    assert read_rows(path) == {"alpha-2025": [row]}


def test_a_coding_that_is_no_json_is_named_with_its_line(tmp_path):
    folder = musterstadt().write(tmp_path)
    with (folder / "codings" / "statements.jsonl").open("a", encoding="utf-8") as file:
        file.write("{kind: pledge}\n")

    with pytest.raises(CommandError, match=r"statements\.jsonl, line 7 is no JSON object"):
        call_command("load_programmes", folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "promise"}, "kind = 'promise'"),
        ({"commitment": None}, "commitment"),
        ({"commitment": "solemn"}, "commitment = 'solemn'"),
        ({"kind": "value"}, "commitment"),
        ({"topics": ["hafen"]}, "topics"),
        ({"topics": ["wohnen", "wohnen"]}, "topics"),
        ({"measurable": "yes"}, "measurable = 'yes'"),
        ({"text": None}, "text"),
    ],
)
def test_a_coding_that_the_codebook_does_not_know_is_refused_by_name(empty, tmp_path, change, words):
    shelf = musterstadt()
    shelf.codings[0] |= change

    with pytest.raises(CommandError, match=words) as refused:
        call_command("load_programmes", shelf.write(tmp_path))

    assert "statements.jsonl" in str(refused.value)
    assert "alpha-2025/1" in str(refused.value)
    assert not any(counts().values())
