from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = _("Aussagen")

    def ready(self) -> None:
        """The one signal: a migration makes rights and may drop triggers, and nothing else tells of it."""
        from pledges import packing
        from pledges.full_text import keep_following
        from pledges.roles import keep_roles
        from pledges.versions import keep_triggers

        post_migrate.connect(keep_roles, sender=self)
        post_migrate.connect(keep_triggers, sender=self)
        post_migrate.connect(keep_following, sender=self)
        post_migrate.connect(packing.keep_triggers, sender=self)
