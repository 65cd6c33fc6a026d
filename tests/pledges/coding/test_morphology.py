"""Grammar without a parser: clauses, authors, verbs, tense and voice."""

import pytest

from pledges.coding.morphology import grammar_of, party_words


def infinitives(text: str) -> list[str]:
    return [reading.infinitive for reading in grammar_of(text).we_verbs]


def test_a_clause_after_a_conjunction_is_no_main_clause() -> None:
    main = [clause.is_main for clause in grammar_of("Wir bauen, weil Wohnungen fehlen.").clauses]
    assert main == [True, False]


def test_an_enumeration_is_no_relative_clause() -> None:
    grammar = grammar_of("Die Wege, die Plätze und die Parks sollen sauberer werden.")
    assert "should" in grammar.modals


@pytest.mark.parametrize("verb", ["wird", "sind", "soll", "muss"])
def test_a_relative_clause_may_end_in_any_finite_verb(verb: str) -> None:
    grammar = grammar_of(f"Der Markt lebt von Läden, die noch offen {verb}.")
    assert not grammar.modals


def test_a_main_clause_after_a_comma_keeps_its_verb() -> None:
    assert "must" in grammar_of("Die Halle ist alt, die muss der Kreis sanieren.").modals


def test_a_verb_and_its_prefix_are_found_apart() -> None:
    assert infinitives("Wir bauen die Radwege im Norden, Süden und Westen aus.") == ["ausbauen"]


def test_the_party_stands_for_us() -> None:
    assert "want" in grammar_of("Die FDP will den Stadtrat verkleinern.").we_modals


def test_a_verb_after_und_has_the_same_subject() -> None:
    assert "will" in grammar_of("Wir stehen zur Musikschule und werden sie sanieren.").we_modals


def test_authors_can_be_named() -> None:
    names = party_words(("Bunte Liste Beispielstadt",))
    assert grammar_of("Die Bunte Liste fordert mehr Bänke.", names).we_acts
    assert not grammar_of("Die Kaufleute fordern mehr Bänke.", names).we_acts


def test_for_us_is_no_subject() -> None:
    assert grammar_of("Sport gehört für uns Grüne zur Bildung.").we_verbs == ()


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Wir werden die Halle sanieren.", "is_future"),
        ("Die Halle wird saniert.", "is_passive"),
        ("Die Halle wurde saniert.", "is_perfect"),
        ("Wir haben die Halle saniert.", "is_perfect"),
        ("Wir haben viele Hallen sanieren können.", "is_perfect"),
        ("Die Halle muss saniert werden.", "must_be_done"),
        ("Die Halle soll für alle offen sein.", "must_be"),
        ("Die Halle soll heller und die Bühne soll zum Treffpunkt werden.", "must_become"),
        ("Alle sollen die Halle nutzen können.", "enables"),
    ],
)
def test_it_tells_tense_and_voice(text: str, voice: str) -> None:
    grammar = grammar_of(text)
    found = {
        name
        for name in (
            "is_future",
            "is_passive",
            "is_perfect",
            "must_be_done",
            "must_become",
            "must_be",
            "enables",
        )
        if getattr(grammar, name)
    }
    assert found == {voice}


@pytest.mark.parametrize(
    ("text", "finite"),
    [
        ("Sanierung der Brücken", False),
        ("Mehr Bäume in der Innenstadt", False),
        ("Der Verein leistet gute Arbeit.", True),
        ("Viele Betriebe suchen nach Nachwuchs.", True),
    ],
)
def test_it_tells_a_sentence_from_a_fragment(text: str, finite: bool) -> None:
    assert grammar_of(text).has_finite is finite


def test_a_demand_may_be_a_bare_infinitive() -> None:
    assert grammar_of("Spielplätze erneuern").ends_infinitive
    assert not grammar_of("Es gilt, Spielplätze zu erneuern").ends_infinitive
