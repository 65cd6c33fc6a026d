"""What kinds and commitments mean, for readers and for who codes: a short sentence of the codebook each."""

from django.utils.translation import gettext_lazy as _

from pledges.models import Commitment, Kind

KIND_MEANINGS = {
    Kind.PLEDGE: _(
        "legt die Partei, oder die Stadt unter ihrer Führung, auf ein künftiges Tun oder Ergebnis fest; man "
        "könnte später nachsehen, ob es geschah"
    ),
    Kind.RECORD: _("sagt, was schon getan oder beschlossen ist oder läuft"),
    Kind.VALUE: _("eine Überzeugung oder ein allgemeines Ziel, ohne ein prüfbares Tun oder Ergebnis"),
    Kind.CONTEXT: _("Tatsachen, Probleme, Gründe, Grußworte, Briefköpfe"),
}
COMMITMENT_MEANINGS = {
    Commitment.FIRM: _("Die Partei sagt, dass sie es tun wird."),
    Commitment.INTENT: _("Sie will, soll, strebt an, setzt sich ein."),
    Commitment.REVIEW: _("Sie will untersuchen oder erwägen, entschieden ist nichts."),
    Commitment.DEMAND: _("Handeln sollen Land, Bund, EU oder Firmen."),
    Commitment.REJECTION: _("Sie legt sich fest, etwas nicht zu tun."),
    Commitment.VISION: _("Der Text beschreibt die Zukunft, als wäre sie erreicht."),
}
