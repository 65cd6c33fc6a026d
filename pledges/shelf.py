"""A folder of programmes, loaded as a whole: the lists, the texts, what was coded beforehand.

programmes.toml, topics.toml     what is known (see pledges.catalogue)
the texts                        as `file` names them
codings/statements.jsonl, digest.jsonl, relations.jsonl
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from pledges.build import BuildReport, read_programme
from pledges.catalogue import ProgrammeEntry, read_catalogue
from pledges.codebook import (
    AttachReport,
    attach_codings,
    attach_relations,
    attach_renderings,
    find_coded,
    read_rows,
)
from pledges.loading import load_catalogue, load_programme
from pledges.machine import code_by_machine, refresh_targets
from pledges.models import Programme, ProgrammeKind


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


def load_shelf(folder: Path, say: Callable[[str], None]) -> ShelfReport:
    """Load all of a folder, one transaction a programme; a second time nothing changes.

    `say` is told what is being done. Raises CatalogueError, UnreadableFile, ValueError or OSError, which
    leave the programme at hand as it was.
    """
    catalogue = read_catalogue(folder / "programmes.toml", folder / "topics.toml")
    coded = read_rows(folder / "codings" / "statements.jsonl")
    judged = read_rows(folder / "codings" / "digest.jsonl")
    related = read_rows(folder / "codings" / "relations.jsonl")
    remarks = load_catalogue(catalogue)
    reports = []
    for entry in sorted(catalogue.programmes, key=lambda entry: entry.kind == ProgrammeKind.DIGEST):
        say(f"Loading {entry.short_title} …")
        report, more = _load(entry, folder, coded, judged)
        reports.append(report)
        remarks += more
    relations = attach_relations([row for rows in related.values() for row in rows], _coded_statements(coded))
    return ShelfReport(tuple(remarks), tuple(reports), relations)


@transaction.atomic
def _load(
    entry: ProgrammeEntry, folder: Path, coded: Mapping[str, list[dict]], judged: Mapping[str, list[dict]]
) -> tuple[ProgrammeReport, list[str]]:
    programme, remarks = load_programme(entry)
    built = read_programme(programme, (folder / entry.file).read_bytes(), entry.file, entry.language)
    if programme.kind == ProgrammeKind.DIGEST:
        codings = attach_renderings(programme, judged.get(entry.slug, []), _coded_statements(coded))
        return ProgrammeReport(entry.slug, built, codings, by_machine=0), remarks
    codings = attach_codings(programme, coded.get(entry.slug, []))
    by_machine = code_by_machine(programme)
    refresh_targets(programme)
    return ProgrammeReport(entry.slug, built, codings, by_machine), remarks


def _coded_statements(coded: Mapping[str, list[dict]]) -> dict[str, int]:
    """The key of the statement for each coded row's id, over all programmes."""
    programmes = Programme.objects.in_own_words().filter(slug__in=coded)
    return {
        row: key
        for programme in programmes
        for row, key in find_coded(programme, coded[programme.slug]).items()
    }
