"""Numbers, sums, shares, dates and totals in German formats, verbatim in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.coding.labels import TargetSpan
from pledges.coding.measures import binds
from pledges.coding.targets import find_targets, parse_number


def only(text: str) -> TargetSpan:
    (target,) = find_targets(text)
    return target


def test_an_amount_has_unit_and_period() -> None:
    text = "Wir schaffen 2.000 neue Wohneinheiten pro Jahr."
    target = only(text)
    assert text[target.start : target.end] == "2.000 neue Wohneinheiten pro Jahr"
    assert (target.kind, target.value, target.unit, target.period) == (
        "amount",
        2000.0,
        "Wohneinheiten",
        "Jahr",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,5 Millionen Euro", 4_500_000.0),
        ("18 Mio. Euro", 18_000_000.0),
        ("eine Million Euro", 1_000_000.0),
        ("50 Cent", 0.5),
        ("1.250 €", 1250.0),
    ],
)
def test_a_sum_of_money_is_in_euros(text: str, value: float) -> None:
    target = only(text)
    assert (target.kind, target.value, target.unit) == ("money", value, "€")


@pytest.mark.parametrize(
    ("text", "value"), [("30-Prozent-Quote", 30.0), ("12,5 %", 12.5), ("zwei Drittel", 66.7)]
)
def test_a_share_is_in_percent(text: str, value: float) -> None:
    target = only(text)
    assert (target.kind, target.value) == ("share", value)


@pytest.mark.parametrize(
    "text",
    [
        "bis 2030",
        "spätestens Anfang 2030",
        "im 4. Quartal 2030",
        "am 14. September 2030",
        "zum Schuljahr 2030/31",
    ],
)
def test_a_deadline_has_its_year(text: str) -> None:
    target = only(f"Das geschieht {text}.")
    assert (target.kind, target.year) == ("deadline", 2030)


def test_a_span_of_time_is_a_deadline() -> None:
    target = only("Wir entscheiden innerhalb von drei Monaten.")
    assert (target.kind, target.value, target.unit) == ("deadline", 3.0, "Monaten")


@pytest.mark.parametrize(
    "word", ["alle Schulen", "jede Kita", "keine Gebühren", "kostenlose Busse", "komplett"]
)
def test_a_total_is_a_target(word: str) -> None:
    assert only(word).kind == "total"


def test_possibly_all_is_no_total() -> None:
    assert find_targets("an möglichst allen Schulen") == ()


def test_a_paragraph_of_a_law_is_no_amount() -> None:
    assert find_targets("nach § 5 Baugesetzbuch") == ()


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("Alle Schulen bekommen eine Mensa.", True),
        ("Wir sprechen mit allen Vereinen.", False),
        ("Ein Angebot für alle Menschen.", False),
        ("Wir schaffen für alle bezahlbares Bauland.", False),
        ("Wir sanieren alle maroden Turnhallen.", True),
        ("Bis 2030 bauen wir eine Brücke.", True),
        ("Der Plan „Stadt 2030“ wird fortgeschrieben.", False),
        ("Wir pflanzen 500 Bäume.", True),
    ],
)
def test_it_tells_promised_figures_from_mentioned_ones(text: str, binding: bool) -> None:
    assert any(binds(text, target) for target in find_targets(text)) is binding


def test_it_reads_german_numbers() -> None:
    assert parse_number("1.234,5") == 1234.5
    assert parse_number("zwölf") == 12
    assert parse_number("viele") is None


@given(st.text(alphabet="ab 0123456789.,%€-§ jedealle Prozent Euro bis 2030 Mio", max_size=80))
def test_targets_lie_inside_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for target in find_targets(text):
        assert end <= target.start < target.end <= len(text)
        end = target.end
