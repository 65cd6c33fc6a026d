"""How many results each choice of a filter would leave, from one tally of what there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pledges.filters import StatementFilter

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def is_of_use(self) -> bool:
        """Whether there is anything to choose from."""
        return len(self.choices) > 1


def count_facets(filters: StatementFilter, tally: Sequence[Row], by_topic: Sequence[Row] = ()) -> list[Facet]:
    """Return the facets of a valid filter, in its order.

    Beside a choice stands how many results it would leave with all the other filters as they are.
    """
    return [
        _facet(filters, name, by_topic if name == "thema" else tally)
        for name in filters.chosen()
        if name in filters.form.fields
    ]


def count_results(filters: StatementFilter, tally: Sequence[Row]) -> int:
    return sum(row["n"] for row in tally if _passes(filters, row, ignoring="thema"))


def _facet(filters: StatementFilter, name: str, tally: Sequence[Row]) -> Facet:
    field = filters.form.fields[name]
    counts = dict.fromkeys([value for value, _label in field.choices], 0)
    for row in tally:
        if _passes(filters, row, ignoring=name):
            for value in filters.belonging(name, row):
                counts[value] += row["n"]
    chosen = set(filters.chosen()[name])
    choices = (Choice(value, str(label), counts[value], value in chosen) for value, label in field.choices)
    return Facet(name, str(field.label), tuple(choices))


def _passes(filters: StatementFilter, row: Row, *, ignoring: str) -> bool:
    return all(
        not wanted or name in (ignoring, "thema") or filters.belonging(name, row) & set(wanted)
        for name, wanted in filters.chosen().items()
    )
