from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pledges.index import is_current, rebuild
from pledges.models import Statement
from pledges.search.lexicon import lexicon


class Command(BaseCommand):
    help = "Makes anew what statements are found by, after a change of the search's rules or word lists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--outdated", action="store_true", help="only if a statement is not found by today's rules"
        )

    def handle(self, *args: Any, outdated: bool, **options: Any) -> None:
        lexicon()  # its file is written now, and not while the first reader waits
        number = Statement.objects.count() if outdated and is_current() else rebuild(self.say)
        if self.stderr.isatty():
            self.stderr.write("\r", ending="")
        self.stdout.write(f"{number} statements can be found.")

    def say(self, done: int, of: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {of} statements", ending="")
