"""Where a statement stands: lists without marks, lead-ins, pictures of the future."""

from pledges.coding.context import is_vision, places_of
from pledges.coding.labels import Unit
from pledges.coding.morphology import grammar_of


def places(*texts: str):
    units = [Unit(text) for text in texts]
    return places_of(units, [grammar_of(text) for text in texts])


def test_a_colon_opens_a_list() -> None:
    lead_in, item = places("Dafür wollen wir:", "Brücken sanieren")
    assert lead_in.is_lead_in
    assert (item.is_item, item.lead_in) == (True, "Dafür wollen wir:")


def test_a_dass_clause_finds_its_lead_in_again() -> None:
    found = places(
        "Die FDP setzt sich dafür ein,", "dass Busse fahren.", "Das ist wichtig.", "dass Züge halten."
    )
    assert found[3].lead_in == "Die FDP setzt sich dafür ein,"


def test_a_new_section_ends_a_list() -> None:
    units = [Unit("Wir fordern:", ("A",)), Unit("mehr Bänke", ("A",)), Unit("mehr Licht", ("B",))]
    found = places_of(units, [grammar_of(unit.text) for unit in units])
    assert [place.lead_in for place in found] == ["", "Wir fordern:", ""]


def test_a_sentence_ends_a_list() -> None:
    found = places("Wir fordern:", "mehr Bänke", "Der Park ist schön.", "Viele Leute sitzen dort.")
    assert [place.is_item for place in found] == [False, True, False, False]


def test_a_text_of_reached_states_is_a_vision() -> None:
    texts = ["Unsere Visionen", *(f"Der {n}. Platz ist begrünt." for n in range(15))]
    assert is_vision([grammar_of(text) for text in texts], texts)


def test_a_programme_of_plans_is_no_vision() -> None:
    texts = ["Unsere Visionen", *(f"Den {n}. Platz wollen wir begrünen." for n in range(15))]
    assert not is_vision([grammar_of(text) for text in texts], texts)


def test_a_list_of_nouns_is_no_vision() -> None:
    texts = [f"Begrünung des {n}. Platzes" for n in range(20)]
    assert not is_vision([grammar_of(text) for text in texts], texts)


def test_the_sentence_before_is_no_lead_in_of_a_list() -> None:
    unit = Unit("Dies stärkt die Vereine.", lead_in="Wir wollen die Sporthalle ausbauen.")
    (place,) = places_of([unit], [grammar_of(unit.text)])
    assert (place.is_item, place.lead_in) == (False, "")
