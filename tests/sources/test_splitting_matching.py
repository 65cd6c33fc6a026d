import time

from hypothesis import given
from hypothesis import strategies as st

from sources.splitting.matching import folded, match_passages


def pairs(old, new):
    return [(match.old, match.new, match.how) for match in match_passages(old, new)]


def test_the_same_words_are_kept():
    assert pairs(["Wir bauen.", "Wir planen."], ["Wir  bauen.", "Wir\nplanen."]) == [
        (0, 0, "kept"),
        (1, 1, "kept"),
    ]


def test_a_reworded_sentence_is_carried():
    old = ["Wir werden mindestens 2.000 neue Wohnungen im Jahr bauen."]
    assert pairs(old, ["Wir werden mindestens 2.500 neue Wohnungen im Jahr bauen."]) == [(0, 0, "carried")]


def test_an_undone_hyphen_is_carried():
    assert pairs(["Die Wohnungsbau-vorhaben."], ["Die Wohnungsbauvorhaben."]) == [(0, 0, "carried")]


def test_another_sentence_is_new_and_the_old_one_gone():
    assert pairs(["Wir wollen diese Vielfalt schützen."], ["Das Freibad bleibt offen."]) == [
        (None, 0, "new"),
        (0, None, "gone"),
    ]


def test_a_moved_passage_is_kept():
    assert pairs(["Eins.", "Zwei.", "Drei."], ["Drei.", "Eins.", "Zwei."]) == [
        (2, 0, "kept"),
        (0, 1, "kept"),
        (1, 2, "kept"),
    ]


def test_a_repeated_sentence_stays_with_its_neighbours():
    old = ["Refrain.", "Digital hilft.", "Refrain.", "Sozial hilft.", "Refrain.", "Grün hilft."]
    new = ["Digital hilft.", "Refrain.", "Sozial hilft.", "Refrain.", "Grün hilft."]
    assert pairs(old, new)[:5] == [
        (1, 0, "kept"),
        (2, 1, "kept"),
        (3, 2, "kept"),
        (4, 3, "kept"),
        (5, 4, "kept"),
    ]
    assert pairs(old, new)[5:] == [(0, None, "gone")]


def test_folding_leaves_letters_and_digits():
    assert (
        folded("- CO<sub>2</sub>-neutrale „Straße“ ") == folded("CO2-neutrale Straße") == "co2neutralestrasse"
    )


words = st.lists(
    st.sampled_from(["wir", "bauen", "planen", "mehr", "", "Kitas", "2030", "!"]), max_size=6
).map(" ".join)
texts = st.lists(st.one_of(words, st.text(max_size=20)), max_size=15)


@given(texts, texts)
def test_every_passage_is_paired_exactly_once(old, new):
    found = match_passages(old, new)
    assert sorted(match.old for match in found if match.old is not None) == list(range(len(old)))
    assert sorted(match.new for match in found if match.new is not None) == list(range(len(new)))
    for match in found:
        assert (match.old is None) == (match.how == "new")
        assert (match.new is None) == (match.how == "gone")


@given(texts)
def test_identical_texts_are_all_kept(old):
    assert pairs(old, old) == [(at, at, "kept") for at in range(len(old))]


def test_two_thousand_passages_take_under_two_seconds():
    old = [f"Wir werden im Stadtteil {at} neue Wege für alle Menschen der Stadt bauen." for at in range(2000)]
    new = [text.replace("neue", "sichere") if at % 9 == 0 else text for at, text in enumerate(old)]
    begun = time.process_time()
    found = match_passages(old, new)
    assert time.process_time() - begun < 2
    assert sum(match.how == "kept" for match in found) == 1777
