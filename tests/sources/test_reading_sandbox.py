"""Broken, hostile and odd files: each is read or refused in a clear sentence, in little time and memory."""

import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from sources.reading import UnreadableFile, sandbox
from sources.reading.sandbox import MOST_BYTES, read_untrusted

SENTENCE = "Wir bauen neue Wohnungen für alle Menschen in der Stadt."
ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_KILOBYTES = 5, 300_000


def pdf(*pages):
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in pages:
        canvas.drawString(60, 700, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_with(**changes):
    """A PDF whose parts were changed by hand: `text` is the content of its page, `page` more keys of it."""
    text = changes.get("text", b"BT /F1 12 Tf 60 700 Td (Wir bauen neue Wohnungen in der Stadt.) Tj ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % changes.get("catalog", b""),
        b"<</Type/Pages/Kids[%s]/Count 1>>" % changes.get("kids", b"3 0 R"),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
        % (changes.get("size", b"595 842"), changes.get("resources", b"")),
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(text), changes.get("filter", b""), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *changes.get("more", []),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>startxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


def locked(data, user, owner="geheim"):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word(text=SENTENCE):
    document = docx.Document()
    document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def laughs(root):
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><{root}>&a9;</{root}>'


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOISE = random.Random(7).randbytes(20_000)
BOMB = zlib.compress(b"BT /F1 9 Tf " + b"(Wohnung) Tj " * 4_000_000)

REFUSED = {
    "leer.txt": ("empty", b""),
    "leer.pdf": ("empty", b""),
    "nur-leerraum.md": ("empty", b" \n\t \n"),
    "nur-trennlinien.md": ("no_text", b"---\n***\n"),
    "nullen.txt": ("not_text", bytes(5000)),
    "rauschen.txt": ("not_text", NOISE),
    "rauschen.md": ("not_text", NOISE),
    "rauschen.html": ("not_text", NOISE),
    "rauschen.pdf": ("disagree", NOISE),
    "rauschen.docx": ("disagree", NOISE),
    "zeichensalat.txt": ("mojibake", ("Für Bürger und Straßen. " * 9).encode().decode("cp1252").encode()),
    "ersatzzeichen.txt": ("mojibake", ("F\ufffdr B\ufffdrger. " * 9).encode()),
    "halbes-utf16.txt": ("encoding", b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00\xd8"),
    "alt.doc": ("legacy_doc", OLD_WORD),
    "alt-umbenannt.docx": ("legacy_doc", OLD_WORD),
    "gesperrt.docx": ("encrypted", OLD_WORD + "EncryptedPackage".encode("utf-16-le")),
    "format.rtf": ("extension", b"{\\rtf1 Wir bauen.}"),
    "format.odt": ("extension", archive(mimetype="application/vnd.oasis.opendocument.text")),
    "ohne-endung": ("extension", SENTENCE.encode()),
    "pdf-als-text.txt": ("disagree", pdf(SENTENCE)),
    "text-als-pdf.pdf": ("disagree", SENTENCE.encode()),
    "word-als-pdf.pdf": ("disagree", word()),
    "html-als-text.txt": ("disagree", b"<!DOCTYPE html><html><p>Wir bauen.</p></html>"),
    "bild-als-pdf.pdf": ("disagree", b"\x89PNG\r\n\x1a\n" + NOISE),
    "programm-als-text.txt": ("disagree", b"\x7fELF" + NOISE),
    "zip-als-word.docx": ("disagree", archive(a="b")),
    "gepackt.docx": ("disagree", b"\x1f\x8b" + NOISE),
    "bombe.docx": ("too_large", archive(word__document_xml=b" " * 90_000_000)),
    "lachen.docx": ("damaged", archive(word__document_xml=laughs("x"))),
    "tief.docx": ("damaged", archive(word__document_xml=f"<w:document {SPACE}>" + "<w:p>" * 90_000)),
    "abgebrochen.docx": ("damaged", word()[:9000]),
    "ohne-text.docx": ("damaged", archive(word__document_xml=f"<w:document {SPACE}/>")),
    "nur-skripte.html": ("no_text", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
    "tief.html": ("no_text", b"<html>" + b"<div>" * 50_000 + b"Wir bauen."),
    "nur-kopf.pdf": ("damaged", b"%PDF-1.7\n"),
    "abgebrochen.pdf": ("damaged", pdf(SENTENCE)[:400]),
    "gesperrt.pdf": ("encrypted", locked(pdf(SENTENCE), "geheim")),
    "bild-ohne-text.pdf": ("no_text_layer", pdf("")),
    "endlos.pdf": ("damaged", pdf_with(kids=b"2 0 R")),
    "zu-viele-seiten.pdf": ("too_large", pdf(*["Seite"] * 700)),
    "bombe.pdf": ("reader_failed", pdf_with(text=BOMB, filter=b"/Filter/FlateDecode")),
    "zu-gross.txt": ("too_large", b"a" * (MOST_BYTES + 1)),
}

READ = {
    "nur-eigentuemer-gesperrt.pdf": locked(pdf(SENTENCE), ""),
    "mit-skript.pdf": pdf_with(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "riesige-seite.pdf": pdf_with(size=b"200000 200000"),
    "kreis.pdf": pdf_with(
        text=b"/X Do BT /F1 12 Tf 60 700 Td (Wir bauen neue Wohnungen in der Stadt.) Tj ET",
        resources=b"/XObject<</X 6 0 R>>",
        more=[
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
            b"stream\n/X Do\nendstream"
        ],
    ),
    "muell-davor.pdf": b"HTTP/1.1 200 OK\n\n" + pdf_with(),
    "lachen.html": laughs("html").encode() + b"<p>Wir bauen.</p>",
    "attribute.html": b"<html><p " + b"a=1 " * 100_000 + b">Wir bauen.</p>",
    "klammern.md": b"[" * 200_000 + b"](" * 1000 + b" Wir bauen.",
    "sterne.md": b"*a " * 100_000,
    "striche.md": (b"|" * 20_000 + b"\n") + b":-|" * 5_000 + b"x\nWir bauen.",
    "vorspann.md": b"---\na: b\n" + b"  c\n\n" * 2_000 + b"\nWir bauen.",
    "eine-zeile.txt": SENTENCE.encode() * 20_000,
    "sehr-viele-zeilen.txt": b"1. Wir bauen.\n" * 50_000,
    "steuerzeichen.txt": b"Wir\x00 bauen.\x07",
}


# A process of its own: a child's peak memory counts what its parent held when it was forked.
DRIVER = """
import json, resource, sys
from pathlib import Path
from sources.reading.sandbox import UnreadableFile, read_untrusted

def children():
    return resource.getrusage(resource.RUSAGE_CHILDREN)

outcomes, before = {}, children()
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        result = {"blocks": len(read_untrusted(path.read_bytes(), path.name))}
    except UnreadableFile as refusal:
        result = {"code": refusal.code, "message": str(refusal)}
    after = children()
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    outcomes[path.name] = {**result, "seconds": seconds, "kilobytes": after.ru_maxrss}
    before = after
print(json.dumps(outcomes))
"""


# One worker reads them for all of these.
reads_the_folder = pytest.mark.xdist_group("odd files")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each file of a folder that an editor might drop."""
    folder = tmp_path_factory.mktemp("dateien")
    for name, data in [*READ.items(), *((name, data) for name, (_, data) in REFUSED.items())]:
        (folder / name).write_bytes(data)
    command = [sys.executable, "-c", DRIVER, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


@reads_the_folder
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_can_not_be_read_is_refused_in_a_sentence(outcomes, name):
    outcome = outcomes[name]
    assert outcome.get("code") == REFUSED[name][0]
    assert outcome["message"][0].isupper()
    assert outcome["message"].endswith(".")


@reads_the_folder
@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read(outcomes, name):
    assert outcomes[name].get("blocks"), outcomes[name]


@reads_the_folder
def test_no_file_of_forty_takes_more_time_and_memory_than_allowed(outcomes):
    assert len(outcomes) >= 40
    assert max(outcome["seconds"] for outcome in outcomes.values()) < MOST_SECONDS
    assert max(outcome["kilobytes"] for outcome in outcomes.values()) < MOST_KILOBYTES


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(sandbox, "_CLOCK_FACTOR", 0.01)
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read_untrusted(SENTENCE.encode(), "programm.txt")
    assert refusal.value.code == "too_slow"


def test_the_sandbox_reads_what_the_reader_reads():
    [block] = read_untrusted(SENTENCE.encode(), "programm.txt")
    assert (block.kind, block.text) == ("paragraph", SENTENCE)
    assert [block.text for block in read_untrusted(b"One.\nTwo.", "d.txt", format="lines")] == [
        "One.",
        "Two.",
    ]


def test_it_tells_each_page_of_a_pdf_as_it_is_read():
    told = []

    read_untrusted(pdf(*[SENTENCE] * 3), "programm.pdf", progress=lambda page, of: told.append((page, of)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_what_a_file_makes_a_library_say_is_no_progress():
    told = []
    lines = [b"page 1 of 2\n", b"page 1 of 2", b"warning: page 9 of 9\n", b"page 2 of 99999999\n"]

    sandbox._pass_on(lines, lambda page, of: told.append((page, of)))

    assert told == [(1, 2)]
