"""What programs of typesetting and layout do to letters, lists and pages, and how it reads."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from sources.reading import read
from sources.reading.glyphs import glyph_pages
from tests.sources.sheets import BOLD, PLAIN, WORDS, Sheet

LAST_ITEM = "Wir öffnen alle Höfe der Schulen in der Stadt am Nachmittag für Spiele"


def texts_with(line, shown, said):
    """Print `line` so that the file says `said` of the letter that shows `shown`."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet()
    sheet.line(60, 700, line, "Vera")
    sheet.canvas.save()
    writer = PdfWriter(clone_from=sheet.file)
    fonts = (font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values())
    to_unicode = next(font["/ToUnicode"] for font in fonts if "/ToUnicode" in font)
    codes = (f"<{ord(letter):04X}>".encode() for letter in (shown, said))
    to_unicode.set_data(to_unicode.get_data().replace(*codes))
    file = io.BytesIO()
    writer.write(file)
    return [block.text for block in read(file.getvalue(), "programm.pdf")]


def test_soft_hyphens_that_are_printed_are_hyphens():
    line = "Wir bauen Rad- und Fußwege zu den Kita-Plätzen."
    assert texts_with(line, "-", "\u00ad") == [line]


def test_superior_figures_of_a_font_are_footnote_marks():
    found = texts_with("Wir geben 3 Mio. Euro.¹ Das reicht.", "¹", "1")
    assert found == ["Wir geben 3 Mio. Euro. Das reicht."]


def test_the_raised_number_of_a_footnote_is_left_out():
    sheet = Sheet()
    sheet.column(60, 700, 400, WORDS)
    sheet.line(60, 103, "1", size=5)
    sheet.line(65, 100, "Beschluss des Rates vom 12. Mai 2022", size=8)
    assert [text for _, text in sheet.texts()] == [WORDS.strip(), "Beschluss des Rates vom 12. Mai 2022"]


def test_angles_are_bullets():
    sheet = Sheet()
    for at, line in enumerate(("Wir fordern", "» mehr Wohnungen", "» weniger Lärm")):
        sheet.line(60, 700 - 12 * at, line)
    assert [kind for kind, _ in sheet.texts()] == ["paragraph", "item", "item"]


def test_an_abbreviation_at_a_lines_start_is_no_list_mark():
    sheet = Sheet()
    lines = ("Die Zweckentfremdung von Wohnungen in der Stadt,", "z. B. durch Vermietung an Gäste, endet.")
    for at, line in enumerate(lines):
        sheet.line(60, 700 - 12 * at, line)
    assert sheet.texts() == [("paragraph", " ".join(lines))]


def test_an_address_that_a_lines_end_cuts_is_one_word():
    sheet = Sheet()
    for at, line in enumerate(("Mehr steht auf den Seiten www.lindenau.", "example/wahl und in den Heften.")):
        sheet.line(60, 700 - 12 * at, line)
    assert sheet.texts()[0][1].endswith("www.lindenau.example/wahl und in den Heften.")


def test_a_table_of_contents_with_long_leaders_is_left_out():
    sheet = Sheet()
    for at, title in enumerate(("Wohnen", "Verkehr", "Klima", "Schulen")):
        sheet.line(60, 760 - 14 * at, f"{title} {'. ' * 70}{at + 3}", size=8)
    sheet.page()
    sheet.column(60, 760, 400, WORDS)
    assert sheet.texts() == [("paragraph", WORDS.strip())]


def test_a_foot_beside_the_column_of_the_text_does_not_cut_its_title():
    sheet = Sheet()
    for page, town in enumerate(("Lindenau", "Oberwern", "Kirchbach")):
        sheet.line(40, 640, f"Miteinander für ein gutes {town}", BOLD, 30)
        sheet.line(180, 605, "und seine Dörfer", BOLD, 30)
        sheet.column(180, 570, 330, WORDS * 5)
        sheet.line(40, 30, "Wahlprogramm", size=8)
        sheet.line(505, 30, str(page + 1), size=8)
        sheet.page()
    headings = [text for kind, text in sheet.texts() if kind == "heading"]
    assert headings[0] == "Miteinander für ein gutes Lindenau und seine Dörfer"


def test_a_heading_of_two_lines_is_set_as_wide_as_the_text():
    sheet = Sheet()
    sheet.line(60, 780, "Wohnen in Lindenau", BOLD, 20)
    sheet.line(60, 742, "und in den Dörfern", BOLD, 20)
    sheet.column(60, 710, 400, WORDS * 3, PLAIN, 10, 18)
    assert sheet.texts()[0] == ("heading", "Wohnen in Lindenau und in den Dörfern")


def test_a_font_that_does_not_say_its_height_is_of_one_size():
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet()
    for at, line in enumerate(("Wir sorgen nun", "vor uns aus mir", "Tag Abtei Höhe")):
        sheet.line(60, 700 - 14 * at, line, "Vera")
    sheet.canvas.save()
    writer = PdfWriter(clone_from=sheet.file)
    fonts = (font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values())
    descriptor = next(font["/FontDescriptor"] for font in fonts if "/FontDescriptor" in font)
    descriptor.update({NameObject("/Ascent"): NumberObject(500), NameObject("/Descent"): NumberObject(0)})
    file = io.BytesIO()
    writer.write(file)
    [page] = [page for page, _ in glyph_pages(file.getvalue())]
    sizes = [glyph.size for glyph in page.glyphs]
    assert max(sizes) < 1.05 * min(sizes)


def test_a_foot_beside_the_page_number_is_left_out_of_two_pages():
    sheet = Sheet()
    for page in range(2):
        sheet.column(60, 760, 400, WORDS * 2)
        sheet.line(60, 30, "Freie Liste Lindenau")
        sheet.line(480, 30, f"{page + 1} / 2")
        sheet.page()
    assert {text for _, text in sheet.texts()} == {(WORDS * 2).strip()}


def test_the_large_number_of_a_chapter_belongs_to_its_heading():
    sheet = Sheet()
    for at, title in enumerate(("Wohnen", "Verkehr")):
        sheet.line(60, 600 - 200 * at, f"0{at + 1}", BOLD, 40)
        sheet.line(60, 570 - 200 * at, title, BOLD, 20)
        sheet.column(60, 540 - 200 * at, 400, WORDS)
    headings = [(block.text, block.level) for block in sheet.blocks() if block.kind == "heading"]
    assert headings == [("01 Wohnen", 1), ("02 Verkehr", 1)]


def test_a_sentence_goes_on_over_a_page_past_a_box_in_the_same_type():
    sheet = Sheet()
    sheet.column(200, 700, 300, WORDS * 3)
    sheet.line(200, 100, "Die Genossenschaften der Bürgerinnen erhalten den Vorrang,")
    sheet.page()
    sheet.line(40, 716, "Das ist erreicht", BOLD)
    sheet.column(40, 700, 120, WORDS)
    y = sheet.column(200, 760, 300, "wenn die Stadt Flächen verpachtet.")
    sheet.column(200, y - 12, 300, WORDS * 3)
    texts = [text for _, text in sheet.texts()]
    assert any(text.endswith("den Vorrang, wenn die Stadt Flächen verpachtet.") for text in texts)


@pytest.mark.parametrize(("second", "gap"), [("", 3), ("und die Plätze in den Kitas", 0)])
def test_a_paragraph_at_the_edge_of_the_marks_above_is_no_item(second, gap):
    sheet = Sheet()
    y = sheet.column(60, 760, 400, WORDS * 2) - 12
    for item in ("Wir bauen in allen Vierteln der Stadt neue Häuser und Schulen", second, LAST_ITEM):
        if item:
            sheet.line(60, y, "" if item == second else "•")
            sheet.line(74, y, item)
            y -= 12
    sheet.column(60, y - gap, 400, WORDS)
    assert [kind for kind, _ in sheet.texts()] == ["paragraph", "item", "item", "paragraph"]


def test_an_initial_beside_a_single_line_belongs_to_its_word():
    sheet = Sheet()
    sheet.column(60, 760, 400, WORDS * 2)
    sheet.line(60, 600, "B", size=30)
    sheet.line(82, 610, "ildung entscheidet über das Leben.")
    sheet.column(60, 570, 400, WORDS)
    assert ("paragraph", "Bildung entscheidet über das Leben.") in sheet.texts()
