"""What the codebook asks of a statement, and who answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PLEDGE = "pledge", _("Vorhaben")
    RECORD = "record", _("Bilanz")
    VALUE = "value", _("Grundsatz")
    CONTEXT = "context", _("Hintergrund")


class Commitment(models.TextChoices):
    FIRM = "firm", _("fest zugesagt")
    INTENT = "intent", _("beabsichtigt")
    REVIEW = "review", _("wird geprüft")
    DEMAND = "demand", _("Forderung an andere")
    REJECTION = "rejection", _("schließt aus")
    VISION = "vision", _("Zielbild")


class Origin(models.TextChoices):
    MACHINE = "machine", _("Maschine")
    CODEBOOK = "codebook", _("nach Codebuch")
    EDITOR = "editor", _("Redaktion")


_LABELS = {choice.value: choice.label for choice in (*Kind, *Commitment)}


class Labelled(models.Model):
    """The labels of the codebook, as a coding gives them and as they hold for a statement."""

    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    commitment = models.CharField(_("Bindung"), max_length=10, choices=Commitment, blank=True)
    measurable = models.BooleanField(_("messbar"), default=False)
    origin = models.CharField(_("Herkunft"), max_length=8, choices=Origin)
    contested = models.BooleanField(_("Durchgänge uneinig"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=Kind.PLEDGE) & ~Q(commitment=""))
                | (~Q(kind=Kind.PLEDGE) & Q(commitment="")),
                name="%(class)s_commitment_exactly_where_pledge",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PLEDGE) | Q(measurable=False),
                name="%(class)s_measurable_only_where_pledge",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="%(class)s_kind_is_known"),
            models.CheckConstraint(
                condition=Q(commitment__in=["", *Commitment.values]), name="%(class)s_commitment_is_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="%(class)s_origin_is_known"),
        ]

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """As Django's own, which gathers all choices anew each time; a list shows it on every card."""
        return str(_LABELS.get(self.kind, self.kind))

    def get_commitment_display(self) -> str:  # type: ignore[no-redef]
        return str(_LABELS.get(self.commitment, self.commitment))
