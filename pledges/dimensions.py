"""What can be chosen of each filter, and where on its axis it holds (see `pledges.columns`)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pledges.choices import COMMITMENTS, KINDS, MEASURABLE, ORIGINS, TEXT_KINDS
from pledges.models import Kind, Programme, Topic
from pledges.packing import LABELS

PROGRAMMES, LABELLED, TOPICS = "programmes", "labels", "topics"

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What can be chosen of a filter: `values[choice[i]]` holds at the place `at[i]` of the axis."""

    axis: str
    values: tuple[str, ...]
    at: Numbers
    choice: Numbers

    def holds(self, chosen: Iterable[str], size: int) -> Mask:
        """Where on the axis at least one of the chosen values holds."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[[self.values.index(value) for value in chosen]] = True
        mask = np.zeros(size, dtype=bool)
        mask[self.at[wanted[self.choice]]] = True
        return mask

    def count(self, numbers: Numbers) -> Counter[str]:
        """Add up the numbers on the axis for each value; those with nothing are left out."""
        sums = np.bincount(self.choice, weights=numbers[self.at], minlength=len(self.values))
        filled = np.flatnonzero(sums)
        found = zip(filled.tolist(), sums[filled].astype(int).tolist(), strict=True)
        return Counter({self.values[at]: number for at, number in found})


def dimensions_of(
    programmes: Sequence[Programme], topics: Sequence[Topic], sets: Numbers
) -> dict[str, Dimension]:
    """Return what can be chosen, by the name of the filter; `sets`: the bits of the topics of each set."""
    text_kinds = {kind.value: slug for slug, kind in TEXT_KINDS.items()}
    slugs = [topic.slug for topic in topics]
    of_sets = [[slug for at, slug in enumerate(slugs) if mask >> at & 1] for mask in sets.tolist()]
    of_programmes = {
        "ort": [[p.place.slug] for p in programmes],
        "partei": [[party.slug for party in p.authors] for p in programmes],
        "programm": [[p.slug] for p in programmes],
        "jahr": [[str(p.year)] for p in programmes],
        "textart": [[text_kinds[p.kind]] for p in programmes],
    }
    of_labels: dict[str, Mapping[str, Any]] = {
        "art": KINDS,
        "bindung": COMMITMENTS,
        "messbar": MEASURABLE,
        "herkunft": ORIGINS,
    }
    found = {"thema": _dimension(TOPICS, of_sets, slugs)}
    found |= {name: _dimension(PROGRAMMES, values) for name, values in of_programmes.items()}
    answers = [_answers(*labels) for labels in LABELS]
    for name, meaning in of_labels.items():
        own = [[slug for slug, value in meaning.items() if answer[name] == value] for answer in answers]
        found[name] = _dimension(LABELLED, own, meaning)
    return found


def _answers(kind: str, commitment: str, measurable: bool, origin: str) -> dict[str, Any]:
    """What these labels answer to each filter; whether it is measurable is asked of a pledge alone."""
    is_measurable = measurable if kind == Kind.PLEDGE else None
    return {"art": kind, "bindung": commitment, "messbar": is_measurable, "herkunft": origin}


def _dimension(axis: str, values: Sequence[Sequence[str]], known: Iterable[str] = ()) -> Dimension:
    """From the values that hold at each place of the axis; those `known` are there in any case."""
    number = {value: at for at, value in enumerate(dict.fromkeys(chain(known, *values)))}
    pairs = [(at, number[value]) for at, own in enumerate(values) for value in own]
    at, choice = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Dimension(axis, tuple(number), at, choice)
