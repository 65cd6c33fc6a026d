"""What is typed, and what it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.search.expressions import additions, for_fts5, for_tsquery
from pledges.search.query import Filter, conditions, exclusion, names, parse, search_for
from pledges.search.tokens import tokens_of
from tests.pledges.search.oracle import meets, tier_of


def tier(typed, text, **around):
    """The tier of a text for a query, from 1; None where it isn't found."""
    return tier_of(tokens_of(text, **around), search_for(typed))


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("Kita", "Eine Kita für alle", 1),
        ("Kita", "Mehr Kitas", 2),
        ("Kita", "Mehr Kitaplätze", 3),
        ("Kita", "Mehr Kindergärten", 4),
        ("Kita", "Mehr Kindertagesstättenplätze", 4),
        ("Kita", "Mehr Schulen", None),
        ("Wohnung", "Wir wollen Wohnungsbau", 3),
        ("Bau", "Unser Wohnungsbau", 3),
        ("Sozialarbeit", "Mehr Schulsozialarbeit", 3),
        ("Kunft", "Eine Unterkunft", None),
        ("bürger", "Die Bürger*innen entscheiden", 2),
        ("Bürger:innen", "Der Bürger entscheidet", 2),
        ("Radverkehr", "Rad- und Fußverkehr", 2),
        ("Radwege", "sichere Geh-, Rad- und Fußwege", 2),
        ("strasse", "Die Straße", 1),
        ("STRAẞE", "Die strasse", 1),
        ("ÖPNV", "Busse und Bahnen fahren öfter", 4),
        ("Bus und Bahn", "Der ÖPNV wird günstiger", 4),
        ("Bus und Bahn", "Bahn und Bus", 1),
        ("OGS", "Der Offene Ganztag wird ausgebaut", 4),
        ("O.G.S.", "Die OGS", 1),
        ("Gebühren", "Der Beitrag zum Klimaschutz", None),
        ("Kita Gebühren", "Die Beiträge für Kindergärten", 4),
        ("kitagebuehren", "Die Beiträge für Kindergärten", 4),
        ("Kindergartenbeitrag", "Die Gebühren für Kitas", 4),
        ("Wohnung bezahlbar", "bezahlbare Wohnungen", 2),
        ("affordable flats", "günstige Wohnungen", 4),
        ("childcare fees", "Die Beiträge für Kindergärten", 4),
        ("public transport", "Busse und Bahnen fahren öfter", 4),
        ("roads", "Mehr Radwege", None),
        ("Wohnung teuer", "bezahlbare Wohnungen", None),
        ("die Wohnungen", "Wohnungen bauen", 1),
        ("die", "Die Stadt", 1),
    ],
)
def test_a_statement_is_found_in_its_tier(typed, text, expected):
    assert tier(typed, text) == expected


def test_what_stands_around_a_statement_finds_it_last():
    assert tier("Kita", "Wir bauen aus.", context=["Kitas und Schulen"]) == 5
    assert tier("Kindergarten", "Wir bauen aus.", context=["Kitas und Schulen"]) == 5
    assert tier("grants", "Die Zuschüsse steigen.", english=["We raise the grant."]) == 5


def test_the_name_of_a_topic_or_party_finds_its_statements_last():
    named = names((("Kita & frühe Bildung", "@t3"), ("SPD", "@p1")))

    assert set(named) >= {"kita", "spd", "#kita"}
    assert "bildung" not in named
    condition = conditions(parse("spd kita"), named)[-1]
    assert meets({"@p1", "@t3"}, condition)
    assert not meets({"@p1"}, condition)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wohnungsb", 1),
        ("bezahlb", 1),
        ("wohn", 1),
        ("Wohnungen bezahlb", 1),
        ("bau*", 1),
        ("wohnungsb ", None),
    ],
)
def test_the_last_word_may_be_unfinished(typed, expected):
    assert tier(typed, "bezahlbare Wohnungen durch Wohnungsbau und Bauland") == expected


def test_a_word_that_is_one_is_no_beginning_of_others():
    assert tier("rat", "Ein Ratatouille") is None
    assert tier("rad", "Radikale Änderungen") is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kita -Gebühren", False),
        ("Kita -gebuehr", False),
        ("Kita -Beitrag", True),
        ('Kita -"hohe Gebühren"', True),
        ("-Gebühren", False),
    ],
)
def test_a_minus_leaves_out_what_holds_the_word_in_any_form(typed, found):
    query = parse(typed)
    tokens = tokens_of("Die Kita-Gebühren")
    without = exclusion(query)
    assert (not (without and meets(tokens, without))) is found


def test_quotes_of_every_kind_hold_a_phrase():
    for typed in (
        '"bezahlbare Wohnungen"',
        "„bezahlbare Wohnungen“",
        "»Bezahlbare Wohnungen«",
        '"bezahlbare Wohnungen',
    ):
        assert parse(typed).phrases == (("bezahlbare", "wohnungen"),)


def test_a_filter_has_a_name_and_values():
    query = parse('Kita thema:wohnen,kita partei:"Die Grünen" -ort:dortmund')

    assert [term.typed for term in query.terms] == ["Kita"]
    assert query.filters == (
        Filter("thema", ("wohnen", "kita"), (5, 22)),
        Filter("partei", ("Die Grünen",), (23, 42)),
        Filter("ort", ("dortmund",), (43, 56), excludes=True),
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"art:bilanz" art:bilanz', '"art:bilanz"'),
        ("-art:bilanz Kita art:bilanz", "Kita"),
        ('  Kita\tthema:"Wohnen & Bauen"  Rad ', "Kita Rad"),
    ],
)
def test_a_filter_is_left_out_where_it_stands(typed, words):
    assert parse(typed).words == words


def test_each_term_knows_where_it_stands():
    query = parse('"der Rad"  Radwege\nthema:rad Bus  und Bahn -Radwege rad*')
    terms = [*query.terms, *query.excluded]

    stand = [query.typed[slice(*term.span)] for term in terms]

    assert [term.typed for term in terms] == ["Radwege", "Bus und Bahn", "rad", "Radwege"]
    assert stand == ["Radwege", "Bus  und Bahn", "rad", "Radwege"]
    assert [term.span[0] for term in terms] == [11, 29, 52, 44]
    assert query.replaced({query.terms[2].span: "Fahrrad"}).endswith("-Radwege Fahrrad*")


def test_a_word_before_a_filter_is_no_beginning_even_if_the_filter_ends_like_it():
    assert [term.begins for term in parse("schu thema:schu").terms] == [False]
    assert [term.begins for term in parse("thema:schu schu").terms] == [True]


@pytest.mark.parametrize(
    "typed", ["Bürger:innen", "Mieter:in", "Bürger:innenbüro", "jede:r", "12:30", "Motto: mehr"]
)
def test_a_colon_within_a_word_is_no_filter(typed):
    assert parse(typed).filters == ()


@pytest.mark.parametrize("typed", ["", "   ", "''", "´", "\u0301", "%", "*", '""', "-", ":"])
def test_what_holds_no_letter_asks_for_nothing(typed):
    query = parse(typed)

    assert conditions(query, {}) == []
    assert query.is_void is bool(typed.strip())


@given(st.text(max_size=200))
def test_anything_can_be_typed(typed):
    query = parse(typed)
    for condition in conditions(query, {}):
        assert for_fts5(condition)
        assert for_tsquery(condition)


@given(st.text(max_size=80))
def test_a_text_is_found_by_its_own_words(text):
    query = parse(text.replace("-", " ").replace(":", " ").replace('"', " "))
    tokens = tokens_of(query.typed)
    for term in query.terms:
        if not term.begins:
            assert meets(tokens, conditions(parse(term.typed), {})[-1])


@pytest.mark.parametrize(
    "typed", ["Wohnung", "Radwege", "Kita Gebühren", "Bus und Bahn", '"die Stadt" Kita', "schu"]
)
def test_additions_meet_what_the_tiers_meet_and_of_one_word_each_statement_once(typed):
    tiers = conditions(parse(typed), {})
    asked = list(additions(tiers))

    texts = [
        "Wohnung",
        "Wohnungen",
        "Wohnungsbau",
        "Radweg",
        "Kita",
        "die Stadt baut Kitas",
        "Bus und Bahn",
        "Schulen",
    ]
    for text in [*texts, *(f"{one} {other}" for one in texts for other in texts)]:
        tokens = tokens_of(text)
        met = [meets(tokens, tier) for tier in tiers]
        of_additions = [meets(tokens, addition) for addition in asked]
        assert (met.index(True) if any(met) else None) == (
            of_additions.index(True) if any(of_additions) else None
        ), text
        assert sum(of_additions) <= 1 or len(tiers[0].parts) > 1
