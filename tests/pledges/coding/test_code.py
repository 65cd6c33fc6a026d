"""What anybody may rely on of `code`, and the settled cases of the codebook in made sentences."""

import time
from collections.abc import Callable

import pytest

from pledges.coding import Labels, Unit, coder, reasons
from pledges.coding.lexicon import TOPICS
from pledges.coding.model import Model

Coded = Callable[..., tuple[Labels, ...]]


def test_it_returns_one_labels_a_unit_in_order(coded: Coded) -> None:
    assert len(coded(["Wir werden neue Radwege bauen.", "Die Stadt wächst.", ""])) == 3


def test_it_codes_no_statements_at_all(coded: Coded) -> None:
    assert coded([]) == ()


def test_a_commitment_stands_exactly_with_a_pledge(coded: Coded) -> None:
    for labels in coded(["Wir wollen zehn Kitas bauen.", "Viele Menschen leben gern hier."]):
        assert (labels.commitment is not None) == (labels.kind == "pledge")
        assert (labels.certainty.commitment is not None) == (labels.kind == "pledge")


def test_every_certainty_is_a_probability(coded: Coded) -> None:
    (labels,) = coded(["Bis 2030 wollen wir alle Schulen sanieren."])
    given = labels.certainty
    assert all(0 <= value <= 1 for value in (given.kind, given.commitment, given.measurable, given.topics))


def test_a_pledge_is_not_said_where_the_other_kinds_together_are_much_likelier(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    chances = {"pledge": 0.4, "value": 0.35, "context": 0.25, "record": 0.0}
    monkeypatch.setattr(coder.linear, "probabilities", lambda _model, _row: chances | {"yes": 0.1})
    (labels,) = coded(["Wir wollen eine gute Stadt für alle."])
    assert (labels.kind, labels.certainty.kind) == ("value", 0.35)


def test_it_gives_a_pledge_one_to_three_known_topics(coded: Coded) -> None:
    (labels,) = coded(["Wir werden Wohnungen, Radwege, Kitas, Museen und Schwimmbäder schaffen."])
    assert labels.kind == "pledge"
    assert 1 <= len(labels.topics) <= 3
    assert set(labels.topics) <= set(TOPICS)


def test_it_codes_the_same_twice(coded: Coded) -> None:
    texts = ["Wir werden das Freibad sanieren.", "Der Zoo ist beliebt."]
    assert coded(texts) == coded(texts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wir werden das Hallenbad sanieren.", "pledge"),
        ("Die Tierschutzpartei fordert ein neues Tierheim.", "pledge"),
        ("Das Frauenhaus muss ausgebaut werden.", "pledge"),
        ("An der Musikschule halten wir fest.", "pledge"),
        ("Eine Privatisierung der Stadtwerke lehnen wir ab.", "pledge"),
        ("Seit 2015 wurden vier Turnhallen gebaut.", "record"),
        ("Wir haben den Nachtbus eingeführt.", "record"),
        ("Gesundheit ist ein Menschenrecht.", "value"),
        ("Bildung ist der Schlüssel zur Teilhabe.", "value"),
        ("Die Zahl der Touristen nimmt immer mehr zu.", "context"),
        ("Wie wollen wir morgen leben?", "context"),
    ],
)
def test_it_tells_kinds_apart(coded: Coded, text: str, kind: str) -> None:
    assert coded([text])[0].kind == kind


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("Wir werden das Hallenbad sanieren.", "firm"),
        ("Wir wollen das Hallenbad sanieren.", "intent"),
        ("Wir werden uns für den Erhalt des Hallenbads einsetzen.", "intent"),
        ("Wir werden prüfen, ob das Hallenbad saniert werden kann.", "review"),
        ("Das Land muss die Sanierung des Hallenbads endlich bezahlen.", "demand"),
        ("Den Verkauf des Hallenbads lehnen wir ab.", "rejection"),
    ],
)
def test_it_tells_commitments_apart(coded: Coded, text: str, commitment: str) -> None:
    assert coded([text])[0].commitment == commitment


def test_what_stands_in_a_list_of_demands_is_a_demand(coded: Coded) -> None:
    lead_in = "Die Bürgerliste setzt sich ein für:"
    items = ["mehr Sitzbänke im Park", "den Erhalt der Bücherei", "sichere Schulwege"]
    found = coded([lead_in, *(Unit(item, is_item=True, lead_in=lead_in) for item in items)])
    assert [labels.kind for labels in found] == ["context", "pledge", "pledge", "pledge"]


def test_a_list_is_recognised_without_marks(coded: Coded) -> None:
    found = coded(["Wir fordern daher", "die Begrünung der Schulhöfe,", "mehr Trinkbrunnen in den Parks."])
    assert [labels.kind for labels in found] == ["context", "pledge", "pledge"]


def test_a_numbered_noun_is_a_pledge(coded: Coded) -> None:
    found = coded(
        [Unit("Ausbau des Radnetzes", ("Verkehr",), True), Unit("Erhalt des Stadtbades", ("Sport",), True)]
    )
    assert [labels.kind for labels in found] == ["pledge", "pledge"]
    assert [labels.topics[0] for labels in found] == ["mobilitaet", "sport"]


def test_a_picture_of_the_future_pledges_its_states(coded: Coded) -> None:
    found = coded(["Der Marktplatz ist begrünt.", "Alle Busse fahren elektrisch."], kind_of_text="vision")
    assert {labels.commitment for labels in found} == {"vision"}


def test_what_only_a_neighbour_speaks_of_is_no_topic_of_a_statement(coded: Coded) -> None:
    section = {"headings": ("Wohnen",), "is_item": True, "lead_in": "Wir werden:"}
    fees, tracks = coded(
        [
            Unit("die Kita-Gebühren abschaffen,", **section),
            Unit("50 km neue Radwege bauen.", **section),
        ]
    )

    assert "kita" in fees.topics
    assert tracks.topics[0] == "mobilitaet"
    assert "kita" not in tracks.topics


def test_a_heading_tells_the_topic_where_the_words_do_not(coded: Coded) -> None:
    (labels,) = coded([Unit("Diesen Weg werden wir konsequent fortsetzen.", ("Feuerwehr und Polizei",))])
    assert labels.topics[0] == "sicherheit"


@pytest.mark.parametrize(
    ("text", "measurable"),
    [
        ("Bis 2030 werden wir 500 neue Wohnungen bauen.", True),
        ("Wir werden alle Haltestellen barrierefrei umbauen.", True),
        ("Wir werden neue Wohnungen bauen.", False),
        ("Den Verkauf der Stadtwerke lehnen wir ab.", True),
    ],
)
def test_a_target_makes_a_pledge_measurable(coded: Coded, text: str, measurable: bool) -> None:
    assert coded([text])[0].measurable is measurable


def test_targets_are_verbatim(coded: Coded) -> None:
    text = "Bis 2030 werden wir 500 neue Wohnungen bauen."
    spans = [text[target.start : target.end] for target in coded([text])[0].targets]
    assert spans == ["Bis 2030", "500 neue Wohnungen"]


def test_it_says_which_words_spoke_for_a_label(coded: Coded, model: Model) -> None:
    units = [Unit("Die SPD setzt sich für ein neues Freibad ein.")]
    (words,) = reasons(units, coded(units), model=model)
    assert "freibad" in words
    assert any("setzt sich" in word for word in words)


@pytest.mark.parametrize(
    "text",
    ["", " ", "–", "12", "?", "a" * 5000, "Wir " * 800, "wer, " * 500],
    ids=lambda text: repr(text[:5]),
)
def test_it_codes_odd_texts_too(coded: Coded, text: str) -> None:
    assert len(coded([text])) == 1


def test_it_codes_three_hundred_statements_a_second(coded: Coded) -> None:
    texts = [
        f"Wir wollen in den nächsten Jahren {n} neue Spielplätze im Norden der Stadt bauen."
        for n in range(300)
    ]
    begin = time.process_time()
    coded(texts)
    assert time.process_time() - begin < 1.0


@pytest.mark.parametrize(
    "heading", ["Unser Vorstand", "Kandidatinnen und Kandidaten", "Lebenslauf", "Kontakt"]
)
def test_names_and_lives_are_no_pledges(coded: Coded, heading: str) -> None:
    texts = ["Kim Beispiel, 54, Lehrkraft", "1987 Abitur", "seit 2014 im Gemeinderat", "Telefon 0123 456789"]
    assert {labels.kind for labels in coded([Unit(text, (heading,), is_item=True) for text in texts])} == {
        "context"
    }


def test_a_candidate_pledges_what_a_list_of_demands_does(coded: Coded) -> None:
    lead_in = Unit("Ich setze mich ein für:", ("Kandidatin im Norden",))
    items = ["Neubau der Turnhalle", "den Erhalt der Bücherei"]
    units = [lead_in, *(Unit(text, lead_in.headings, True, lead_in.text) for text in items)]
    assert [labels.kind for labels in coded(units)][1:] == ["pledge", "pledge"]


@pytest.mark.parametrize(
    ("lead_in", "commitment"),
    [
        ("Wir lehnen ab:", "rejection"),
        ("Vom Land fordern wir:", "demand"),
        ("Wir wollen prüfen:", "review"),
        ("Wir werden:", "firm"),
        ("Wir wollen:", "intent"),
    ],
)
def test_an_item_binds_as_its_lead_in_does(coded: Coded, lead_in: str, commitment: str) -> None:
    units = [Unit(lead_in), Unit("den Verkauf des Bauhofs", is_item=True, lead_in=lead_in)]
    assert coded(units)[1].commitment == commitment
