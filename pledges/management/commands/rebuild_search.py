from typing import Any

from django.core.management.base import BaseCommand

from pledges.index import rebuild


class Command(BaseCommand):
    help = "Makes anew what statements are found by, after a change of the search's rules or word lists."

    def handle(self, *args: Any, **options: Any) -> None:
        def say(done: int, of: int) -> None:
            if self.stderr.isatty():
                self.stderr.write(f"\r{done} of {of} statements", ending="")

        number = rebuild(say)
        if self.stderr.isatty():
            self.stderr.write("\r", ending="")
        self.stdout.write(f"{number} statements can be found.")
