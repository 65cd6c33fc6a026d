"""What an edition changes of a programme's statements: seen before and after, and set side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Literal

from django.db.models import Count, Q, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from pledges.marking import Piece, changed_words
from pledges.models import Origin, Programme

How = Literal["kept", "reworded", "back", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stands at one moment; `codings` counts those of editors."""

    key: str
    text: str
    section: str
    position: int
    kind: str
    is_gone: bool
    is_marked: bool
    codings: int


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the new edition, or one that is gone, and how it came there.

    `former` are its words before, "" where there are none. `marked`: it goes to the editors as "wording
    changed". `codings` counts those of editors.
    """

    how: How
    key: str
    text: str
    former: str
    section: str
    position: int
    kind: str
    marked: bool
    codings: int

    @property
    def changed_words(self) -> tuple[list[Piece], list[Piece]]:
        return changed_words(self.former, self.text)


@dataclass(frozen=True, slots=True)
class Difference:
    """All lines of the new edition in order, and what is gone from the one before."""

    lines: tuple[Line, ...]
    gone: tuple[Line, ...]

    def of(self, *how: How) -> list[Line]:
        """Those of the new edition that came about in one of these ways."""
        return [line for line in self.lines if line.how in how]

    def chapters(self) -> list[tuple[str, list[Line]]]:
        """The new edition's lines under the headings that they stand under."""
        return [(title, list(run)) for title, run in groupby(self.lines, key=lambda line: line.section)]

    @property
    def staying(self) -> int:
        """How many statements of the former edition stay, be it in other words."""
        return len(self.of("kept", "reworded"))

    @property
    def former(self) -> int:
        """How many statements the former edition has."""
        return self.staying + len(self.gone)

    @property
    def is_doubtful(self) -> bool:
        """Whether so little stays, less than a third, that it may be no edition of this programme at all."""
        return 3 * self.staying < self.former

    def as_rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"lines": [asdict(line) for line in self.lines], "gone": [asdict(line) for line in self.gone]}

    @classmethod
    def from_rows(cls, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> "Difference":
        return cls(*(tuple(Line(**row) for row in rows[part]) for part in ("lines", "gone")))


def standings(programme: Programme) -> dict[int, Standing]:
    """Return the programme's statements as they stand now, gone ones too, by their keys; one query."""
    rows = programme.statements.annotate(
        heading=Coalesce(
            NullIf("passage__section__title", Value("", TextField())), "passage__section__heading"
        ),
        by_editors=Count("codings", filter=Q(codings__origin=Origin.EDITOR)),
    )
    return {
        row.pk: Standing(
            row.key,
            row.text,
            row.heading or "",
            row.position,
            row.kind,
            row.gone_since is not None,
            row.wording_changed,
            row.by_editors,
        )
        for row in rows.defer("former_text")
    }


def compare(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> Difference:
    """Say of each statement that stands after, or stood before, what became of it."""
    standing = sorted(
        (key for key, now in after.items() if not now.is_gone), key=lambda key: after[key].position
    )
    gone = [key for key, was in before.items() if not was.is_gone and after[key].is_gone]
    gone.sort(key=lambda key: before[key].position)
    return Difference(
        tuple(_line(before.get(key), after[key]) for key in standing),
        tuple(_line(before[key], before[key], "gone") for key in gone),
    )


def _line(was: Standing | None, now: Standing, how: How | None = None) -> Line:
    return Line(
        how or _how(was, now),
        now.key,
        now.text,
        was.text if was else "",
        now.section,
        now.position,
        now.kind,
        now.is_marked and not (was and was.is_marked and was.text == now.text),
        now.codings,
    )


def _how(was: Standing | None, now: Standing) -> How:
    if was is None:
        return "new"
    if was.is_gone:
        return "back"
    return "kept" if was.text.split() == now.text.split() else "reworded"
