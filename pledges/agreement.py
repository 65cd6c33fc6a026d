"""How far the two coding passes agreed before they were settled.

As delivered with the coded texts (fixtures/codings/README.md). The passes themselves were not kept, so
these figures can't be counted again here; that a statement was settled is kept with it (`contested`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Agreement:
    """`percent` of statements on which both agreed; `kappa`: Cohen's; `f1` where labels are sets."""

    label: Promise | str
    percent: float | None
    kappa: float | None
    f1: float | None = None


AGREEMENT = (
    Agreement(_("Art der Aussage"), 97.5, 0.96),
    Agreement(_("Vorhaben oder nicht"), 99.0, 0.98),
    Agreement(_("Bindung"), 98.0, 0.97),
    Agreement(_("Messbar"), 99.3, 0.97),
    Agreement(_("Hauptthema"), 96.1, 0.96),
    Agreement(_("Alle Themen"), None, None, 0.96),
)
