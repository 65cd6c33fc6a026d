from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from auditlog.context import set_actor
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from pledges.models import Upload
from pledges.uploads import Superseded, beat, claim, work_on

SECONDS_BETWEEN_BEATS = 5


class Command(BaseCommand):
    help = "Read, compare or load a file that an editor handed over; the admin starts this by itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("upload", type=int)

    def handle(self, *, upload: int, **options):
        claimed = claim(upload)
        if claimed is None:
            self.stdout.write("There is nothing to do, or another process does it.")
            return
        # No request tells the trail here who it was; what is only compared leaves none.
        with beating(claimed), set_actor(claimed.loaded_by):
            work_on(claimed)


@contextmanager
def beating(upload: Upload) -> Iterator[None]:
    """Say every few seconds that this process is alive, also while it computes for long."""
    done = Event()
    thread = Thread(target=_beat, args=(upload, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(upload: Upload, done: Event) -> None:
    with suppress(Superseded):
        while not done.wait(SECONDS_BETWEEN_BEATS):
            # Another writer may have the database for longer than the beat can wait; the next one will do.
            with suppress(OperationalError):
                beat(upload)
    connection.close()
