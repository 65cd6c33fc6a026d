"""Who says something, on what occasion, about what."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pledges.alphabet import place_in_alphabet
from sources.models import Document


@lru_cache(maxsize=4096)
def address_of(name: str, slug: str, language: str | None) -> str:
    """The address of a page in the language at hand. A list shows the same few many times."""
    return reverse(name, args=[slug])


class PartyQuerySet(models.QuerySet["Party"]):
    def published(self) -> "PartyQuerySet":
        """Those of a published programme, and those of which no text is known at all."""
        own = Authorship.objects.filter(party=models.OuterRef("pk"))
        visible = own.filter(programme__in=Programme.objects.published())
        return self.filter(models.Exists(visible) | ~models.Exists(own))


class Place(models.Model):
    """A municipality. `municipality_key`: the official eight digits (Amtlicher Gemeindeschlüssel)."""

    slug = models.SlugField(_("Kürzel"), unique=True)
    name = models.CharField(_("Name"), max_length=100)
    municipality_key = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, unique=True)

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality_key__regex=r"^[0-9]{8}$"), name="place_key_has_eight_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    slug = models.SlugField(_("Kürzel"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Kurzname"), max_length=40)
    colour = models.CharField(_("Farbe"), max_length=7, help_text=_("Sechs Stellen, zum Beispiel #1aa037."))

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Partei / Gruppe")
        verbose_name_plural = _("Parteien / Gruppen")
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"), name="party_colour_is_hexadecimal"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("party", args=[self.slug])


class Election(models.Model):
    slug = models.SlugField(_("Kürzel"), unique=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="elections", verbose_name=_("Ort")
    )
    title = models.CharField(_("Bezeichnung"), max_length=200)
    date = models.DateField(_("Tag"))

    class Meta:
        verbose_name = _("Wahl")
        verbose_name_plural = _("Wahlen")
        ordering = ["-date", "slug"]

    def __str__(self) -> str:
        return f"{self.title} {self.place}" if str(self.place) not in self.title else self.title

    def clean(self) -> None:
        """A programme of an election is of its place."""
        if self.pk and self.place_id and self.programmes.exclude(place=self.place_id).exists():
            raise ValidationError({"place": gettext("Zu dieser Wahl gehören Programme eines anderen Ortes.")})


class Topic(models.Model):
    """One of the 21 topics of the codebook."""

    slug = models.SlugField(_("Kürzel"), unique=True)
    name_de = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("Name, englisch"), max_length=80)
    covers_de = models.TextField(_("umfasst"))
    covers_en = models.TextField(_("umfasst, englisch"))

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["name_de"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("topic", self.slug, get_language())

    @property
    def name(self) -> str:
        return self.name_in(get_language())

    def name_in(self, language: str | None) -> str:
        return self.name_en if language == "en" else self.name_de

    @property
    def covers(self) -> str:
        return self.covers_en if get_language() == "en" else self.covers_de


class ProgrammeKind(models.TextChoices):
    PROGRAMME = "programme", _("Wahlprogramm")
    VISION = "vision", _("Vision")
    COOPERATION = "cooperation", _("Kooperationspapier")
    EXCERPT = "excerpt", _("Auszug aus einem Wahlprogramm")
    DIGEST = "digest", _("Maschinelle Zusammenfassung")


_KIND_LABELS = {kind.value: kind.label for kind in ProgrammeKind}


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def published(self) -> "ProgrammeQuerySet":
        """What the public may see: all that isn't a draft, nor the digest of one. Decided here alone."""
        original = Q(digest_of=None) | Q(digest_of__published_at__isnull=False)
        return self.exclude(published_at=None).filter(original)

    def with_authors(self) -> "ProgrammeQuerySet":
        """With place, election and parties: two queries in all."""
        authors = models.Prefetch("authorships", Authorship.objects.select_related("party"))
        return self.select_related("place", "election").prefetch_related(authors)

    def in_own_words(self) -> "ProgrammeQuerySet":
        """The parties' own texts; a digest is nobody's words."""
        return self.exclude(kind=ProgrammeKind.DIGEST)

    def digests(self) -> "ProgrammeQuerySet":
        return self.filter(kind=ProgrammeKind.DIGEST)

    def by_name(self) -> list["Programme"]:
        """In the order in which texts always stand, whatever the database's collation."""
        return sorted(self, key=lambda programme: (place_in_alphabet(programme.short_title), programme.slug))


class Programme(models.Model):
    """What a document is politically. Without a document it is known, but not yet read."""

    slug = models.SlugField(_("Kürzel"), max_length=80, unique=True)
    kind = models.CharField(_("Art des Textes"), max_length=12, choices=ProgrammeKind)
    title = models.CharField(_("Titel"), max_length=300)
    short_title = models.CharField(_("Kurztitel"), max_length=80)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("Ort")
    )
    election = models.ForeignKey(
        Election,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("Wahl"),
    )
    parties = models.ManyToManyField(
        Party, through="Authorship", related_name="programmes", verbose_name=_("Parteien")
    )
    year = models.PositiveSmallIntegerField(_("Jahr"))
    date = models.DateField(_("Datum"), null=True, blank=True)
    date_note_de = models.CharField(_("Woher das Datum bekannt ist"), max_length=300, blank=True)
    date_note_en = models.CharField(_("Woher das Datum bekannt ist, englisch"), max_length=300, blank=True)
    source_url = models.URLField(
        _("Fundstelle im Netz"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["https", "http"])],
        help_text=_("Wo der Text veröffentlicht wurde, am besten auf den eigenen Seiten der Partei."),
    )
    whole = models.BooleanField(_("ganzes Dokument"), default=True)
    document = models.OneToOneField(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programme",
        verbose_name=_("Quelle"),
    )
    digest_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="digests",
        verbose_name=_("fasst zusammen"),
    )

    # Whether a card has to say which place's text it is: see `pledges.directory`.
    names_place = False

    published_at = models.DateTimeField(
        _("veröffentlicht am"),
        null=True,
        blank=True,
        help_text=_("Ohne Zeitpunkt ein Entwurf, der nirgends öffentlich erscheint."),
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Programm")
        verbose_name_plural = _("Programme")
        ordering = ["short_title", "slug"]
        permissions = [("publish_programme", _("Programme veröffentlichen"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ProgrammeKind.DIGEST, digest_of__isnull=False)
                | (~Q(kind=ProgrammeKind.DIGEST) & Q(digest_of__isnull=True)),
                name="programme_digest_names_its_original",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProgrammeKind.EXCERPT, whole=True), name="programme_excerpt_is_not_whole"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProgrammeKind.values), name="programme_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(digest_of=F("id")), name="programme_is_no_digest_of_itself"),
        ]

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        name = "digest" if self.kind == ProgrammeKind.DIGEST else "programme"
        return address_of(name, self.slug, get_language())

    def clean(self) -> None:
        """What makes sense of a programme as a whole; each mistake stands at the field that shows it."""
        of_another_place = self.election and self.place_id and self.election.place_id != self.place_id
        mistakes = {
            "election": gettext("Diese Wahl ist an einem anderen Ort.") if of_another_place else "",
            "whole": (
                gettext("Ein Auszug ist kein ganzes Dokument.")
                if self.kind == ProgrammeKind.EXCERPT and self.whole
                else ""
            ),
            "digest_of": self._mistake_in_original(),
            "kind": self._mistake_in_changed_kind(),
        }
        if any(mistakes.values()):
            raise ValidationError({name: words for name, words in mistakes.items() if words})

    def _mistake_in_original(self) -> str:
        original = self.digest_of
        if self.kind != ProgrammeKind.DIGEST:
            return (
                gettext("Nur eine Zusammenfassung fasst ein anderes Programm zusammen.") if original else ""
            )
        if original is None:
            return gettext("Welches Programm fasst dieser Text zusammen?")
        if original.pk == self.pk or original.kind == ProgrammeKind.DIGEST:
            return gettext("Bitte wählen Sie das Programm selbst, keine Zusammenfassung.")
        return ""

    def _mistake_in_changed_kind(self) -> str:
        """Statements hang on a party's own words, verdicts on a digest: neither becomes the other."""
        before = Programme.objects.filter(pk=self.pk).first()
        if before is None or (before.kind == ProgrammeKind.DIGEST) == (self.kind == ProgrammeKind.DIGEST):
            return ""
        if before.document_id or before.digests.exists():
            return gettext("Aus einem Programm wird keine Zusammenfassung, und umgekehrt.")
        return ""

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """As Django's own, which gathers all choices anew each time; a list shows it on every card."""
        return str(_KIND_LABELS.get(self.kind, self.kind))

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @cached_property
    def authors(self) -> list[Party]:
        return [authorship.party for authorship in self.authorships.all()]

    @property
    def party_names(self) -> str:
        return " + ".join(party.short_name for party in self.authors)

    @property
    def party_key(self) -> str:
        """What the style sheet of the parties knows it by: "spd", "gruene+cdu"."""
        return "+".join(party.slug for party in self.authors)

    @property
    def is_joint(self) -> bool:
        return len(self.authors) > 1

    @property
    def date_note(self) -> str:
        return self.date_note_en if get_language() == "en" else self.date_note_de


class Authorship(models.Model):
    """A party of a programme; with several, the programme is every one's."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="authorships", verbose_name=_("Programm")
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="authorships", verbose_name=_("Partei / Gruppe")
    )
    position = models.PositiveSmallIntegerField(
        _("Stelle"), help_text=_("Eine Zahl; wer die kleinste hat, wird zuerst genannt.")
    )

    class Meta:
        verbose_name = _("Urheberschaft")
        verbose_name_plural = _("Urheberschaften")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "party"], name="authorship_party_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="authorship_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.programme}"
