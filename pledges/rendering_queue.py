"""What an editor needs to judge a line of a digest against the original, asked in few queries."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from pledges.models import Programme, ProgrammeKind, Rendering, Verdict
from pledges.relation_queue import SHOWN_AROUND
from sources.models import Passage


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a digest with what is said of it so far; `rendering` is None where nothing is."""

    passage: Passage
    digest: Programme
    original: Programme
    rendering: Rendering | None
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


def lines(digest: Programme | None, verdict: str) -> QuerySet[Passage]:
    """Return the lines of a digest, of every one without it, that have the verdict, any without it."""
    found = Passage.objects.filter(document__programme__kind=ProgrammeKind.DIGEST)
    found = found.filter(document__programme=digest) if digest else found
    return found.filter(rendering__verdict=verdict) if verdict else found


def waiting(digest: Programme | None, verdict: str) -> QuerySet[Passage]:
    """Return the lines that no editor has judged, those without any verdict first, then as in the text."""
    unjudged = lines(digest, verdict).filter(rendering__judged_by=None)
    has_verdict = Case(When(rendering=None, then=0), default=1, output_field=IntegerField())
    return unjudged.order_by(has_verdict, "document", "position")


def number_judged(digest: Programme | None) -> tuple[int, int]:
    """Return how many lines editors have judged, and how many there are."""
    judged = Count("pk", filter=Q(rendering__judged_by__isnull=False))
    found = lines(digest, "").aggregate(judged=judged, all=Count("pk"))
    return found["judged"], found["all"]


def line_of(passage: Passage) -> Line:
    """Gather what the screen of a line shows."""
    digest = Programme.objects.select_related("digest_of").get(document=passage.document_id)
    original = cast(Programme, digest.digest_of)  # A constraint of the database.
    rendering = Rendering.objects.filter(passage=passage).select_related("judged_by").first()
    near = Passage.objects.around(passage, SHOWN_AROUND, SHOWN_AROUND)
    return Line(
        passage,
        digest,
        original,
        rendering,
        tuple(other for other in near if other.position < passage.position),
        tuple(other for other in near if other.position > passage.position),
    )


def may_be_without_source(verdict: str, note: str) -> bool:
    """Whether a line with this verdict may render no statement, as a garbled heading is none."""
    return verdict in (Verdict.DISTORTED, Verdict.FRAGMENT) and bool(note.strip())
