"""The coder's learned part: four small linear models over features, trained in seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledges.coding import linear
from pledges.coding.features import (
    Features,
    Seen,
    commitment_features,
    kind_features,
    letter_grams,
    look_at,
    measurable_features,
    word_grams,
)
from pledges.coding.linear import Grams, Linear
from pledges.coding.topic_features import section_points, topic_rows
from pledges.coding.training import Coded, CodedText

YES, NO = "yes", "no"
_KIND_STRENGTH = 0.1
_COMMITMENT_STRENGTH = 0.3
_MEASURABLE_STRENGTH = 1.0
_TOPIC_STRENGTH = 1.0
_GRAM_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Model:
    """What training gives; applied by the coder."""

    words: Grams
    letters: Grams
    kind: Linear
    commitment: Linear
    measurable: Linear
    topics: Linear


@dataclass(frozen=True, slots=True)
class _Example:
    """A statement with its right labels, and the group (a text's chapter) that it is held out with."""

    text: tuple[Seen, ...]
    place: int
    coded: Coded
    group: str

    @property
    def seen(self) -> Seen:
        return self.text[self.place]


def _examples(texts: Sequence[CodedText]) -> Iterator[_Example]:
    for coded_text in texts:
        seen = look_at(coded_text.units, coded_text.parties, coded_text.kind_of_text)
        for place, coded in enumerate(coded_text.coded):
            # Chapters, not statements, are held out: neighbours share words and would flatter the certainty.
            chapter = seen[place].unit.headings[:1]
            yield _Example(seen, place, coded, f"{coded_text.name} {chapter}")


def kind_row(text: Sequence[Seen], place: int, words: Grams, letters: Grams) -> Features:
    """All features of a statement's kind."""
    return (
        kind_features(text, place)
        | linear.gram_features(words, word_grams(text[place]))
        | linear.gram_features(letters, letter_grams(text[place]))
    )


def commitment_row(seen: Seen, words: Grams) -> Features:
    """All features of a pledge's commitment."""
    return commitment_features(seen) | linear.gram_features(words, word_grams(seen))


def train(texts: Sequence[CodedText]) -> Model:
    """Learn from coded texts; deterministic. Texts that picture the future teach topics and targets only."""
    examples = list(_examples(texts))
    # One picture of the future is too little to learn its kinds from, and its present tense would
    # teach that descriptions are pledges.
    plain = [example for example in examples if not example.seen.vision]
    pledges = [example for example in examples if example.coded.kind == "pledge"]
    words = linear.learn_grams("word", _GRAM_WEIGHT, (word_grams(e.seen) for e in plain), at_least=2)
    letters = linear.learn_grams("letters", _GRAM_WEIGHT, (letter_grams(e.seen) for e in plain), at_least=3)
    return Model(
        words=words,
        letters=letters,
        kind=_train_kind(plain, words, letters),
        commitment=_train_commitment([e for e in pledges if not e.seen.vision], words),
        measurable=_train_measurable(pledges),
        topics=_train_topics(examples),
    )


def _train_kind(examples: Sequence[_Example], words: Grams, letters: Grams) -> Linear:
    rows = [kind_row(e.text, e.place, words, letters) for e in examples]
    return linear.fit(rows, [e.coded.kind for e in examples], [e.group for e in examples], _KIND_STRENGTH)


def _train_commitment(examples: Sequence[_Example], words: Grams) -> Linear:
    rows = [commitment_row(e.seen, words) for e in examples]
    labels = [e.coded.commitment or "intent" for e in examples]
    return linear.fit(rows, labels, [e.group for e in examples], _COMMITMENT_STRENGTH)


def _train_measurable(examples: Sequence[_Example]) -> Linear:
    rows = [measurable_features(e.seen) for e in examples]
    labels = [YES if e.coded.measurable else NO for e in examples]
    return linear.fit(rows, labels, [e.group for e in examples], _MEASURABLE_STRENGTH)


def _train_topics(examples: Sequence[_Example]) -> Linear:
    rows: list[Features] = []
    labels: list[str] = []
    groups: list[str] = []
    sections = {key: section_points(text) for key, text in {id(e.text): e.text for e in examples}.items()}
    for e in examples:
        if not e.coded.topics:
            continue
        for topic, row in topic_rows(e.text, e.place, sections[id(e.text)][e.place]).items():
            # On these the coders differed: neither answer is to be learnt.
            if topic in e.coded.optional and topic not in e.coded.topics:
                continue
            rows.append(row)
            labels.append(YES if topic in e.coded.topics else NO)
            groups.append(e.group)
    return linear.fit(rows, labels, groups, _TOPIC_STRENGTH)
