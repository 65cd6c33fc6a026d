"""What a word is found by: spelling, base form, parts; the same for text and query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.folding import fold
from pledges.search.words import folded_places, words_of

WHOLE = """
Unterkunft Wirtschaft Beitrag Verein Gebäude Angebot Gesellschaft Partei Demokratie Kultur Museum Politik
Projekt Familie Material Personal Quartier Energie Umwelt Sicherheit Verantwortung Integration Zukunft
Menschen Bürgerinnen Maßnahmen Kontrollen Faktor Entscheidungen Mischung Modelle Portale Abteilung Gründung
Transport Metropole Alternativen Szenarien Verbrauch Termin Legende Berlin Studierende Veranstaltung Erlebnis
Standort Kindergarten Deutschland Rathaus Beispiel Unternehmen Förderung Beratung Leistung Bildung Verwaltung
"""


def word(text):
    (found,) = words_of(text)
    return found


def parts(text):
    return [text[atom.start : atom.end] for atom in word(text).atoms]


def lemmas(text):
    return {lemma for found in words_of(text) for lemma in found.lemmas}


@pytest.mark.parametrize(
    ("compound", "expected"),
    [
        ("Wohnungsbau", ["wohnung", "bau"]),
        ("Radverkehrsnetz", ["rad", "verkehr", "netz"]),
        ("Schulsozialarbeit", ["schule", "sozial", "arbeit"]),
        ("Kitagebühren", ["kita", "gebuehr"]),
        ("Kindergartenbeitrag", ["kindergarten", "beitrag"]),
        ("Mietpreisbremse", ["miete", "preis", "bremse"]),
        ("Erholungsorte", ["erholung", "ort"]),
        ("Straßenzustandserfassung", ["strasse", "zustand", "erfassung"]),
        ("Grundstücksverkäufe", ["grundstueck", "verkauf"]),
        ("gebührenfreie", ["gebuehr", "frei"]),
        ("Bürgerinnenbüros", ["buerger", "buero"]),
        ("Kita-Gebühren", ["kita", "gebuehr"]),
        ("Krankenhausreform", ["krankenhaus", "reform"]),
    ],
)
def test_a_compound_falls_into_the_base_forms_of_its_parts(compound, expected):
    found = [atom.lemmas for atom in word(compound).atoms]
    assert len(found) == len(expected)
    assert all(base in bases for base, bases in zip(expected, found, strict=True))


@pytest.mark.parametrize("whole", WHOLE.split())
def test_a_word_that_only_looks_like_a_compound_stays_whole(whole):
    assert not word(whole).atoms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alle gebührenfreie", ["gebuehr", "frei"]),
        ("die kulturellen", ["kultur"]),
        ("eine tarifgebundene", ["tarif"]),
        ("das vereinfachen", []),
        ("sie weiterentwickeln", []),
        ("die notwendige", []),
        ("wenn sie bestehen", []),
    ],
)
def test_a_word_that_begins_small_holds_no_noun_by_chance(text, expected):
    found = [atom.lemmas for atom in words_of(text)[-1].atoms]
    assert [base for base, bases in zip(expected, found, strict=True) if base not in bases] == []


def test_the_parts_stand_where_the_text_has_them():
    assert parts("Wohnungsbau") == ["Wohnungs", "bau"]
    assert parts("Schulgebäude") == ["Schul", "gebäude"]
    assert parts("GROẞSTADT") == ["GROẞ", "STADT"]


def test_runs_of_parts_are_parts_too():
    found = {lemma for part in word("Schulsozialarbeit").parts for lemma in part.lemmas}
    assert "sozialarbeit" in found
    assert "schulsozialarbeit" not in found


@pytest.mark.parametrize(
    "spelling",
    [
        "Mieter*innen", "MieterInnen", "Mieter:innen", "Mieter_innen", "Mieter/-innen", "Mieter/innen",
        "Mieter(innen)", "Mieter·innen", "Mieterinnen", "Mieterin", "Mieter", "Mietern", "Mieter-*innen",
    ],
)  # fmt: skip
def test_every_spelling_of_all_genders_has_one_base_form(spelling):
    assert word(spelling).lemmas == ("mieter",)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Ärztinnen", "arzt"), ("Kolleginnen", "kollege"), ("Häuser", "haus"), ("Gebühren", "gebuehr"),
        ("KiTas", "kita"), ("saniert", "sanieren"), ("bezahlbaren", "bezahlbar"), ("Termin", "termin"),
        ("LKWs", "lkw"), ("OGS", "ogs"), ("Mitarbeitende", "mitarbeiter"),
    ],
)  # fmt: skip
def test_an_inflected_word_has_its_base_form(form, base):
    assert base in word(form).lemmas


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Rad- und Fußverkehr", "radverkehr"),
        ("Geh-, Rad- und Fußwege", "gehweg"),
        ("Geh-, Rad- und Fußwege", "radweg"),
        ("Schul- und Kitabauten", "schulbau"),
        ("Schulbau und -sanierung", "schulsanierung"),
        ("Demenzdorf/-quartier", "demenzquartier"),
    ],
)
def test_it_completes_a_suspended_hyphen(text, base):
    assert base in lemmas(text)


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (["ÖPNV", "Ö.P.N.V.", "oepnv", "öpnv"], "oepnv"),
        (["e. V.", "e.V.", "eV"], "ev"),
        (["z. B.", "z.B.", "zB"], "zb"),
        (["2.000", "2000"], "2000"),
        (["Gebu\u0308hr", "Gebühr", "GEBÜHR", "Ge\u00adbühr", "gebuehr"], "gebuehr"),
        (["U-Bahn", "U‑Bahn", "UBahn"], "ubahn"),
    ],
)
def test_spellings_of_one_word_are_folded_to_one_form(spellings, form):
    assert {word(spelling).form for spelling in spellings} == {form}


def test_the_case_of_a_text_tells_a_noun_from_a_verb_but_not_that_of_a_query():
    assert lemmas("Wir planen neue Schulen.") >= {"schule"}
    assert "schulen" not in lemmas("Wir planen neue Schulen.")
    assert "schule" not in lemmas("Wir wollen sie schulen.")
    assert {"schule", "schulen"} <= set(words_of("schulen", is_query=True)[0].lemmas)


@given(st.text())
def test_words_stand_in_the_text_one_after_the_other(text):
    at = 0
    for found in words_of(text):
        assert at <= found.start < found.end <= len(text)
        assert found.form
        assert found.lemmas
        assert all(0 <= piece.start < piece.end <= len(text) for piece in found.parts)
        at = found.end


@given(st.text(alphabet="abcäöüßÄẞé *:-/()In\u0308\u00ad", max_size=40))
def test_folding_letter_by_letter_says_where_each_comes_from(text):
    folded, places = folded_places(text)

    assert len(folded) == len(places)
    assert places == sorted(places)
    assert folded == "".join(c for c in fold(text.replace("\u00ad", "")) if c.isalnum())
