import pytest
from reportlab.lib.pagesizes import A4, landscape

from tests.sources.sheets import BOLD, PLAIN, WORDS, Sheet


def test_lines_of_a_paragraph_are_joined():
    sheet = Sheet()
    sheet.column(60, 700, 300, WORDS * 2)
    assert sheet.texts() == [("paragraph", (WORDS * 2).strip())]


def test_two_columns_are_read_one_after_the_other():
    sheet = Sheet()
    sheet.column(60, 700, 220, f"Links. {WORDS * 3}", justified=True)
    sheet.column(300, 700, 220, f"Rechts. {WORDS * 3}", justified=True)
    found = "\n".join(text for _, text in sheet.texts())
    assert found == f"Links. {(WORDS * 3).strip()}\nRechts. {(WORDS * 3).strip()}"


def test_columns_whose_lines_stand_at_other_heights_are_read_one_after_the_other():
    sheet = Sheet()
    sheet.column(60, 700, 220, f"Links. {WORDS * 3}")
    sheet.column(292, 694, 220, f"Rechts. {WORDS * 3}")
    assert [text.split()[0] for _, text in sheet.texts()] == ["Links.", "Rechts."]


def test_a_heading_over_two_columns_comes_first_and_one_below_them_last():
    sheet = Sheet()
    sheet.line(60, 740, "Eine Überschrift über beiden Spalten", BOLD, 20)
    sheet.column(60, 700, 220, f"Links. {WORDS * 2}")
    sheet.column(300, 700, 220, f"Rechts. {WORDS * 2}")
    sheet.column(60, 400, 460, f"Unten. {WORDS * 3}")
    kinds = [(kind, text.split()[0]) for kind, text in sheet.texts()]
    assert kinds == [
        ("heading", "Eine"),
        ("paragraph", "Links."),
        ("paragraph", "Rechts."),
        ("paragraph", "Unten."),
    ]


def test_a_short_heading_that_cuts_both_columns_comes_between_them():
    sheet = Sheet()
    for x, first in ((60, "Links"), (300, "Rechts")):
        sheet.column(x, 700, 220, f"{first} oben. {WORDS}")
        sheet.column(x, 590, 220, f"{first} unten. {WORDS}")
    sheet.line(60, 620, "Verkehr", BOLD, 16)
    assert [" ".join(text.split()[:2]) for _, text in sheet.texts()] == [
        "Links oben.",
        "Rechts oben.",
        "Verkehr",
        "Links unten.",
        "Rechts unten.",
    ]


def test_a_heading_beside_a_column_that_goes_on_belongs_to_its_own_column():
    sheet = Sheet()
    sheet.column(60, 700, 220, f"Links oben. {WORDS}")
    sheet.line(60, 620, "Verkehr", BOLD, 16)
    sheet.column(60, 592, 220, f"Links unten. {WORDS}")
    sheet.column(300, 700, 220, f"Rechts. {WORDS * 3}")
    assert [text.split()[0] for _, text in sheet.texts()] == ["Links", "Verkehr", "Links", "Rechts."]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page():
    sheet = Sheet()
    sheet.line(60, 400, "Wir wollen, dass alle Kinder in der Stadt einen")
    sheet.line(60, 388, "guten Platz in einer Einrichtung haben und jede")
    sheet.line(320, 400, "Familie in ihrem Viertel auf Dauer und ohne Hür-")
    sheet.line(320, 388, "den Hilfe findet, wenn sie welche braucht, egal ob")
    sheet.page()
    sheet.line(60, 700, "Bildung oder Wohnen.")
    assert sheet.texts() == [
        (
            "paragraph",
            "Wir wollen, dass alle Kinder in der Stadt einen guten Platz in einer Einrichtung haben und"
            " jede Familie in ihrem Viertel auf Dauer und ohne Hürden Hilfe findet, wenn sie welche"
            " braucht, egal ob Bildung oder Wohnen.",
        )
    ]


def test_both_pages_of_a_spread_are_read():
    sheet = Sheet(landscape(A4))
    sheet.column(50, 500, 320, f"Erste Seite. {WORDS * 3}")
    sheet.column(470, 500, 320, f"Zweite Seite. {WORDS * 3}")
    assert [text.split()[0] for _, text in sheet.texts()] == ["Erste", "Zweite"]


def test_wide_gaps_in_a_justified_line_are_no_columns():
    sheet = Sheet()
    text = "Kommunalpolitische Verantwortung übernehmen heißt Gemeinwohlorientierung statt Gewinnsucht. " * 4
    sheet.column(60, 700, 210, text, justified=True)
    assert sheet.texts() == [("paragraph", text.strip())]


def test_lines_side_by_side_at_slightly_other_heights_come_to_an_end():
    sheet = Sheet()
    for x, y, line in (
        (60, 700, "Wir wollen, dass in den nächsten Jahren alle Menschen in der Stadt eine"),
        (60, 689, "Wohnung finden."),
        (300, 682, "Ein Bild."),
        (60, 672, "Dazu gründen wir eine Gesellschaft, die Häuser in der Stadt kauft und auch"),
    ):
        sheet.line(x, y, line)
    assert sorted(" ".join(text for _, text in sheet.texts()).split())[:2] == ["Bild.", "Dazu"]


def test_running_heads_feet_and_page_numbers_are_left_out():
    sheet = Sheet()
    for number in range(1, 6):
        sheet.line(60, 810, "Programm 2025" if number % 2 else f"Kapitel {number}", size=7)
        sheet.column(60, 740, 400, f"Seite mit der Nummer {number * 11} ist da. {WORDS * 2}")
        sheet.line(500, 30, str(number), size=8)
        sheet.page()
    found = sheet.texts()
    assert len(found) == 5
    assert all(text.startswith("Seite mit der Nummer") for _, text in found)


def test_a_sentence_at_the_top_of_every_chapter_is_no_running_head():
    sheet = Sheet()
    for number in range(4):
        sheet.line(60, 800, f"Kapitel {'ABCD'[number]}", BOLD, 16)
        sheet.line(60, 770, "Beteiligung ist die Regel.")
        sheet.column(60, 740, 400, WORDS)
        sheet.page()
    assert sum("Beteiligung ist die Regel." in text for _, text in sheet.texts()) == 4


def test_text_at_an_angle_is_left_out():
    sheet = Sheet()
    sheet.column(60, 700, 400, WORDS)
    sheet.canvas.saveState()
    sheet.canvas.rotate(5)
    sheet.line(100, 600, "Ein schräges Banner")
    sheet.canvas.restoreState()
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_page_that_is_turned_is_read_upright():
    sheet = Sheet()
    sheet.canvas.setPageRotation(90)
    sheet.canvas.saveState()
    sheet.canvas.translate(595, 0)
    sheet.canvas.rotate(90)
    sheet.column(60, 500, 400, WORDS)
    sheet.canvas.restoreState()
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_table_of_candidates_is_left_out():
    sheet = Sheet()
    y = sheet.column(60, 740, 400, WORDS) - 30
    for number in range(8):
        for x, cell in (
            (60, str(number + 1)),
            (120, f"Wahlbezirk {number}"),
            (260, "Erika Muster"),
            (400, "Lehrerin"),
        ):
            sheet.line(x, y - 16 * number, cell)
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_table_of_contents_is_left_out():
    sheet = Sheet()
    sheet.line(60, 780, "Inhaltsverzeichnis", BOLD, 14)
    for number in range(1, 8):
        sheet.line(60, 770 - 20 * number, f"Kapitel {number}")
        sheet.line(400, 770 - 20 * number, str(3 * number))
    sheet.page()
    sheet.column(60, 740, 400, WORDS)
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_membership_form_is_left_out():
    sheet = Sheet()
    sheet.column(60, 740, 400, WORDS)
    sheet.page()
    for at, field in enumerate(
        ["Aufnahmeantrag", "Name, Vorname", "Geburtsdatum", "PLZ", "IBAN", "Unterschrift"]
    ):
        sheet.line(60, 740 - 30 * at, f"{field} ____________")
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_bullets_and_numbers_that_are_printed_apart_belong_to_their_items():
    sheet = Sheet()
    sheet.line(60, 720, "Wir wollen in den nächsten Jahren für alle:")
    for at, mark in enumerate(["•", "•", "12.", "13."]):
        sheet.line(62, 700 - 30 * at, mark)
        sheet.line(85, 700 - 30 * at, "die Förderung von Wohnraum für Familien und für ältere Menschen,")
        sheet.line(85, 688 - 30 * at, "auch in der Mitte")
    found = sheet.blocks()
    assert [(block.kind, block.mark) for block in found] == [
        ("paragraph", ""),
        ("item", ""),
        ("item", ""),
        ("item", "12."),
        ("item", "13."),
    ]
    assert (
        found[1].text == "die Förderung von Wohnraum für Familien und für ältere Menschen, auch in der Mitte"
    )


def test_bullets_that_are_drawn_belong_to_their_items():
    sheet = Sheet()
    sheet.line(60, 720, "Wir fordern")
    for at, item in enumerate(["mehr Wohnungen", "weniger Lärm", "gute Schulen"]):
        sheet.canvas.circle(75, 703 - 14 * at, 1.5, stroke=0, fill=1)
        sheet.line(82, 700 - 14 * at, item)
    assert sheet.texts() == [
        ("paragraph", "Wir fordern"),
        ("item", "mehr Wohnungen"),
        ("item", "weniger Lärm"),
        ("item", "gute Schulen"),
    ]


def test_drawn_ornaments_are_no_bullets():
    sheet = Sheet()
    for at in range(40):
        sheet.canvas.circle(40 + at % 4 * 5, 703 - at // 4 * 6, 1.5, stroke=0, fill=1)
    y = sheet.column(60, 700, 400, WORDS * 2)
    sheet.canvas.rect(53, y - 40, 4, 4, stroke=0, fill=1)
    sheet.column(60, y - 40, 400, WORDS)
    assert [kind for kind, _ in sheet.texts()] == ["paragraph", "paragraph"]


def test_a_number_on_a_line_of_its_own_belongs_to_what_follows():
    sheet = Sheet()
    sheet.column(60, 760, 400, WORDS)
    for at in (1, 2):
        sheet.line(60, 740 - 60 * at, f"{at}.")
        sheet.line(60, 728 - 60 * at, "Wir bauen mehr Wohnungen für Familien in dieser Stadt und")
        sheet.line(60, 716 - 60 * at, "sanieren Schulen.")
    assert [(block.kind, block.mark, block.text) for block in sheet.blocks()[1:]] == [
        ("item", f"{at}.", "Wir bauen mehr Wohnungen für Familien in dieser Stadt und sanieren Schulen.")
        for at in (1, 2)
    ]


def test_headings_are_told_by_size_weight_and_capitals_and_have_levels():
    sheet = Sheet()
    sheet.line(60, 780, "Wohnen in der Stadt", BOLD, 18)
    sheet.line(60, 750, "Bezahlbare Mieten", BOLD, 10)
    y = sheet.column(60, 730, 400, WORDS * 2)
    sheet.line(60, y - 20, "KITAS FÜR ALLE")
    sheet.column(60, y - 40, 400, WORDS)
    found = [(block.text, block.level) for block in sheet.blocks() if block.kind == "heading"]
    assert found == [("Wohnen in der Stadt", 1), ("Bezahlbare Mieten", 2), ("KITAS FÜR ALLE", 3)]


def test_a_heading_of_two_lines_is_one():
    sheet = Sheet()
    sheet.line(60, 780, "Unsere Stadt", BOLD, 16)
    sheet.line(60, 761, "wächst und wächst", BOLD, 16)
    sheet.column(60, 730, 400, WORDS * 2)
    assert sheet.texts()[0] == ("heading", "Unsere Stadt wächst und wächst")


def test_bold_text_that_introduces_a_list_is_no_heading():
    sheet = Sheet()
    y = sheet.column(60, 780, 400, WORDS * 2)
    sheet.line(60, y - 20, "Deshalb setzt sich unsere Partei in den nächsten Jahren dafür ein,", BOLD)
    sheet.line(60, y - 44, "• dass mehr Wohnungen gebaut werden.")
    assert [kind for kind, _ in sheet.texts()] == ["paragraph", "paragraph", "item"]


def test_hyphens_at_line_ends_are_undone_and_suspended_ones_kept():
    sheet = Sheet()
    lines = [
        "Wir fördern den Wohn-",
        "und Stadtbau, neue Rad-",
        "und Fußwege, das Zoo-",
        "Ticket im 10-Minuten-Takt und eine verläss-",
        "liche Betreuung.",
    ]
    for at, line in enumerate(lines):
        sheet.line(60, 700 - 12 * at, line)
    assert sheet.texts() == [
        (
            "paragraph",
            "Wir fördern den Wohn- und Stadtbau, neue Rad- und Fußwege, das Zoo-Ticket im 10-Minuten-Takt und"
            " eine verlässliche Betreuung.",
        )
    ]


def test_a_compound_whose_number_ends_a_line_is_one_word():
    sheet = Sheet()
    for at, line in enumerate(["Wir behalten die 30-", "Prozent-Quote bei und zahlen 10-", "oder 20-mal."]):
        sheet.line(60, 700 - 12 * at, line)
    assert sheet.texts() == [
        ("paragraph", "Wir behalten die 30-Prozent-Quote bei und zahlen 10- oder 20-mal.")
    ]


def test_umlauts_whose_dots_are_printed_apart_are_letters():
    sheet = Sheet()
    sheet.column(60, 760, 400, WORDS)
    sheet.line(60, 700, "Das")
    at = 60 + sheet.canvas.stringWidth("Das ", PLAIN, 10)
    sheet.line(at, 700, "wu")
    dots = at + sheet.canvas.stringWidth("w", PLAIN, 10)
    sheet.line(dots + 1, 700, "¨")
    sheet.line(at + sheet.canvas.stringWidth("wu", PLAIN, 10), 700, "rde helfen.")
    assert sheet.texts()[-1][1].endswith("Das würde helfen.")


def test_footnote_marks_are_left_out_and_exponents_kept():
    sheet = Sheet()
    sheet.column(60, 760, 400, WORDS)
    sheet.line(60, 700, "Das gilt in der Stadt")
    at = 60 + sheet.canvas.stringWidth("Das gilt in der Stadt", PLAIN, 10)
    sheet.line(at, 704, "12", size=6)
    sheet.line(at + 10, 700, "für 30 m")
    sheet.line(at + 10 + sheet.canvas.stringWidth("für 30 m", PLAIN, 10), 704, "2", size=6)
    sheet.line(at + 60, 700, "je Kopf.")
    assert sheet.texts()[-1][1].endswith("Das gilt in der Stadt für 30 m2 je Kopf.")


def test_letter_spaced_words_are_joined():
    sheet = Sheet()
    sheet.canvas.setFont(BOLD, 16)
    sheet.canvas.drawString(60, 780, "W O H N E N")
    sheet.column(60, 740, 400, WORDS)
    assert sheet.texts()[0] == ("heading", "WOHNEN")


def test_paragraphs_are_told_by_a_first_line_indent():
    sheet = Sheet()
    for at, (x, line) in enumerate(
        [
            (72, "Wir bauen in allen Vierteln der Stadt sehr viele neue Häuser für"),
            (60, "alle, die hier leben wollen."),
            (72, "Auch die Schulen und die Kitas sanieren wir in den nächsten"),
            (60, "Jahren."),
        ]
    ):
        sheet.line(x, 700 - 12 * at, line)
    assert len(sheet.texts()) == 2


def test_blocks_know_their_page():
    sheet = Sheet()
    sheet.column(60, 740, 400, WORDS)
    sheet.page()
    sheet.column(60, 740, 400, WORDS)
    assert [block.page for block in sheet.blocks()] == [1, 2]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_any_rotation_of_a_page_without_upright_text_is_refused_or_read(angle):
    sheet = Sheet()
    sheet.canvas.setPageRotation(angle)
    sheet.column(60, 700, 400, WORDS)
    if angle == 0:
        assert sheet.texts() == [("paragraph", WORDS.strip())]
    else:
        with pytest.raises(Exception, match="text layer"):
            sheet.texts()
