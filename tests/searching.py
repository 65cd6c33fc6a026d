"""What a search finds among the public statements, as the pages of the portal find it."""

from pledges.columns import NOWHERE, Columns, read_columns
from pledges.directory import read_directory
from pledges.found import tiers_of
from pledges.models import Statement
from pledges.search.query import Search


def public() -> Columns:
    return read_columns(read_directory())


def answer(search: Search, known: Columns) -> list[int]:
    """The keys of the statements, the best first."""
    tiers = tiers_of(search, known)
    rows = known.rows({}) if tiers is None else tiers != NOWHERE
    return known.keys[known.in_order_of(tiers, rows)].tolist()


def permalinks(search: Search, known: Columns) -> tuple[str, ...]:
    """The same as the keys that stand in their addresses."""
    found = answer(search, known)
    keys = dict(Statement.objects.filter(pk__in=found).values_list("pk", "key"))
    return tuple(keys[key] for key in found)
