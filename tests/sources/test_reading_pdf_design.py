"""What designers do to a page, and how it reads."""

import pytest
from reportlab.lib.colors import HexColor

from sources.reading import read
from tests.sources.sheets import BOLD, WORDS, Sheet

LINES = (
    "Wir bauen in allen Vierteln der Stadt sehr viele neue Häuser für alle, die hier",
    "leben wollen, und sanieren auch die Schulen und die Kitas in den Vororten, damit",
    "niemand mehr umziehen muss, weil der Weg zur Arbeit oder zu einem Platz in einer",
    "Kita zu weit ist.",
)


def test_the_numbers_beside_the_lines_of_a_draft_are_left_out():
    sheet = Sheet()
    for page in range(2):
        for at, line in enumerate(LINES * 3):
            sheet.line(90, 760 - 14 * at, line)
            sheet.line(60, 760 - 14 * at, str(at + 1 + 12 * page), size=7)
        sheet.page()
    assert sheet.texts() == [("paragraph", " ".join(LINES))] * 6


def test_numbers_beside_every_fifth_line_are_left_out():
    sheet = Sheet()
    for at, line in enumerate(LINES * 7):
        sheet.line(90, 760 - 14 * at, line)
        if at % 5 == 4:
            sheet.line(60, 760 - 14 * at, str(at + 1), size=7)
    assert sheet.texts() == [("paragraph", " ".join(LINES))] * 7


@pytest.mark.parametrize("lines", [2, 3])
def test_an_initial_over_several_lines_belongs_to_its_word(lines):
    sheet = Sheet()
    sheet.line(60, 760, "Wohnen", BOLD, 16)
    sheet.line(60, 742 - 12 * lines, "W", size=16 * lines)
    for at, line in enumerate([LINES[0][1:], *LINES[1:], *LINES]):
        sheet.line(60 if at >= lines else 62 + 15 * lines, 730 - 12 * at, line)
    assert sheet.texts()[1:] == [("paragraph", " ".join(LINES))] * 2


def test_what_a_printer_notes_beside_the_page_is_left_out():
    sheet = Sheet()
    sheet.canvas.setCropBox((40, 40, 500, 800))
    sheet.column(60, 700, 400, WORDS)
    sheet.line(60, 20, "Bogen 3, Beschnitt bitte prüfen")
    sheet.line(10, 700, "CMYK")
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_line_in_colour_is_a_heading_unless_it_is_a_sentence_or_an_address():
    sheet = Sheet()
    y = 780
    for line in ("Bezahlbare Mieten", "Wir bauen.", "www.partei.de"):
        sheet.canvas.setFillColor(HexColor(0xCC0010))
        sheet.line(60, y, line)
        sheet.canvas.setFillColor(HexColor(0x000000))
        y = sheet.column(60, y - 12, 400, WORDS) - 12
    assert [text for kind, text in sheet.texts() if kind == "heading"] == ["Bezahlbare Mieten"]


def test_a_large_heading_with_an_ornament_before_it_is_a_heading():
    sheet = Sheet()
    sheet.column(60, 780, 400, WORDS * 2)
    sheet.line(60, 720, "• Wohnen", BOLD, 14)
    sheet.column(60, 700, 400, WORDS)
    assert ("heading", "Wohnen") in sheet.texts()


def test_a_large_sentence_that_sums_up_a_chapter_is_text():
    sheet = Sheet()
    sheet.line(60, 780, "Wohnen", BOLD, 16)
    sheet.column(60, 750, 400, "Wohnen ist für alle Menschen in der Stadt ein Recht.", BOLD, 13, 16)
    sheet.column(60, 710, 400, WORDS * 2)
    assert [kind for kind, _ in sheet.texts()] == ["heading", "paragraph", "paragraph"]


def test_the_letters_of_a_font_of_symbols_are_bullets():
    sheet = Sheet()
    sheet.line(60, 720, "Wir fordern")
    for at, (mark, item) in enumerate([("\xa7", "mehr Wohnungen"), ("\xfc", "weniger Lärm")]):
        sheet.line(66, 700 - 14 * at, mark, "Helvetica-Oblique")
        sheet.line(82, 700 - 14 * at, item)
    sheet.canvas.save()
    data = sheet.file.getvalue().replace(b"/Helvetica-Oblique", b"/Wingdings-Regular")
    assert [(block.kind, block.text) for block in read(data, "programm.pdf")] == [
        ("paragraph", "Wir fordern"),
        ("item", "mehr Wohnungen"),
        ("item", "weniger Lärm"),
    ]


def test_a_sentence_goes_on_over_a_page_past_what_stands_in_the_margin_and_below():
    sheet = Sheet()
    for at, line in enumerate(LINES[:2]):
        sheet.line(60, 120 - 12 * at, line)
    sheet.line(470, 108, "Häuser und Schulen", BOLD, 8)
    sheet.line(60, 80, "1 Beschluss des Rates vom 12. Mai 2022, Drucksache 345/22", size=8)
    sheet.page()
    for at, line in enumerate(LINES[2:]):
        sheet.line(60, 760 - 12 * at, line)
    found = sheet.texts()
    assert ("paragraph", " ".join(LINES)) in found
    assert len(found) == 3


def test_a_sentence_that_is_repeated_in_large_type_is_left_out():
    sheet = Sheet()
    y = sheet.column(60, 780, 400, WORDS * 2)
    sheet.column(
        60, y - 20, 400, "„Dazu gründen wir eine Gesellschaft, die Häuser kauft und saniert.“", BOLD, 16, 19
    )
    sheet.column(60, y - 80, 400, WORDS)
    assert [text.split()[0] for _, text in sheet.texts()] == ["Wir", "Wir"]


def test_a_large_sentence_that_the_text_does_not_repeat_is_kept():
    sheet = Sheet()
    y = sheet.column(60, 780, 400, WORDS * 2)
    sheet.line(60, y - 20, "„Wohnen ist für alle Menschen ein Recht.“", BOLD, 16)
    sheet.column(60, y - 50, 400, WORDS)
    assert len(sheet.texts()) == 3


def test_what_sums_up_chapters_is_text_even_where_it_is_short():
    sheet = Sheet()
    y = 800
    for lead in (
        "Wohnen ist für alle Menschen in der Stadt ein Recht.",
        "Wer wohnt, der braucht auf Dauer eine bezahlbare Miete.",
        "Lernen fängt früh an.",
    ):
        sheet.line(60, y - 20, "Kapitel", BOLD, 18)
        sheet.column(60, y - 46, 400, lead, BOLD, 13, 16)
        y = sheet.column(60, y - 80, 400, WORDS) - 20
    assert [kind for kind, _ in sheet.texts()] == ["heading", "paragraph", "paragraph"] * 3


def test_a_heading_of_several_lines_is_one_though_a_line_of_it_ends_in_a_colon_or_a_full_stop():
    sheet = Sheet()
    sheet.line(60, 790, "Moderne Mobilität:", BOLD, 16)
    sheet.line(60, 771, "Unser Plan vom 14.", BOLD, 16)
    sheet.line(60, 752, "Mai wird umgesetzt", BOLD, 16)
    sheet.column(60, 720, 400, WORDS)
    assert sheet.texts()[0] == ("heading", "Moderne Mobilität: Unser Plan vom 14. Mai wird umgesetzt")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Wir fördern CO2-", "neutrale Häuser."], "Wir fördern CO2-neutrale Häuser."),
        (["Wir gründen ein Dorf/-", "quartier."], "Wir gründen ein Dorf/-quartier."),
        (["Wir hören den Bürger-", "Innen zu."], "Wir hören den BürgerInnen zu."),
        (["Das ist der Antrag der GRÜ-", "NEN im Rat."], "Das ist der Antrag der GRÜNEN im Rat."),
        (["Post an rat@partei-", "stadt.de hilft."], "Post an rat@partei-stadt.de hilft."),
    ],
)
def test_a_hyphen_at_a_lines_end_is_kept_where_the_word_has_one(lines, text):
    sheet = Sheet()
    for at, line in enumerate(lines):
        sheet.line(60, 700 - 12 * at, line)
    assert sheet.texts() == [("paragraph", text)]


def test_a_salutation_is_a_line_of_its_own():
    sheet = Sheet()
    sheet.line(60, 760, "Liebe Bürgerinnen und Bürger,")
    sheet.column(60, 742, 400, f"am 14. September wählen Sie. {WORDS}")
    assert sheet.texts()[0] == ("paragraph", "Liebe Bürgerinnen und Bürger,")


def test_a_salutation_right_above_the_text_is_a_line_of_its_own():
    sheet = Sheet()
    sheet.column(60, 760, 400, "Sehr geehrte Damen und Herren,")
    sheet.column(60, 748, 400, WORDS)
    assert [text.split()[0] for _, text in sheet.texts()] == ["Sehr", "Wir"]


def test_a_chapters_number_that_hangs_in_the_margin_belongs_to_its_heading():
    sheet = Sheet()
    sheet.line(40, 760, "2.1", BOLD, 14)
    sheet.line(90, 760, "Bezahlbare Mieten", BOLD, 14)
    sheet.line(90, 744, "in der Stadt", BOLD, 14)
    sheet.column(90, 720, 400, WORDS * 3)
    assert sheet.texts()[0] == ("heading", "2.1 Bezahlbare Mieten in der Stadt")


ENTRIES = ("Wohnen und Bauen", "Verkehr", "Bildung", "Klima", "Sport und Kultur", "Haushalt")


@pytest.mark.parametrize("to_number", [190, -20])
def test_a_table_of_contents_in_two_columns_and_without_a_title_is_left_out(to_number):
    sheet = Sheet()
    for x, first in ((60, 4), (320, 22)):
        for at, entry in enumerate(ENTRIES):
            sheet.line(x, 700 - 20 * at - x / 100, entry)
            sheet.line(x + to_number, 700 - 20 * at - x / 100, str(first + 3 * at))
    sheet.page()
    sheet.column(60, 740, 400, WORDS)
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_ten_points_with_their_numbers_are_no_table_of_contents():
    sheet = Sheet()
    for at, entry in enumerate(ENTRIES):
        sheet.line(60, 760 - 40 * at, str(at + 1), BOLD, 16)
        sheet.line(90, 760 - 40 * at, f"{entry} für alle")
    assert "Haushalt für alle" in " ".join(text for _, text in sheet.texts())


def test_a_unit_alone_on_a_line_is_no_list_mark():
    sheet = Sheet()
    lines = ["1. Ein Netz von Wegen mit einer Breite von mind. 2,50", "m.", "2. Sichere Stellplätze."]
    for at, line in enumerate(lines):
        sheet.line(74 if at == 1 else 60, 700 - 14 * at, line)
    assert [(block.mark, block.text) for block in sheet.blocks()] == [
        ("1.", "Ein Netz von Wegen mit einer Breite von mind. 2,50 m."),
        ("2.", "Sichere Stellplätze."),
    ]


def test_a_heading_comes_between_columns_that_open_with_headings_of_a_lower_rank():
    sheet = Sheet()
    for x, first in ((60, "Links"), (300, "Rechts")):
        sheet.column(x, 740, 220, f"{first} oben. {WORDS}")
        sheet.line(x, 598, f"{first} darunter", BOLD, 11)
        sheet.column(x, 584, 220, f"{first} unten. {WORDS}")
    sheet.line(60, 624, "Verkehr", BOLD, 16)
    assert [" ".join(text.split()[:2]) for _, text in sheet.texts()] == [
        "Links oben.",
        "Rechts oben.",
        "Verkehr",
        "Links darunter",
        "Links unten.",
        "Rechts darunter",
        "Rechts unten.",
    ]


def test_a_heading_cuts_both_columns_though_the_text_below_it_stands_a_little_lower():
    sheet = Sheet()
    for x, first, lower in ((60, "Links", 8), (300, "Rechts", 0)):
        sheet.column(x, 700, 220, f"{first} oben. {WORDS}")
        sheet.column(x, 598 - lower, 220, f"{first} unten. {WORDS}")
    sheet.line(60, 622, "Verkehr", BOLD, 16)
    assert [" ".join(text.split()[:2]) for _, text in sheet.texts()] == [
        "Links oben.",
        "Rechts oben.",
        "Verkehr",
        "Links unten.",
        "Rechts unten.",
    ]


def test_wide_gaps_in_a_heading_set_justified_are_no_columns():
    sheet = Sheet()
    sheet.canvas.setFont(BOLD, 14)
    for x, word in ((60, "Neue"), (130, "Nutzung"), (225, "von")):
        sheet.canvas.drawString(x, 700, word)
    right = 225 + sheet.canvas.stringWidth("von", BOLD, 14)
    sheet.line(60, 684, "Immobilien", BOLD, 14)
    sheet.column(60, 664, right - 60, WORDS * 2, justified=True)
    assert sheet.texts()[0] == ("heading", "Neue Nutzung von Immobilien")
