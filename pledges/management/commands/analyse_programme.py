import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pledges.analysis import analyse
from sources.reading import EXTENSIONS, UnreadableFile


class Command(BaseCommand):
    help = "Print a file's statements as the machine codes them, one JSON object a line; nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format",
            choices=sorted(set(EXTENSIONS.values())),
            help="what the file is, if its name doesn't say",
        )

    def handle(self, *, file: Path, format: str | None, **options):
        try:
            for row in analyse(file.read_bytes(), file.name, format=format, say=self.say):
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        except UnreadableFile as error:
            raise CommandError(f"{file.name}: {error}") from error
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error

    def say(self, text: str) -> None:
        """Progress is for people: the output may go into a file."""
        if self.stderr.isatty():
            self.stderr.write(text)
