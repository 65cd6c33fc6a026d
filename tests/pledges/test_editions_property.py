"""Whatever happens to a text, over several editions and back: no editor's coding is ever lost."""

import itertools
from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges.build import read_programme
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.editions import compare, standings
from pledges.keys import letters
from pledges.machine import code_by_machine
from pledges.models import Coding, Programme, Statement
from pledges.targets import refresh_targets
from sources.models import Document, Passage
from sources.reading import UnreadableFile, read
from sources.splitting import split
from tests.rows import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("musterstadt_loaded")]

WORDS = [
    "Hafen", "Museum", "Radweg", "Schule", "Kita", "Wohnung", "Brücke", "Theater", "Stadtbad", "Garten",
    "Rathaus", "Bahnhof", "Markt", "Feuerwehr", "Bücherei", "Spielplatz", "Stadion", "Klinik", "Tierheim",
]  # fmt: skip
LABELS = [
    Labels("record", None, False, ("kultur",)),
    Labels("pledge", "review", True, ("finanzen", "wohnen")),
    Labels("context", None, False, ()),
]
EDITS = ["delete", "insert", "double", "move", "reword", "punctuate", "merge", "split", "clear"]


@st.composite
def sentences(draw):
    words = draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=8, unique=True))
    return f"Wir bauen {' '.join(words)}."


@st.composite
def edits(draw):
    """What an edition does: (what, where, where to, the sentence or the word that comes in)."""
    return draw(st.sampled_from(EDITS)), draw(st.integers(0, 50)), draw(st.integers(0, 50)), draw(sentences())


def edited(text, edit):
    what, at, to, sentence = edit
    text = list(text)
    if what == "clear" and at % 5 == 0:
        return []
    if what == "insert" or not text:
        return [*text[: at % (len(text) + 1)], sentence, *text[at % (len(text) + 1) :]]
    at %= len(text)
    one = text.pop(at)
    words = one.rstrip(".").split(" ")
    match what:
        case "double":
            text.insert(at, one)
            text.insert(to % (len(text) + 1), one)
        case "move":
            text.insert(to % (len(text) + 1), one)
        case "reword":
            words[to % len(words)] = WORDS[to % len(WORDS)]
            text.insert(at, f"{' '.join(words)}.")
        case "punctuate":
            text.insert(at, one.replace(" ", " – ", 1))
        case "merge" if text:
            other = text.pop(at % len(text))
            text.insert(at, f"{one.rstrip('.')} und {other}")
        case "split":
            half = len(words) // 2 + 1
            text[at:at] = [f"{' '.join(words[:half])}.", f"Und {' '.join(words[half:])} auch."]
        case "merge" | "clear":
            text.insert(at, one)
    return text


def as_file(text):
    paragraphs = [" ".join(text[at : at + 3]) for at in range(0, len(text), 3)]
    return "\n\n".join(["# Vorhaben", *paragraphs]).encode()


def replace(programme, data):
    """Reads the file as the programme's text, as the admin does; returns the difference."""
    before = standings(programme)
    read_programme(programme, data, "neu.md")
    code_by_machine(programme)
    refresh_targets(programme.statements.current())
    return compare(before, standings(programme))


@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(sentences(), min_size=1, max_size=6),
    editions=st.lists(st.lists(edits(), min_size=1, max_size=4), min_size=1, max_size=3),
    coded=st.lists(st.integers(0, 2**16), min_size=4, max_size=4),
)
def test_no_editors_coding_is_lost_whatever_the_editions_and_back(first, editions, coded):
    with transaction.atomic():
        editor = User.objects.create_user("redaktion-der-eigenschaft")
        programme = Programme.objects.get(slug="beta-2020")
        texts = list(itertools.accumulate(editions, lambda text, some: apply(text, some), initial=first))
        for text, chosen in zip([*texts, first], itertools.cycle(coded), strict=False):
            assert_an_edition_loses_nothing(programme, as_file(text))
            code_some(programme, editor, chosen)
        transaction.set_rollback(True)


def apply(text, edition):
    for edit in edition:
        text = edited(text, edit)
    return text


def code_some(programme, editor, chosen):
    """The bits of `chosen` say which of the statements an editor codes, and how."""
    for at, statement in enumerate(programme.statements.current().order_by("position")):
        if chosen >> at & 1:
            code_by_editor(statement, editor, LABELS[(chosen + at) % len(LABELS)])


def assert_an_edition_loses_nothing(programme, data):
    codings = editors_codings()
    before = {statement.key: statement for statement in programme.statements.all()}
    wanted = words_of(data)
    if not wanted:
        assert_it_is_refused(programme, data)
        return
    difference = replace(programme, data)

    connection.check_constraints()
    assert editors_codings() == codings
    after = {statement.key: statement for statement in programme.statements.all()}
    assert set(before) <= set(after)
    assert [line.text for line in difference.lines] == wanted
    assert sum(line.codings for line in (*difference.lines, *difference.gone)) <= len(codings)
    assert_what_was_coded_holds(codings)
    assert_unchanged_sentences_keep_their_statement(before.values(), after.values())
    assert all(likeness(before[key].text, after[key].text) > 0.6 for key in before)
    assert_the_text_is_verbatim(programme)
    for statement in after.values():
        assert not (statement.wording_changed and statement.former_text == statement.text)
    coded = {row.statement_id for row in Coding.objects.filter(origin="editor")}
    for line in (*difference.of("reworded", "back"), *difference.gone):
        if after[line.key].pk in coded:
            assert Client().get(after[line.key].get_absolute_url()).status_code == 200


def editors_codings():
    rows = Coding.objects.filter(origin="editor").order_by("pk")
    return [(*row, *topics) for row in rows.values_list() for topics in [topics_of(row[0])]]


def topics_of(coding):
    given = Coding.objects.get(pk=coding).topics_given.order_by("position")
    return tuple(given.values_list("topic", "position"))


def words_of(data):
    try:
        found = split(read(data, "neu.md"))
    except UnreadableFile:
        return []
    return [found.text[span.start : span.end] for span in found.passages]


def assert_it_is_refused(programme, data):
    before = dump()
    with pytest.raises(UnreadableFile), transaction.atomic():
        read_programme(programme, data, "neu.md")
    assert dump() == before


def assert_what_was_coded_holds(codings):
    """The newest coding of an editor is what the statement's labels say, wherever it stands by now."""
    newest = {coding.statement_id: coding for coding in Coding.objects.filter(origin="editor").order_by("pk")}
    for statement in Statement.objects.filter(pk__in=newest):
        coding = newest[statement.pk]
        assert (statement.origin, statement.kind, statement.commitment) == (
            "editor",
            coding.kind,
            coding.commitment,
        )
        assert [t.pk for t in statement.ordered_topics] == [t.pk for t in coding.ordered_topics]


def assert_unchanged_sentences_keep_their_statement(before, after):
    once_before = once(s for s in before if s.gone_since is None)
    once_now = once(s for s in after if s.gone_since is None)
    for words in once_before.keys() & once_now.keys():
        assert once_now[words].key == once_before[words].key


def once(statements):
    """The statements whose words no other has, by these."""
    statements = list(statements)
    number = Counter(statement.text for statement in statements)
    return {statement.text: statement for statement in statements if number[statement.text] == 1}


def likeness(one, other):
    """Dice's coefficient of the two texts' trigrams; 1 where they differ in typography alone."""
    if letters(one) == letters(other):
        return 1.0
    bags = [Counter(text[at : at + 3] for at in range(len(text) - 2)) for text in (one, other)]
    return 2 * (bags[0] & bags[1]).total() / sum(bag.total() for bag in bags)


def assert_the_text_is_verbatim(programme):
    assert not Passage.objects.not_verbatim().exists()
    for statement in programme.statements.exclude(passage=None).select_related("passage"):
        assert statement.text == statement.passage.text
    assert Document.objects.filter(programme=programme).exists()
