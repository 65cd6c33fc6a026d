from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from pledges.catalogue import CatalogueError
from pledges.shelf import ProgrammeReport, load_shelf
from sources.reading import UnreadableFile


class Command(BaseCommand):
    help = "Load a folder: programmes.toml, topics.toml, the texts that they name, and codings/."

    # `migrate` and `check` look at the system; a second start of the portal need not wait for it again.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="the folder; without it, the project's fixtures/",
        )

        parser.add_argument(
            "--migrate", action="store_true", help="bring the database up to date first, in the same process"
        )

    def handle(self, *, folder: Path, migrate: bool, **options):
        if migrate:
            self.say("Bringing the database up to date …")
            call_command("migrate", verbosity=0)
        try:
            report = load_shelf(folder, self.say)
        except (CatalogueError, UnreadableFile, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename} can't be read: {error.strerror}.") from error
        for remark in report.remarks:
            self.stdout.write(f"  {remark}")
        self.stdout.write("passages new, kept, carried over with changed words, gone; codings attached, new")
        for programme in report.programmes:
            self.print_programme(programme)
        self.stdout.write(f"relations: {report.relations.attached} attached, {report.relations.new} new")
        self.print_lost("relation", report.relations.not_found)

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def print_programme(self, report: ProgrammeReport) -> None:
        built, codings = report.built, report.codings
        self.stdout.write(
            f"{report.slug:<20} {built.new:>5} {built.kept:>5} {built.carried:>5} {built.gone:>5}"
            f"   {codings.attached:>5} {codings.new:>5}"
            + (f"   coded by the machine: {report.by_machine}" if report.by_machine else "")
        )
        self.print_lost("coding", codings.not_found)

    def print_lost(self, what: str, lost: tuple[str, ...]) -> None:
        for words in lost:
            self.stderr.write(f"  {what} without its statement: {words}")
