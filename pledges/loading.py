"""The catalogue's entries into rows. The list sows, the database reaps: what stands already is left as
editors have it, and only what is missing is added."""

import datetime
from collections.abc import Iterator

from django.db import models, transaction

from pledges.catalogue import Catalogue, ProgrammeEntry
from pledges.models import Authorship, Election, Party, Place, Programme, Topic


@transaction.atomic
def load_catalogue(catalogue: Catalogue) -> list[str]:
    """Add the places, parties, elections and topics that are missing.

    Return a sentence for each value that editors, or a later list, have otherwise.
    """
    remarks: list[str] = []
    for place in catalogue.places:
        remarks += _add(Place, place.slug, name=place.name, municipality_key=place.municipality_key)
    for party in catalogue.parties:
        remarks += _add(Party, party.slug, name=party.name, short_name=party.short_name, colour=party.colour)
    for election in catalogue.elections:
        place_row = Place.objects.get(slug=election.place)
        remarks += _add(Election, election.slug, place=place_row, title=election.title, date=election.date)
    for topic in catalogue.topics:
        names = {"name_de": topic.name_de, "name_en": topic.name_en}
        remarks += _add(Topic, topic.slug, **names, covers_de=topic.covers_de, covers_en=topic.covers_en)
    return remarks


@transaction.atomic
def load_programme(
    entry: ProgrammeEntry, published_at: datetime.datetime | None = None
) -> tuple[Programme, list[str]]:
    """Add the programme, without its document, unless it stands; return it and remarks as above.

    It is added as a draft, unless it was `published_at` some time.
    """
    is_new = not Programme.objects.filter(slug=entry.slug).exists()
    remarks = list(
        _add(
            Programme,
            entry.slug,
            kind=entry.kind,
            title=entry.title,
            short_title=entry.short_title,
            place=Place.objects.get(slug=entry.place),
            election=Election.objects.get(slug=entry.election) if entry.election else None,
            year=entry.year,
            date=entry.date,
            date_note_de=entry.date_note_de,
            date_note_en=entry.date_note_en,
            source_url=entry.source_url,
            whole=entry.whole,
            digest_of=Programme.objects.get(slug=entry.digest_of) if entry.digest_of else None,
        )
    )
    programme = Programme.objects.get(slug=entry.slug)
    if is_new:
        programme.published_at = published_at
        programme.save(update_fields=["published_at"])
    if not programme.authorships.exists():
        parties = Party.objects.in_bulk(entry.parties, field_name="slug")
        Authorship.objects.bulk_create(
            Authorship(programme=programme, party=parties[slug], position=position)
            for position, slug in enumerate(entry.parties)
        )
    return programme, remarks


def _add(model: type[models.Model], slug: str, **values: object) -> Iterator[str]:
    """Add the row unless it stands; yield a remark for each value that it has otherwise than the list."""
    row, created = model._default_manager.get_or_create(slug=slug, defaults=values)
    if created:
        return
    for name, value in values.items():
        is_said = value not in ("", None)
        if is_said and getattr(row, name) != value:
            yield f"{model.__name__} {slug}: {name} stays {getattr(row, name)!r}; the list has {value!r}."
