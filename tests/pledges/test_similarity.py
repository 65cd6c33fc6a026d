"""Which pairs of statements are taken for the same matter: no database, made sentences."""

import pytest

from pledges.similarity import LEAST_CERTAIN, MOST_OF_A_STATEMENT, Saying, choose, find_alike, lemmas

FLATS = "Wir bauen jedes Jahr 200 neue Wohnungen am Hafen."
FLATS_TOO = "Am Hafen entstehen jährlich 150 neue Wohnungen."
MUSEUM = "Der Eintritt ins Museum wird frei."
CYCLING = "Das Radwegenetz wird lückenlos ausgebaut."
CYCLE_PATH = "Wir bauen einen Radweg durch den Park."
TREES = "Jede Straße bekommt Bäume."


def sayings(*said: tuple[int, str, str]) -> list[Saying]:
    return [Saying(key, programme, text, (topic,)) for key, (programme, text, topic) in enumerate(said)]


def found(said: list[Saying], of: set[int] | None = None) -> list[tuple[str, str]]:
    of = of or {saying.programme for saying in said}
    return [(said[x.one].text, said[x.other].text) for x in find_alike(said, of, least_similar=0.05)]


def test_the_most_alike_pair_comes_first():
    said = sayings(
        (1, FLATS, "wohnen"),
        (1, MUSEUM, "kultur"),
        (2, TREES, "umwelt"),
        (2, FLATS_TOO, "wohnen"),
        (2, CYCLE_PATH, "mobilitaet"),
    )
    assert found(said)[0] == (FLATS, FLATS_TOO)


def test_statements_of_one_programme_are_never_paired():
    said = sayings((1, FLATS, "wohnen"), (1, FLATS_TOO, "wohnen"), (2, MUSEUM, "kultur"))
    assert (FLATS, FLATS_TOO) not in found(said)


def test_each_pair_is_found_once_whichever_programmes_are_asked_for():
    said = sayings((1, FLATS, "wohnen"), (2, FLATS_TOO, "wohnen"), (3, FLATS, "wohnen"))
    both = found(said)
    assert len(both) == len(set(both)) == 3
    assert set(map(frozenset, found(said, {2}))) == {frozenset(pair) for pair in both if FLATS_TOO in pair}


def test_parts_of_compounds_count():
    said = sayings((1, CYCLING, "mobilitaet"), (2, CYCLE_PATH, "mobilitaet"), (2, TREES, "mobilitaet"))
    assert found(said) == [(CYCLING, CYCLE_PATH)]


def test_a_shared_topic_makes_a_pair_more_certain_and_the_same_main_one_more_still():
    def certainty(topics: tuple[str, ...]) -> float:
        said = [Saying(1, 1, FLATS, ("wohnen",)), Saying(2, 2, FLATS_TOO, topics)]
        [likeness] = find_alike(said, {1, 2})
        return likeness.certainty

    other, shared, same = certainty(("hafen",)), certainty(("hafen", "wohnen")), certainty(("wohnen",))
    assert 0 < other < shared < same < 1


def test_words_are_compared_as_a_dictionary_lists_them():
    assert lemmas("Die KITAS der Städte, 2030!") == ["der", "kitas", "der", "stadt", "2030"]


@pytest.mark.parametrize("texts", [[], ["–", "…"], ["Nur einer sagt etwas."]])
def test_where_nothing_can_be_compared_nothing_is_found(texts):
    assert found(sayings(*((at, text, "wohnen") for at, text in enumerate(texts)))) == []


def test_of_many_that_are_all_alike_each_gets_only_its_best_few():
    said = sayings(
        *((1, f"{FLATS} Haus {number}", "wohnen") for number in range(10, 18)),
        *((2, f"{FLATS} Haus {number}", "wohnen") for number in range(20, 28)),
    )
    alike = find_alike(said, {1, 2})

    chosen = list(choose(alike, said))

    assert len(alike) == 8 * 8
    assert chosen == sorted(chosen, key=lambda likeness: -likeness.certainty)
    assert len(chosen) <= 2 * 8 * MOST_OF_A_STATEMENT


def test_what_is_not_certain_enough_is_not_chosen():
    said = sayings((1, FLATS, "wohnen"), (2, "Neue Bäume für alle.", "umwelt"))
    alike = find_alike(said, {1, 2}, least_similar=0.01)
    assert [likeness.certainty < LEAST_CERTAIN for likeness in alike] == [True]
    assert list(choose(alike, said)) == []
