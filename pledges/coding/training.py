"""The coded texts that the coder learns from: the shipped codings, the made sentences, editors' codings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledges.coding.labels import Unit
from pledges.coding.lexicon import LEXICON_FOLDER

CODINGS_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "codings" / "statements.jsonl"
MADE_FILES = (LEXICON_FOLDER / "made_examples.txt", LEXICON_FOLDER / "made_arguments.txt")
_OTHER_KINDS = frozenset(("record", "value", "context"))


@dataclass(frozen=True, slots=True)
class Coded:
    """The right labels of a statement; `optional` topics count neither way (coders differed on them)."""

    kind: str
    commitment: str | None
    measurable: bool
    topics: tuple[str, ...]
    optional: tuple[str, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class CodedText:
    """One text with the right labels of its statements, in order; `kind_of_text` as for `code`."""

    name: str
    units: tuple[Unit, ...]
    coded: tuple[Coded, ...]
    parties: tuple[str, ...] = ()
    kind_of_text: str | None = None


def coded_texts(rows: Iterable[Mapping[str, Any]]) -> tuple[CodedText, ...]:
    """Texts from rows as in fixtures/codings/statements.jsonl, one a `doc`, in the order of the rows.

    `is_item` and `lead_in` of a row are optional; the place of the others is read from the texts.
    """
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_name.setdefault(str(row.get("doc", "")), []).append(row)
    return tuple(
        CodedText(name, tuple(_unit(row) for row in found), tuple(_coded(row) for row in found))
        for name, found in by_name.items()
    )


def _unit(row: Mapping[str, Any]) -> Unit:
    headings = tuple(part for part in str(row.get("section") or "").split(" > ") if part)
    return Unit(row["text"], headings, bool(row.get("is_item", False)), str(row.get("lead_in") or ""))


def _coded(row: Mapping[str, Any]) -> Coded:
    return Coded(
        kind=row["kind"],
        commitment=row.get("commitment"),
        measurable=bool(row.get("measurable")),
        topics=tuple(row.get("topics") or ()),
        optional=tuple(row.get("topics_optional") or ()),
        contested=bool(row.get("contested")),
    )


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def made_texts(text: str) -> tuple[CodedText, ...]:
    """Texts from the notation of made_examples.txt: a blank line ends a text, "= …" is a heading."""
    return tuple(
        coded_text
        for number, part in enumerate(text.split("\n\n"))
        for coded_text in coded_texts(_made_rows(f"made-{number}", part.splitlines()))
    )


def _made_rows(name: str, lines: Sequence[str]) -> Iterable[dict[str, Any]]:
    heading = ""
    for line in lines:
        if line.startswith("= "):
            heading = line[2:]
        elif line and not line.startswith("#"):
            code, _, text = line.partition(" | ")
            label, _, topics = code.partition(" ")
            kind = label.rstrip("*")
            is_item = text.startswith("- ")
            yield {
                "doc": name,
                "section": heading,
                "text": text.removeprefix("- "),
                "is_item": is_item,
                "kind": kind if kind in _OTHER_KINDS else "pledge",
                "commitment": None if kind in _OTHER_KINDS else kind,
                "measurable": label.endswith("*"),
                "topics": [topic for topic in topics.split(",") if topic],
            }


def shipped_texts() -> tuple[CodedText, ...]:
    """The coded texts that come with the project."""
    return coded_texts(read_rows(CODINGS_FILE))


def made_examples() -> tuple[CodedText, ...]:
    """The made sentences that come with the project."""
    return made_texts("\n\n".join(path.read_text(encoding="utf-8") for path in MADE_FILES))
