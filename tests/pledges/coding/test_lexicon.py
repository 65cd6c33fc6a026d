"""The lexicon finds topics in compounds by their parts."""

import pytest

from pledges.coding.lexicon import TOPICS, hits_in, topic_points
from pledges.coding.words import words_of


def best_topic(text: str) -> str | None:
    points = topic_points(hits_in(words_of(text)))
    return max(points, key=lambda topic: points[topic]) if points else None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Mietwohnungsneubau", "wohnen"),
        ("Kindertagesstättenplätze", "kita"),
        ("Grundschulgebäude", "schule"),
        ("Jugendzentrum und Spielplätze", "jugend-familie"),
        ("Obdachlosenhilfe", "soziales"),
        ("Krankenhausfinanzierung", "gesundheit"),
        ("Gleichstellungsplan", "vielfalt"),
        ("Radschnellverbindung", "mobilitaet"),
        ("Photovoltaikanlagen", "klima"),
        ("Streuobstwiesen", "umwelt"),
        ("Gewerbegebiete für Handwerksbetriebe", "wirtschaft"),
        ("Fußgängerzone und Altstadt", "stadtentwicklung"),
        ("Feuerwehrgerätehaus", "sicherheit"),
        ("Sperrmüllabfuhr", "sauberkeit"),
        ("Stadtbibliothek und Museen", "kultur"),
        ("Hallenbäder", "sport"),
        ("Glasfaseranschluss", "digitales"),
        ("Baugenehmigungsverfahren", "verwaltung"),
        ("Gewerbesteuerhebesatz", "finanzen"),
        ("Bürgerentscheide", "beteiligung"),
        ("Städtepartnerschaften", "international"),
    ],
)
def test_it_knows_what_towns_speak_of(text: str, topic: str) -> None:
    assert best_topic(text) == topic


def test_every_topic_has_a_hundred_entries_or_more_in_three_strengths() -> None:
    from pledges.coding.lexicon import _raw_entries

    counts = {topic: sum(1 for _, t, _ in _raw_entries() if t == topic) for topic in TOPICS}
    assert min(counts.values()) >= 100


@pytest.mark.parametrize(
    "word", ["Hintergrund", "Gesellschafterversammlung", "handeln", "angemessen", "Vereinigung"]
)
def test_a_stem_inside_another_word_counts_for_nothing(word: str) -> None:
    assert not {"wirtschaft", "umwelt", "sauberkeit"} & set(topic_points(hits_in(words_of(word))))


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("orientieren", "umwelt"),
        ("ermöglicht", "sicherheit"),
        ("brauchen", "kultur"),
        ("vorbereiten", "sport"),
        ("U3", "kultur"),
        ("Ausrüstung", "international"),
        ("folgender", "vielfalt"),
        ("Appell", "digitales"),
        ("Kirche", "digitales"),
        ("Italien", "digitales"),
        ("Kooperation", "kultur"),
        ("Kandidaten", "digitales"),
        ("Unternehmen", "international"),
        ("bereinigt", "sauberkeit"),
        ("eventuell", "kultur"),
        ("reformbedürftig", "soziales"),
    ],
)
def test_a_short_stem_is_not_found_in_a_word_that_means_another_thing(word: str, topic: str) -> None:
    assert topic not in topic_points(hits_in(words_of(word)))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("U3-Plätze", "kita"),
        ("5G", "digitales"),
        ("A45", "mobilitaet"),
        ("Parkscheibenpflicht an der Ortsdurchfahrt", "mobilitaet"),
        ("Bauplätze", "wohnen"),
        ("Ensembleschutz", "stadtentwicklung"),
        ("Kanalnetz und Fremdwasser", "umwelt"),
        ("Bauhof", "verwaltung"),
        ("Kreisumlage", "finanzen"),
        ("Löschwasser und Gerätehäuser", "sicherheit"),
        ("Gemeinderat", "beteiligung"),
    ],
)
def test_it_knows_what_villages_and_districts_speak_of(text: str, topic: str) -> None:
    assert best_topic(text) == topic


def test_a_phrase_hides_the_stems_in_it() -> None:
    stems = [hit.stem for hit in hits_in(words_of("Open Data"))]
    assert stems == ["open data"]


def test_a_stem_counts_once() -> None:
    once = topic_points(hits_in(words_of("Radwege")))
    assert topic_points(hits_in(words_of("Radwege Radwege"))) == once
