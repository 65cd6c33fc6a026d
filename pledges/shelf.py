"""A folder of programmes, loaded as a whole: the lists, the texts, what was coded beforehand.

programmes.toml, topics.toml     what is known (see pledges.catalogue)
the texts                        as `file` names them
codings/statements.jsonl, digest.jsonl, relations.jsonl
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from auditlog.context import disable_auditlog
from django.db import transaction
from django.utils import timezone

from pledges.build import BuildReport, read_programme
from pledges.catalogue import CatalogueError, ProgrammeEntry, read_catalogue
from pledges.codebook import (
    AttachReport,
    attach_codings,
    attach_relations,
    attach_renderings,
    find_coded,
    read_rows,
)
from pledges.coded_rows import check_codings, check_relations, check_verdicts
from pledges.loading import load_catalogue, load_programme
from pledges.machine import code_by_machine
from pledges.models import Programme, ProgrammeKind
from pledges.targets import refresh_targets
from sources.models import Document
from sources.reading import UnreadableFile


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    slug: str
    built: BuildReport
    codings: AttachReport
    by_machine: int


@dataclass(frozen=True, slots=True)
class ShelfReport:
    remarks: tuple[str, ...]
    programmes: tuple[ProgrammeReport, ...]
    relations: AttachReport


@disable_auditlog()
def load_shelf(folder: Path, say: Callable[[str], None]) -> ShelfReport:
    """Load all of a folder, one transaction a programme; a second time nothing changes.

    `say` is told what is being done. Raises CatalogueError, UnreadableFile, ValueError or OSError, which
    leave the programme at hand as it was.
    """
    catalogue = read_catalogue(folder / "programmes.toml", folder / "topics.toml")
    coded = read_rows(folder / "codings" / "statements.jsonl")
    judged = read_rows(folder / "codings" / "digest.jsonl")
    related = read_rows(folder / "codings" / "relations.jsonl")
    check_codings(chain(*coded.values()), {topic.slug for topic in catalogue.topics})
    check_verdicts(chain(*judged.values()))
    check_relations(chain(*related.values()))
    files = {entry.slug: _content(folder, entry) for entry in catalogue.programmes if entry.file}
    remarks = load_catalogue(catalogue)
    reports = []
    for entry in catalogue.programmes:
        if entry.kind != ProgrammeKind.DIGEST:
            say(f"Loading {entry.short_title} …")
            reports.append(_load_text(entry, files.get(entry.slug), coded.get(entry.slug, []), remarks))
    statement_of = _coded_statements(coded)
    for entry in catalogue.programmes:
        if entry.kind == ProgrammeKind.DIGEST:
            say(f"Loading {entry.short_title} …")
            verdicts = judged.get(entry.slug, [])
            reports.append(_load_digest(entry, files.get(entry.slug), verdicts, statement_of, remarks))
    relations = attach_relations(chain(*related.values()), statement_of)
    return ShelfReport(tuple(remarks), tuple(reports), relations)


def _content(folder: Path, entry: ProgrammeEntry) -> bytes:
    try:
        return (folder / entry.file).read_bytes()
    except OSError as error:
        raise CatalogueError(
            f"programmes.toml, [[programme]] {entry.slug}: file {entry.file} can't be read: {error.strerror}."
        ) from error


@transaction.atomic
def _load_text(
    entry: ProgrammeEntry, content: bytes | None, coded: list[dict], remarks: list[str]
) -> ProgrammeReport:
    programme, built = _read(entry, content, remarks)
    codings = attach_codings(programme, coded)
    by_machine = code_by_machine(programme)
    refresh_targets(programme.statements.current())
    return ProgrammeReport(entry.slug, built, codings, by_machine)


@transaction.atomic
def _load_digest(
    entry: ProgrammeEntry,
    content: bytes | None,
    judged: list[dict],
    statement_of: Mapping[str, int],
    remarks: list[str],
) -> ProgrammeReport:
    programme, built = _read(entry, content, remarks)
    return ProgrammeReport(
        entry.slug, built, attach_renderings(programme, judged, statement_of), by_machine=0
    )


def _read(entry: ProgrammeEntry, content: bytes | None, remarks: list[str]) -> tuple[Programme, BuildReport]:
    # The folder is the operator's own choice of what to show; what an editor hands over begins as a draft.
    programme, more = load_programme(entry, published_at=timezone.now())
    remarks += more
    if content is None:
        # Known, but not yet read: one of the four kinds of silence.
        return programme, BuildReport()
    if _is_former_edition(programme, content):
        remarks.append(
            f"Programme {entry.slug}: its text stays as replaced since; {entry.file} is a former one."
        )
        return programme, BuildReport()
    try:
        return programme, read_programme(programme, content, entry.file, entry.language)
    except UnreadableFile as error:
        raise UnreadableFile(f"{entry.file}: {error}", error.code) from error


def _is_former_edition(programme: Programme, content: bytes) -> bool:
    """Whether an editor replaced just this file by another: then it doesn't come back by itself."""
    known = Document.objects.with_content(content).first()
    current = programme.document_id
    if known is None or current is None or known.pk == current:
        return False
    return known.pk in Document.objects.line_of(current)


def _coded_statements(coded: Mapping[str, list[dict]]) -> dict[str, int]:
    """The key of the statement for each coded row's id, over all programmes."""
    programmes = Programme.objects.in_own_words().filter(slug__in=coded)
    return {
        row: key
        for programme in programmes
        for row, key in find_coded(programme, coded[programme.slug]).items()
    }
