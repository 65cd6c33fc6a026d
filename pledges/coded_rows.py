"""What the rows of codings/ may say. A wrong one is refused before anything is stored."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from pledges.coding.labels import broken_rules
from pledges.models import Commitment, Kind, Relation, RelationKind, Verdict


def check_codings(rows: Iterable[Mapping[str, Any]], topics: Container[str]) -> None:
    """Check rows of statements.jsonl. Raises ValueError naming file, row and value."""
    for row in rows:
        allowed = {
            "id": _is_text(row.get("id")),
            "text": _is_text(row.get("text")),
            "kind": row.get("kind") in Kind.values,
            "commitment": row.get("commitment") in [None, *Commitment.values],
            "measurable": row.get("measurable") in [True, False],
            "topics": _are_topics(row.get("topics"), topics),
            "contested": isinstance(row.get("contested"), bool),
        }
        labels = row.get("kind"), row.get("commitment"), bool(row.get("measurable"))
        topics_given = row["topics"] if allowed["topics"] else []
        allowed |= dict.fromkeys(broken_rules(*labels, topics_given), False)
        _require(allowed, row, f"statements.jsonl, {row.get('id', '?')}")


def check_verdicts(rows: Iterable[Mapping[str, Any]]) -> None:
    """Check rows of digest.jsonl, as above."""
    for row in rows:
        allowed = {
            "id": _is_text(row.get("id")),
            "text": _is_text(row.get("text")),
            "sources": isinstance(row.get("sources"), list),
            "verdict": row.get("verdict") in Verdict.values,
            "note": isinstance(row.get("note"), str),
            "note_de": isinstance(row.get("note_de"), str),
        }
        _require(allowed, row, f"digest.jsonl, {row.get('id', '?')}")


def check_relations(rows: Iterable[Mapping[str, Any]]) -> None:
    """Check rows of relations.jsonl, as above. What they say to readers may be missing."""
    for row in rows:
        allowed = {
            "a": _is_text(row.get("a")),
            "b": _is_text(row.get("b")),
            "relation": row.get("relation") in RelationKind.values,
            "note": isinstance(row.get("note"), str),
            **{name: _is_short(row.get(name, ""), longest) for name, longest in Relation.WORDS.items()},
        }
        _require(allowed, row, f"relations.jsonl, {row.get('a', '?')} – {row.get('b', '?')}")


def _require(allowed: Mapping[str, bool], row: Mapping[str, Any], where: str) -> None:
    for name, is_allowed in allowed.items():
        if not is_allowed:
            raise ValueError(f"{where}: {name} = {row.get(name)!r} isn't what the codebook allows there.")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_short(value: object, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


def _are_topics(value: object, known: Container[str]) -> bool:
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        return False
    return all(slug in known for slug in value)
