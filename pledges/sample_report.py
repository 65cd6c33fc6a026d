"""What a sample that was coded twice tells of the coders' reliability."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.alphabet import place_in_alphabet
from pledges.models import Coding, Kind, Origin, Programme, Sample, SampledStatement
from pledges.reliability import Distance, Reliability, masi, reliability
from pledges.sampling import main_topic, with_codings


@dataclass(frozen=True, slots=True)
class Measure:
    """A label with the value that a coding gives it, None where the codebook asks for none.

    Only statements to which both coders gave a value are compared: else one difference on the kind would
    count again as one on commitment, measurable and topics.
    """

    label: Promise
    value: Callable[[Coding], Any]
    distance: Distance | None = None


@dataclass(frozen=True, slots=True)
class Row:
    label: Promise
    found: Reliability


@dataclass(frozen=True, slots=True)
class SampleReport:
    """`number`: statements compared; `first`: whose codings came first; `coded_on`: when it was complete."""

    sample: Sample
    number: int
    rows: tuple[Row, ...]
    programmes: tuple[Programme, ...]
    first: tuple[Origin, ...]
    coded_on: datetime.datetime

    @property
    def is_codebook_only(self) -> bool:
        return self.first == (Origin.CODEBOOK,)

    @property
    def is_editors_only(self) -> bool:
        return self.first == (Origin.EDITOR,)


def _if_pledge(name: str) -> Callable[[Coding], Any]:
    return lambda coding: getattr(coding, name) if coding.kind == Kind.PLEDGE else None


def _topics(coding: Coding) -> frozenset[str] | None:
    return frozenset(topic.slug for topic in coding.ordered_topics) or None


MEASURES = (
    Measure(_("Art der Aussage"), lambda coding: coding.kind),
    Measure(_("Vorhaben oder nicht"), lambda coding: coding.kind == Kind.PLEDGE),
    Measure(_("Bindung"), _if_pledge("commitment")),
    Measure(_("Messbar"), _if_pledge("measurable")),
    Measure(_("Hauptthema"), main_topic),
    Measure(_("Alle Themen"), _topics, masi),
)


def shown_report() -> SampleReport | None:
    """The report on the sample that a chief editor put on the method page; None while there is none, or while
    the public may not see one of its texts any more."""
    shown = Sample.objects.complete().published().filter(is_shown=True).first()
    return report_on(shown) if shown else None


def report_on(sample: Sample) -> SampleReport | None:
    """The report on a complete sample; None where nothing in it can be compared. Three queries."""
    compared = [drawn for drawn in with_codings(sample) if _is_of_the_same_words(drawn)]
    if not compared:
        return None
    pairs = [(drawn.first, drawn.second) for drawn in compared if drawn.second]
    programmes = {drawn.statement.programme for drawn in compared}
    return SampleReport(
        sample,
        len(pairs),
        tuple(Row(measure.label, _compare(measure, pairs)) for measure in MEASURES),
        tuple(sorted(programmes, key=lambda p: (place_in_alphabet(p.short_title), p.slug))),
        tuple(origin for origin in Origin if origin in {first.origin for first, _second in pairs}),
        max(second.made_at for _first, second in pairs),
    )


def _compare(measure: Measure, pairs: list[tuple[Coding, Coding]]) -> Reliability:
    values = [(measure.value(first), measure.value(second)) for first, second in pairs]
    comparable = [pair for pair in values if None not in pair]
    return reliability(comparable, measure.distance)


def _is_of_the_same_words(drawn: SampledStatement) -> bool:
    """Not where a new edition changed the words between the two codings."""
    reworded, second = drawn.statement.reworded_at, drawn.second
    return second is not None and not (reworded and drawn.first.made_at < reworded < second.made_at)
