"""The coefficients against worked examples that were published, and where they say nothing."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from pledges.reliability import LEAST, alpha, kappa, masi, reliability

# Krippendorff (2011), sections A to C: a row an observer, a column a unit, a dot where nothing was said.
BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbccceddd"]
FOUR_OBSERVERS = ["123321412...", "1233224125.3", ".33323422" + "51.", "12332441251."]

# Cohen (1960), table 1: the first one's category, the second one's, how often; 200 in all.
COHEN = [
    *[("personality", "personality")] * 88,
    *[("personality", "neurosis")] * 14,
    *[("personality", "psychosis")] * 18,
    *[("neurosis", "personality")] * 10,
    *[("neurosis", "neurosis")] * 40,
    *[("neurosis", "psychosis")] * 10,
    *[("psychosis", "personality")] * 2,
    *[("psychosis", "neurosis")] * 6,
    *[("psychosis", "psychosis")] * 12,
]

pairs_of_labels = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1)


def units(rows):
    return [[value for value in column if value != "."] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "published"), [(BINARY, 0.095), (NOMINAL, 0.692), (FOUR_OBSERVERS, 0.743)])
def test_alpha_is_that_of_the_published_worked_examples(rows, published):
    assert alpha(units(rows)) == pytest.approx(published, abs=0.0005)


def test_kappa_is_that_of_the_published_worked_example():
    assert kappa(COHEN) == pytest.approx(0.492, abs=0.0005)


@given(pairs_of_labels)
def test_kappa_is_that_of_scikit_learn(pairs):
    found = kappa(pairs)
    if len({value for pair in pairs for value in pair}) > 1:
        first, second = zip(*pairs, strict=True)
        assert found == pytest.approx(cohen_kappa_score(first, second))
    else:
        assert found is None


@given(pairs_of_labels)
def test_pairs_may_be_counted_beforehand(pairs):
    counts = Counter(pairs)
    assert kappa(list(counts), list(counts.values())) == pytest.approx(kappa(pairs))


@given(pairs_of_labels)
def test_which_coder_is_the_first_makes_no_difference(pairs):
    turned = [(second, first) for first, second in pairs]
    assert (alpha(turned), kappa(turned)) == pytest.approx((alpha(pairs), kappa(pairs)))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("a", "a", 0),
        ("a", "b", 1),
        ("ab", "ac", 1 - 1 / 3 * 1 / 3),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "abcd", 1 - 1 / 2 * 2 / 3),
        ("", "a", 1),
    ],
)
def test_sets_differ_as_much_as_they_share_little(one, other, distance):
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)


def test_sets_that_share_a_topic_agree_more_than_such_that_share_none():
    same = [(frozenset("a"), frozenset("a")), (frozenset("b"), frozenset("b"))] * 10
    near = alpha([*same, (frozenset("ab"), frozenset("a"))], masi)
    far = alpha([*same, (frozenset("bc"), frozenset("a"))], masi)
    assert far < near < 1


def test_an_interval_holds_the_value_and_narrows_with_more_statements():
    few, many = reliability(COHEN[::5]), reliability(COHEN * 5)
    for found in (few, many):
        assert found.kappa.low < found.kappa.value < found.kappa.high
        assert found.alpha.low < found.alpha.value < found.alpha.high
    assert many.kappa.high - many.kappa.low < few.kappa.high - few.kappa.low


def test_the_interval_of_kappa_is_near_the_analytic_one():
    # Cohen's own standard error (1960), of 70 % agreement where chance gives 41 %.
    error = (0.7 * 0.3 / 200) ** 0.5 / (1 - 0.41)
    found = reliability(COHEN).kappa
    assert (found.low, found.high) == pytest.approx((0.492 - 1.96 * error, 0.492 + 1.96 * error), abs=0.02)


def test_the_same_pairs_give_the_same_interval():
    assert reliability(COHEN) == reliability(COHEN)


def test_too_few_statements_give_no_coefficient():
    found = reliability([("a", "b"), ("a", "a")] * (LEAST // 2 - 1))
    assert (found.is_too_few, found.is_without_variety) == (True, False)
    assert (found.agreed, found.kappa, found.alpha) == (0.5, None, None)


def test_just_enough_statements_give_a_coefficient():
    found = reliability([("a", "b"), ("a", "a")] * (LEAST // 2))
    assert (found.is_too_few, found.alpha is None) == (False, False)


def test_no_statement_at_all_gives_no_share_either():
    found = reliability([])
    assert (found.n, found.agreed, found.is_too_few) == (0, None, True)


def test_one_value_for_all_gives_no_coefficient():
    found = reliability([("a", "a")] * 50)
    assert (found.is_too_few, found.is_without_variety) == (False, True)
    assert (found.agreed, found.kappa, found.alpha) == (1.0, None, None)


def test_agreement_on_all_has_no_interval_as_nothing_varies():
    found = reliability([("a", "a"), ("b", "b")] * 20)
    assert (found.kappa.value, found.kappa.low, found.kappa.high) == (1.0, None, None)


def test_a_value_that_is_almost_everywhere_has_no_interval():
    found = reliability([("a", "a")] * 39 + [("a", "b")])
    assert found.alpha is not None
    assert found.alpha.low is None


def test_sets_have_no_kappa():
    found = reliability([(frozenset("a"), frozenset("ab")), (frozenset("b"), frozenset("b"))] * 10, masi)
    assert found.kappa is None
    assert 0 < found.alpha.value < 1
