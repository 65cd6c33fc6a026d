"""The machine's suggestions of relations, for editors to judge; a pair that is known stays as it is."""

from collections import Counter

from pledges.models import Kind, Origin, Programme, Relation, RelationKind, Statement
from pledges.similarity import Likeness, Saying, choose, find_alike

# Principles and background are alike among all parties; a relation of theirs tells nobody anything.
_COMPARED = (Kind.PLEDGE, Kind.RECORD)


def suggest_relations(*programmes: Programme) -> Counter[tuple[str, str]]:
    """Suggest relations of the programmes with all others of their places; return how many are new.

    By the slugs of both programmes, in alphabetical order. A pair that is known already, suggested, confirmed
    or rejected, isn't suggested again: a statement stays the same however its text is read or worded anew.
    It takes seconds, so never call it in a transaction that others wait for.
    """
    new: Counter[tuple[str, str]] = Counter()
    for place in sorted({programme.place_id for programme in programmes}):
        new += _suggest(place, {programme.pk for programme in programmes})
    return new


def _suggest(place: int, programmes: set[int]) -> Counter[tuple[str, str]]:
    sayings = _sayings(place)
    wanted = programmes & {saying.programme for saying in sayings}
    if not wanted:
        return Counter()
    alike = choose(find_alike(sayings, wanted), sayings)
    known = set(Relation.objects.values_list("a", "b"))
    relations = [_relation(likeness, sayings) for likeness in alike]
    new = [relation for relation in relations if (relation.a_id, relation.b_id) not in known]
    # Another run at the same time may have found the same.
    Relation.objects.bulk_create(new, ignore_conflicts=True)
    slugs = dict(Programme.objects.filter(place=place).values_list("pk", "slug"))
    programme_of = {saying.key: slugs[saying.programme] for saying in sayings}
    pairs = [sorted((programme_of[relation.a_id], programme_of[relation.b_id])) for relation in new]
    return Counter((one, other) for one, other in pairs)


def _sayings(place: int) -> list[Saying]:
    """What the parties of a place pledge and have done, in order."""
    found = Statement.objects.current().filter(
        programme__place=place, programme__in=Programme.objects.in_own_words(), kind__in=_COMPARED
    )
    return [
        Saying(s.pk, s.programme_id, s.text, tuple(topic.slug for topic in s.ordered_topics))
        for s in found.prefetch_related("topics_given").order_by("programme", "position")
    ]


def _relation(likeness: Likeness, sayings: list[Saying]) -> Relation:
    a, b = sorted((sayings[likeness.one].key, sayings[likeness.other].key))
    # Of the shipped relations that are found so, most are of this kind (bench_relations.py).
    kind = RelationKind.SAME_MEASURE
    return Relation(a_id=a, b_id=b, kind=kind, origin=Origin.MACHINE, certainty=likeness.certainty)
