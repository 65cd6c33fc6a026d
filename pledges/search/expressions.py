"""Conditions on tokens, and how SQLite's FTS5 and PostgreSQL's tsquery write them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token that has to be there, or with `is_prefix` one that begins so."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Expression", ...]


Expression = Token | AnyOf | AllOf


def any_of(parts: Iterable[Expression]) -> AnyOf:
    return AnyOf(tuple(dict.fromkeys(parts)))


def all_of(parts: Iterable[Expression]) -> AllOf:
    return AllOf(tuple(dict.fromkeys(parts)))


def for_fts5(expression: Expression) -> str:
    """Write a condition that has at least one part everywhere for MATCH."""
    if isinstance(expression, Token):
        quoted = expression.text.replace('"', '""')
        return f'"{quoted}"*' if expression.is_prefix else f'"{quoted}"'
    joined = " AND " if isinstance(expression, AllOf) else " OR "
    return f"({joined.join(for_fts5(part) for part in expression.parts)})"


def for_tsquery(expression: Expression) -> str:
    """Write the same for a cast to tsquery, which takes the tokens as they are."""
    if isinstance(expression, Token):
        quoted = expression.text.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}':*" if expression.is_prefix else f"'{quoted}'"
    joined = " & " if isinstance(expression, AllOf) else " | "
    return f"({joined.join(for_tsquery(part) for part in expression.parts)})"
