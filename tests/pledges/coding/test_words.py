"""Spelling is unified before anything is looked up."""

import pytest

from pledges.coding.words import unify_spelling, words_of


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("Bürger*innen", "Bürgerinnen"),
        ("Schüler:innen", "Schülerinnen"),
        ("SeniorInnen", "Seniorinnen"),
        ("Ärzt*innenhaus", "Ärztinnenhaus"),
        ("BürgerInnenrat", "Bürgerinnenrat"),
        ("Markt/Innenhof", "Markt/Innenhof"),
        ("Wege -- auch am Bach - und Plätze", "Wege – auch am Bach – und Plätze"),
        ("Rad- und Fußwege", "Rad- und Fußwege"),
        ("Mieter-*innen", "Mieterinnen"),
        ("Wohnungsbau-vorhaben", "Wohnungsbauvorhaben"),
        ("• Mehr Bäume", "Mehr Bäume"),
    ],
)
def test_it_undoes_what_hides_a_word(written: str, unified: str) -> None:
    assert unify_spelling(written) == unified


def forms_of(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words_of(text) if word.is_word)


def test_it_folds_sharp_s_and_capitals() -> None:
    assert forms_of("STRAßE Maß") == ("strasse", "mass")


def test_it_cuts_a_hyphenated_compound_into_its_parts() -> None:
    assert forms_of("Open-Data-Portal") == ("open", "data", "portal")
