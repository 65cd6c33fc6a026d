from django.core.management.base import BaseCommand, CommandError

from pledges.learning import LearningReport, learn
from pledges.training import NotStoredError


class Command(BaseCommand):
    help = "Let the coder learn from the shipped codings and from those of this portal's editors."

    def handle(self, **options):
        try:
            report = learn(self.say)
        except NotStoredError as error:
            raise CommandError(str(error)) from error
        self.print_checks(report)
        self.print_figures(report)
        recoded = sum(report.recoded.values())
        self.stdout.write(f"{recoded} statements that nobody has checked are coded anew; checked ones stay.")

    def say(self, text: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(text)

    def print_checks(self, report: LearningReport) -> None:
        self.stdout.write(
            f"Learnt from the shipped codings and {report.editors_codings} of this portal's editors."
        )
        since = f"the training of {report.since[:10]}" if report.since else "the beginning"
        checks = report.checks
        self.stdout.write(f"Since {since} editors checked {checks.number} statements.")
        self.stdout.write(f"{checks.confirmed} of them stayed as they were.")
        for origin, changed in checks.changed.items():
            labels = ", ".join(f"{label} {number}" for label, number in changed.items())
            self.stdout.write(f"Changed against the {origin}: {labels}.")

    def print_figures(self, report: LearningReport) -> None:
        if not report.figures:
            self.stdout.write("There is nothing to measure yet, as no editor has coded anything.")
            return
        self.stdout.write(f"\nOne programme left out at a time, {report.statements} statements")
        self.stdout.write(f"{'':<22}{'shipped only':>14}{'with editors':>14}{'moved':>9}")
        for name, found in report.figures.items():
            before, after = found["before"]["value"], found["after"]["value"]
            self.stdout.write(f"{name:<22}{before:>14.3f}{after:>14.3f}{after - before:>+9.3f}")
