import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pledges.analysis import analyse, heading_paths, units_of
from sources.reading import UnreadableFile, read
from sources.splitting import split

TEXT = """# Wohnen

Wohnen ist teuer. Wir werden jedes Jahr 200 Wohnungen bauen.

Deshalb wollen wir:

- den Verkauf städtischer Grundstücke beenden
- einen Bodenfonds gründen
"""
FIELDS = {
    "text", "section", "start", "end", "kind", "commitment", "measurable", "topics", "certainty",
}  # fmt: skip


def printed(*arguments: str) -> list[dict]:
    output = io.StringIO()
    call_command("analyse_programme", *arguments, stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    file = tmp_path / "programm.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_it_prints_an_object_a_statement_with_the_agreed_fields(programme):
    rows = printed(str(programme))
    assert [row["text"] for row in rows][:2] == [
        "Wohnen ist teuer.",
        "Wir werden jedes Jahr 200 Wohnungen bauen.",
    ]
    assert all(set(row) == FIELDS for row in rows)
    assert {row["section"] for row in rows} == {"Wohnen"}


def test_it_touches_no_database(programme):
    # pytest-django refuses any query here, as the test doesn't ask for a database.
    assert printed(str(programme))


def test_offsets_count_letters_of_the_text_in_order(programme):
    rows = printed(str(programme))
    assert all(row["end"] - row["start"] == len(row["text"]) for row in rows)
    starts = [row["start"] for row in rows]
    assert starts == sorted(set(starts))


def test_a_commitment_is_given_exactly_where_there_is_a_pledge(programme):
    rows = printed(str(programme))
    assert {row["kind"] for row in rows} >= {"pledge"}
    assert all((row["commitment"] is not None) == (row["kind"] == "pledge") for row in rows)


def test_certainties_are_shares(programme):
    for row in printed(str(programme)):
        given = [value for value in row["certainty"].values() if value is not None]
        assert given
        assert all(0 <= value <= 1 for value in given)


def test_the_format_can_be_named_where_the_extension_says_nothing(tmp_path):
    file = tmp_path / "programm"
    file.write_text(TEXT, encoding="utf-8")
    with pytest.raises(CommandError, match="programm"):
        printed(str(file))
    assert printed(str(file), "--format", "md")


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"missing\.md can't be read"):
        printed(str(tmp_path / "missing.md"))


def test_an_empty_file_is_refused():
    with pytest.raises(UnreadableFile), redirect_stdout(io.StringIO()):
        list(analyse(b"", "leer.txt"))


def test_heading_paths_name_the_highest_first_and_skip_sections_without_a_title():
    sections = [(0, None, ""), (1, None, "Wohnen"), (2, 1, "Mieten"), (3, 2, "")]
    assert heading_paths(sections) == {
        0: (),
        1: ("Wohnen",),
        2: ("Wohnen", "Mieten"),
        3: ("Wohnen", "Mieten"),
    }


def test_a_numbered_paragraph_of_several_sentences_is_no_item_for_the_coder():
    text = "Wir fordern:\n\n- den Ausbau der Radwege\n- Die Stadt wächst. Das ist gut. Wohnungen fehlen.\n"
    units = units_of(split(read(text.encode(), "programm.md")))
    listed = {unit.text: unit.is_item for unit in units}
    assert listed["den Ausbau der Radwege"]
    assert not listed["Das ist gut."]


def test_the_opening_of_an_item_without_a_verb_is_an_item_whatever_follows_it():
    text = "Wir fordern:\n\n- Erhalt der Bücherei. Sie ist beliebt. Mehr Personal.\n- Mehr Bäume\n"
    units = units_of(split(read(text.encode(), "programm.md")))
    listed = {unit.text: unit.is_item for unit in units}
    assert listed["Erhalt der Bücherei."]
    assert not listed["Sie ist beliebt."]
    assert not listed["Mehr Personal."]
