import pytest

from sources.reading import read


def blocks(body, head=""):
    found = read(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "programm.html"
    )
    return [(block.kind, block.text) for block in found]


def test_tags_for_headings_paragraphs_and_lists():
    found = read(
        b"<html><h2>Wohnen</h2><p>Wir wollen:</p><ul><li>mehr Wege<ul><li>breite</li></ul></li></ul>"
        b"<h3>Kita</h3><ol start=4><li><p>Wir bauen.</p></li><li>Wir planen.</li></ol>",
        "programm.html",
    )
    assert [(block.kind, block.level, block.mark, block.text) for block in found] == [
        ("heading", 1, "", "Wohnen"),
        ("paragraph", 0, "", "Wir wollen:"),
        ("item", 1, "", "mehr Wege"),
        ("item", 2, "", "breite"),
        ("heading", 2, "", "Kita"),
        ("item", 1, "4.", "Wir bauen."),
        ("item", 1, "5.", "Wir planen."),
    ]


def test_menus_footers_teasers_and_forms_are_left_out():
    source = """
      <header><h1>Partei</h1></header><nav><ul><li><a href="/">Start</a></li></ul></nav>
      <div class="main-menu"><a href="/">Menü</a></div>
      <ul><li><a href="/a">Thema A</a></li><li><a href="/b">Thema B</a></li>
      <li><a href="/c">Thema C</a></li></ul>
      <div id="content"><h1>Programm</h1><p>Wir bauen <a href="/w">Wohnungen</a>.</p></div>
      <div class="teaser box"><p>Jetzt Mitglied werden!</p></div><aside><p>Termine</p></aside>
      <form><p>Newsletter</p></form><script>alert(1)</script><style>p {color: red}</style>
      <p style="display: none">Versteckt</p><footer><p>Impressum</p></footer>
    """
    assert blocks(source) == [("heading", "Programm"), ("paragraph", "Wir bauen Wohnungen.")]


def test_the_main_part_goes_before_the_rest_of_the_page():
    text = "Wir bauen in der ganzen Stadt neue Wohnungen für alle Menschen. " * 3
    assert blocks(f"<p>Neues aus der Partei</p><main><p>{text}</p></main>") == [("paragraph", text.strip())]


def test_bold_lines_are_headings_where_a_page_has_no_tags_for_them():
    source = "<p><b>Wohnen in der Stadt</b></p><p>Wir bauen.</p>"
    source += "<p><b>Kita für alle!</b><br>Wir <b>planen</b> neu.</p>"
    assert blocks(source) == [
        ("heading", "Wohnen in der Stadt"),
        ("paragraph", "Wir bauen."),
        ("heading", "Kita für alle!"),
        ("paragraph", "Wir planen neu."),
    ]


def test_bold_text_that_introduces_a_list_is_no_heading():
    source = "<p><b>Deshalb setzen wir uns in der Stadt auch künftig dafür ein:</b></p><p>• mehr Wege</p>"
    assert blocks(source)[0][0] == "paragraph"


def test_breaks_set_items_apart():
    source = "<p>Wir wollen<br>· mehr Wege,<br>· mehr Bäume<br>an Straßen,<br>• mehr Bänke.</p>"
    assert blocks(source) == [
        ("paragraph", "Wir wollen"),
        ("item", "mehr Wege,"),
        ("item", "mehr Bäume an Straßen,"),
        ("item", "mehr Bänke."),
    ]


def test_breaks_set_paragraphs_apart():
    source = "<p>Wir bauen Wohnungen.<br>Wir planen Schulen.<br><br>Wir sanieren Kitas.</p>"
    assert [text for _, text in blocks(source)] == [
        "Wir bauen Wohnungen.",
        "Wir planen Schulen.",
        "Wir sanieren Kitas.",
    ]


def test_a_break_in_mid_sentence_wraps_a_line():
    source = (
        "<p>Die Menschen haben bestätigt:<br>Münster sagt Nein. Wir wollen mehr Wege und<br>mehr Bäume.</p>"
    )
    assert blocks(source) == [
        ("paragraph", "Die Menschen haben bestätigt: Münster sagt Nein. Wir wollen mehr Wege und mehr Bäume.")
    ]


def test_a_break_before_a_noun_wraps_a_line_where_the_words_before_it_stop_short():
    source = (
        "<p>Dies soll im Rahmen der allgemeinen<br>Stadtentwicklung geschehen. Das Lager ist in<br>Ahaus.</p>"
    )
    [(_, text)] = blocks(source)
    assert text == "Dies soll im Rahmen der allgemeinen Stadtentwicklung geschehen. Das Lager ist in Ahaus."


def test_breaks_at_a_width_wrap_lines_before_nouns_too():
    lines = [
        "Wir wollen in den kommenden Jahren in allen",
        "Stadtteilen neue Schulen bauen, damit jedes",
        "Kind einen guten Platz bekommt und auch die",
        "Lehrkräfte gern dort arbeiten.",
    ]
    assert blocks("<p>" + "<br>".join(lines) + "</p>") == [("paragraph", " ".join(lines))]


def test_tags_inside_words_leave_no_space():
    assert blocks("<p>Die Initiative MO<i>NO</i>KULTUR und <b>W</b>ohnen –<b> </b>gut.</p>") == [
        ("paragraph", "Die Initiative MONOKULTUR und Wohnen – gut.")
    ]


def test_nul_bytes_and_no_break_spaces_go():
    assert blocks("<p>Wir\x00 bauen&nbsp;z.&nbsp;B. W\u00adohnungen.</p>") == [
        ("paragraph", "Wir bauen z. B. Wohnungen.")
    ]


def test_tabs_after_bullets_are_no_text():
    source = "<p><span>\t</span>•<span>\t</span>mehr Wege,</p>"
    assert blocks(source) == [("item", "mehr Wege,")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_it_finds_the_encoding(encoding):
    source = "<!DOCTYPE html><html><body><p>Wir fördern „Grün“ für 5 €.</p></body></html>"
    assert read(source.encode(encoding), "programm.htm")[0].text == "Wir fördern „Grün“ für 5 €."


def test_an_xml_declaration_does_no_harm():
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><p>Größe zählt.</p></html>'
    source = f'<?xml version="1.0" encoding="utf-8"?>{page}'
    assert read(source.encode(), "programm.xhtml")[0].text == "Größe zählt."
