"""Shares of a programme, always with what they are of, and what its silence means."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pledges.choices import KINDS
from pledges.models import Kind, Programme, Topic

# The wording stands in templates/pledges/_silence.html, which knows one more: of a party without a text.
UNREAD = "unread"
EXCERPT = "excerpt"
NOTHING_FOUND = "nothing-found"


@dataclass(frozen=True, slots=True)
class OtherKind:
    """How many statements are of a kind that is not pledge; `slug` is what it is called in links."""

    slug: str
    kind: Kind
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """`number` of `of` pledges of a programme; `bar` is the length in percent of a full bar.

    An excerpt has no share: of what is missing nothing is known. `other_kinds`: what the programme says
    beside its pledges, where that was counted.
    """

    programme: Programme
    number: int
    of: int
    bar: float
    other_kinds: tuple[OtherKind, ...] = ()

    @property
    def percent(self) -> int | None:
        return round(100 * self.number / self.of) if self.of and self.programme.whole else None

    @property
    def silence(self) -> str:
        return silence_of(self.programme, self.number)


def silence_of(programme: Programme, number: int) -> str:
    """Return which silence it is where `number` statements of a programme were found; "" if it speaks."""
    if programme.document_id is None:
        return UNREAD
    if number:
        return ""
    return NOTHING_FOUND if programme.whole else EXCERPT


def shares(
    programmes: Iterable[Programme],
    numbers: Mapping[int, int],
    totals: Mapping[int, int],
    full: int = 100,
    by_kind: Mapping[int, Mapping[str, int]] | None = None,
) -> list[Share]:
    """Return the programmes' shares, the bar full at `full` percent; by key of programme, 0 where missing.

    `by_kind`: how many statements of which kind, by its slug; of a text that nobody read there are none.
    """
    rows = []
    for programme in programmes:
        number, of = numbers.get(programme.pk, 0), totals.get(programme.pk, 0)
        bar = min(100.0, 100 * 100 * number / of / full) if of and full else 0.0
        kinds = (by_kind or {}).get(programme.pk) if programme.document_id else None
        others = () if kinds is None else other_kinds(kinds)
        rows.append(Share(programme, number, of, round(bar, 1), others))
    return rows


def other_kinds(numbers: Mapping[str, int]) -> tuple[OtherKind, ...]:
    """Return all kinds but the pledges, for every text the same, with their numbers by slug."""
    return tuple(
        OtherKind(slug, kind, numbers.get(slug, 0)) for slug, kind in KINDS.items() if kind != Kind.PLEDGE
    )


def shares_by_topic(
    topics: Iterable[Topic],
    texts: Collection[Programme],
    numbers: Mapping[int, Mapping[str, int]],
    totals: Mapping[int, int],
    beside: Collection[Programme] = (),
) -> tuple[list[tuple[Topic, list[Share]]], int]:
    """Return the texts' shares for each topic, and the percentage at which every bar is full.

    `numbers` by key of text and slug of topic. `beside`: texts on other pages whose bars have the same
    measure. An excerpt shows no bar, so none is measured by it.
    """
    topics = list(topics)
    by_topic = {topic: {text.pk: numbers[text.pk][topic.slug] for text in texts} for topic in topics}
    whole = [text.pk for text in (*texts, *beside) if text.whole and totals[text.pk]]
    full = full_bar(numbers[key][topic.slug] / totals[key] for topic in topics for key in whole)
    return [(topic, shares(texts, by_text, totals, full)) for topic, by_text in by_topic.items()], full


def full_bar(fractions: Iterable[float]) -> int:
    """Return the percentage at which a bar is full: the next five above the largest of the fractions."""
    largest = max(fractions, default=0) * 100
    return max(5, -(-int(largest + 0.999) // 5) * 5)
