"""What a new programme will be once its file is loaded, in words for who decides on that."""

from django.utils.translation import gettext as _

from pledges.addition import new_entry
from pledges.catalogue import CatalogueError
from pledges.models import Election, Party, Place, Programme, ProgrammeKind, Upload


def described(upload: Upload) -> list[tuple[str, str]]:
    """The fields of the programme to be with their names; none for an edition, or where they hold no more."""
    if upload.is_edition:
        return []
    try:
        entry = new_entry(**upload.about)
    except CatalogueError:
        return []
    parties = Party.objects.in_bulk(entry.parties, field_name="slug")
    return [
        (_name_of("title"), entry.title),
        (_name_of("short_title"), entry.short_title),
        (_("Partei / Gruppe"), ", ".join(str(parties[slug]) for slug in entry.parties)),
        (_name_of("election"), str(Election.objects.get(slug=entry.election))),
        (_name_of("place"), str(Place.objects.get(slug=entry.place))),
        (_name_of("year"), str(entry.year)),
        (_name_of("kind"), str(ProgrammeKind(entry.kind).label)),
        (_("Umfang"), _("ganzes Dokument") if entry.whole else _("Auszug")),
        (_name_of("slug"), entry.slug),
        (_name_of("source_url"), entry.source_url or _("nicht angegeben")),
    ]


def _name_of(field: str) -> str:
    return str(Programme._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
