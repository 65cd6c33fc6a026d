from django.core.management.base import BaseCommand, CommandError

from pledges.training import NotStoredError, train_portals_model


class Command(BaseCommand):
    help = "Let the coder learn from the shipped codings and from those of this portal's editors."

    def handle(self, **options):
        try:
            edited = train_portals_model()
        except NotStoredError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Learnt from the shipped codings and {edited} of this portal's editors.")
        self.stdout.write("Statements that are added from now on are coded by it; what is coded stays.")
