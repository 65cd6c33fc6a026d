"""What there is to choose of each filter, and how many results each choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pledges.filters import StatementFilter

# As many boxes to tick as are taken in; of more, the most frequent ones are boxes and the rest is a list.
MOST_BOXES = 24
BOXES_OF_MANY = 8
# A list that is longer helps nobody and makes the page heavy; only places are known by name and listed all.
LONGEST_LIST = 100
LISTED_ALL = {"ort"}
# The longest of all texts are no better a choice than any other.
NOT_BY_FREQUENCY = {"ort", "programm"}


class Choice(NamedTuple):
    """A page has some hundred of them."""

    value: str
    label: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """`choices` are boxes to tick, `further` stand in a list; of these `left_out` more are not shown."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    further: tuple[Choice, ...] = ()
    left_out: int = 0

    @property
    def is_of_use(self) -> bool:
        """Whether there is anything to choose from."""
        return len(self.choices) + len(self.further) + self.left_out > 1


def list_facets(filters: StatementFilter, counts: Mapping[str, Counter[str]]) -> list[Facet]:
    """Return the facets of a valid filter in its order, with the count of each value of each filter."""
    chosen = filters.chosen()
    fields = filters.form.fields
    return [
        _facet(name, str(fields[name].label), fields[name].offer, counts[name], set(chosen[name]))
        for name in chosen
    ]


def _facet(
    name: str, label: str, offer: Mapping[str, object], counts: Counter[str], chosen: set[str]
) -> Facet:
    def choices(values: Iterable[str]) -> tuple[Choice, ...]:
        return tuple(Choice(value, str(offer[value]), counts[value], value in chosen) for value in values)

    if len(offer) <= MOST_BOXES:
        return Facet(name, label, choices(offer))
    of_use = counts.keys() | chosen
    found = [value for value in offer if value in of_use]
    if len(found) <= MOST_BOXES and name not in LISTED_ALL:
        return Facet(name, label, choices(found))
    by_frequency = [] if name in NOT_BY_FREQUENCY else sorted(found, key=lambda value: -counts[value])
    boxes = chosen | set(by_frequency[:BOXES_OF_MANY])
    further = [value for value in found if value not in boxes]
    shown = choices(value for value in found if value in boxes)
    if name in LISTED_ALL or len(further) <= LONGEST_LIST:
        return Facet(name, label, shown, choices(further))
    return Facet(name, label, shown, (), len(further))
