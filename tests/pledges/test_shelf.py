"""Loading: the project's own programmes, and what loading them again does."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from pledges.build import read_programme
from pledges.keys import statement_key
from pledges.models import (
    Coding,
    Origin,
    Pledge,
    Programme,
    Relation,
    RelationKind,
    RelationStatus,
    Rendering,
    Statement,
)
from pledges.shelf import load_shelf
from sources.models import Document, Passage
from sources.reading import UnreadableFile
from tests.rows import counts, dump, wipe
from tests.shelves import HOUSING, NURSERY, musterstadt

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"


def reload(folder: Path = FIXTURES):
    return load_shelf(folder, lambda _text: None)


def test_all_statements_pledges_renderings_and_relations_are_loaded():
    assert Statement.objects.current().count() == 956
    assert Pledge.objects.current().count() == 540
    assert Rendering.objects.count() == 134
    assert Relation.objects.count() == 102


def test_the_pledges_of_each_programme_are_those_of_the_codebook():
    assert Counter(Pledge.objects.values_list("programme__slug", flat=True)) == {
        "spd-2025": 355,
        "dos-2020": 84,
        "gruene-cdu-2023": 92,
        "spd-2020": 9,
    }


def test_unrelated_pairs_are_kept_as_rejected_relations_and_no_others_are_rejected():
    rejected = Relation.objects.filter(status=RelationStatus.REJECTED)

    assert rejected.count() == 22
    assert set(rejected.values_list("kind", flat=True)) == {RelationKind.UNRELATED}
    assert Relation.objects.shown().count() == 80


def test_every_statement_has_the_codebooks_coding_and_every_rendering_its_line():
    assert Coding.objects.count() == 956
    assert set(Coding.objects.values_list("origin", flat=True)) == {Origin.CODEBOOK}
    assert not Statement.objects.filter(codings=None).exists()
    assert not Passage.objects.filter(document__programme__kind="digest", rendering=None).exists()


def test_every_passage_is_the_text_at_its_place():
    assert Passage.objects.count() == 956 + 134
    assert not Passage.objects.not_verbatim().exists()
    for document in Document.objects.all():
        places = document.passages.values_list("start", "end", "text")
        assert all(document.text[start:end] == text for start, end, text in places)


def test_the_original_files_are_stored_byte_for_byte():
    for document in Document.objects.all():
        assert bytes(document.content) == (FIXTURES / document.file_name).read_bytes()


def test_loading_twice_changes_no_row_and_reports_every_passage_kept_and_no_coding_lost():
    before = dump()

    report = reload()

    assert dump() == before
    assert all(not any((p.built.new, p.built.carried, p.built.gone)) for p in report.programmes)
    assert sum(p.built.kept for p in report.programmes) == 956 + 134
    assert not any(p.codings.not_found or p.codings.new or p.by_machine for p in report.programmes)
    assert not report.relations.not_found
    assert not report.remarks


def test_a_changed_reader_reads_all_files_again_and_changes_nothing_but_the_note_of_it(monkeypatch):
    before = dump()
    monkeypatch.setattr("sources.ingest.reader_fingerprint", lambda: "another")

    report = reload()

    assert set(Document.objects.values_list("read_with", flat=True)) == {"another"}
    assert sum(p.built.kept for p in report.programmes) == 956 + 134
    after = dump()
    assert {table for table in after if after[table] != before[table]} == {"sources_document"}


def test_another_database_has_the_same_permalinks():
    before = set(Statement.objects.values_list("key", "text"))
    wipe()

    reload()

    assert set(Statement.objects.values_list("key", "text")) == before


def test_a_permalink_follows_from_slug_and_words_and_nothing_else():
    for programme in Programme.objects.in_own_words():
        taken: list[str] = []
        for statement in programme.statements.order_by("position"):
            taken.append(statement_key(programme.slug, statement.text, taken))
            assert statement.key == taken[-1]


# Links that are out in the world: whoever changes these breaks them.
@pytest.mark.parametrize(
    ("key", "beginning"),
    [
        ("spd-2025-vofkzzk7rh", "Die verpflichtende 30-Prozent-Quote"),
        ("spd-2025-yadmywhhaf", "Den Ausbau des städtischen Kindertageseinrichtungsträgers"),
        ("dos-2020-oth3xiyvny", "Die OWIIIa/L663n wurde nicht weitergebaut"),
        ("gruene-cdu-2023-f4sahpbawr", "Dies gilt insbesondere"),
        ("spd-2020-5mnfwzhfeu", "Das Ehrenamt hat in Dortmund beste Tradition."),
    ],
)
def test_permalinks_are_pinned(key, beginning):
    assert Statement.objects.get(key=key).text.startswith(beginning)


def test_the_same_words_a_second_time_get_a_key_of_their_own(load):
    shelf = musterstadt()
    emphatic = HOUSING.replace(".", "!")
    shelf.texts["alpha-2025.md"] += f"\n# Noch einmal\n\n{HOUSING}\n\n{emphatic}\n"

    load(shelf)

    key = statement_key("alpha-2025", HOUSING)
    keys = Statement.objects.filter(text__in=[HOUSING, emphatic]).order_by("position")
    assert [statement.key for statement in keys] == [key, f"{key}-2", f"{key}-3"]


def test_a_coded_sentence_that_stands_twice_takes_the_codings_in_their_order(load):
    shelf = musterstadt()
    shelf.texts["alpha-2025.md"] += f"\n# Noch einmal\n\n{NURSERY}\n"
    shelf.codings.append(
        shelf.codings[2] | {"id": "alpha-2025/4", "commitment": "review", "topics": ["schule"]}
    )

    load(shelf)

    both = Statement.objects.filter(text=NURSERY).order_by("position")
    assert [(s.commitment, [t.slug for t in s.ordered_topics]) for s in both] == [
        ("firm", ["kita"]),
        ("review", ["schule"]),
    ]


def test_what_nobody_coded_is_coded_by_the_machine(load):
    report = load(musterstadt())

    by_machine = Statement.objects.filter(origin=Origin.MACHINE)
    assert {p.slug: p.by_machine for p in report.programmes if p.by_machine} == {
        "beta-2025": 1,
        "beta-2020": 1,
        "delta-nebenstadt": 1,
    }
    assert by_machine.count() == 3
    assert all(0 <= s.certainty <= 1 for s in by_machine)


def test_a_programme_without_a_file_is_known_but_not_read(load):
    load(musterstadt())

    programme = Programme.objects.get(slug="delta-2025")
    assert programme.document is None
    assert not programme.statements.exists()


def test_a_programme_gets_its_file_later(load, tmp_path):
    shelf = musterstadt()
    load(shelf)
    shelf.entry("programme", "delta-2025")["file"] = "delta-2025.md"
    shelf.texts["delta-2025.md"] = "# Alles\n\nWir pflanzen 1.000 Bäume.\n"

    reload(shelf.write(tmp_path))

    assert Statement.objects.get(programme__slug="delta-2025").text == "Wir pflanzen 1.000 Bäume."


def test_codings_and_relations_without_their_statement_are_reported_and_not_stored(load):
    shelf = musterstadt()
    shelf.codings.append(shelf.codings[0] | {"id": "alpha-2025/9", "text": "Das steht nirgends."})
    shelf.relations.append({"a": "alpha-2025/9", "b": "beta-2025/1", "relation": "same_goal", "note": ""})

    report = load(shelf)

    (alpha,) = [p for p in report.programmes if p.slug == "alpha-2025"]
    assert alpha.codings.not_found == ("Das steht nirgends.",)
    assert report.relations.not_found == ("alpha-2025/9 – beta-2025/1",)
    assert Relation.objects.count() == 3


def test_a_changed_codebook_coding_is_added_and_holds_while_the_former_one_stays(load, tmp_path):
    shelf = musterstadt()
    load(shelf)
    shelf.codings[0]["commitment"] = "intent"

    report = reload(shelf.write(tmp_path))

    statement = Statement.objects.get(text=HOUSING)
    assert statement.commitment == "intent"
    assert [coding.commitment for coding in statement.codings.order_by("pk")] == ["firm", "intent"]
    assert sum(p.codings.new for p in report.programmes) == 1


@pytest.mark.parametrize("broken", [b"", b"\x00\x01\x02\xff" * 50], ids=["empty", "no text"])
def test_a_broken_file_leaves_its_programme_and_the_others_as_they_were(load, tmp_path, broken):
    load(musterstadt())
    before = dump()
    (tmp_path / "beta-2025.md").write_bytes(broken)

    with pytest.raises(UnreadableFile, match=r"beta-2025\.md"):
        reload(tmp_path)

    assert dump() == before


def test_a_failure_half_way_undoes_its_programme_alone(load, tmp_path, monkeypatch):
    shelf = musterstadt()
    load(shelf)
    before = dump()
    shelf.texts["alpha-2025.md"] += "\nWir pflanzen 1.000 Bäume.\n"
    shelf.texts["beta-2025.md"] += "\nWir pflanzen 2.000 Bäume.\n"
    shelf.write(tmp_path)

    def fail_at_beta(programme):
        if programme.slug == "beta-2025":
            raise OSError(28, "No space left on device", "beta-2025.md")
        return 0

    monkeypatch.setattr("pledges.shelf.code_by_machine", fail_at_beta)
    with pytest.raises(OSError, match="No space left"):
        reload(tmp_path)

    assert Statement.objects.filter(text="Wir pflanzen 1.000 Bäume.").count() == 1
    assert not Statement.objects.filter(programme__slug="beta-2025", text__contains="2.000").exists()
    assert not Document.objects.filter(file_name="beta-2025.md", replaces__isnull=False).exists()
    assert len(dump()["sources_document"]) == len(before["sources_document"]) + 1


def test_the_same_file_for_two_programmes_is_refused(load, tmp_path):
    shelf = musterstadt()
    shelf.texts["beta-2020.md"] = shelf.texts["alpha-2025.md"]

    with pytest.raises(UnreadableFile, match=r"beta-2020\.md: .*already loaded.*alpha-2025"):
        load(shelf)

    assert not Programme.objects.filter(slug="beta-2020").exists()


def test_what_editors_changed_of_a_programme_stays_and_is_remarked(load, tmp_path):
    load(musterstadt())
    Programme.objects.filter(slug="alpha-2025").update(title="Berichtigt")

    report = reload(tmp_path)

    assert Programme.objects.get(slug="alpha-2025").title == "Berichtigt"
    assert any("alpha-2025" in remark and "Berichtigt" in remark for remark in report.remarks)


def test_what_an_editor_decided_on_a_relation_or_a_rendering_stays(load, tmp_path):
    load(musterstadt())
    Relation.objects.filter(kind="conflict").update(status="rejected", note="Kein Widerspruch.")
    Rendering.objects.update(verdict="partial")
    before = dump()

    reload(tmp_path)

    assert dump() == before


def test_a_folder_without_codings_says_which_file_is_missing(load, tmp_path):
    shelf = musterstadt().write(tmp_path)
    shutil.rmtree(shelf / "codings")
    before = counts()

    with pytest.raises(OSError, match=r"statements\.jsonl"):
        reload(shelf)

    assert counts() == before


def test_a_text_that_was_replaced_since_is_not_put_back_by_loading_again(load, tmp_path):
    load(musterstadt())
    programme = Programme.objects.get(slug="alpha-2025")
    read_programme(programme, f"# Wohnen\n\n{HOUSING}\n".encode(), "neu.md")
    before = dump()

    report = reload(tmp_path)

    assert dump() == before
    assert [remark for remark in report.remarks if "alpha-2025.md is a former one" in remark]
