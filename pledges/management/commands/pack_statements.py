from django.core.management.base import BaseCommand

from pledges.models import Programme
from pledges.packing import pack


class Command(BaseCommand):
    help = "Packs anew what lists of statements are filtered and counted by."

    def handle(self, *_arguments: object, verbosity: int, **_options: object) -> None:
        keys = list(Programme.objects.order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(keys), 100):
            pack(keys[at : at + 100])
        if verbosity:
            self.stdout.write(f"{len(keys)} programmes packed.")
