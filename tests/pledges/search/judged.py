"""How well search finds, measured on queries whose answers were judged by reading (judged.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.http import QueryDict

from pledges.filters import StatementFilter
from pledges.models import Statement, Topic
from pledges.near_words import suggest
from tests.searching import permalinks, public

FIRST = 10


@dataclass(frozen=True)
class Judged:
    """A query, what it ought to find (keys of statements) and what it does, best first."""

    kind: str
    typed: str
    wanted: frozenset[str]
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        return len(self.wanted & set(self.found)) / len(self.wanted)

    @property
    def precision(self) -> float:
        """How many of the first ten that are shown are right; fewer where fewer are found."""
        first = self.found[:FIRST]
        return len(self.wanted & set(first)) / len(first) if first else 0.0


def judge() -> list[Judged]:
    """Ask every query as the search page does."""
    with (Path(__file__).parent / "judged.toml").open("rb") as file:
        queries = tomllib.load(file)["query"]
    filters = StatementFilter(
        QueryDict(), Statement.objects.current, columns=public(), topics=list(Topic.objects.all())
    )
    return [
        Judged(query["kind"], query["typed"], frozenset(query["found"]), _find(query["typed"], filters))
        for query in queries
    ]


def _find(typed: str, filters: StatementFilter) -> tuple[str, ...]:
    search = filters.search_for(typed)
    if keys := permalinks(search, filters.columns):
        return keys
    suggested = suggest(search.query, Statement.objects.current(), QueryDict(), filters.search_for)
    return _find(suggested[0].words, filters) if suggested else ()
