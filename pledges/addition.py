"""A programme as an editor hands it over: checked, read, coded by the machine, in one transaction."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from pledges.build import BuildReport, read_programme
from pledges.catalogue import CatalogueError, ProgrammeEntry
from pledges.loading import load_programme
from pledges.machine import code_by_machine
from pledges.models import Election, Party, Programme, Statement
from pledges.targets import refresh_targets
from sources.ingest import AlreadyLoaded
from sources.models import Document
from sources.reading.sandbox import read_untrusted


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of it, or would: the report, how many the machine coded, all statements in order."""

    programme: Programme
    report: BuildReport
    by_machine: int
    statements: tuple[Statement, ...]


def add_programme(
    data: bytes,
    file_name: str,
    *,
    parties: list[str],
    election: str,
    kind: str,
    title: str,
    year: int,
    short_title: str = "",
    slug: str = "",
    dry_run: bool = False,
) -> Addition:
    """Add a programme with its file, or a new edition of one; with `dry_run` all of it is undone at the end.

    `parties` and `election` are slugs. Raises CatalogueError where one isn't known or the programme is
    another's, UnreadableFile (AlreadyLoaded for the same bytes again); then nothing is stored.
    """
    with transaction.atomic():
        _refuse_known_file(data, file_name)
        names = _short_names(parties)
        entry = ProgrammeEntry(
            slug=slug or slugify(f"{' '.join(parties)} {year}"),
            kind=kind,
            title=title,
            short_title=short_title or f"{' + '.join(names)} {year}",
            parties=parties,
            place=_place_of(election),
            year=year,
            election=election,
            whole=kind != "excerpt",
        )
        programme, remarks = load_programme(entry)
        if remarks:
            raise CatalogueError(f"{entry.slug} is another programme; choose a --slug. {' '.join(remarks)}")
        report = read_programme(programme, data, file_name, reader=read_untrusted)
        by_machine = code_by_machine(programme)
        refresh_targets(programme.statements.current())
        statements = tuple(programme.statements.current().in_reading_order().for_cards())
        transaction.set_rollback(dry_run)
    return Addition(programme, report, by_machine, statements)


def _refuse_known_file(data: bytes, file_name: str) -> None:
    known = Document.objects.light().filter(sha256=hashlib.sha256(data).hexdigest()).first()
    if known:
        raise AlreadyLoaded(f"{file_name} is already loaded, byte for byte, as {known.slug}.")


def _short_names(parties: list[str]) -> list[str]:
    known = Party.objects.in_bulk(field_name="slug")
    if missing := [slug for slug in parties if slug not in known]:
        raise CatalogueError(
            f"Unknown party {', '.join(missing)}; known are {', '.join(sorted(known))}. Add it in the admin."
        )
    return [known[slug].short_name for slug in parties]


def _place_of(election: str) -> str:
    found = Election.objects.select_related("place").filter(slug=election).first()
    if found is None:
        known = ", ".join(sorted(Election.objects.values_list("slug", flat=True)))
        raise CatalogueError(f"Unknown election {election}; known are {known}. Add it in the admin.")
    return found.place.slug
