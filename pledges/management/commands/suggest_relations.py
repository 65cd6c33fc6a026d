from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pledges.models import Programme, Relation
from pledges.relation_suggestions import suggest_relations


class Command(BaseCommand):
    help = "Suggest relations between statements of different programmes, for editors to judge."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", nargs="*", help="slugs of programmes; without any, all")

    def handle(self, *args: Any, **options: Any) -> None:
        new = suggest_relations(*_programmes(options["programme"]))
        for (one, other), number in sorted(new.items()):
            self.stdout.write(f"{one} – {other}: {number} new")
        self.stdout.write(f"{new.total()} new, {Relation.objects.waiting().count()} wait in the queue")


def _programmes(slugs: list[str]) -> list[Programme]:
    known = {programme.slug: programme for programme in Programme.objects.in_own_words()}
    if missing := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"Unknown: {', '.join(missing)}. Known are {', '.join(sorted(known))}.")
    return [known[slug] for slug in slugs] or list(known.values())
