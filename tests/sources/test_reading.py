import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.reading import UnreadableFile, read


def blocks(text, name="programm.md"):
    return [(block.kind, block.text) for block in read(text.encode(), name)]


def kinds(text, name="programm.md"):
    return [kind for kind, _ in blocks(text, name)]


def paragraph(text, name="programm.md"):
    [(kind, found)] = blocks(text, name)
    assert kind == "paragraph"
    return found


# files that can't be read


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "leer.txt", "empty"),
        (b" \n\t\n", "leer.md", "empty"),
        (b"Wir bauen.", "programm.exe", "extension"),
        (b"Wir bauen.", "programm", "extension"),
        (bytes(range(32)) * 40, "programm.txt", "not_text"),
        ("für Bürger über Straßen".encode().decode("cp1252").encode() * 5, "programm.txt", "mojibake"),
        (b"\xff\xfeW\x00i\x00r\x00\x00\xd8", "programm.txt", "encoding"),
    ],
)
def test_it_says_why_a_file_can_not_be_read(data, name, code):
    with pytest.raises(UnreadableFile) as refusal:
        read(data, name)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_it_finds_the_encoding(encoding):
    text = "Wir fördern „Grünflächen“ für 5 € – überall."
    assert read(text.encode(encoding), "programm.txt")[0].text == text


def test_a_format_goes_before_the_extension():
    assert [block.kind for block in read(b"# Wohnen\n", "programm.txt", format="md")] == ["heading"]


def test_lines_are_read_as_one_paragraph_each():
    assert [block.text for block in read(b"One. Two.\n\nThree.\n", "d.txt", format="lines")] == [
        "One. Two.",
        "Three.",
    ]


# The first heading in capitals loads the dictionary.
@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_any_bytes_are_read_or_refused(data, name):
    try:
        found = read(data, name)
    except UnreadableFile:
        return
    assert all(block.text.strip() for block in found)
    assert all(block.level >= 1 for block in found if block.kind != "paragraph")


# lines and hyphens


def test_it_joins_hard_wrapped_lines():
    assert paragraph("Wir bauen\nmehr Wohnungen.\n", "p.txt") == "Wir bauen mehr Wohnungen."


def test_it_folds_a_no_break_space():
    assert paragraph("Das kostet z.\u00a0B. 5\u00a0Euro.") == "Das kostet z. B. 5 Euro."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Die ersten Wohnungsbau-vorhaben sind begonnen.", "Die ersten Wohnungsbauvorhaben sind begonnen."),
        ("Das ist sicher-gestellt.", "Das ist sichergestellt."),
        ("Die Genehmigungs-verfahren dauern.", "Die Genehmigungsverfahren dauern."),
        ("Wir schützen Mieter-*innen.", "Wir schützen Mieter*innen."),
        ("Wir schützen Mieter-\n*innen.", "Wir schützen Mieter*innen."),
        ("Wir haben es beauf-\ntragt.", "Wir haben es beauftragt."),
        ("Wir haben es beauf\u00ad\ntragt.", "Wir haben es beauftragt."),
        ("Ein Be\u00adtrieb ist da.", "Ein Betrieb ist da."),
        ("WOHNUNGS-\nPOLITIK FÜR ALLE", "WOHNUNGSPOLITIK FÜR ALLE"),
    ],
)
def test_it_undoes_a_hyphen_that_a_line_end_left(source, text):
    assert [found for _, found in blocks(source)] == [text]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Rad- und Fußwege fehlen.", "Rad- und Fußwege fehlen."),
        ("Rad-\nund Fußwege fehlen.", "Rad- und Fußwege fehlen."),
        ("Wir fördern Wohn-\nbzw. Stadtbau.", "Wir fördern Wohn- bzw. Stadtbau."),
        ("Das Zoo-Ticket bleibt.", "Das Zoo-Ticket bleibt."),
        ("Das Zoo-\nTicket bleibt.", "Das Zoo-Ticket bleibt."),
        ("Mehr E-Mobilität im 10-Minuten-Takt.", "Mehr E-Mobilität im 10-Minuten-Takt."),
        ("Ein 10-\nMinuten-Takt.", "Ein 10-Minuten-Takt."),
        ("Nicht-pädagogische und grün-schwarze Aufgaben.", "Nicht-pädagogische und grün-schwarze Aufgaben."),
        ("Alles end-to-end digital mit Know-how.", "Alles end-to-end digital mit Know-how."),
        ("Lernorte und -angebote gehören dazu.", "Lernorte und -angebote gehören dazu."),
    ],
)
def test_it_keeps_a_hyphen_that_belongs_to_the_word(source, text):
    assert paragraph(source) == text


# pages


def test_a_paragraph_goes_on_after_a_page_break():
    assert paragraph("Serielles Bauen,\n\n\n\ndie Modulbauweise und mehr helfen.") == (
        "Serielles Bauen, die Modulbauweise und mehr helfen."
    )


def test_a_word_that_a_page_break_cut_is_whole_again():
    assert paragraph("Wir nennen zentrale An-\n\n\n\nsätze dafür.") == "Wir nennen zentrale Ansätze dafür."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Wir achten darauf, dass die Haushaltsbewirtschaftung", "der Stadt am Ziel ausgerichtet bleibt."),
        ("Das Angebot wächst. Wir werden", "Wert legen auf gute Planung."),
        ("Der Punkt wird ergänzt. Der Ansatz", "„Housing First“ wird gestärkt."),
        ("Wir planen entlang der gesamten", "Wertschöpfungskette von Anfang an."),
        ("Wir arbeiten an der", "Optimierung der Barrierefreiheit."),
    ],
)
def test_a_sentence_that_stops_short_goes_on_in_the_next_paragraph(before, after):
    assert paragraph(f"{before}\n\n{after}") == f"{before} {after}"


def test_a_sentence_without_a_full_stop_ends_at_an_empty_line():
    assert blocks(
        "Wir wollen Angebote für die Gesundheit aller hier lebenden Menschen schaffen\n\nWir stehen dazu."
    ) == [
        ("paragraph", "Wir wollen Angebote für die Gesundheit aller hier lebenden Menschen schaffen"),
        ("paragraph", "Wir stehen dazu."),
    ]


def test_a_sentence_without_a_full_stop_goes_on_after_a_page_break():
    source = "Projekte\nwerden gefördert, egal ob es um den Bereich\n\n\n\nBildung, Wohnen oder Arbeit geht."
    assert paragraph(source, "p.txt") == (
        "Projekte werden gefördert, egal ob es um den Bereich Bildung, Wohnen oder Arbeit geht."
    )


def test_a_last_sentence_that_stood_before_is_no_running_title():
    assert blocks("# Wohnen\n\nWir bauen.\n\n# Kita\n\nWir bauen.\n")[-1] == ("paragraph", "Wir bauen.")


def test_a_running_title_between_two_pages_is_left_out():
    source = "# Unser Programm 2025\n\nWir planen die gesamte\n\nUNSER PROGRAMM 2025\n\n\n\nStadt von morgen."
    assert blocks(source) == [
        ("heading", "Unser Programm 2025"),
        ("paragraph", "Wir planen die gesamte Stadt von morgen."),
    ]


def test_a_heading_that_every_chapter_has_is_no_running_title():
    chapter = "Unsere Forderungen\n\nWir bauen.\n\n"
    found = blocks(chapter * 2 + "Wir planen.\n\n\n\n" + chapter * 2, "p.txt")
    assert found.count(("heading", "Unsere Forderungen")) == 4


def test_a_page_number_is_left_out():
    assert blocks("Wir bauen.\n\n12\n\n\n\nWir planen.\n\nSeite 13 von 40\n\fWir sparen.") == [
        ("paragraph", "Wir bauen."),
        ("paragraph", "Wir planen."),
        ("paragraph", "Wir sparen."),
    ]


def test_form_feeds_are_pages():
    assert [block.page for block in read(b"Wir bauen.\n\fWir planen.", "p.txt")] == [1, 2]
    assert [block.page for block in read(b"Wir bauen.\n\n\n\nWir planen.", "p.txt")] == [None, None]


# headings


def test_a_short_line_alone_is_a_heading_in_plain_text():
    assert kinds("Digital\n\nWir bauen Netze\nfür alle.\n", "p.txt") == ["heading", "paragraph"]


def test_a_line_with_an_end_mark_is_no_heading():
    assert kinds("Von Anfang an!\n\nWir bauen.", "p.txt") == ["paragraph", "paragraph"]


def test_a_second_line_in_brackets_belongs_to_the_heading():
    assert blocks("Sozial\n(also für alle!)\n\nWir bauen.", "p.txt")[0] == (
        "heading",
        "Sozial (also für alle!)",
    )


def test_two_wrapped_lines_without_a_full_stop_are_no_heading():
    assert kinds(
        "Erreichbare Einkaufsmöglichkeiten sind überall in der Stadt\nselbstverständlich\n", "p.txt"
    ) == ["paragraph"]


def test_a_line_in_capitals_is_a_heading_with_an_end_mark_too():
    assert kinds("MEHR GROßSTADT WAGEN!\n\nWir bauen.") == ["heading", "paragraph"]


def test_a_refrain_in_capitals_marks_the_chapters():
    chapters = "".join(f"STADT KANN {name}\n\nWir bauen.\n\nTEIL {name}\n\nWir planen.\n\n" for name in "ABC")
    assert [block.level for block in read(chapters.encode(), "p.md") if block.kind == "heading"] == [1, 2] * 3


def test_headings_of_markdown_have_levels_without_gaps():
    found = read(b"## Eins\n\n#### Zwei\n\nDrei\n====\n", "p.md")
    assert [(block.text, block.level) for block in found] == [("Eins", 2), ("Zwei", 3), ("Drei", 1)]


def test_a_bold_item_with_a_body_is_a_heading():
    source = "- **Internationale Kita**  \nDer Mangel ist groß.\n- **Fachkräfteoffensive** mit Partnern.\n"
    assert blocks(source) == [
        ("heading", "Internationale Kita"),
        ("paragraph", "Der Mangel ist groß."),
        ("item", "Fachkräfteoffensive mit Partnern."),
    ]


def test_a_heading_loses_its_dash():
    assert blocks("### **- Bühnen am Wall**") == [("heading", "Bühnen am Wall")]


def test_capitals_get_a_title_in_the_spelling_of_the_document():
    found = read("STRABEN UND WEGE\n\nWir sanieren Straßen, Wege und mehr.".encode(), "p.md")
    assert (found[0].text, found[0].title) == ("STRABEN UND WEGE", "Straßen und Wege")


def test_capitals_get_a_title_in_the_spelling_of_the_dictionary():
    assert read(b"SICHERHEIT UND TEILHABE\n\nWir bauen.", "p.md")[0].title == "Sicherheit und Teilhabe"


@pytest.mark.parametrize("heading", ["MEHR LEBEN IN DER STADT", "KULTUR UND SOZIALES", "QXYZK UND TEILHABE"])
def test_capitals_with_a_word_that_may_be_spelt_in_two_ways_get_no_title(heading):
    assert read(f"{heading}\n\nWir bauen.".encode(), "p.md")[0].title == ""


# marks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Wir **können** das, __alle__ zusammen, *jetzt*.", "Wir können das, alle zusammen, jetzt."),
        (
            "Bürger*innen und Mieter*innen sowie Schüler_innen.",
            "Bürger*innen und Mieter*innen sowie Schüler_innen.",
        ),
        ("Die LSBTIQ*-Stelle hilft Freund*innen.", "Die LSBTIQ*-Stelle hilft Freund*innen."),
        ("CO<sub>2</sub>-neutral bis 2035.", "CO2-neutral bis 2035."),
        ("Mehr [hier](https://example.org/a) &amp; dort.", "Mehr hier & dort."),
        ("Weniger als 5 < 7 bleibt.", "Weniger als 5 < 7 bleibt."),
        ("Die STRABEN bleiben.", "Die STRABEN bleiben."),
    ],
)
def test_marks_of_emphasis_go_and_the_words_stay(source, text):
    assert paragraph(source) == text


def test_bullets_are_items_with_levels():
    found = read("Wir wollen:\n\n- mehr Bäume\n  - Linden\n• mehr Wege\n".encode(), "p.md")
    assert [(block.kind, block.level, block.text) for block in found] == [
        ("paragraph", 0, "Wir wollen:"),
        ("item", 1, "mehr Bäume"),
        ("item", 2, "Linden"),
        ("item", 1, "mehr Wege"),
    ]


def test_an_item_goes_on_in_the_next_line():
    assert blocks("- mehr Bäume\n  an Straßen\n- mehr Wege", "p.txt") == [
        ("item", "mehr Bäume an Straßen"),
        ("item", "mehr Wege"),
    ]


def test_numbered_items_keep_their_number():
    found = read(b"1. Wir bauen.\n2. Wir planen.", "p.md")
    assert [(block.mark, block.text) for block in found] == [("1.", "Wir bauen."), ("2.", "Wir planen.")]


def test_a_date_at_a_line_start_is_no_item():
    assert paragraph("Die Wahl ist am\n14. September 2025 und am\n28. ist Stichwahl.", "p.txt") == (
        "Die Wahl ist am 14. September 2025 und am 28. ist Stichwahl."
    )


def test_a_dash_at_a_line_start_is_no_item():
    assert paragraph("Wir bauen Wohnungen\n– auch in der Mitte –\nfür alle.", "p.txt") == (
        "Wir bauen Wohnungen – auch in der Mitte – für alle."
    )


def test_the_lines_of_a_letterhead_are_one_paragraph():
    source = "Fraktion im Rathaus  \nSüdwall 23\n\nAndere\n\n16. August 2023\n\n# Leitlinien\n\nWir bauen."
    assert blocks(source)[0] == (
        "paragraph",
        "Fraktion im Rathaus Südwall 23 Andere 16. August 2023",
    )


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_is_no_text(end):
    keys = "title: Unser Programm\ntags:\n  - wahl\n- ort\n# intern\n\nLayout: post"
    assert blocks(f"---\n{keys}\n{end}\n# Wohnen\n\nWir bauen.\n") == [
        ("heading", "Wohnen"),
        ("paragraph", "Wir bauen."),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "---\nWohnen: mehr Plätze.\n---\nWir bauen.\n",
        "---\nWir bauen.\n---\n",
        "Wir bauen.\n---\ntitle: Programm\n---\n",
    ],
)
def test_lines_between_rules_are_text(source):
    assert "Wir bauen." in " ".join(text for _, text in blocks(source))
    assert len(blocks(source)) == len([line for line in source.splitlines() if line.strip("-")])


def test_a_table_of_short_cells_is_no_text():
    rows = "".join(f"| {place} | Kim Beispiel | Lehrkraft |\n" for place in range(1, 6))
    assert blocks(f"Unsere Liste:\n\n| Platz | Name | Beruf |\n|---:|:---|---|\n{rows}\nWir bauen.\n") == [
        ("paragraph", "Unsere Liste:"),
        ("paragraph", "Wir bauen."),
    ]


def test_a_row_with_a_sentence_in_a_table_of_short_cells_stays():
    rows = "".join(f"| {place} | Kim Beispiel | Lehrkraft |\n" for place in range(1, 6))
    assert blocks(rows + "| 6 | Kim Beispiel | Wir bauen im Norden hundert Wohnungen. |\n")[-1] == (
        "paragraph",
        "Wir bauen im Norden hundert Wohnungen.",
    )


@pytest.mark.parametrize(
    "table",
    [
        "| Thema | Ziel |\n|---|---|\n| Wohnen | Wir bauen<br>mehr Wohnungen. |\n| | Wir sparen \\| nie. |",
        "Thema | Ziel\n--- | ---\nWohnen | Wir bauen mehr Wohnungen.\n | Wir sparen \\| nie.",
    ],
)
def test_the_cells_of_another_table_are_paragraphs(table):
    assert [text for _, text in blocks(f"Wir wollen:\n{table}\n")] == [
        "Wir wollen:",
        "Thema",
        "Ziel",
        "Wohnen",
        "Wir bauen mehr Wohnungen.",
        "Wir sparen | nie.",
    ]


@pytest.mark.parametrize("ornament", ["* • *", "~", "| | |", "– – –", "#"])
@pytest.mark.parametrize("name", ["p.md", "p.txt"])
def test_what_holds_no_letter_and_no_digit_is_no_text(ornament, name):
    assert blocks(f"Wir bauen.\n\n{ornament}\n\nWir planen.", name) == [
        ("paragraph", "Wir bauen."),
        ("paragraph", "Wir planen."),
    ]


@pytest.mark.parametrize("name", ["p.md", "p.txt"])
def test_a_file_of_ornaments_holds_no_text(name):
    with pytest.raises(UnreadableFile) as refusal:
        read("• • •\n".encode(), name)
    assert refusal.value.code == "no_text"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Wir bauen[^1] mehr[^quelle].", "Wir bauen mehr."),
        ("Mehr unter <https://example.org/a_b_c>.", "Mehr unter https://example.org/a_b_c."),
        ("Mehr [im Netz][seite] und [hier][].", "Mehr im Netz und hier."),
        ('Wir bauen.\n\n[seite]: https://example.org "Seite"\n[^1]: <https://example.org/a>', "Wir bauen."),
        ("Wir bauen [sic] mehr.", "Wir bauen [sic] mehr."),
    ],
)
def test_marks_of_links_and_notes_are_no_text(source, text):
    assert paragraph(source) == text


def test_the_words_of_a_note_are_a_paragraph():
    assert blocks(
        "Wir bauen[^1] und planen[^2].\n[^1]: Beschluss\nvom Mai\n[^2]: Siehe [hier](https://example.org)"
    ) == [
        ("paragraph", "Wir bauen und planen."),
        ("paragraph", "Beschluss vom Mai"),
        ("paragraph", "Siehe hier"),
    ]


def test_a_check_box_is_no_text():
    assert blocks("- [x] Wir bauen.\n- [ ] Wir planen.\n") == [
        ("item", "Wir bauen."),
        ("item", "Wir planen."),
    ]


# lines that are no continuation of the line above

WRAPPED = (
    "Die Straße durch unser Dorf muss sicherer werden, gerade auf dem Weg\n"
    "zur Schule und zum Sportplatz am Bach. Deshalb wollen wir dort neue\n"
    "Gehwege bauen."
)


@pytest.mark.parametrize("body", [WRAPPED, WRAPPED.replace("\n", " ")])
def test_a_heading_right_above_its_text_is_a_heading(body):
    assert blocks(f"Verkehr\n{body}\nMehr Grün\n{body}\n", "p.txt") == [
        ("heading", "Verkehr"),
        ("paragraph", WRAPPED.replace("\n", " ")),
        ("heading", "Mehr Grün"),
        ("paragraph", WRAPPED.replace("\n", " ")),
    ]


def test_a_line_alone_is_no_part_of_the_paragraph_below_in_markdown():
    assert [text for _, text in blocks(f"Verkehr\n{WRAPPED}\n")] == ["Verkehr", WRAPPED.replace("\n", " ")]


@pytest.mark.parametrize("name", ["p.md", "p.txt"])
@pytest.mark.parametrize(
    "source",
    [
        WRAPPED,
        WRAPPED.replace("Deshalb wollen wir dort neue", "Deshalb wollen"),
        WRAPPED.replace("auf dem Weg\nzur", "dort\nim"),
        "Wir bauen Wohnungen, Wege und Schulen in den\nOrten unserer Gemeinde am Rand der\nBerge und helfen.",
        "Wir bauen\nMehr Wege\nUnd Häuser.",
        "Das sagt der Rat der Gemeinde seit vielen Jahren immer wieder, und das ist\ndas Ziel der\nGemeinde.",
        "Zu lange ist im Rat der Gemeinde nichts geschehen, was uns hilft, und dann:\nAlles auf einmal.",
    ],
)
def test_a_wrapped_line_goes_on_in_the_next(source, name):
    assert paragraph(source, name) == source.replace("\n", " ")
