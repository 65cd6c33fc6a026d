"""The form with which a file is handed over: for a new programme, or as a new edition of one."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.addition import namesake, new_entry, where_it_is_loaded
from pledges.catalogue import LONGEST, YEARS, CatalogueError
from pledges.models import Election, Party, Programme, ProgrammeKind, Upload, UploadState
from sources.reading import EXTENSIONS
from sources.reading.sandbox import MOST_BYTES

NEW = (
    "party",
    "second_party",
    "third_party",
    "election",
    "kind",
    "title",
    "short_title",
    "year",
    "slug",
    "source_url",
)
_NEEDED = ("party", "election", "kind", "title", "year")
_LONGEST = LONGEST["programme"]
# What the catalogue says of values that the fields by themselves let pass, or that are made where they lack.
_WRONG = {
    ("slug", "form"): gettext_lazy(
        "Geben Sie ein Kürzel aus Kleinbuchstaben, Ziffern und einzelnen Bindestrichen an, zum Beispiel "
        "„gruppe-2025“."
    ),
    ("slug", "too_long"): gettext_lazy(
        "Das Kürzel wird zu lang. Geben Sie eines mit höchstens 80 Zeichen an."
    ),
    ("short_title", "too_long"): gettext_lazy(
        "Der Kurztitel wird zu lang. Geben Sie einen mit höchstens 80 Zeichen an."
    ),
}
# A digest comes with its verdicts, through `load_programmes`.
_KINDS = [(kind.value, kind.label) for kind in ProgrammeKind if kind != ProgrammeKind.DIGEST]


class UploadForm(forms.ModelForm):
    file = forms.FileField(
        label=gettext_lazy("Datei"),
        max_length=200,
        help_text=gettext_lazy(
            "PDF mit Text (nicht nur Bilder der Seiten), DOCX, HTML, Markdown oder TXT, höchstens 40 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(EXTENSIONS))}),
    )
    programme = forms.ModelChoiceField(
        Programme.objects.in_own_words(),
        required=False,
        label=gettext_lazy("Neue Fassung von"),
        empty_label=gettext_lazy("– keine neue Fassung, sondern ein neues Programm –"),
        help_text=gettext_lazy(
            "Der Text dieses Programms wird ersetzt; die Kodierungen wandern mit ihren Sätzen mit. "
            "Maschinelle Zusammenfassungen fehlen in der Liste: Ihre Urteile gehören zu genau dieser Datei "
            "und kommen mit ihr zusammen über „load_programmes“."
        ),
    )
    party = forms.ModelChoiceField(Party.objects.all(), required=False, label=gettext_lazy("Partei / Gruppe"))
    second_party = forms.ModelChoiceField(
        Party.objects.all(), required=False, label=gettext_lazy("gemeinsam mit")
    )
    third_party = forms.ModelChoiceField(Party.objects.all(), required=False, label=gettext_lazy("und mit"))
    election = forms.ModelChoiceField(
        Election.objects.select_related("place"), required=False, label=gettext_lazy("Wahl")
    )
    kind = forms.ChoiceField(
        choices=[("", "---------"), *_KINDS], required=False, label=gettext_lazy("Art des Textes")
    )
    title = forms.CharField(
        max_length=_LONGEST["title"],
        required=False,
        label=gettext_lazy("Titel"),
        help_text=gettext_lazy("Wie er auf der ersten Seite steht."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    short_title = forms.CharField(
        max_length=_LONGEST["short_title"],
        required=False,
        label=gettext_lazy("Kurztitel"),
        help_text=gettext_lazy("Bleibt das Feld leer: Namen der Parteien und das Jahr."),
    )
    year = forms.IntegerField(
        min_value=YEARS[0], max_value=YEARS[-1], required=False, label=gettext_lazy("Jahr")
    )
    slug = forms.SlugField(
        max_length=_LONGEST["slug"],
        required=False,
        label=gettext_lazy("Kürzel"),
        help_text=gettext_lazy(
            "Steht in allen Adressen und ändert sich nie mehr. Bleibt das Feld leer: Kürzel der Parteien und "
            "das Jahr."
        ),
    )
    source_url = forms.URLField(
        max_length=_LONGEST["source_url"],
        required=False,
        label=gettext_lazy("Fundstelle im Netz"),
        help_text=gettext_lazy(
            "Wo der Text veröffentlicht wurde, am besten auf den eigenen Seiten der Partei."
        ),
        assume_scheme="https",
        validators=[URLValidator(["https", "http"])],
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )

    class Meta:
        model = Upload
        fields = ["programme"]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in EXTENSIONS:
            raise forms.ValidationError(
                _(
                    "Dateien dieser Art kann das Portal nicht lesen. "
                    "Nehmen Sie PDF, DOCX, HTML, Markdown oder TXT."
                )
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Die Datei ist größer als %(most)s. Nehmen Sie eine, die nur das Programm enthält.")
                % {"most": filesizeformat(MOST_BYTES)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "file" in data:
            self.content = data["file"].read()
            self._refuse_known_file(data.get("programme"))
            self._refuse_waiting_file()
        given = [name for name in NEW if data.get(name)]
        if data.get("programme"):
            if given:
                message = _(
                    "Entweder eine neue Fassung oder ein neues Programm: Leeren Sie eines von beiden."
                )
                self.add_error("programme", message)
        elif "programme" in data:
            self._check_new(data)
        return data

    def _refuse_known_file(self, programme: Programme | None) -> None:
        known = where_it_is_loaded(self.content, programme)
        if known is not None:
            self.add_error(
                "file",
                _("Diese Datei ist Byte für Byte schon geladen, als „%(name)s“. Es gibt nichts zu tun.")
                % {"name": known.slug},
            )

    def _refuse_waiting_file(self) -> None:
        """One that failed isn't in the way: `pledges.uploads.make_way` lets go of it."""
        waiting = Upload.objects.open().exclude(state=UploadState.FAILED).with_content(self.content).first()
        if waiting is not None:
            address = reverse("admin:pledges_upload_change", args=[waiting.pk])
            self.add_error(
                "file",
                format_html(
                    _("Diese Datei liegt schon hier, für „{programme}“: {link} ({state})."),
                    link=format_html('<a href="{}">{}</a>', address, waiting.file_name),
                    state=waiting.get_state_display(),
                    programme=waiting.short_title,
                ),
            )

    def _check_new(self, data: dict[str, Any]) -> None:
        for name in _NEEDED:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Ein neues Programm braucht diese Angabe."))
        if len({party.pk for party in self._parties(data)}) < len(self._parties(data)):
            self.add_error("party", _("Jede Partei bitte nur einmal."))
        if self.errors:
            return
        try:
            entry = new_entry(**self.about)
        except CatalogueError as error:
            self.add_error(*_told(error))
            return
        if taken := Programme.objects.filter(slug=entry.slug).first():
            self.add_error(
                "slug",
                _(
                    "„%(slug)s“ ist schon das Kürzel von „%(title)s“. Laden Sie die Datei als neue Fassung "
                    "davon hoch, oder geben Sie hier ein anderes Kürzel an."
                )
                % {"slug": entry.slug, "title": taken.short_title},
            )
        elif same := namesake(entry):
            self.add_error(
                "short_title",
                _(
                    "„%(title)s“ heißt schon ein anderes Programm (Kürzel „%(slug)s“). Laden Sie die Datei "
                    "als neue Fassung davon hoch, oder geben Sie hier einen anderen Kurztitel an."
                )
                % {"title": same.short_title, "slug": same.slug},
            )

    @staticmethod
    def _parties(data: dict[str, Any]) -> list[Party]:
        given = [data.get(name) for name in ("party", "second_party", "third_party")]
        return [party for party in given if party]

    @property
    def party_slugs(self) -> list[str]:
        return [party.slug for party in self._parties(self.cleaned_data)]

    @property
    def about(self) -> dict[str, Any]:
        """What a new programme is to be, as `pledges.addition.new_entry` takes it; empty for an edition."""
        data = self.cleaned_data
        if data["programme"]:
            return {}
        names = [party.short_name for party in self._parties(data)]
        return {
            "parties": self.party_slugs,
            "election": data["election"].slug,
            "kind": data["kind"],
            "title": data["title"],
            "year": data["year"],
            "short_title": data["short_title"] or f"{' + '.join(names)} {data['year']}",
            "slug": data["slug"],
            "source_url": data["source_url"],
        }


def _told(error: CatalogueError) -> tuple[str | None, str]:
    """The field to mend and a sentence for it, of the form as a whole where there is none."""
    if (error.name, error.code) in _WRONG:
        return error.name, str(_WRONG[error.name, error.code])
    return None, _(
        "Diese Angaben passen nicht zusammen oder gelten nicht mehr. Bitte sehen Sie sie noch einmal durch."
    )
