"""Reading and coding: how long one takes beside the other, in one run on one core; `make bench` prints it."""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from pledges.analysis import units_of
from pledges.coding import code
from pledges.coding.coder import default_model
from pledges.coding.model import train
from pledges.coding.training import made_examples, shipped_texts
from sources.reading import read
from sources.splitting import split

FIXTURES = settings.BASE_DIR / "fixtures"
SPD = FIXTURES / "spd-2025.md"


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The least of several runs in seconds of computing, which other work on the machine disturbs least."""
    taken = []
    for _run in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.fixture(scope="module", autouse=True)
def lines() -> Iterator[list[str]]:
    found: list[str] = []
    yield found
    print("\n" + "\n".join(found))


@pytest.fixture(scope="module")
def units():
    return units_of(split(read(SPD.read_bytes(), SPD.name)))


def pdf_of(pages_text: str, pages: int) -> bytes:
    """A PDF of so many pages, each with as many words as a page of a programme has."""
    style = getSampleStyleSheet()["BodyText"]
    words = pages_text.split()
    story = [
        Paragraph(" ".join(words[at % 9000 : at % 9000 + 450]), style) for at in range(0, pages * 450, 450)
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file).build(
        [Paragraph(f"Kapitel {n}", style) if n % 2 else p for n, p in enumerate(story)]
    )
    return file.getvalue()


def test_coding_beside_splitting(units, lines):
    default_model()
    coding = seconds(lambda: code(units))
    splitting = seconds(lambda: split(read(SPD.read_bytes(), SPD.name)))
    lines.append(f"coding: {len(units) / coding:.0f} statements a second, target 300")
    lines.append(f"coding : reading and splitting the same text = {coding / splitting:.1f} : 1")
    assert len(units) / coding >= 300


def test_training_beside_coding(units, lines):
    training = seconds(lambda: train([*shipped_texts(), *made_examples()]), runs=1)
    coding = seconds(lambda: code(units))
    lines.append(
        f"training: {training:.1f} s, target below 20; as long as coding {training / coding:.0f} programmes"
    )
    assert training < 20


def test_a_pdf_of_60_pages_beside_plain_text(lines):
    text = SPD.read_text(encoding="utf-8")
    pdf = pdf_of(text, 60)
    reading = seconds(lambda: split(read(pdf, "programm.pdf")), runs=1)
    plain = seconds(lambda: split(read(text.encode(), "programm.txt")), runs=1)
    lines.append(f"PDF: {reading:.1f} s, target below 10; PDF : plain text = {reading / plain:.1f} : 1")
    assert reading < 10


def test_peak_memory_of_an_analysis(lines):
    command = [sys.executable, "manage.py", "analyse_programme", str(SPD)]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines.append(f"memory: {peak:.0f} MB at most while a programme is analysed, target below 500")
    assert peak < 500
