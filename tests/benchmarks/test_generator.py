"""The rows that the benchmarks measure with: as many as asked for, always the same, true to the text."""

import pytest

from pledges.catalogue import read_catalogue
from tests.benchmarks.generator import ROOT, TEXTS, Generator, towns

STATEMENTS, TOWNS = 900, 6


@pytest.fixture(scope="module")
def topics() -> dict[str, int]:
    slugs = sorted(topic.slug for topic in read_catalogue(ROOT / "fixtures/topics.toml").topics)
    return {slug: at for at, slug in enumerate(slugs, start=1)}


def generated(topics: dict[str, int], seed: int = 1) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = {}
    for tables in Generator(STATEMENTS, TOWNS, seed, topics).parts():
        for table, made in tables.rows.items():
            rows.setdefault(table, []).extend(
                dict(zip(tables.columns[table], row, strict=True)) for row in made
            )
    return rows


def test_there_are_as_many_rows_as_asked_for(topics):
    rows = generated(topics)

    assert len(rows["pledges_statement"]) == len(rows["pledges_coding"]) == STATEMENTS
    assert len(rows["pledges_place"]) == TOWNS
    assert len(rows["pledges_programme"]) == TOWNS * len(TEXTS)
    assert {row["topic_id"] for row in rows["pledges_statementtopic"]} == set(topics.values())
    assert rows["pledges_relation"]


def test_the_same_seed_gives_the_same_rows_and_another_others(topics):
    assert generated(topics) == generated(topics)
    assert generated(topics) != generated(topics, seed=2)


def test_every_passage_is_the_text_at_its_place(topics):
    rows = generated(topics)
    texts = {document["id"]: document["text"] for document in rows["sources_document"]}

    for passage in rows["sources_passage"]:
        assert texts[passage["document_id"]][passage["start"] : passage["end"]] == passage["text"]


def test_there_are_names_for_400_towns():
    assert len(set(towns(400))) == 400
