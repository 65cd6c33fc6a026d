"""What lists show of a statement, from what is kept in the process as far as it is there."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import Http404

from pledges.columns import Columns
from pledges.models import Programme, Statement, Topic
from sources.models import anchor_of

# To make objects of rows takes longer than to find them, and a list shows little of each.
_OF_A_STATEMENT = ("key", "text", "position", "kind", "commitment", "measurable", "origin", "contested")
_FIELDS = (
    "pk",
    "programme",
    "passage__position",
    "passage__section__heading",
    "passage__section__title",
    "passage__lead_in__text",
    "certainty",
    *_OF_A_STATEMENT,
)


class Card(NamedTuple):
    """A statement as a list shows it.

    `section`: the heading that it stands under, `lead_in`: what introduces it, `anchor`: where it stands on
    the page of its text; each empty where there is none.
    """

    programme: Programme
    topics: list[Topic]
    anchor: str
    section: str
    lead_in: str
    certainty: float | None
    key: str
    text: str
    position: int
    kind: str
    commitment: str
    measurable: bool
    origin: str
    contested: bool


def find_cards(keys: Iterable[int], known: Columns) -> list[Card]:
    """Return the cards of the public statements with these keys, in their order: one query."""
    wanted = [int(key) for key in keys]
    topics = known.topics_by_key(wanted)
    cards = {}
    for row in Statement.objects.with_keys(wanted).values_list(*_FIELDS):
        key, programme, place, heading, title, lead_in, *rest = row
        cards[key] = Card(
            known.programmes[known.place[programme]],
            topics[key],
            "" if place is None else anchor_of(place),
            (title or heading) if heading else "",
            lead_in or "",
            *rest,
        )
    return [cards[key] for key in wanted if key in cards]


def card_of(statement: Statement) -> Card:
    """Return the card of a statement that has its place in the text and knows its programme (see
    `with_programmes`), without topics."""
    passage = statement.passage
    section, lead_in = (passage.section, passage.lead_in) if passage else (None, None)
    return Card(
        statement.programme,
        [],
        passage.anchor if passage else "",
        section.display_title if section and section.heading else "",
        lead_in.text if lead_in else "",
        statement.certainty,
        *(getattr(statement, name) for name in _OF_A_STATEMENT),
    )


def with_programmes(statements: Iterable[Statement], programmes: Iterable[Programme]) -> list[Statement]:
    """Return those of the statements that are of these programmes, each knowing its own, without a query.

    The database may tell of a programme that was published a moment ago, and isn't in the directory yet.
    """
    known = {programme.pk: programme for programme in programmes}
    ready = [statement for statement in statements if statement.programme_id in known]
    for statement in ready:
        statement.programme = known[statement.programme_id]
    return ready


def with_programme_or_404(statement: Statement, programmes: Iterable[Programme]) -> Statement:
    """Return the statement, knowing its programme. Raises Http404 where that isn't one of those given."""
    for ready in with_programmes([statement], programmes):
        return ready
    raise Http404(statement.key)
