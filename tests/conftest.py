"""Fixtures that tests of several packages share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from pledges import columns, directory
from pledges.shelf import ShelfReport, load_shelf
from tests.rows import wipe
from tests.shelves import Shelf, musterstadt

# What a test asks for that has to do with the database.
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "client", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out the tests that ask no database, or take long for what hangs on none: the run
    on SQLite is theirs."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if not _is_for_every_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _is_for_every_database(item)]


def _is_for_every_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    wanted = set(getattr(item, "fixturenames", ()))
    return bool(wanted & OF_THE_DATABASE) or item.get_closest_marker("django_db") is not None


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database holds the project's own programmes; a test's changes to them are rolled back."""
    with django_db_blocker.unblock():
        load_shelf(settings.BASE_DIR / "fixtures", lambda _text: None)


@pytest.fixture
def empty(db: None) -> None:
    """A test that begins without any programme, place, party or topic."""
    wipe()


@pytest.fixture
def load(empty: None, tmp_path: Path) -> Callable[[Shelf], ShelfReport]:
    """Loads a made shelf into an otherwise empty database."""

    def write_and_load(shelf: Shelf) -> ShelfReport:
        return load_shelf(shelf.write(tmp_path), lambda _text: None)

    return write_and_load


@pytest.fixture(scope="module")
def musterstadt_loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A module whose tests all begin with the made shelf as it is, loaded once for all of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        wipe()
        load_shelf(musterstadt().write(tmp_path_factory.mktemp("shelf")), lambda _text: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def fresh_directory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that is rolled back leaves the version of the data as it was before, but other rows.

    Forgotten after it as well: a module's own fixtures, which fetch pages too, come before this one.
    """
    # To go through all that a test run holds takes a tenth of a second, longer than most tests.
    monkeypatch.setattr(directory, "_spare_the_collector", lambda: None)
    directory.forget()
    columns.forget()
    yield
    directory.forget()
    columns.forget()


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """A page in English leaves its language behind, and with it the addresses of the tests that follow."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
