from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pledges.addition import Addition, add_programme, new_entry
from pledges.catalogue import PROGRAMME_KINDS, CatalogueError
from pledges.relation_suggestions import suggest_relations
from sources.reading import UnreadableFile

# A digest is not read as statements; it comes with its verdicts, through `load_programmes`.
KINDS = [kind for kind in PROGRAMME_KINDS if kind != "digest"]


class Command(BaseCommand):
    help = "Add a programme from its file, or a new edition of one; the machine codes what is new."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--party", action="append", required=True, dest="parties", help="slug; several for joint authors"
        )
        parser.add_argument("--election", required=True, help="slug")
        parser.add_argument("--kind", required=True, choices=KINDS)
        parser.add_argument("--title", required=True, help="as on the programme's first page")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--short-title", default="", help="else the parties' names and the year")
        parser.add_argument("--slug", default="", help="else the parties' slugs and the year")
        parser.add_argument("--source-url", default="", help="where the text was published, if that is known")
        parser.add_argument(
            "--dry-run", action="store_true", help="do it all, print what would come, undo it"
        )

    def handle(self, *, file: Path, dry_run: bool, **options):
        names = ("parties", "election", "kind", "title", "year", "short_title", "slug", "source_url")
        wanted = {name: options[name] for name in names}
        try:
            addition = add_programme(file.read_bytes(), file.name, new_entry(**wanted), dry_run=dry_run)
        except (CatalogueError, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        if dry_run:
            self.print_statements(addition)
        self.print_summary(addition)
        if dry_run:
            self.stdout.write("Dry run: nothing is stored.")
            return
        new = suggest_relations(addition.programme)
        self.stdout.write(f"relations suggested to editors: {new.total()}")
        if addition.programme.is_draft:
            self.stdout.write("It is a draft, seen by nobody else, until it is published in the admin.")

    def print_statements(self, addition: Addition) -> None:
        for statement in addition.statements:
            labels = [statement.kind, statement.commitment, *(t.slug for t in statement.ordered_topics)]
            self.stdout.write(f"{statement.position:>5}  {statement.text}")
            self.stdout.write(f"       {' · '.join(filter(None, labels))}")

    def print_summary(self, addition: Addition) -> None:
        report = addition.report
        kinds = Counter(statement.kind for statement in addition.statements)
        counted = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        self.stdout.write(f"{addition.programme.slug}: {len(addition.statements)} statements ({counted})")
        self.stdout.write(
            f"passages: {report.new} new, {report.kept} kept, {report.carried} carried over with changed "
            f"words, {report.gone} gone; coded by the machine: {addition.by_machine}"
        )
