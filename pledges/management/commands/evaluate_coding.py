import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pledges.catalogue import CatalogueError
from pledges.coding.kinds import KINDS
from pledges.quality import measure_quality
from sources.reading import UnreadableFile


class Command(BaseCommand):
    help = "Measure reading and coding on texts that the coder did not learn from; writes docs/quality.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--also", type=Path, help="a folder of other coded texts: NAME.jsonl beside NAME.pdf or alike"
        )
        parser.add_argument("--json", action="store_true", help="print the figures instead of writing them")

    def handle(self, *, also: Path | None, json: bool, **options):
        try:
            figures = measure_quality(settings.BASE_DIR / "fixtures", also, self.say)
        except (CatalogueError, UnreadableFile, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename} can't be read: {error.strerror}.") from error
        if json:
            self.stdout.write(_as_text(figures))
            return
        for part in ("leave_one_out", "others"):
            if figures[part]:
                self.print_part(part.replace("_", " "), figures[part])
        try:
            settings.QUALITY_FILE.write_text(_as_text(figures) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(
                f"{error.filename} can't be written: {error.strerror}. --json prints the figures instead."
            ) from error
        self.stdout.write(f"Written to {settings.QUALITY_FILE.relative_to(settings.BASE_DIR)}.")

    def say(self, text: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(text)

    def print_part(self, title: str, part: dict[str, Any]) -> None:
        names = list(part["texts"])
        self.stdout.write(f"\n{title}, {part['statements']} statements")
        self.stdout.write(f"{'':<22}{'all':>7}  {'95 %':<15}" + "".join(f"{name[:20]:>22}" for name in names))
        for figure, found in part["figures"].items():
            interval = f"{found['low']:.3f}–{found['high']:.3f}"
            single = "".join(f"{part['texts'][name][figure]['value']:>22.3f}" for name in names)
            self.stdout.write(f"{figure:<22}{found['value']:>7.3f}  {interval:<15}{single}")
        errors = ", ".join(f"{label} {error:.3f}" for label, error in part["calibration_error"].items())
        self.stdout.write(f"expected calibration error: {errors}")
        for name, cells in (("all", part["confusion"]), *part["confusion_by_text"].items()):
            self.print_confusion(name, {(cell["right"], cell["said"]): cell["count"] for cell in cells})

    def print_confusion(self, name: str, counts: dict[tuple[str, str], int]) -> None:
        self.stdout.write(f"\n{name + ': right, said':<28}" + "".join(f"{kind:>9}" for kind in KINDS))
        for right in KINDS:
            row = "".join(f"{counts.get((right, said), 0):>9}" for said in KINDS)
            self.stdout.write(f"{right:<28}{row}")


def _as_text(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False, indent=1)
