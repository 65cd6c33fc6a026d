"""What a coder is given of a statement, and what it says of it. The words are the codebook's."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Kind = Literal["pledge", "record", "value", "context"]
Commitment = Literal["firm", "intent", "review", "demand", "rejection", "vision"]

MOST_TOPICS = 3


class Rule(StrEnum):
    """The codebook's rules on which labels go together."""

    NEEDS_COMMITMENT = "a pledge has a commitment"
    ONLY_PLEDGE_COMMITS = "only a pledge has a commitment"
    ONLY_PLEDGE_MEASURABLE = "only a pledge can be measurable"
    NEEDS_TOPIC = "all but context has a topic"
    TOO_MANY_TOPICS = "no more topics than MOST_TOPICS"
    TOPIC_TWICE = "each topic once"


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement as the coder sees it. `headings`: those above it, the highest first.

    `lead_in` is the text of the passage that introduces it ("" where it stands alone).
    """

    text: str
    headings: tuple[str, ...] = ()
    is_item: bool = False
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """A number, sum, share, date or total found in a statement: `text[start:end]`, verbatim.

    `value` in units of `unit` ("Wohneinheiten", "€", "%"; "" for none), the lower one of "20 bis 30",
    `year` for a deadline, `period` such as "Jahr" for "pro Jahr" and "jährlich".
    """

    start: int
    end: int
    kind: Literal["amount", "share", "money", "deadline", "total"]
    value: float | None = None
    unit: str = ""
    period: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Certainty:
    """For each label how likely it is right, 0 to 1."""

    kind: float
    commitment: float | None
    measurable: float
    topics: float


@dataclass(frozen=True, slots=True)
class Labels:
    """One coding of a statement: `commitment` exactly where `kind` is pledge, topics main one first.

    `certainty` is the machine's; a coding after the codebook has none.
    """

    kind: Kind
    commitment: Commitment | None
    measurable: bool
    topics: tuple[str, ...]
    certainty: Certainty | None = None
    targets: tuple[TargetSpan, ...] = field(default=())


def broken_rules(
    kind: str | None, commitment: str | None, measurable: bool, topics: Sequence[Hashable]
) -> dict[str, Rule]:
    """Return the rule that labels break, by the name of the label that it is about.

    An unknown kind, or None, is no pledge. Topics are compared, whatever they are.
    """
    broken = {}
    is_pledge = kind == "pledge"
    if is_pledge and not commitment:
        broken["commitment"] = Rule.NEEDS_COMMITMENT
    if commitment and not is_pledge:
        broken["commitment"] = Rule.ONLY_PLEDGE_COMMITS
    if measurable and not is_pledge:
        broken["measurable"] = Rule.ONLY_PLEDGE_MEASURABLE
    if not topics and kind != "context":
        broken["topics"] = Rule.NEEDS_TOPIC
    elif len(topics) > MOST_TOPICS:
        broken["topics"] = Rule.TOO_MANY_TOPICS
    elif len(set(topics)) < len(topics):
        broken["topics"] = Rule.TOPIC_TWICE
    return broken
