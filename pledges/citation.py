"""What is copied to quote a statement: its words, marked as a quotation, and where they stand.

Pure. The words are the party's to the letter but for two things that every quotation may do: quotation marks
within become those of the second level, and "[…]" stands for what is left out.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Of the quotation itself, and within it.
_MARKS = {"de": ("„", "“", "‚", "‘"), "en": ("“", "”", "‘", "’")}
# German texts open with „ or », others with “, " or «: whether one of these opens is told by what is around.
_OPENING = re.compile(r"„|(?:(?<=[\s(\[/–—-])|^)[\"“”»«](?=\S)")
_CLOSING = re.compile(r"[\"“”»«]")


@dataclass(frozen=True, slots=True)
class Former:
    """A wording that no longer stands: when its edition was read, None where it isn't known, and when the
    first edition without it was."""

    read_on: datetime.date | None
    gone_since: datetime.date


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: whose text, called what, of which kind and year; under which heading, ""
    without one, as which sentence; at which address. `former` where it stands there no longer."""

    parties: str
    title: str
    kind: str
    year: int
    heading: str
    number: int
    address: str
    former: Former | None = None


def quote(words: str) -> str:
    """Return the words between quotation marks, those within them as marks of the second level."""
    first, last, _opening, _closing = _marks()
    return f"{first}{within_quotes(words)}{last}"


def within_quotes(words: str) -> str:
    """Return the words with their own quotation marks as marks of the second level."""
    _first, _last, opening, closing = _marks()
    return _CLOSING.sub(closing, _OPENING.sub(opening, words))


def with_lead_in(text: str, lead_in: str, *, is_apart: bool) -> str:
    """Return a statement's text behind what introduces it; `is_apart`: something else stands between."""
    return " ".join(filter(None, (lead_in, "[…]" if lead_in and is_apart else "", text)))


def cite(words: str, place: Place, today: datetime.date) -> str:
    """Return the words as a quotation with its source, in the language at hand, to be copied as it is."""
    where = [
        f"{place.parties}, {place.title} ({place.kind}, {place.year})",
        _("Abschnitt „%(heading)s“") % {"heading": within_quotes(place.heading)} if place.heading else "",
        _("Satz %(number)s") % {"number": place.number},
    ]
    read = _("abgerufen am %(day)s") % {"day": _in_short(today)}
    sentences = f"{quote(words)} – {', '.join(filter(None, where))}."
    return " ".join(filter(None, (sentences, _note(place.former), f"{place.address} ({read})")))


def _marks() -> tuple[str, str, str, str]:
    return _MARKS["en" if get_language() == "en" else "de"]


def _note(former: Former | None) -> str:
    if former is None:
        return ""
    gone = {"gone": _in_short(former.gone_since)}
    if former.read_on is None:
        return (
            _("Früherer Wortlaut; seit der am %(gone)s gelesenen Fassung steht er nicht mehr im Text.") % gone
        )
    days = {"day": _in_short(former.read_on)} | gone
    return (
        _("Frühere Fassung, gelesen am %(day)s; seit der am %(gone)s gelesenen fehlt der Satz im Text.")
        % days
    )


def _in_short(day: datetime.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
