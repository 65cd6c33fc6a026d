"""Who runs the portal."""

import pytest

from pledges import imprint
from tests.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, tmp_path):
    """Writes what an operator keeps beside the data, as before a start."""

    def write(words):
        settings.IMPRINT_FILE = tmp_path / "impressum.txt"
        if words:
            settings.IMPRINT_FILE.write_text(words, encoding="utf-8")
        imprint.imprint.cache_clear()

    yield write
    imprint.imprint.cache_clear()


def test_pages_say_that_nobody_is_named(client, written):
    written("")

    assert "Wer dieses Portal betreibt, ist nicht angegeben." in get(client, "/methode/").one("footer").words
    assert client.get("/impressum/").status_code == 404


def test_pages_lead_to_what_the_operator_wrote(client, written):
    written("Beispielverein e. V.\nHauptstraße 1\n\nredaktion@wortlaut.example <script>alert(1)</script>")

    assert {"/impressum/"} <= {link["href"] for link in get(client, "/").one("footer").find("a")}
    page = get(client, "/impressum/")
    paragraphs = page.one("div", "prose").find("p")
    assert paragraphs[0].words.startswith("Beispielverein e. V.")
    assert paragraphs[1].one("a")["href"] == "mailto:redaktion@wortlaut.example"
    assert "<script>alert" in paragraphs[1].words
