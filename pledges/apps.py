from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = _("Aussagen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The one signal: rights exist only after a migration made them, and nothing else tells of that."""
        from pledges.roles import keep_roles

        post_migrate.connect(keep_roles, sender=self)
