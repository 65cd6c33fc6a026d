import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from sources.reading import UnreadableFile, read


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def blocks(document):
    return [
        (block.kind, block.level, block.mark, block.text) for block in read(saved(document), "programm.docx")
    ]


def texts(document):
    return [text for *_, text in blocks(document)]


@pytest.fixture
def document():
    return docx.Document()


def test_headings_have_the_levels_of_their_styles(document):
    document.add_heading("Programm", 0)
    document.add_heading("Wohnen", 1)
    document.add_heading("Mieten", 2)
    document.add_paragraph("Wir bauen.")
    assert blocks(document) == [
        ("heading", 1, "", "Programm"),
        ("heading", 2, "", "Wohnen"),
        ("heading", 3, "", "Mieten"),
        ("paragraph", 0, "", "Wir bauen."),
    ]


def test_lists_have_levels_and_numbers(document):
    for text, style in [
        ("Bäume", "List Bullet"),
        ("Linden", "List Bullet 2"),
        ("Wir bauen.", "List Number"),
        ("Wir planen.", "List Number"),
    ]:
        document.add_paragraph(text, style=style)
    assert blocks(document) == [
        ("item", 1, "", "Bäume"),
        ("item", 2, "", "Linden"),
        ("item", 1, "1.", "Wir bauen."),
        ("item", 1, "2.", "Wir planen."),
    ]


def test_bullets_that_were_typed_are_items(document):
    document.add_paragraph("•\tmehr Wege")
    document.add_paragraph("3. mehr Bäume")
    assert blocks(document) == [("item", 1, "", "mehr Wege"), ("item", 1, "3.", "mehr Bäume")]


def test_a_bold_line_is_a_heading(document):
    document.add_paragraph().add_run("Wohnen in der Stadt").bold = True
    document.add_paragraph("Wir bauen.")
    assert [kind for kind, *_ in blocks(document)] == ["heading", "paragraph"]


def test_the_cells_of_a_table_are_read_row_by_row(document):
    table = document.add_table(2, 2)
    for at, text in enumerate(["Maßnahme", "Jahr", "Wir bauen Kitas.", "2027"]):
        table.cell(at // 2, at % 2).text = text
    assert texts(document) == ["Maßnahme", "Jahr", "Wir bauen Kitas.", "2027"]


def test_tracked_changes_are_read_as_accepted(document):
    paragraph = document.add_paragraph("Wir bauen ")
    space = nsdecls("w")
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    for tag, inner in [
        ("del", run.format("delText", "100")),
        ("ins", run.format("t", "200")),
        ("moveFrom", run.format("t", " Schulen")),
        ("moveTo", run.format("t", " Wohnungen.").replace("<w:t>", '<w:t xml:space="preserve">')),
    ]:
        paragraph._p.append(parse_xml(f'<w:{tag} {space} w:id="1" w:author="A">{inner}</w:{tag}>'))
    assert texts(document) == ["Wir bauen 200 Wohnungen."]


def test_hidden_text_and_field_codes_are_left_out(document):
    paragraph = document.add_paragraph("Wir bauen.")
    paragraph.add_run(" Geheim.").font.hidden = True
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>PAGE</w:instrText></w:r>"))
    assert texts(document) == ["Wir bauen."]


def test_a_line_break_and_special_hyphens(document):
    paragraph = document.add_paragraph()
    for xml in (
        "<w:t>Mehr Zoo</w:t>",
        "<w:noBreakHyphen/>",
        "<w:t>Tickets für Fami</w:t>",
        "<w:softHyphen/>",
        "<w:t>lien</w:t>",
        "<w:br/>",
        "<w:t>und alle.</w:t>",
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))
    assert texts(document) == ["Mehr Zoo-Tickets für Familien und alle."]


def test_a_table_of_contents_is_left_out(document):
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Wohnen 3", style="toc 1")
    document.add_paragraph("Wir bauen.")
    assert texts(document) == ["Wir bauen."]


def test_headers_and_footers_are_left_out(document):
    document.sections[0].header.paragraphs[0].text = "Programm 2025"
    document.sections[0].footer.paragraphs[0].text = "Seite 1"
    document.add_paragraph("Wir bauen.")
    assert texts(document) == ["Wir bauen."]


def with_part(data, name, content):
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_footnotes_stand_at_the_end_of_their_section(document):
    document.add_heading("Wohnen", 1)
    paragraph = document.add_paragraph("Wir bauen.")
    paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} {"w:id"}="2"/>'))
    document.add_paragraph("Wir planen.")
    document.add_heading("Kita", 1)
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>Ratsbeschluss 12</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    found = read(with_part(saved(document), "word/footnotes.xml", notes), "programm.docx")
    assert [block.text for block in found] == [
        "Wohnen",
        "Wir bauen.",
        "Wir planen.",
        "Ratsbeschluss 12",
        "Kita",
    ]


def test_an_archive_bomb_is_refused(document):
    document.add_paragraph("Wir bauen.")
    bomb = with_part(saved(document), "word/media/bild.bmp", b"\0" * 50_000_000)
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in source.infolist():
            archive.writestr(entry.filename, source.read(entry))
    with pytest.raises(UnreadableFile) as refusal:
        read(file.getvalue(), "programm.docx")
    assert refusal.value.code == "too_large"


def test_entities_are_not_expanded(document):
    document.add_paragraph("Wir bauen.")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source, zipfile.ZipFile(file, "w") as archive:
        for entry in source.infolist():
            content = source.read(entry).decode("utf-8", "replace")
            if entry.filename == "word/document.xml":
                content = content.replace("<w:document", '<!DOCTYPE x [<!ENTITY a "GEHEIM">]><w:document', 1)
                content = content.replace("Wir bauen.", "Wir &a; bauen.")
            archive.writestr(entry.filename, content)
    assert [block.text for block in read(file.getvalue(), "programm.docx")] in (["Wir bauen."], ["Wir"])


def test_a_paragraph_in_list_zero_is_no_item(document):
    paragraph = document.add_paragraph("Wir bauen.", style="List Bullet")
    numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_numId().set(qn("w:val"), "0")
    assert blocks(document) == [("paragraph", 0, "", "Wir bauen.")]


def test_a_table_of_one_column_is_a_frame_whose_bold_line_is_a_heading(document):
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("Das haben wir erreicht").bold = True
    cell.add_paragraph("Wir haben 118 Wohnungen gebaut.")
    assert [kind for kind, *_ in blocks(document)] == ["heading", "paragraph"]


def test_large_letters_are_headings_by_their_size(document):
    for text, points, bold in (
        ("Wohnen", 20, False),
        ("Mieten", 14, True),
        ("Wir bauen Wohnungen für alle und sanieren die Schulen in den Dörfern.", 11, False),
        ("Das ist uns in Lindenau wichtig.", 14, False),
        ("Neue Häuser", 11, True),
    ):
        run = document.add_paragraph().add_run(text)
        run.font.size, run.bold = Pt(points), bold
    assert [(kind, level) for kind, level, *_ in blocks(document)] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("paragraph", 0),
        ("heading", 3),
    ]


def test_the_lines_of_a_list_that_were_broken_by_hand_are_items(document):
    document.add_paragraph("Wir fordern\n• mehr Wohnungen\nfür alle\n• weniger Lärm")
    document.add_paragraph("Das gilt bis\n31. Mai, und zwar:\n1. hier\n2. dort")
    assert blocks(document) == [
        ("paragraph", 0, "", "Wir fordern"),
        ("item", 1, "", "mehr Wohnungen für alle"),
        ("item", 1, "", "weniger Lärm"),
        ("paragraph", 0, "", "Das gilt bis 31. Mai, und zwar:"),
        ("item", 1, "1.", "hier"),
        ("item", 1, "2.", "dort"),
    ]
