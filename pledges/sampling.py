"""Samples that are coded twice: drawn, coded blind, compared, and settled where the two differ."""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from pledges import keys
from pledges.coding.labels import Labels
from pledges.coding_log import add_codings, code_by_editor
from pledges.labels import holding
from pledges.models import Coding, Origin, Programme, Sample, SampledStatement, Statement, Topic
from pledges.models.statements import StatementQuerySet
from pledges.versions import let_others_wait


class TooFewStatements(Exception):
    """There are only `number` statements to draw from."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There are only {number} statements to draw from.")
        self.number = number


class SampleComplete(Exception):
    """Every statement is coded a second time; no answer can be changed any more."""


class NotToSettle(Exception):
    """There is nothing to settle: the two agree, or it is settled already, or not everything is coded."""


class NotToShow(Exception):
    """Not all is coded, or the public may not see one of the texts."""


def drawable(programme: Programme | None, coder: User) -> StatementQuerySet:
    """Those that a person or the codebook coded, but `coder` never; of all published texts without one.

    What was coded for other words than stand there now can't be compared, and isn't drawn.
    """
    coded = Statement.objects.current().filter(
        origin__in=[Origin.CODEBOOK, Origin.EDITOR], wording_changed=False
    )
    unknown = coded.exclude(codings__editor=coder).exclude(sampled__sample__coder=coder)
    return unknown.filter(programme=programme) if programme else unknown.published()


@transaction.atomic
def draw_sample(
    *, title: str, programme: Programme | None, coder: User, drawn_by: User, size: int, seed: int
) -> Sample:
    """Draw `size` statements by kind and main topic for `coder` to code again.

    The same seed draws the same of the same statements. Raises TooFewStatements.
    """
    strata: dict[Hashable, list[Statement]] = defaultdict(list)
    known = drawable(programme, coder).prefetch_related("topics_given")
    for statement in known.iterator(chunk_size=keys.BATCH):
        main = statement.ordered_topics[:1]
        strata[statement.kind, main[0].slug if main else ""].append(statement)
    if sum(map(len, strata.values())) < size:
        raise TooFewStatements(sum(map(len, strata.values())))
    shares = allocate({name: len(found) for name, found in strata.items()}, size)
    drawn = [s for name, found in strata.items() for s in shuffled(found, seed)[: shares[name]]]
    sample = Sample.objects.create(
        title=title, programme=programme, coder=coder, drawn_by=drawn_by, seed=seed, drawn_at=timezone.now()
    )
    held = holding([statement.pk for statement in drawn])
    SampledStatement.objects.bulk_create(
        SampledStatement(sample=sample, statement=statement, position=place, first=held[statement.pk])
        for place, statement in enumerate(shuffled(drawn, seed), start=1)
    )
    return sample


def allocate(sizes: Mapping[Hashable, int], number: int) -> dict[Hashable, int]:
    """Return how many of `number` fall to each stratum: one where there are enough for all, then by size.

    What is left by rounding goes to the largest remainders (Hamilton), of equal ones to the larger stratum.
    """
    least = 1 if number >= len(sizes) else 0
    rest, of = number - least * len(sizes), sum(sizes.values()) - least * len(sizes)
    quotas = {name: rest * (size - least) / of if of else 0.0 for name, size in sizes.items()}
    found = {name: least + int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(sizes, key=lambda name: (int(quotas[name]) - quotas[name], -sizes[name], str(name)))
    for name in by_remainder[: number - sum(found.values())]:
        found[name] += 1
    return found


def shuffled(statements: list[Statement], seed: int) -> list[Statement]:
    """In an order by chance that is the same on every machine: by a hash of seed and permalink."""
    return sorted(statements, key=lambda s: hashlib.sha256(f"{seed} {s.key}".encode()).digest())


@transaction.atomic
def code_blind(drawn: SampledStatement, labels: Labels) -> Coding:
    """Append the second coder's coding; a former answer stays in the log. Raises SampleComplete."""
    # Whoever sends two answers at once may complete a sample only once.
    let_others_wait()
    sample = Sample.objects.get(pk=drawn.sample_id)
    if is_complete(sample):
        raise SampleComplete
    coder = sample.coder
    [coding] = add_codings(
        {drawn.statement_id: labels}, Origin.EDITOR, coder.get_username(), editor=coder, is_blind=True
    )
    drawn.second = coding
    drawn.save(update_fields=["second"])
    return coding


def is_complete(sample: Sample) -> bool:
    return not sample.statements.filter(second=None).exists()


def may_be_shown(sample: Sample) -> bool:
    """Whether all is coded, and the public may see each of the texts."""
    return Sample.objects.complete().published().filter(pk=sample.pk).exists()


@transaction.atomic
def show(sample: Sample) -> None:
    """Put a sample on the method page, in place of the one that is there. Raises NotToShow."""
    # Two people who each show another one wait for each other here.
    let_others_wait()
    shown = Sample.objects.filter(is_shown=True)
    if not may_be_shown(sample):
        raise NotToShow
    for other in shown:
        hide(other)
    sample.is_shown = True
    sample.save(update_fields=["is_shown"])


def hide(sample: Sample) -> None:
    sample.is_shown = False
    sample.save(update_fields=["is_shown"])


@transaction.atomic
def settle(drawn: SampledStatement, chief: User, labels: Labels, *, seen: int) -> Coding:
    """Append the coding that settles a disagreement, as any editor's: it holds.

    `seen` as in `code_by_editor`. Raises NewerCoding or NotToSettle, and then nothing is stored.
    """
    let_others_wait()
    drawn = SampledStatement.objects.get(pk=drawn.pk)
    if drawn.settled_by_id or drawn not in disagreements(drawn.sample):
        raise NotToSettle
    drawn.settled_by = code_by_editor(drawn.statement, chief, labels, seen=seen)
    drawn.save(update_fields=["settled_by"])
    return drawn.settled_by


def disagreements(sample: Sample) -> list[SampledStatement]:
    """Those of a complete sample that the two coded differently in any label, in the sample's order."""
    if not is_complete(sample):
        return []
    found = [drawn for drawn in with_codings(sample) if differing(drawn.first, drawn.second)]
    prefetch_related_objects(found, "settled_by__topics_given")
    return found


def with_codings(sample: Sample) -> list[SampledStatement]:
    """The statements of a sample with what both coders said, in three queries."""
    rows = sample.statements.select_related("statement__programme", "first", "second")
    return list(rows.prefetch_related("first__topics_given", "second__topics_given"))


def differing(first: Coding, second: Coding | None) -> set[str]:
    """The names of the labels that differ, none without a second; further topics have no order."""
    if second is None:
        return set()
    labels = {
        name for name in ("kind", "commitment", "measurable") if getattr(first, name) != getattr(second, name)
    }
    if main_topic(first) != main_topic(second) or set(first.ordered_topics) != set(second.ordered_topics):
        labels.add("topics")
    return labels


def main_topic(coding: Coding) -> Topic | None:
    return next(iter(coding.ordered_topics), None)
