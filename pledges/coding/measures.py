"""Which of a statement's figures bind: set by what is promised, not mentioned beside it."""

import re

from pledges.coding.labels import TargetSpan

_PEOPLE = re.compile(
    r"\s*(?:\w+en\s+)?(?:Mensch|Bürger|Einwohn|Generation|Alters|Bevölkerung|Zielgruppe|Beteiligt|Akteur|Partner|"
    r"Interessiert|Betroffen|Ebenen|Bereichen|Lebens|Schulformen|Seiten|Fraktion|Partei|Verantwort)"
)
# "für alle bezahlbares Bauland": an adjective in -es or -em belongs to another word than "alle".
_NOUN_NEAR = re.compile(r"\s+(?:(?![a-zäöüß-]+e[ms]\s)[a-zäöüß-]+\s+){0,3}[A-ZÄÖÜ]")
_BEFORE_PEOPLE = re.compile(r"\b(?:mit|gemeinsam|gegenüber|vor|bei|trotz|unter|in)\s+$", re.IGNORECASE)
_BINDING_DATE = re.compile(
    r"(?:bis|spätestens|ab|nach|zum|im|in|am|innerhalb|binnen|länger|erst|mindestens|zwischen|ende|anfang|\d)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[„\"“][^„\"“”]*[“”\"]")
_PAST_DATE = re.compile(
    r"\b(?:seit|bereits|schon|damals|Gründung|beschlossen\w*)\s*(?:\w+\s+){0,2}$", re.IGNORECASE
)
_DIGITS = re.compile(r"(?<!\w)\d")
_SET_BY_WORDS = ("mindestens", "jährlich", "jedes jahr", "alle ")
_DONE_AFTER = re.compile(r"\s+(?:\w+\s+){0,2}\w*(?:ge\w+|be\w+|ver\w+)t(?:en|e|er|es)\b")


def binds(text: str, target: TargetSpan) -> bool:
    """Whether a figure is the promise's own: no mere mention, no "für alle Menschen", no date of the past."""
    before, after = text[: target.start], text[target.end :]
    words = text[target.start : target.end].lower()
    if target.kind == "total":
        return _total_binds(words, before, after)
    if target.kind == "deadline":
        in_name = any(m.start() < target.start < m.end() for m in _QUOTED.finditer(text))
        past = bool(_PAST_DATE.search(before) or words.startswith("seit") or _DONE_AFTER.match(after))
        return not in_name and not past and bool(_BINDING_DATE.match(words))
    if target.kind == "share":
        return words[:1].isdigit() or not before.lower().endswith(
            ("zweiten ", "ersten ", "zweite ", "erste ")
        )
    return target.kind == "money" or bool(_DIGITS.search(words)) or words.startswith(_SET_BY_WORDS)


def _total_binds(words: str, before: str, after: str) -> bool:
    if not words.startswith("all"):
        return True
    if _BEFORE_PEOPLE.search(before) or _PEOPLE.match(after):
        return False
    return bool(_NOUN_NEAR.match(after))
