"""What several programmes say on one topic, side by side: related statements first. Pure."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from pledges.folding import fold
from pledges.models import Programme, Relation, RelationStatus, Statement

FEWEST, MOST = 2, 4
"""How many programmes stand side by side."""

_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one programme says on a matter; empty where no relation is known."""

    programme: Programme
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class KindOfRelation:
    """The relations of one kind within a matter: their number, and of each origin one and how many it has."""

    kind: str
    number: int
    origins: tuple[tuple[Relation, int], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Statements of several programmes that relations join, a cell for each programme compared."""

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
    def statements(self) -> list[Statement]:
        return [statement for cell in self.cells for statement in cell.statements]


def _kind(relations: Sequence[Relation]) -> KindOfRelation:
    by_origin: dict[str, list[Relation]] = {}
    for relation in relations:
        confirmed = relation.status == RelationStatus.CONFIRMED
        by_origin.setdefault(relation.status if confirmed else relation.origin, []).append(relation)
    origins = tuple((same[0], len(same)) for same in by_origin.values())
    return KindOfRelation(relations[0].kind, len(relations), origins)


def suggested(texts: Iterable[Programme]) -> list[Programme]:
    """Return what to begin a comparison with: the first of the texts that are whole and were read."""
    return [text for text in texts if text.whole and text.document_id][:MOST]


def find_matters(relations: Sequence[Relation], programmes: Sequence[Programme]) -> list[Matter]:
    """Join the relations that share a statement to matters, in the order of the first programme's text."""
    statements = {s.pk: s for relation in relations for s in (relation.a, relation.b)}
    groups = _connected(relations)
    frequency = Counter(word for s in statements.values() for word in _stems(s.text))
    matters = [_matter(group, relations, statements, programmes, frequency) for group in groups]
    return sorted(matters, key=_place)


def _matter(
    group: frozenset[int],
    relations: Sequence[Relation],
    statements: dict[int, Statement],
    programmes: Sequence[Programme],
    frequency: Counter[str],
) -> Matter:
    members = sorted((statements[key] for key in group), key=lambda s: (s.programme_id, s.position))
    return Matter(
        title=common_words(
            [s.text for s in members], frequency, ignoring={_stem(p.place.name) for p in programmes}
        )
        or _heading(members[0]),
        relations=tuple(relation for relation in relations if relation.a_id in group),
        cells=tuple(
            Cell(programme, tuple(s for s in members if s.programme_id == programme.pk))
            for programme in programmes
        ),
    )


def _heading(statement: Statement) -> str:
    return statement.passage.section.display_title if statement.passage else ""


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


def common_words(texts: Sequence[str], frequency: Counter[str], ignoring: Container[str] = ()) -> str:
    """Return up to two nouns that most of the texts share, of several the rarest by `frequency` (of stems).

    A word counts as shared if another text has one that begins with the same six letters, as endings
    and compounds differ ("Radwege", "Radwegenetz"). The first word of a text is no noun for sure and
    doesn't count, nor do the stems in `ignoring`. "" where the texts share no noun.
    """
    holding = Counter(stem for text in texts for stem in _stems(text))
    nouns: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text)[1:]:
            if word[0].isupper() and holding[_stem(word)] > 1 and _stem(word) not in ignoring:
                nouns.setdefault(_stem(word), word)
    best = sorted(nouns, key=lambda stem: (-holding[stem], frequency[stem], stem))
    return ", ".join(nouns[stem] for stem in best[:2])


def _stem(word: str) -> str:
    return fold(word)[:6]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text)}
