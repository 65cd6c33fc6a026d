"""Target figures in a statement: amounts, sums of money, shares, deadlines and totals, in German formats."""

import re
from collections.abc import Iterator
from typing import Literal

from pledges.coding.labels import TargetSpan

_NUMBER_WORDS: dict[str, float] = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "eine halbe": 0.5,
    "eineinhalb": 1.5, "anderthalb": 1.5, "zweieinhalb": 2.5,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
    "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "tausend": 1000,
}  # fmt: skip
_NUMBER_WORDS |= {
    word + suffix: factor * number
    for word, number in tuple(_NUMBER_WORDS.items())
    for suffix, factor in (("hundert", 100), ("tausend", 1000))
    if 1 < number < 100 and number == int(number)
}
_MULTIPLES = {
    "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6,
    "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9,
}  # fmt: skip
_FRACTIONS = {"hälfte": 0.5, "drittel": 1 / 3, "viertel": 0.25, "fünftel": 0.2, "zehntel": 0.1}
_EACH = {
    "jährlich": "Jahr", "halbjährlich": "Halbjahr", "vierteljährlich": "Quartal", "monatlich": "Monat",
    "wöchentlich": "Woche", "täglich": "Tag",
}  # fmt: skip

_WORDED = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[.\u00a0 ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?)"
_QUANTITY = rf"(?:{_NUMBER}|(?i:\b(?:{_WORDED})\b))"
# A span of numbers, "2.000 bis 3.000", counts from its lower end; years are no such span.
_UP_TO = rf"(?:\s*(?:\bbis\b|[-–—])\s*{_QUANTITY})?"
_NO_YEARS = rf"(?!{_YEAR}\s*(?:bis\b|[-–—]))"
_FROM_TO = rf"{_NO_YEARS}(?P<number>{_QUANTITY}){_UP_TO}"
_MULTIPLE = r"(?i:Tausend|Tsd|Million(?:en)?|Mio|Milliarden?|Mrd)\b\.?"
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_TIMES = (
    "Jahr|Halbjahr|Quartal|Monat|Woche|Tag|Stunde|Schuljahr|Kitajahr|Kindergartenjahr|"
    "Legislatur(?:periode)?|Wahlperiode|Ratsperiode"
)
# "im Jahr 2030", "am Tag der Vereine" name a date; only without one they say how often.
_PERIOD = (
    rf"(?:\s*(?:\b(?:pro|je)\s|/(?=\s*(?:{_TIMES})\b)"
    rf"|\b(?:im|am|in\s+der|in\s+jede[mr]|jede[ns]?)\s+(?=(?:{_TIMES})\b(?!\s+(?:{_YEAR}|de[rs]\b|{_MONTHS}))))"
    r"\s*(?P<period>[A-ZÄÖÜ]\w{1,24}\b(?:\s+und\s+(?:Jahr|Monat|Woche|Tag)\b)?)"
    rf"|\s+(?P<each>{'|'.join(_EACH)})\b)"
)
# "25 km Radwege pro Jahr": what may stand between a figure and its period; no other figure may.
_BETWEEN = rf"(?:\s+(?!(?:und|oder|sowie|aber|bis|ab|{_WORDED})\b|all|jede|kein)[A-Za-zÄÖÜäöüß][\w*:-]*)"
_OFTEN = rf"(?:{_BETWEEN}{{0,3}}?{_PERIOD})?"
_OFTEN_BEFORE = re.compile(
    rf"\b(?:(?P<each>(?i:{'|'.join(_EACH)}))|(?i:pro|je|jede[ns]?)\s+(?P<period>(?:{_TIMES})))\s+"
    r"(?:(?:mindestens|rund|etwa|circa|über|bis\s+zu|mehr\s+als)\s+)?$"
)

_NO_ADJECTIVES = (
    "und|oder|bis|der|die|das|den|dem|des|in|im|ins|an|am|auf|mit|von|vom|zu|zum|zur|für|als|sowie|bei|pro|je|dass|"
    "wir|sich|es|er|sie|nach|aus|vor|ab|hin|um|über|unter|durch|ohne|gegen|seit|noch|nur|auch|so|wie|nicht|eine?[nmrs]?|"
    "ist|sind|sein|war|waren|w[ie]rd|werden|wurden?|hat|haben|hatten?|soll|sollen|sollten?|muss|müssen|mussten?|will|"
    "wollen|wollten?|kann|können|konnten?|darf|dürfen|uhr"
)
_NO_UNITS = frozenset(("uhr", "abs", "absatz", "satz", "sgb"))
_ADJECTIVES = rf"(?:(?!(?:{_NO_ADJECTIVES})\b)[a-zäöüß-]+(?:,|\s+und)?\s+){{0,4}}"
_NOUN = r"[A-ZÄÖÜ](?:[\w*:-]{0,60}\w)?(?:/-?innen)?"
_MEASURES = r"(?:km/h|[kcm]?m[²³]?|qm|qkm|ha|kg|t|l|[kMG]Wh?|[kM]Wp)(?!\w)"

_MONEY = re.compile(
    rf"{_FROM_TO}(?:,-+)?\s*-?(?P<multiple>{_MULTIPLE})?\s*-?(?P<unit>€|(?i:Euros?|EUR|Cent)\b){_OFTEN}"
)
_MONEY_AFTER_UNIT = re.compile(
    rf"(?P<unit>€|\bEUR)\s?(?P<number>{_NUMBER})(?:\s*(?P<multiple>{_MULTIPLE}))?{_OFTEN}"
)
_SHARE = re.compile(
    rf"{_FROM_TO}\s*-?(?P<unit>%|(?i:Prozent|v\.\s?H\.|vom\s+Hundert))(?:ige[nrsm]?)?{_OFTEN}"
)
# A Viertel without a number is a part of the town.
_FRACTION = re.compile(
    r"\b(?:(?P<many>(?i:ein(?:e[ms])?|zwei|drei|vier|sieben|neun))\s+(?P<fraction>Drittel|Viertel|Fünftel|Zehntel)"
    r"|(?P<alone>Hälfte|Drittel|Fünftel|Zehntel))\b"
)
_BEFORE_DATE = (
    r"(?:spätestens|frühestens|mindestens|bis|ab|zum|zu|zur|im|in|am|vor|noch|erst|seit|von|vom|nach|"
    r"Ende|Anfang|Mitte|Beginn|Kommunalwahl)\s+"
)
# "Jahr", "Sommer" belong to a deadline where the year follows: "pro Jahr bis 2030" says how often, till when.
_PART_OF_YEAR = (
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?|(?:\d{{1,2}}\.\s*)?(?:{_MONTHS})\s+|(?:\d\.\s*|(?:erste|zweite|dritte|vierte)[nrs]?\s+)?"
    r"(?:Quartals?|Halbjahr(?:e?s)?|Jahreshälfte)\s+|(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Kommunalwahl|"
    r"(?:Schul|Haushalts|Kalender|Kindergarten|Kita)?jahr(?:e[sn]?)?)\s+)"
)
_YEAR_AT_END = rf"(?:{_YEAR}\s?[-–—]\s?)?(?P<year>{_YEAR})(?:\s*/\s*\d{{2,4}})?\b"
_DEADLINE = re.compile(
    rf"\b(?:(?:{_BEFORE_DATE}){{1,6}}(?:(?:(?:dem|den|der|des)\s+)?{_PART_OF_YEAR}){{0,2}}|{_PART_OF_YEAR}{{1,2}})"
    rf"{_YEAR_AT_END}",
    re.IGNORECASE,
)
_BETWEEN_YEARS = re.compile(rf"\bzwischen\s+{_YEAR}\s+und\s+{_YEAR_AT_END}", re.IGNORECASE)
_BARE_YEAR = re.compile(
    rf"(?<![\d.,§-])\b(?:{_YEAR}\s?[-–—]\s?)?(?P<year>20[2-6]\d)\b(?![\d.,]*\d)(?!\s*(?:neue|Wohn|Euro|€|Prozent|%))"
)
_WITHIN = re.compile(
    r"\b(?:innerhalb(?:\s+von)?|binnen|in\s+den\s+(?:nächsten|kommenden)|in\s+den\s+ersten|(?:nicht\s+)?länger\s+als)\s+"
    rf"(?:der\s+(?:nächsten|kommenden)\s+)?{_FROM_TO}\s+"
    r"(?P<unit>(?:Jahr|Monat|Tag)(?:e[sn]?|s)?|(?:Woche|Stunde|Minute)n?)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?<![\w.,§/])(?<!Tempo )(?<!§ )"
    rf"(?!{_YEAR}\s+(?!(?:neue|weitere|zusätzliche|bezahlbare)[nr]?\b)[a-zäöü])"
    rf"{_NO_YEARS}(?P<number>{_NUMBER}){_UP_TO}"
    rf"(?!\.\s*(?:{_MONTHS}|Platz|Quartal))(?!\.\d)(?:\s*(?P<multiple>{_MULTIPLE}))?"
    rf"(?:\s*-?(?P<measure>{_MEASURES})|(?:\s+|-){_ADJECTIVES}(?P<unit>{_NOUN})){_OFTEN}"
)
_WORDED_AMOUNT = re.compile(
    rf"\b(?P<number>(?i:(?!eine?[nmrs]?\b)(?:{_WORDED})))\b{_UP_TO}\s+(?:(?P<multiple>{_MULTIPLE})\s+)?{_ADJECTIVES}(?P<unit>{_NOUN}){_OFTEN}"
)
_AT_LEAST_ONE = re.compile(
    rf"\b(?i:mindestens\s+(?P<number>eine?[nmr]?))\s+{_ADJECTIVES}(?P<unit>{_NOUN}){_OFTEN}"
)
_EVERY = re.compile(
    rf"\b(?i:alle)\s+(?P<number>{_QUANTITY})\s+(?P<unit>(?:Jahr|Monat|Tag)e|(?:Woche|Stunde|Minute)n)\b"
)
_EVERY_PERIOD = re.compile(
    rf"\b(?:(?P<each>(?i:{'|'.join(_EACH)}))(?:e[nrsm]?)?|(?i:jede[nrsm]?)\s+(?P<period>{_TIMES}))\b"
)
_TOTAL = re.compile(
    r"\b(?<!möglichst )(?<!fast )(?<!nahezu )(?<!vor )(?:alle[nrms]?\b"
    r"(?!\s+(?:anderen|Beteiligten|relevanten|betroffenen))"
    r"|jede[nrms]?\b|kein(?:e|en|er|es|em)?\b(?!\s+(?:Frage|Zweifel))|komplett|vollständig|ausschließlich|nur\s+noch|nie(?:mals)?\b"
    r"|(?:kostenlos|kostenfrei|gebührenfrei|beitragsfrei)(?:e[nrsm]?)?|vollumfänglich|flächendeckend(?:e[nrsm]?)?|hundertprozentig|restlos|lückenlos|ausnahmslos|100\s?%ig|sämtliche[nrms]?"
    r"|klimaneutral|autofrei|abschaff\w*|abgeschafft|halbier\w*|verdoppel\w*|verdreifach\w*)\b",
    re.IGNORECASE,
)
_FOR_ALL_PEOPLE = re.compile(r"\b(?:für|aller|von|an)\s+alle[nr]?\b(?!\s+[A-ZÄÖÜ])", re.IGNORECASE)


def parse_number(text: str) -> float | None:
    """The value of a German number: "2.000", "4,5", "zwei"; None where it is none."""
    word = " ".join(text.lower().split())
    if word in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[word])
    try:
        return float(re.sub(r"[.\s\u00a0]", "", word).replace(",", "."))
    except ValueError:
        return None


def _value(match: re.Match[str]) -> float | None:
    value = parse_number(match["number"])
    named = match.groupdict()
    factor = _MULTIPLES.get((named.get("multiple") or "").rstrip(".").lower(), 1.0)
    parts = 100 if named["unit"] and named["unit"].lower() == "cent" else 1
    return None if value is None else value * factor / parts


def _period(match: re.Match[str]) -> str:
    named = match.groupdict()
    if each := named.get("each"):
        return _EACH[each.lower()]
    return " ".join((named.get("period") or "").split())


def _figure(
    text: str, match: re.Match[str], kind: Literal["amount", "share", "money"], unit: str
) -> TargetSpan:
    """A number with its period, which may stand before it ("pro Jahr 500 Bäume") or behind."""
    start, period = match.start(), _period(match)
    if not period and (before := _OFTEN_BEFORE.search(text[:start])):
        start, period = before.start(), _period(before)
    return TargetSpan(start, match.end(), kind, _value(match), unit, period)


def _money(text: str) -> Iterator[TargetSpan]:
    for pattern in (_MONEY, _MONEY_AFTER_UNIT):
        for m in pattern.finditer(text):
            yield _figure(text, m, "money", "€")


def _shares(text: str) -> Iterator[TargetSpan]:
    for m in _SHARE.finditer(text):
        yield _figure(text, m, "share", "%")
    for m in _FRACTION.finditer(text):
        many = _NUMBER_WORDS.get((m["many"] or "").lower(), 1)
        value = round(100 * many * _FRACTIONS[(m["fraction"] or m["alone"]).lower()], 1)
        yield TargetSpan(m.start(), m.end(), "share", value, "%")


def _deadlines(text: str) -> Iterator[TargetSpan]:
    for pattern in (_BETWEEN_YEARS, _DEADLINE, _BARE_YEAR):
        for m in pattern.finditer(text):
            yield TargetSpan(m.start(), m.end(), "deadline", year=int(m["year"]))
    for m in _WITHIN.finditer(text):
        yield TargetSpan(m.start(), m.end(), "deadline", parse_number(m["number"]), m["unit"])


def _amounts(text: str) -> Iterator[TargetSpan]:
    for pattern in (_EVERY, _AMOUNT, _WORDED_AMOUNT, _AT_LEAST_ONE):
        for m in pattern.finditer(text):
            unit = m.groupdict().get("measure") or m["unit"]
            if unit.lower() not in _NO_UNITS:
                yield _figure(text, m, "amount", unit)
    for m in _EVERY_PERIOD.finditer(text):
        yield TargetSpan(m.start(), m.end(), "amount", 1.0, "", _period(m))


def _totals(text: str) -> Iterator[TargetSpan]:
    people = [m.span() for m in _FOR_ALL_PEOPLE.finditer(text)]
    for m in _TOTAL.finditer(text):
        if not any(start <= m.start() < end for start, end in people):
            yield TargetSpan(m.start(), m.end(), "total")


def find_targets(text: str) -> tuple[TargetSpan, ...]:
    """All target figures of a statement in their order, none overlapping another.

    Where two readings overlap, money goes before share, deadline, amount and total.
    """
    # The order decides who keeps letters that two readings claim: "4,5 Millionen Euro" is no amount.
    found: list[TargetSpan] = []
    for finder in (_money, _shares, _deadlines, _amounts, _totals):
        for span in finder(text):
            if all(span.end <= other.start or other.end <= span.start for other in found):
                found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))
