"""A sample that is coded twice, made for a test."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.models import User

from pledges.coding.labels import Labels
from pledges.labels import labels_of
from pledges.models import Coding, Programme, Sample
from pledges.sampling import code_blind, draw_sample, show

Answer = Callable[[Coding], Labels]


def drawn_sample(size: int, coder: User, *, programme: Programme | None = None, seed: int = 1) -> Sample:
    return draw_sample(title="Herbst", programme=programme, coder=coder, drawn_by=coder, size=size, seed=seed)


def complete(sample: Sample, *different: Answer) -> Sample:
    """Code it as the first coder did, but for the first few statements, which are answered as told."""
    for place, drawn in enumerate(sample.statements.select_related("first")):
        answer = different[place] if place < len(different) else labels_of
        code_blind(drawn, answer(drawn.first))
    return sample


def shown(sample: Sample, *different: Answer) -> Sample:
    """Completed, and put on the method page."""
    show(complete(sample, *different))
    return sample


def otherwise(first: Coding) -> Labels:
    """Something else than the first coder said, whatever that was."""
    if first.kind == "record":
        return replace(labels_of(first), kind="value")
    return Labels("record", None, False, ("sport",))
