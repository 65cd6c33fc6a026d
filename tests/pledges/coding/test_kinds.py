"""The codebook's rules, as they speak before anything is learnt."""

import pytest

from pledges.coding.commitments import rule_commitment
from pledges.coding.features import Seen, look_at
from pledges.coding.kinds import rule_kind
from pledges.coding.labels import Unit


def strengths(text: str) -> dict[str, float]:
    (seen,) = look_at([Unit(text)], kind_of_text="programme")
    return dict(seen.strengths)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wir werden das Rathaus sanieren.", "pledge"),
        ("Damit werden wir die Innenstadt beleben.", "context"),
        ("Dadurch sollen Wege verkürzt werden.", "context"),
        ("Aber auch der Stadtbus muss gestärkt werden.", "pledge"),
        ("Damit das gelingt, muss die Feuerwache erweitert werden.", "pledge"),
        ("Leider müssen wir feststellen, dass Bäume gefällt werden.", "context"),
        ("Es darf keine Kürzungen bei der Musikschule geben.", "pledge"),
        ("Die Museen brauchen dringend mehr Geld.", "context"),
        ("Wir brauchen mehr Geld für die Museen.", "pledge"),
        ("Der Radweg wurde verbreitert.", "record"),
        ("Toleranz ist für uns selbstverständlich.", "value"),
        ("Was ist zu tun?", "context"),
        ("Denn sonst müssen die Gehwege erneut repariert werden.", "context"),
        ("Alle Kinder sollen am Vereinsleben teilhaben können.", "value"),
        ("Der Stadtbus muss verlässlich fahren.", "value"),
        ("Ein Ort, den wir ausbauen möchten, ist der alte Hafen.", "pledge"),
        ("Diese Wege müssen mitgedacht werden.", "pledge"),
        ("Unser Ziel: mehr Plätze im Hort.", "pledge"),
        ("Das Ziel der Reise: ein Hort.", "context"),
        ("Die Flächen sind im Plan „Grün am Bach“ vorrangig zu entwickeln.", "pledge"),
        ("Wir sind gegen den Verkauf des Bauhofs.", "pledge"),
    ],
)
def test_a_rule_speaks_for_a_kind(text: str, kind: str) -> None:
    assert rule_kind(strengths(text), vision=False)[0] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alle Schulen haben eine Mensa.", "pledge"),
        ("Dadurch ist es ruhiger geworden.", "context"),
        ("Bunt statt grau!", "value"),
        ("Ist das nicht schön?", "context"),
    ],
)
def test_a_picture_of_the_future_has_rules_of_its_own(text: str, kind: str) -> None:
    assert rule_kind(strengths(text), vision=True)[0] == kind


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("Keine neuen Schulden", "rejection"),
        ("Wir sind gegen den Verkauf des Bauhofs.", "rejection"),
        ("Hände weg vom Stadtwald!", "rejection"),
        ("Wir fordern vom Land mehr Lehrkräfte.", "demand"),
        ("Wir werden einen Neubau prüfen.", "review"),
        ("Die Bücherei wird modernisiert.", "firm"),
        ("Mehr Licht in den Parks", "intent"),
        ("Wir unterstützen den Bau der Turnhalle.", "intent"),
        ("Wir werden den Bau der Turnhalle unterstützen.", "firm"),
        ("Das Freibad soll so umgebaut werden, dass jeder darin schwimmen kann.", "intent"),
    ],
)
def test_a_rule_speaks_for_a_commitment(text: str, commitment: str) -> None:
    assert rule_commitment(strengths(text))[0] == commitment


def test_a_whole_sentence_in_a_list_speaks_for_itself() -> None:
    lead_in = Unit("Wir wollen daher:")
    own, completes = (
        look_at([lead_in, Unit(text, is_item=True, lead_in=lead_in.text)], kind_of_text="programme")[1]
        for text in ("Kultur ist für uns ein hohes Gut.", "die Bücherei am Markt erhalten")
    )
    assert (own.rule_kind, completes.rule_kind) == ("value", "pledge")


def listed(text: str, lead_in: str) -> Seen:
    """The item `text` under a lead-in, in its place."""
    above = Unit(lead_in)
    return look_at([above, Unit(text, is_item=True, lead_in=lead_in)], kind_of_text="programme")[1]


@pytest.mark.parametrize(
    ("lead_in", "commitment"),
    [
        ("Wir lehnen ab:", "rejection"),
        ("Vom Land fordern wir:", "demand"),
        ("Wir wollen prüfen:", "review"),
        ("Wir werden:", "firm"),
        ("Wir wollen:", "intent"),
        ("Wir werden uns einsetzen für:", "intent"),
    ],
)
def test_what_completes_a_lead_in_binds_as_it_does(lead_in: str, commitment: str) -> None:
    assert rule_commitment(listed("den Verkauf des Bauhofs", lead_in).strengths)[0] == commitment


def test_a_whole_sentence_under_a_lead_in_binds_by_itself() -> None:
    seen = listed("Die Kapelle am Markt gehört uns allen.", "Wir lehnen ab:")
    assert rule_commitment(seen.strengths)[0] == "intent"


def test_a_lead_in_that_only_names_others_is_no_plan() -> None:
    assert listed("die Post schließt", "Vom Land hören wir:").rule_kind == "context"


@pytest.mark.parametrize(
    ("lead_in", "kind"),
    [
        ("Dabei ist zu bedenken:", "context"),
        ("Wir fordern:", "pledge"),
        ("Wir fordern festzuhalten:", "pledge"),
    ],
)
def test_a_dass_clause_is_what_its_lead_in_says(lead_in: str, kind: str) -> None:
    assert listed("dass die Kassen leer sind", lead_in).rule_kind == kind
