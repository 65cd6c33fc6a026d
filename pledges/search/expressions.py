"""Conditions on tokens, and how SQLite's FTS5 and PostgreSQL's tsquery write them."""

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Without:
    """What meets `wanted` and doesn't meet `unwanted`."""

    wanted: AnyOf
    unwanted: AnyOf


Expression = Token | AnyOf | AllOf | Without


def any_of(parts: Iterable[Expression]) -> AnyOf:
    return AnyOf(tuple(dict.fromkeys(parts)))


def all_of(parts: Iterable[Expression]) -> AllOf:
    return AllOf(tuple(dict.fromkeys(parts)))


def additions(conditions: Iterable[Expression]) -> Iterator[Expression]:
    """Return what each condition adds to those before, where it is some more choices; else the whole of it.

    So nothing is fetched twice. A choice of nothing is met by nothing.
    """
    known: dict[Expression, None] = {}
    for condition in conditions:
        match condition:
            case AllOf((AnyOf(parts),)):
                added = any_of(part for part in parts if part not in known)
                yield Without(added, any_of(known)) if added.parts and known else added
                known |= dict.fromkeys(parts)
            case _:
                yield condition


def for_fts5(expression: Expression) -> str:
    """Write a condition that has at least one part everywhere for MATCH."""
    if isinstance(expression, Token):
        quoted = expression.text.replace('"', '""')
        return f'"{quoted}"*' if expression.is_prefix else f'"{quoted}"'
    if isinstance(expression, Without):
        return f"({for_fts5(expression.wanted)} NOT {for_fts5(expression.unwanted)})"
    joined = " AND " if isinstance(expression, AllOf) else " OR "
    return f"({joined.join(for_fts5(part) for part in expression.parts)})"


def for_tsquery(expression: Expression) -> str:
    """Write the same for a cast to tsquery, which takes the tokens as they are."""
    if isinstance(expression, Token):
        quoted = expression.text.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}':*" if expression.is_prefix else f"'{quoted}'"
    if isinstance(expression, Without):
        return f"({for_tsquery(expression.wanted)} & !{for_tsquery(expression.unwanted)})"
    joined = " & " if isinstance(expression, AllOf) else " | "
    return f"({joined.join(for_tsquery(part) for part in expression.parts)})"
