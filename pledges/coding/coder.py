"""From statements to labels."""

from collections.abc import Mapping, Sequence

from pledges.coding.commitments import rule_commitment
from pledges.coding.context import is_vision, places_of
from pledges.coding.cues import cues_of, strengths
from pledges.coding.kinds import rule_kind
from pledges.coding.labels import Certainty, Labels, Unit
from pledges.coding.lexicon import topic_points
from pledges.coding.morphology import grammar_of, party_words
from pledges.coding.targets import find_targets
from pledges.coding.topics import heading_points, place_points, rule_topics, text_hits

CODER_VERSION = "1.0"


def code(
    units: Sequence[Unit], *, parties: Sequence[str] = (), kind_of_text: str | None = None
) -> tuple[Labels, ...]:
    """Code the statements of one programme, given in the order of the text.

    `parties`: names of the authors ("SPD", "Die Grünen"), so that "die SPD will" reads as "wir wollen".
    `kind_of_text`: "vision" for a picture of the reached future, any other word for none, None to decide by
    the text. Returns one `Labels` a unit, in order.
    """
    names = party_words(tuple(parties))
    grammars = [grammar_of(unit.text, names) for unit in units]
    places = places_of(units, grammars)
    vision = (
        is_vision(grammars, [u.text for u in units]) if kind_of_text is None else kind_of_text == "vision"
    )
    labels = []
    for unit, grammar, place in zip(units, grammars, places, strict=True):
        lead_in = grammar_of(place.lead_in, names) if place.lead_in else None
        cues = strengths(cues_of(unit.text, grammar, place, lead_in))
        points = place_points(
            topic_points(text_hits(unit.text)),
            topic_points(text_hits(place.lead_in)),
            heading_points(unit.headings),
        )
        labels.append(_labels(unit, cues, points, vision))
    return tuple(labels)


def _labels(unit: Unit, cues: Mapping[str, float], points: Mapping[str, float], vision: bool) -> Labels:
    kind, kind_certainty = rule_kind(cues, vision)
    targets = find_targets(unit.text)
    commitment, commitment_certainty = rule_commitment(cues, vision)
    topics, topic_certainty = rule_topics(points)
    is_pledge = kind == "pledge"
    return Labels(
        kind=kind,
        commitment=commitment if is_pledge else None,
        measurable=is_pledge and bool(targets),
        topics=() if kind == "context" else topics,
        certainty=Certainty(
            kind_certainty,
            commitment_certainty if is_pledge else None,
            0.6 if targets else 0.95,
            topic_certainty,
        ),
        targets=targets,
    )
