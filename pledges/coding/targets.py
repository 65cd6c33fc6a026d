"""Target figures in a statement: amounts, sums of money, shares, deadlines and totals, in German formats."""

import re
from collections.abc import Iterator

from pledges.coding.labels import TargetSpan

_NUMBER_WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "fünfzehn": 15,
    "zwanzig": 20, "dreißig": 30, "fünfzig": 50, "hundert": 100, "tausend": 1000,
}  # fmt: skip
_MULTIPLES = {
    "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6,
    "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9,
}  # fmt: skip
_FRACTIONS = {"hälfte": 0.5, "drittel": 1 / 3, "viertel": 0.25, "fünftel": 0.2, "zehntel": 0.1}

_WORDED = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_YEAR = r"(?:19|20)\d\d"
_MULTIPLE = r"(?:Tausend|Tsd|Million(?:en)?|Mio|Milliarden?|Mrd)\b\.?"
_PERIOD = (
    r"(?:\s*(?:pro|je|/|im|am|in der|jede[ns]?)\s*(?P<period>Jahr|Monat|Woche|Tag|Stunde|Quartal|Schuljahr|"
    r"Legislatur(?:periode)?|Wahlperiode|Einwohner(?:in)?|Kopf|Person|Kind)\b)"
)
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_NOT_UNITS = frozenset((
    "und", "oder", "bis", "mehr", "der", "die", "das", "den", "dem", "des", "in", "im", "an", "am", "auf",
    "mit", "von", "vom", "zu", "zum", "zur", "ist", "sind", "wird", "werden", "für", "uhr", "als", "sowie",
    "bei", "pro", "je", "dass", "wir", "sich", "nach", "aus", "vor", "eine", "ein", "h", "abs", "satz", "sgb",
))  # fmt: skip

_MONEY = re.compile(
    rf"(?P<number>{_NUMBER}|\b(?:{_WORDED})\b)(?:,-+)?\s*-?(?P<multiple>{_MULTIPLE})?\s*-?(?P<unit>€|Euro|EUR|Cent)"
    rf"(?:(?=\W)|$|\b){_PERIOD}?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<number>{_NUMBER}|\b(?:{_WORDED})\b)\s*-?(?P<unit>%|Prozent|v\.\s?H\.)(?:ige[nrsm]?)?{_PERIOD}?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?P<many>ein|zwei|drei)\s+)?(?P<fraction>Hälfte|Drittel|Viertel|Fünftel|Zehntel)\b(?!\s*(?:n|s)\b)"
)
_DEADLINE = re.compile(
    rf"\b(?:(?:spätestens|bis|ab|zum|zu|Ende|Anfang|Mitte|mindestens|spätestens|Jahr(?:es)?|zum|im|vor|noch|erst|seit|von|"
    rf"Frühjahr|Sommer|Herbst|Winter|Quartal|in|nach|Schuljahr|zur|Kommunalwahl|{_MONTHS}|\d{{1,2}}\.)\s+){{1,6}}(?P<year>{_YEAR})"
    r"(?:\s*/\s*\d{2,4})?\b",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    r"(?<![\d.,§-])\b(?P<year>20[2-6]\d)\b(?![\d.,]*\d)(?!\s*(?:neue|Wohn|Euro|€|Prozent|%))"
)
_WITHIN = re.compile(
    rf"\b(?:innerhalb(?:\s+von)?|binnen|in\s+den\s+(?:nächsten|kommenden)|in\s+den\s+ersten|(?:nicht\s+)?länger\s+als)\s+"
    rf"(?:der\s+(?:nächsten|kommenden)\s+)?(?P<number>{_NUMBER}|{_WORDED})\s+"
    r"(?P<unit>Jahren?|Monaten?|Wochen?|Tagen?|Stunden?|Minuten?)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?<![\w.,§/])(?<!Tempo )(?<!§ )(?P<number>{_NUMBER})(?!\.\s*(?:{_MONTHS}|Platz|Quartal))(?!\.\d)"
    rf"(?:\s*(?P<multiple>{_MULTIPLE}))?(?:[\s\u00a0]+|-|(?=[hm]))"
    rf"(?:(?P<adjective>(?:neuen?|weiteren?|zusätzlichen?|mehr)\s+))?(?P<unit>[A-Za-zÄÖÜäöüß²*]{{1,40}}){_PERIOD}?"
)
_WORDED_AMOUNT = re.compile(
    rf"\b(?P<number>(?!eine?[nmr]?\b)(?:{_WORDED}))\s+(?P<adjective>(?:neuen?|weiteren?|zusätzlichen?|mehr)\s+)?"
    rf"(?P<unit>[A-ZÄÖÜ][a-zäöüß]{{2,40}}){_PERIOD}?"
)
_AT_LEAST_ONE = re.compile(rf"\bmindestens\s+(?P<number>eine?[nmr]?)\s+(?P<unit>\w{{2,40}}){_PERIOD}?")
_TOTAL = re.compile(
    r"\b(?<!möglichst )(?<!fast )(?<!nahezu )(?<!vor )(?:alle[nrms]?\b"
    r"(?!\s+(?:anderen|Beteiligten|relevanten|betroffenen))"
    r"|jede[nrms]?\b|kein(?:e|en|er|es|em)?\b(?!\s+(?:Frage|Zweifel))|komplett|vollständig|ausschließlich|nur\s+noch|nie(?:mals)?\b"
    r"|(?:kostenlos|kostenfrei|gebührenfrei|beitragsfrei)(?:e[nrsm]?)?|vollumfänglich|flächendeckend(?:e[nrsm]?)?|hundertprozentig|restlos|lückenlos|ausnahmslos|100\s?%ig|sämtliche[nrms]?"
    r"|klimaneutral|autofrei|abschaff\w*|abgeschafft|halbier\w*|verdoppel\w*|verdreifach\w*)\b",
    re.IGNORECASE,
)
_FOR_ALL_PEOPLE = re.compile(r"\b(?:für|aller|von|an)\s+alle[nr]?\b(?!\s+[A-ZÄÖÜ])", re.IGNORECASE)
_EVERY_PERIOD = re.compile(
    r"\b(?:jährlich|monatlich|wöchentlich|täglich|vierteljährlich|halbjährlich)(?:e[nrsm]?)?\b", re.IGNORECASE
)


def parse_number(text: str) -> float | None:
    """The value of a German number: "2.000", "4,5", "zwei"; None where it is none."""
    word = text.strip().lower()
    if word in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[word])
    try:
        return float(re.sub(r"[.\s\u00a0]", "", word).replace(",", "."))
    except ValueError:
        return None


def _value(match: re.Match[str]) -> float | None:
    value = parse_number(match["number"])
    multiple = match.groupdict().get("multiple")
    factor = _MULTIPLES.get((multiple or "").rstrip(".").lower(), 1.0)
    return None if value is None else value * factor


def _money(text: str) -> Iterator[TargetSpan]:
    for m in _MONEY.finditer(text):
        is_cent = m["unit"].lower() == "cent"
        value = _value(m)
        if value is not None:
            yield TargetSpan(
                m.start(), m.end(), "money", value / 100 if is_cent else value, "€", m["period"] or ""
            )


def _shares(text: str) -> Iterator[TargetSpan]:
    for m in _SHARE.finditer(text):
        yield TargetSpan(m.start(), m.end(), "share", _value(m), "%", m["period"] or "")
    for m in _FRACTION.finditer(text):
        many = _NUMBER_WORDS.get((m["many"] or "").lower(), 1)
        value = round(100 * many * _FRACTIONS[m["fraction"].lower()], 1)
        yield TargetSpan(m.start(), m.end(), "share", value, "%")


def _deadlines(text: str) -> Iterator[TargetSpan]:
    for pattern in (_DEADLINE, _BARE_YEAR):
        for m in pattern.finditer(text):
            yield TargetSpan(m.start(), m.end(), "deadline", year=int(m["year"]))
    for m in _WITHIN.finditer(text):
        yield TargetSpan(m.start(), m.end(), "deadline", parse_number(m["number"]), m["unit"])


def _amounts(text: str) -> Iterator[TargetSpan]:
    for pattern in (_AMOUNT, _WORDED_AMOUNT, _AT_LEAST_ONE):
        for m in pattern.finditer(text):
            if m["unit"].lower() not in _NOT_UNITS:
                yield TargetSpan(m.start(), m.end(), "amount", _value(m), m["unit"], m["period"] or "")


def _totals(text: str) -> Iterator[TargetSpan]:
    people = [m.span() for m in _FOR_ALL_PEOPLE.finditer(text)]
    for m in _TOTAL.finditer(text):
        if not any(start <= m.start() < end for start, end in people):
            yield TargetSpan(m.start(), m.end(), "total")
    for m in _EVERY_PERIOD.finditer(text):
        yield TargetSpan(m.start(), m.end(), "amount", 1.0, "", m.group().rstrip("esnrm"))


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
