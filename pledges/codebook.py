"""What was coded after the codebook beforehand, brought to the statements that it is about.

The files (fixtures/codings/): one JSON object a line. A coded statement is found by its letters, in the
order of the text, so that typography and line breaks don't matter.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditlog.models import LogEntry
from django.db import transaction

from pledges.coding.labels import Labels
from pledges.coding_log import add_codings
from pledges.index import index_statements
from pledges.keys import letters
from pledges.labels import effective, labels_of, refresh_labels
from pledges.models import (
    CODEBOOK,
    Coding,
    Origin,
    Programme,
    Relation,
    RelationKind,
    RelationStatus,
    Rendering,
    Statement,
)
from sources.models import Passage


@dataclass(frozen=True, slots=True)
class AttachReport:
    """How many codings are attached, how many of them only now, and the words of those not found."""

    attached: int
    new: int
    not_found: tuple[str, ...]


def read_rows(path: Path) -> dict[str, list[dict]]:
    """Return the rows of a JSON lines file by their document (`doc`, "" for rows without one).

    Raises ValueError naming file and line where a line is no JSON object.
    """
    rows = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                rows[row.get("doc", "")].append(row)
            except (json.JSONDecodeError, AttributeError) as error:
                raise ValueError(f"{path.name}, line {number} is no JSON object: {error}") from error
    return rows


@transaction.atomic
def attach_codings(programme: Programme, rows: Iterable[Mapping]) -> AttachReport:
    """Give the programme's statements their coding after the codebook, unless they have the very same."""
    rows = list(rows)
    statement_of = find_coded(programme, rows)
    newest = _newest_codings(programme)
    wanted = {
        statement_of[row["id"]]: (_labels(row), bool(row["contested"]))
        for row in rows
        if row["id"] in statement_of
    }
    missing = {key: given for key, given in wanted.items() if newest.get(key) != given}
    add_codings(
        {key: labels for key, (labels, _contested) in missing.items()},
        Origin.CODEBOOK,
        CODEBOOK,
        contested={key for key, (_labels, contested) in missing.items() if contested},
    )
    refresh_labels(missing)
    not_found = tuple(row["text"] for row in rows if row["id"] not in statement_of)
    return AttachReport(len(wanted), len(missing), not_found)


@transaction.atomic
def attach_renderings(
    programme: Programme, rows: Iterable[Mapping], statement_of: Mapping[str, int]
) -> AttachReport:
    """Give the lines of a digest their verdict; one that has a verdict keeps it, which may be an editor's."""
    rows = list(rows)
    passage_of = _match(rows, Passage.objects.filter(document=programme.document).order_by("position"))
    judged = set(Rendering.objects.filter(passage__in=passage_of.values()).values_list("passage", flat=True))
    new = [row for row in rows if row["id"] in passage_of and passage_of[row["id"]] not in judged]
    rendered = set()
    for row in new:
        rendering = Rendering.objects.create(
            passage_id=passage_of[row["id"]],
            verdict=row["verdict"],
            note_de=row["note_de"],
            note_en=row["note"],
        )
        sources = [statement_of[source] for source in row["sources"] if source in statement_of]
        rendering.sources.set(sources)
        rendered.update(sources)
    index_statements(rendered)
    not_found = tuple(row["text"] for row in rows if row["id"] not in passage_of)
    return AttachReport(len(passage_of), len(new), not_found)


@transaction.atomic
def attach_relations(rows: Iterable[Mapping], statement_of: Mapping[str, int]) -> AttachReport:
    """Add the relations that are not known yet, and what they say to readers where nothing is said yet.

    What editors made of one stays.
    """
    known = set(Relation.objects.values_list("a", "b"))
    pairs: dict[tuple[int, int], Mapping] = {}
    not_found = []
    for row in rows:
        if row["a"] in statement_of and row["b"] in statement_of:
            a, b = sorted((statement_of[row["a"]], statement_of[row["b"]]))
            pairs[a, b] = row
        else:
            not_found.append(f"{row['a']} – {row['b']}")
    new = {pair: row for pair, row in pairs.items() if pair not in known}
    _say_why(pairs)
    Relation.objects.bulk_create(_relation(a, b, row) for (a, b), row in new.items())
    return AttachReport(len(pairs), len(new), tuple(not_found))


def find_coded(programme: Programme, rows: Iterable[Mapping]) -> dict[str, int]:
    """Return for each coded row's `id` the key of the programme's statement with the same letters."""
    return _match(rows, programme.statements.current().order_by("position"))


def _match(rows: Iterable[Mapping], standing: Iterable[Statement] | Iterable[Passage]) -> dict[str, int]:
    """The same words may stand several times; then the first coded is the first that stands, and so on."""
    keys: dict[str, list[int]] = defaultdict(list)
    for found in standing:
        keys[letters(found.text)].append(found.pk)
    return {row["id"]: keys[words].pop(0) for row in rows if keys[words := letters(row["text"])]}


def _newest_codings(programme: Programme) -> dict[int, tuple[Labels, bool]]:
    by_statement = defaultdict(list)
    codings = Coding.objects.filter(statement__programme=programme, origin=Origin.CODEBOOK)
    for coding in codings.prefetch_related("topics_given__topic"):
        by_statement[coding.statement_id].append(coding)
    newest = {key: effective(codings) for key, codings in by_statement.items()}
    return {key: (labels_of(coding), coding.contested) for key, coding in newest.items()}


def _labels(row: Mapping) -> Labels:
    return Labels(row["kind"], row["commitment"], row["measurable"], tuple(row["topics"]), certainty=None)


def _say_why(rows: Mapping[tuple[int, int], Mapping]) -> None:
    """Give the codebook's relations its words where they have none, and no editor ever changed these."""
    changed = LogEntry.objects.get_for_model(Relation).filter(changes__has_any_keys=Relation.WORDS)
    untold = Relation.objects.filter(origin=Origin.CODEBOOK, **dict.fromkeys(Relation.WORDS, ""))
    told = []
    for relation in untold.exclude(pk__in=changed.values("object_id")):
        words = _words(rows.get((relation.a_id, relation.b_id), {}))
        if any(words.values()):
            for name, value in words.items():
                setattr(relation, name, value)
            told.append(relation)
    Relation.objects.bulk_update(told, Relation.WORDS)


def _words(row: Mapping) -> dict[str, str]:
    return {name: row.get(name, "") for name in Relation.WORDS}


def _relation(a: int, b: int, row: Mapping) -> Relation:
    unrelated = row["relation"] == RelationKind.UNRELATED
    status = RelationStatus.REJECTED if unrelated else RelationStatus.SUGGESTED
    return Relation(
        a_id=a,
        b_id=b,
        kind=row["relation"],
        status=status,
        origin=Origin.CODEBOOK,
        note=row["note"],
        **_words(row),
    )
