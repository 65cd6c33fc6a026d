"""Labels and what one coding changed of another's, in words; words marked in a sentence."""

import pytest

from pledges.differences import Labelling, difference, in_words, side_by_side
from pledges.marking import changed_words, mark_quotations, mark_reasons
from pledges.models import Commitment, Kind

FIRM = Labelling(Kind.PLEDGE, Commitment.FIRM, True, ("Wohnen", "Kita"))


def changed(**labels):
    names = ("kind", "commitment", "measurable", "topics")
    return Labelling(**({name: getattr(FIRM, name) for name in names} | labels))


def test_all_labels_are_told_main_topic_first():
    assert in_words(FIRM) == "Vorhaben, fest zugesagt, messbar, Wohnen, Kita"
    assert in_words(Labelling(Kind.CONTEXT, None, False, ())) == "Hintergrund"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (FIRM, "geprüft, nichts geändert"),
        (changed(topics=("Wohnen", "Kita", "Sport")), "Thema Sport ergänzt"),
        (changed(topics=("Wohnen",)), "Thema Kita entfernt"),
        (changed(topics=("Sport",)), "Thema Sport ergänzt; Themen Wohnen und Kita entfernt"),
        (changed(topics=("Kita", "Wohnen")), "Hauptthema Kita statt Wohnen"),
        (changed(commitment=Commitment.INTENT), "beabsichtigt statt fest zugesagt"),
        (changed(measurable=False), "nicht mehr messbar"),
        (changed(kind=Kind.RECORD, commitment=None, measurable=False), "Bilanz statt Vorhaben"),
    ],
)
def test_a_difference_names_what_changed_and_nothing_else(after, words):
    assert difference(FIRM, after) == words


def test_what_becomes_a_pledge_is_told_with_its_commitment():
    before = Labelling(Kind.VALUE, None, False, ("Wohnen", "Kita"))
    assert difference(before, FIRM) == "Vorhaben statt Grundsatz; fest zugesagt; jetzt messbar"


def test_side_by_side_says_which_labels_differ():
    rows = side_by_side(FIRM, changed(commitment=Commitment.REVIEW))

    assert [(name, differs) for name, _one, _other, differs in rows] == [
        ("Art", False),
        ("Bindung", True),
        ("Messbar", False),
        ("Themen", False),
    ]


def marked(pieces):
    return [words for words, is_marked in pieces if is_marked]


def test_a_reason_marks_its_words_or_the_words_of_its_stem():
    text = "Wir wollen bis 2030 die Wohnungsbauförderung digitalisieren, digitalisiert und gut."
    pieces = mark_reasons(text, ["bis 2030", "wohnung", "digitalisieren", "be", "gut"])

    assert marked(pieces) == ["bis 2030", "Wohnungsbauförderung", "digitalisieren", "gut"]
    assert marked(mark_reasons("Das ist digitalisiert.", ["digitalisieren"])) == ["digitalisiert"]
    assert "".join(words for words, _is_marked in pieces) == text


def test_reasons_that_overlap_are_marked_once():
    pieces = mark_reasons("Unsere freie Software", ["freie Software", "software"])

    assert "".join(words for words, _is_marked in pieces) == "Unsere freie Software"
    assert marked(pieces) == ["freie Software"]


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        (
            '"wieder" dropped; "Es gilt ... gerecht zu werden" is "want"',
            ["wieder", "Es gilt ... gerecht zu werden"],
        ),
        ("„Bedarf“ und “OGS”; Bedarf", ["Bedarf"]),
        ('"WIEDER" dropped', ["WIEDER"]),
        ('"ied" is no word, "gilt der Bedarf" not said so, "..." and "" are nothing', []),
    ],
)
def test_what_a_note_quotes_of_a_text_is_marked(note, quoted):
    german = ["Es gilt, dem Bedarf", "der OGS wieder gerecht zu werden."]

    pieces = mark_quotations(note, german, ["We want to meet the demand of OGS."])

    assert marked(pieces) == quoted
    assert "".join(words for words, _is_marked in pieces) == note


def test_changed_words_are_marked_in_both_texts():
    gone, come = changed_words("Wir bauen 20 neue Häuser.", "Wir bauen bald 30 neue Häuser.")

    assert marked(gone) == ["20"]
    assert "".join(marked(come)) == "bald 30"
    assert "".join(words for words, _is_marked in come) == "Wir bauen bald 30 neue Häuser."
