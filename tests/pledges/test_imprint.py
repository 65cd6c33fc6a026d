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
            settings.IMPRINT_FILE.write_bytes(words if isinstance(words, bytes) else words.encode())
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_the_words_are_read_as_whatever_editor_saved_them(client, written, encoding):
    written("Müller, Straße 1".encode(encoding))

    assert get(client, "/impressum/").one("div", "prose").one("p").words == "Müller, Straße 1"


def test_what_is_no_text_is_named_in_the_log_and_pages_go_on(client, written, caplog):
    written(bytes(range(32)) * 9)

    assert "ist nicht angegeben" in get(client, "/methode/").one("footer").words
    assert "impressum.txt: The file" in caplog.text


def test_so_is_a_folder_in_its_place(client, written, settings, tmp_path, caplog):
    written("")
    settings.IMPRINT_FILE = tmp_path

    assert "ist nicht angegeben" in get(client, "/methode/").one("footer").words
    assert "Is a directory" in caplog.text
