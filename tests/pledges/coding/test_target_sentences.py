"""No figure of a sentence is lost beside another: each made sentence with all its figures, to the letter."""

import pytest

from pledges.coding.labels import TargetSpan
from pledges.coding.measures import binds
from pledges.coding.targets import find_targets

Figure = tuple[str, str, float | None, str, str, int | None]


def amount(words: str, value: float, unit: str, period: str = "") -> Figure:
    return "amount", words, value, unit, period, None


def money(words: str, value: float, period: str = "") -> Figure:
    return "money", words, value, "€", period, None


def share(words: str, value: float, period: str = "") -> Figure:
    return "share", words, value, "%", period, None


def until(words: str, year: int) -> Figure:
    return "deadline", words, None, "", "", year


def within(words: str, value: float, unit: str) -> Figure:
    return "deadline", words, value, unit, "", None


def total(words: str) -> Figure:
    return "total", words, None, "", "", None


# A period beside a deadline, each with the other's words near.
PERIOD_AND_DEADLINE = [
    (
        "Wir bauen 2.000 Wohnungen pro Jahr bis 2030.",
        amount("2.000 Wohnungen pro Jahr", 2000, "Wohnungen", "Jahr"),
        until("bis 2030", 2030),
    ),
    (
        "Wir bauen 2.000 Wohnungen im Jahr bis 2030.",
        amount("2.000 Wohnungen im Jahr", 2000, "Wohnungen", "Jahr"),
        until("bis 2030", 2030),
    ),
    (
        "Wir bauen 2.000 Wohnungen/Jahr ab 2026.",
        amount("2.000 Wohnungen/Jahr", 2000, "Wohnungen", "Jahr"),
        until("ab 2026", 2026),
    ),
    (
        "Wir pflanzen 500 Bäume je Jahr von 2026 bis 2030.",
        amount("500 Bäume je Jahr", 500, "Bäume", "Jahr"),
        until("von 2026", 2026),
        until("bis 2030", 2030),
    ),
    (
        "Wir investieren 5 Mio. Euro pro Jahr bis 2030.",
        money("5 Mio. Euro pro Jahr", 5e6, "Jahr"),
        until("bis 2030", 2030),
    ),
    (
        "Dafür geben wir 200.000 €/Jahr ab Mitte 2026.",
        money("200.000 €/Jahr", 200_000, "Jahr"),
        until("ab Mitte 2026", 2026),
    ),
    (
        "Der Ausstoß sinkt um 3,5 Prozent pro Jahr bis Ende 2035.",
        share("3,5 Prozent pro Jahr", 3.5, "Jahr"),
        until("bis Ende 2035", 2035),
    ),
    (
        "Es gibt 1.200 Plätze pro Schuljahr bis zum Schuljahr 2028/29.",
        amount("1.200 Plätze pro Schuljahr", 1200, "Plätze", "Schuljahr"),
        until("bis zum Schuljahr 2028/29", 2028),
    ),
    (
        "40 Stellen pro Quartal schaffen wir bis zum 4. Quartal 2027.",
        amount("40 Stellen pro Quartal", 40, "Stellen", "Quartal"),
        until("bis zum 4. Quartal 2027", 2027),
    ),
    (
        "Zehn neue Kitas pro Jahr ab 2026!",
        amount("Zehn neue Kitas pro Jahr", 10, "Kitas", "Jahr"),
        until("ab 2026", 2026),
    ),
    (
        "Mindestens eine Schule pro Jahr bis zum Ende des Jahres 2030.",
        amount("Mindestens eine Schule pro Jahr", 1, "Schule", "Jahr"),
        until("bis zum Ende des Jahres 2030", 2030),
    ),
    (
        "Das Ticket kostet 29 Euro im Monat ab Januar 2027.",
        money("29 Euro im Monat", 29, "Monat"),
        until("ab Januar 2027", 2027),
    ),
    (
        "Das kostet 1.250,50 € pro Kind und Jahr bis 2028.",
        money("1.250,50 € pro Kind und Jahr", 1250.5, "Kind und Jahr"),
        until("bis 2028", 2028),
    ),
    (
        "Pro Jahr 1.000 Bäume bis spätestens 2030.",
        amount("Pro Jahr 1.000 Bäume", 1000, "Bäume", "Jahr"),
        until("bis spätestens 2030", 2030),
    ),
    (
        "Jährlich rund 5 Mio. Euro bis zum Sommer 2029.",
        money("Jährlich rund 5 Mio. Euro", 5e6, "Jahr"),
        until("bis zum Sommer 2029", 2029),
    ),
    (
        "1.000 Bäume jährlich bis zum Jahr 2030.",
        amount("1.000 Bäume jährlich", 1000, "Bäume", "Jahr"),
        until("bis zum Jahr 2030", 2030),
    ),
    (
        "Jedes Jahr bis 2030 öffnen zwei Höfe.",
        amount("Jedes Jahr", 1, "", "Jahr"),
        until("bis 2030", 2030),
        amount("zwei Höfe", 2, "Höfe"),
    ),
]

# "im Jahr" before a year is no period.
YEARS = [
    (
        "500 Wohnungen entstehen im Jahr 2030.",
        amount("500 Wohnungen", 500, "Wohnungen"),
        until("im Jahr 2030", 2030),
    ),
    (
        "Es sind 5 Mio. Euro im Jahr 2030.",
        money("5 Mio. Euro", 5e6),
        until("im Jahr 2030", 2030),
    ),
    (
        "500 Plätze im Schuljahr 2026/27, dazu 80 % Ganztag.",
        amount("500 Plätze", 500, "Plätze"),
        until("im Schuljahr 2026/27", 2026),
        share("80 %", 80),
    ),
    ("Das gilt ab dem Schuljahr 2026/2027.", until("ab dem Schuljahr 2026/2027", 2026)),
    ("Bis spätestens zum 31. Mai 2029 ist das getan.", until("Bis spätestens zum 31. Mai 2029", 2029)),
    ("Bis zum 31.12.2029 ist das getan.", until("Bis zum 31.12.2029", 2029)),
    ("Im ersten Halbjahr 2027 beginnen wir.", until("Im ersten Halbjahr 2027", 2027)),
    (
        "Zwischen 2026 und 2030 bauen wir zehn bis zwölf Kitas.",
        until("Zwischen 2026 und 2030", 2030),
        amount("zehn bis zwölf Kitas", 10, "Kitas"),
    ),
    (
        "Wir geben 2026 500 Mio. Euro aus.",
        until("2026", 2026),
        money("500 Mio. Euro", 5e8),
    ),
    (
        "Bis 2030 2.000 Wohnungen und 25 km Radwege pro Jahr.",
        until("Bis 2030", 2030),
        amount("2.000 Wohnungen", 2000, "Wohnungen"),
        amount("25 km Radwege pro Jahr", 25, "km", "Jahr"),
    ),
    ("In den nächsten fünf Jahren sanieren wir 12 Schulen.",
        within("In den nächsten fünf Jahren", 5, "Jahren"), amount("12 Schulen", 12, "Schulen")),
    ("Binnen eines Jahres gibt es 100 Plätze.",
        within("Binnen eines Jahres", 1, "Jahres"), amount("100 Plätze", 100, "Plätze")),
]  # fmt: skip

NUMBERS_AND_UNITS = [
    (
        "Wir bauen 500 bezahlbare, öffentlich geförderte Wohnungen in Hörde pro Jahr.",
        amount("500 bezahlbare, öffentlich geförderte Wohnungen in Hörde pro Jahr", 500, "Wohnungen", "Jahr"),
    ),
    (
        "2.000 bis 3.000 Wohnungen pro Jahr, davon 30-40 % gefördert.",
        amount("2.000 bis 3.000 Wohnungen pro Jahr", 2000, "Wohnungen", "Jahr"),
        share("30-40 %", 30),
    ),
    ("Dafür gibt es 2 bis 3 Millionen Euro.", money("2 bis 3 Millionen Euro", 2e6)),
    ("Dafür gibt es eine halbe Million Euro.", money("eine halbe Million Euro", 500_000)),
    ("Das sind € 1.250,– je Schule.", money("€ 1.250", 1250)),
    ("Jedes Jahr fünfhundert Plätze.", amount("Jedes Jahr fünfhundert Plätze", 500, "Plätze", "Jahr")),
    (
        "10 000 m² Dachgrün pro Jahr und 5 Mio. neue Bäume.",
        amount("10 000 m² Dachgrün pro Jahr", 10_000, "m²", "Jahr"),
        amount("5 Mio. neue Bäume", 5e6, "Bäume"),
    ),
    (
        "Alle 10 Minuten fährt ein Bus, in allen Bezirken.",
        amount("Alle 10 Minuten", 10, "Minuten"),
        total("allen"),
    ),
    ("Ein Viertel der Dächer im Viertel wird grün.", share("Ein Viertel", 25)),
    ("Zwei Drittel aller Dächer werden grün.", share("Zwei Drittel", 66.7), total("aller")),
    (
        "1,5 Stellen pro Schule, 30 Euro je nach Lage.",
        amount("1,5 Stellen pro Schule", 1.5, "Stellen", "Schule"),
        money("30 Euro", 30),
    ),
    ("Es gibt 300 Kita-Plätze für Schüler:innen.", amount("300 Kita-Plätze", 300, "Kita-Plätze")),
    ("Im Haushalt 2014 haben wir das beschlossen.",),
    ("Geöffnet ist von 8 bis 20 Uhr.",),
]
SENTENCES = [*PERIOD_AND_DEADLINE, *YEARS, *NUMBERS_AND_UNITS]


def as_figure(text: str, span: TargetSpan) -> Figure:
    return span.kind, text[span.start : span.end], span.value, span.unit, span.period, span.year


@pytest.mark.parametrize(
    ("text", "figures"), [(row[0], list(row[1:])) for row in SENTENCES], ids=[row[0] for row in SENTENCES]
)
def test_every_figure_of_a_sentence_is_found_in_its_place(text: str, figures: list[Figure]) -> None:
    assert [as_figure(text, span) for span in find_targets(text)] == figures


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("Wir pflanzen pro Jahr 500 Bäume.", True),
        ("Alle zwei Jahre gibt es einen Bericht.", True),
        ("Am 31. Dezember 2029 schließt die Halle.", True),
        ("Jeden Tag arbeiten viele Menschen für die Stadt.", False),
        ("Zwischen 2026 und 2030 wird die Halle gebaut.", True),
    ],
)
def test_a_figure_binds_whatever_word_it_begins_with(text: str, binding: bool) -> None:
    assert any(binds(text, target) for target in find_targets(text)) is binding
