"""A programme as an editor hands it over: checked, read and coded, then stored in one short transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from pledges.analysis import units_of
from pledges.build import BuildReport, read_programme
from pledges.catalogue import CatalogueError, ProgrammeEntry, check_programme
from pledges.coding.labels import Labels
from pledges.loading import load_programme
from pledges.machine import code_by_machine, machine_labels
from pledges.models import Election, Party, Programme, Statement
from pledges.targets import refresh_targets
from sources.ingest import AlreadyLoaded, is_up_to_date
from sources.models import Document
from sources.reading import Progress, unseen
from sources.reading.sandbox import read_untrusted
from sources.splitting import SplitText, split


@dataclass(frozen=True, slots=True)
class CodedFile:
    """A file with what was read from it and the machine's labels of its passages, in order."""

    content: bytes
    name: str
    text: SplitText
    labels: tuple[Labels, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of it, or would: the report, how many the machine coded, all statements in order."""

    programme: Programme
    report: BuildReport
    by_machine: int
    statements: tuple[Statement, ...]


def add_programme(data: bytes, file_name: str, entry: ProgrammeEntry, *, dry_run: bool = False) -> Addition:
    """Add a programme with its file, or a new edition of one; with `dry_run` all of it is undone at the end.

    `entry`: see `new_entry`. Raises CatalogueError where the slug or the short title is another programme's,
    UnreadableFile (AlreadyLoaded for the same bytes again); then nothing is stored.
    """
    _refuse_known_file(data, file_name, entry.slug)
    with transaction.atomic():
        # Tried and undone: who would be refused at the end is told so before minutes of reading.
        _programme_of(entry)
        transaction.set_rollback(True)
    file = read_and_code(data, file_name, entry.parties, entry.kind)
    with transaction.atomic():
        programme = _programme_of(entry)
        report, by_machine = take_up(programme, file)
        statements = tuple(programme.statements.current().in_reading_order().within_their_text())
        transaction.set_rollback(dry_run)
    return Addition(programme, report, by_machine, statements)


def where_it_is_loaded(content: bytes, programme: Programme | None) -> Document | None:
    """Return the document with the same bytes.

    None if there is none, and if these bytes may become the programme's text all the same: as a former
    edition of it that comes back, or because its file would be read otherwise by now.
    """
    known = Document.objects.with_content(content).first()
    current = programme.document_id if programme else None
    if known is None or current is None:
        return known
    if known.pk == current:
        return known if is_up_to_date(known, content) else None
    return None if known.pk in Document.objects.line_of(current) else known


def new_entry(
    parties: list[str],
    election: str,
    kind: str,
    title: str,
    year: int,
    short_title: str = "",
    slug: str = "",
    source_url: str = "",
) -> ProgrammeEntry:
    """Return what is known of a programme before it is read, short title and slug made where they lack.

    `parties` and `election` are slugs. Raises CatalogueError for those that aren't known, and for what no
    list may say either.
    """
    entry = ProgrammeEntry(
        slug=slug or slugify(f"{' '.join(parties)} {year}"),
        kind=kind,
        title=title,
        short_title=short_title or f"{' + '.join(_short_names(parties))} {year}",
        parties=parties,
        place=_place_of(election),
        year=year,
        election=election,
        source_url=source_url,
        whole=kind != "excerpt",
    )
    check_programme(entry)
    return entry


def namesake(entry: ProgrammeEntry) -> Programme | None:
    """Return another programme of the same place that lists already know by this short title."""
    others = Programme.objects.filter(place__slug=entry.place).exclude(slug=entry.slug)
    return others.filter(short_title__iexact=entry.short_title).first()


def read_and_code(
    data: bytes, file_name: str, parties: Sequence[str], kind: str, progress: Progress = unseen
) -> CodedFile:
    """Read a file from a stranger and code it. This takes seconds to minutes: never in a transaction.

    `parties` are slugs, `progress` is told the pages of a PDF. Raises UnreadableFile.
    """
    text = split(read_untrusted(data, file_name, progress=progress))
    labels = machine_labels(units_of(text), _short_names(parties), kind)
    return CodedFile(data, file_name, text, labels)


@transaction.atomic
def take_up(programme: Programme, file: CodedFile) -> tuple[BuildReport, int]:
    """Make the file the programme's text; return what became of its passages, and how many the machine coded.

    Raises AlreadyLoaded where the same bytes are another programme's, and then nothing is stored.
    """
    language = programme.document.language if programme.document else "de"
    report = read_programme(programme, file.content, file.name, language, text=file.text)
    by_machine = code_by_machine(programme, file.labels)
    refresh_targets(programme.statements.current())
    return report, by_machine


def _programme_of(entry: ProgrammeEntry) -> Programme:
    """Return the programme, added unless it stands. Raises CatalogueError where its names are another's."""
    if other := namesake(entry):
        raise CatalogueError(
            f"{entry.short_title} is the short title of {other.slug} already; choose another --short-title."
        )
    programme, remarks = load_programme(entry)
    if remarks:
        raise CatalogueError(
            f"{entry.slug} is known with other values. For a new edition of it repeat those that stay; "
            f"for another programme choose a --slug. {' '.join(remarks)}"
        )
    return programme


def _refuse_known_file(data: bytes, file_name: str, slug: str) -> None:
    known = where_it_is_loaded(data, Programme.objects.filter(slug=slug).first())
    if known:
        raise AlreadyLoaded(
            f"{file_name} is already loaded, byte for byte, as {known.slug}.", "already_loaded"
        )


def _short_names(parties: Sequence[str]) -> list[str]:
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
