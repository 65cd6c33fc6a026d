"""What several programmes say on one topic, side by side: related statements first. Pure."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.models import Programme, Relation, RelationKind, RelationStatus, Said, Statement
from pledges.models.politics import ProgrammeKind

FEWEST, MOST = 2, 4
"""How many programmes stand side by side."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one programme says on a matter; empty where no relation is known."""

    programme: Programme
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class KindOfRelation:
    """The relations of one kind within a matter: their number, and of each origin one and how many it has."""

    kind: RelationKind
    number: int
    origins: tuple[tuple[Relation, int], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two or more of a matter's statements are related, and how."""

    kind: RelationKind
    said: Said


@dataclass(frozen=True, slots=True)
class Matter:
    """Statements of several programmes that relations join, a cell for each programme compared.

    `title` is in the language at hand; "" where none of the relations has a name in it.
    """

    title: str
    relations: tuple[Relation, ...]
    cells: tuple[Cell, ...]

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(relation.kind for relation in self.relations))

    @property
    def kinds_with_origins(self) -> list[KindOfRelation]:
        return [
            _kind([relation for relation in self.relations if relation.kind == kind]) for kind in self.kinds
        ]

    @property
    def reasons(self) -> list[Reason]:
        """Each once, in the order of the texts."""
        told = (Reason(RelationKind(r.kind), r.reason) for r in self.relations if r.reason)
        return list(dict.fromkeys(told))

    @property
    def statements(self) -> list[Statement]:
        return [statement for cell in self.cells for statement in cell.statements]


def _kind(relations: Sequence[Relation]) -> KindOfRelation:
    by_origin: dict[str, list[Relation]] = {}
    for relation in relations:
        confirmed = relation.status == RelationStatus.CONFIRMED
        by_origin.setdefault(relation.status if confirmed else relation.origin, []).append(relation)
    origins = tuple((same[0], len(same)) for same in by_origin.values())
    return KindOfRelation(RelationKind(relations[0].kind), len(relations), origins)


@dataclass(frozen=True, slots=True)
class Selection:
    """Texts to stand side by side, in their order, and how many there were to select from."""

    texts: list[Programme]
    of: int

    @property
    def is_drawn(self) -> bool:
        return len(self.texts) < self.of


def select(texts: Iterable[Programme], today: date) -> Selection:
    """Select as many of the texts as fit. Where there are more they are drawn by lot, anew each day: the
    first by name would be the same parties every time, and so would those that nobody is shown."""
    known = list(texts)
    drawn = random.Random(f"{today}").sample(range(len(known)), min(MOST, len(known)))  # noqa: S311
    return Selection([known[at] for at in sorted(drawn)], len(known))


def suggested(texts: Iterable[Programme], today: date) -> Selection:
    """Return what to begin a comparison with, of the texts that are whole and were read."""
    return select((text for text in texts if text.whole and text.document_id), today)


def differing(texts: Iterable[Programme]) -> list[Promise]:
    """Return in what texts differ, as far as it is known. An excerpt is of an election programme: as binding
    as that and made for the same, only not all of it."""
    known = list(texts)
    kinds = {ProgrammeKind.PROGRAMME if t.kind == ProgrammeKind.EXCERPT else t.kind for t in known}
    found: list[Promise] = []
    if len(kinds) > 1:
        found += [_("Anlass"), _("Verbindlichkeit")]
    if len(kinds) > 1 or len({text.whole for text in known}) > 1:
        found.append(_("Umfang"))
    if len({text.year for text in known}) > 1:
        found.append(_("Jahr"))
    return found


def find_matters(relations: Sequence[Relation], programmes: Sequence[Programme]) -> list[Matter]:
    """Join the relations that share a statement to matters, in the order of the first programme's text."""
    statements = {s.pk: s for relation in relations for s in (relation.a, relation.b)}
    matters = [_matter(group, relations, statements, programmes) for group in _connected(relations)]
    return sorted(matters, key=_place)


def _matter(
    group: frozenset[int],
    relations: Sequence[Relation],
    statements: dict[int, Statement],
    programmes: Sequence[Programme],
) -> Matter:
    members = sorted((statements[key] for key in group), key=lambda s: (s.programme_id, s.position))
    own = tuple(relation for relation in relations if relation.a_id in group)
    return Matter(
        title=_title(own),
        relations=own,
        cells=tuple(
            Cell(programme, tuple(s for s in members if s.programme_id == programme.pk))
            for programme in programmes
        ),
    )


def _title(relations: Iterable[Relation]) -> str:
    """The name that most of them give, of several the first in the texts."""
    names = Counter(relation.matter for relation in relations if relation.matter)
    return names.most_common(1)[0][0] if names else ""


def _connected(relations: Iterable[Relation]) -> list[frozenset[int]]:
    group_of: dict[int, set[int]] = {}
    for relation in relations:
        joined = group_of.get(relation.a_id, {relation.a_id}) | group_of.get(relation.b_id, {relation.b_id})
        for key in joined:
            group_of[key] = joined
    return list(dict.fromkeys(frozenset(group) for group in group_of.values()))


def _place(matter: Matter) -> tuple:
    """By how many programmes it joins, then by where it stands in the first of them."""
    silent = sum(not cell.statements for cell in matter.cells)
    return silent, [(cell.statements[0].position if cell.statements else 0) for cell in matter.cells]
