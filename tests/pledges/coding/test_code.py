"""What anybody may rely on of `code`, whatever the models learn."""

from pledges.coding import Unit, code
from pledges.coding.lexicon import TOPICS


def test_it_returns_one_labels_a_unit_in_order() -> None:
    units = [Unit("Wir werden neue Radwege bauen."), Unit("Die Stadt wächst."), Unit("")]
    assert len(code(units)) == 3


def test_it_codes_no_statements_at_all() -> None:
    assert code([]) == ()


def test_a_commitment_stands_exactly_with_a_pledge() -> None:
    for labels in code([Unit("Wir wollen zehn Kitas bauen."), Unit("Viele Menschen leben gern hier.")]):
        assert (labels.commitment is not None) == (labels.kind == "pledge")


def test_it_gives_a_pledge_one_to_three_known_topics() -> None:
    (labels,) = code([Unit("Wir werden Wohnungen, Radwege, Kitas, Museen und Schwimmbäder schaffen.")])
    assert 1 <= len(labels.topics) <= 3
    assert set(labels.topics) <= set(TOPICS)


def test_a_context_has_no_topics() -> None:
    assert code([Unit("Können wir uns das leisten?")])[0].topics == ()
