"""PDFs made for tests, line by line."""

import io
from itertools import pairwise

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from sources.reading import read

WORDS = (
    "Wir bauen neue Wohnungen für alle Menschen in der Stadt und sorgen dafür, dass die Mieten bezahlbar "
    "bleiben. Dazu gründen wir eine Gesellschaft, die Häuser kauft und saniert. "
)
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"


class Sheet:
    """Prints lines on pages, as the makers of programmes do."""

    def __init__(self, size=A4):
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=size)

    def line(self, x, y, text, font=PLAIN, size=10):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def column(self, x, y, width, text, font=PLAIN, size=10, pitch=12, justified=False):
        lines = simpleSplit(text, font, size, width)
        for line, after in pairwise([*lines, ""]):
            text_line = self.canvas.beginText(x, y)
            text_line.setFont(font, size)
            gaps = line.count(" ")
            if justified and after and gaps:
                text_line.setWordSpace((width - self.canvas.stringWidth(line, font, size)) / gaps)
            text_line.textOut(line)
            self.canvas.drawText(text_line)
            y -= pitch
        return y

    def page(self):
        self.canvas.showPage()

    def blocks(self):
        self.canvas.save()
        return read(self.file.getvalue(), "programm.pdf")

    def texts(self):
        return [(block.kind, block.text) for block in self.blocks()]
