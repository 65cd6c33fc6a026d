"""How many of the shipped relations the suggestions find, and how many of the pairs that only look alike."""

import json
from itertools import pairwise

import numpy as np
import pytest
from django.conf import settings
from sklearn.linear_model import LogisticRegression

from pledges.similarity import (
    BIAS,
    LEAST_CERTAIN,
    OF_SAME_MAIN_TOPIC,
    OF_SHARED_TOPIC,
    OF_SIMILARITY,
    Likeness,
    Saying,
    choose,
    features,
    find_alike,
    shared_topics,
)

CODINGS = settings.BASE_DIR / "fixtures" / "codings"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (CODINGS / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def sayings() -> list[Saying]:
    coded = [row for row in rows("statements.jsonl") if row["kind"] in ("pledge", "record")]
    documents = sorted({row["doc"] for row in coded})
    return [
        Saying(key, documents.index(row["doc"]), row["text"], tuple(row["topics"]))
        for key, row in enumerate(coded)
    ]


@pytest.fixture(scope="module")
def alike(sayings) -> list[Likeness]:
    return find_alike(sayings, {saying.programme for saying in sayings}, least_similar=0.05)


@pytest.fixture(scope="module")
def shipped(sayings) -> dict[tuple[int, int], str]:
    """The shipped relations of pledges and records, by their places in `sayings`."""
    coded = [row["id"] for row in rows("statements.jsonl") if row["kind"] in ("pledge", "record")]
    place = {key: at for at, key in enumerate(coded)}
    pairs = [row for row in rows("relations.jsonl") if row["a"] in place and row["b"] in place]
    return {tuple(sorted((place[row["a"]], place[row["b"]]))): row["relation"] for row in pairs}


def kind_of(likeness: Likeness, shipped: dict[tuple[int, int], str]) -> str:
    return shipped.get(tuple(sorted((likeness.one, likeness.other))), "")


def test_how_many_are_found(sayings, alike, shipped):
    kinds = [kind_of(likeness, shipped) for likeness in alike]
    unrelated = sum(kind == "unrelated" for kind in shipped.values())
    print(f"\n{len(shipped) - unrelated} relations, {unrelated} pairs that only look alike")
    for number in (50, 100, 200, 300, 500, 1000):
        first = kinds[:number]
        wrong = first.count("unrelated")
        right = sum(map(bool, first)) - wrong
        print(f"first {number}: recall {right / (len(shipped) - unrelated):.0%}, only alike {wrong}")


def test_what_an_editor_is_asked(sayings, alike, shipped):
    chosen = list(choose(alike, sayings))
    kinds = [kind_of(likeness, shipped) for likeness in chosen]
    wrong = kinds.count("unrelated")
    right = sum(map(bool, kinds)) - wrong
    of = sum(kind != "unrelated" for kind in shipped.values())
    print(
        f"\n{len(chosen)} suggestions at {LEAST_CERTAIN:.0%}: {right} of {of} relations, {wrong} only alike;"
    )
    known, at_least = right / (right + wrong), right / len(chosen)
    print(f"of those known, {known:.0%} are relations; of all, at least {at_least:.0%}")
    assert known > 0.8
    assert right / of > 0.35
    assert len(chosen) < len(sayings) / 2


def test_the_certainty_tells_the_number_of_relations(alike, shipped):
    print()
    bounds = (1, 0.3, 0.1, LEAST_CERTAIN, 0.02, 0.01, 0)
    for upper, lower in pairwise(bounds):
        within = [likeness for likeness in alike if lower <= likeness.certainty < upper]
        found = sum(kind_of(likeness, shipped) not in ("", "unrelated") for likeness in within)
        expected = sum(likeness.certainty for likeness in within)
        print(f"{lower:.2f} to {upper:.2f}: {len(within)} pairs, {expected:.1f} expected, {found} shipped")


def test_the_kind_proposed(sayings, alike, shipped):
    kinds = [kind_of(likeness, shipped) for likeness in choose(alike, sayings)]
    known = [kind for kind in kinds if kind not in ("", "unrelated")]
    print(f"\nkind: {known.count('same_measure')} of {len(known)} are the same measure, which is proposed")
    assert known.count("same_measure") > len(known) / 2


def test_the_curve_is_still_the_one_fitted(sayings, alike, shipped):
    wanted = np.array([kind_of(likeness, shipped) not in ("", "unrelated") for likeness in alike])
    pairs = [shared_topics(sayings[x.one], sayings[x.other]) for x in alike]
    shares, same_main = np.array(pairs, dtype=float).T
    weighed = features(np.array([likeness.similarity for likeness in alike]), shares, same_main)
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(weighed, wanted)
    found = [fitted.intercept_[0], *fitted.coef_[0]]
    print("\nfitted: " + ", ".join(f"{value:.2f}" for value in found))
    assert found == pytest.approx([BIAS, OF_SIMILARITY, OF_SHARED_TOPIC, OF_SAME_MAIN_TOPIC], abs=0.02)
