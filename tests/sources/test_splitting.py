import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import read
from sources.reading.blocks import Block, UnreadableFile
from sources.splitting import LONGEST_PASSAGE, MOST_LETTERS, split
from sources.splitting.matching import folded

FIXTURES = Path(__file__).parents[2] / "fixtures"


def passages(*blocks):
    found = split([Block("paragraph", block) if isinstance(block, str) else block for block in blocks])
    return [found.text[passage.start : passage.end] for passage in found.passages]


def item(text, level=1):
    return Block("item", text, level)


def heading(text, level=1):
    return Block("heading", text, level)


def lead_ins(*blocks):
    found = split([Block("paragraph", block) if isinstance(block, str) else block for block in blocks])
    return [passage.lead_in for passage in found.passages]


# the coded texts


@pytest.mark.parametrize(
    ("doc", "name"),
    [
        ("spd-2025", "spd-2025.md"),
        ("dos-2020", "dos-2020.txt"),
        ("gruene-cdu-2023", "gruene-cdu-2023.md"),
        ("spd-2020", "spd-2020.txt"),
    ],
)
def test_the_passages_of_a_coded_text_are_its_statements(doc, name):
    rows = map(json.loads, (FIXTURES / "codings/statements.jsonl").read_text("utf-8").splitlines())
    coded = [folded(row["text"]) for row in rows if row["doc"] == doc]
    found = split(read((FIXTURES / name).read_bytes(), name))
    assert [folded(found.text[passage.start : passage.end]) for passage in found.passages] == coded


def test_the_passages_of_the_digest_are_its_lines():
    lines = (FIXTURES / "codings/digest.jsonl").read_text("utf-8").splitlines()
    name = "spd-2025-digest.en.txt"
    found = split(read((FIXTURES / name).read_bytes(), name, format="lines"), sentences=False)
    assert [found.text[passage.start : passage.end] for passage in found.passages] == [
        json.loads(line)["text"] for line in lines
    ]


# sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir bauen z.B. Wohnungen.",
        "Wir bauen z. B. Wohnungen und u. a. Kitas.",
        "Der Verein Backup e.V. hilft weiter.",
        "Wir passen die Flächen bzw. Gebäude ggf. an.",
        "Am 14. September wählen wir.",
        "Im 4. Quartal 2023 und im 21. Jahrhundert gilt das.",
        "Nach Art. 5 Abs. 2 und § 3 Nr. 4 gilt das für ca. 30 Mio. Euro.",
        "Für Sonnensegel etc. werben wir.",
        "Wir danken Prof. Dr. A. Müller und der St. Marien-Schule.",
        "Es kostet 425.000,- €/Jahr um 8.30 Uhr.",
        "Er sagte: „Das gilt!“ und ging.",
        "Wir prüfen gegebenenfalls. zeitnah nach.",
        "Das ist gedeckelt. (zur Zeit etwa 425.000,- €/Jahr)",
        "Die Dienste (ehem. Bürgerdienste, s. Anlage. Mehr dort) bleiben.",
        "Für Bürger*innen, Bürger:innen und BürgerInnen gilt das.",
        "Mehr unter www.Beispiel.de und info@Beispiel.de.",
        "Der 2. Bauabschnitt und Wilhelm II. Denkmal bleiben.",
        "Unsere Politik – auch aus der Opposition heraus! – hat uns stark gemacht.",
        "Wir bauen ohne Punkt",
    ],
)
def test_a_full_stop_that_ends_nothing(sentence):
    assert passages(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wir bauen.", "Wir planen."),
        ("Wir fördern Bäume, Hecken usw.", "Dazu kommen Wiesen."),
        ("Wir fördern Bäume, etc.", "Wir bauen."),
        ("Das hilft dem Verein e.V.", "Wir bauen."),
        ("Das gilt bis 2030.", "Danach bauen wir."),
        ("Wir wollen von Platz 12 auf Platz 3.", "Wir bauen."),
        ("Er sagte: „Wir bauen.“", "Das war gut."),
        ("Wir bauen (auch hoch).", "Wir planen."),
        ("(Wir bauen hoch.)", "Wir planen."),
        ("Wir bauen …", "Wir planen."),
        ("„Die Erde reicht.“ (M. Gandhi)", "Davon gehen wir aus."),
        ("Die Bezüge sind gedeckelt. (zur Zeit 5 €)", "Wir planen."),
        ("Wer baut?", "Wir!"),
        ("Wir sorgen dafür.", "— Maßnahmen für alle."),
        ("Der Satz endet.", "2030 ist es soweit."),
        ("Das Land ist fertig.", "„Housing First“ bleibt."),
        ("Wir nehmen Linie A.", "Wir planen."),
        ("Wir sind für Bürger*innen da.", "Mieter*innen freut das."),
    ],
)
def test_an_end_mark_that_ends_a_sentence(first, second):
    assert passages(f"{first} {second}") == [first, second]


def test_a_missing_space_after_a_full_stop():
    assert passages("Wir bauen Wohnungen.Danach planen wir.") == [
        "Wir bauen Wohnungen.",
        "Danach planen wir.",
    ]


def test_english_sentences():
    assert passages("We build homes, e.g. flats. It is no. 1. That helps.") == [
        "We build homes, e.g. flats.",
        "It is no. 1.",
        "That helps.",
    ]


# lists


def test_items_are_passages():
    assert passages("Wir wollen:", item("mehr Bäume"), item("mehr Wege; auch schmale")) == [
        "Wir wollen:",
        "mehr Bäume",
        "mehr Wege; auch schmale",
    ]


def test_mere_examples_are_one_passage_with_their_introduction():
    assert passages(
        "Wir helfen. Dazu gehören zum Beispiel", item("Frauen"), item("Kinder"), item("etc.")
    ) == [
        "Wir helfen.",
        "Dazu gehören zum Beispiel\n\n- Frauen\n- Kinder\n- etc.",
    ]


def test_examples_that_are_sentences_are_passages():
    assert len(passages("Wir wollen zum Beispiel", item("Wir bauen."), item("Wir planen."))) == 3


def test_the_text_reads_well():
    found = split([heading("Wohnen"), Block("paragraph", "Wir wollen:"), item("Bäume"), item("Linden", 2)])
    assert found.text == "Wohnen\n\nWir wollen:\n\n- Bäume\n  - Linden"
    numbered = split([Block("item", "Wir bauen.", 1, mark="1."), Block("item", "Wir planen.", 1, mark="2.")])
    assert numbered.text == "1. Wir bauen.\n2. Wir planen."


# sections


def test_sections_are_a_tree():
    found = split([heading("A"), heading("B", 2), heading("C", 4), heading("D", 2), heading("E")])
    assert [section.parent for section in found.sections] == [None, 0, 1, 0, None]
    assert [found.text[section.start : section.end] for section in found.sections] == list("ABCDE")


def test_text_before_the_first_heading_has_a_section_of_its_own():
    found = split([Block("paragraph", "Wir bauen."), heading("A"), Block("paragraph", "Wir planen.")])
    assert [(section.heading, section.start, section.end) for section in found.sections] == [
        ("", 0, 0),
        ("A", 12, 13),
    ]
    assert [passage.section for passage in found.passages] == [0, 1]


def test_a_heading_is_shown_by_its_title():
    found = split([Block("heading", "STRABEN", 1, title="Straßen"), Block("heading", "WEGE", 1)])
    assert [section.title for section in found.sections] == ["Straßen", "WEGE"]


def test_a_passage_knows_its_page_and_block():
    found = split([Block("paragraph", "Wir bauen. Wir planen.", page=3), Block("item", "Bäume", 1, page=4)])
    assert [(passage.page, passage.block, passage.is_item) for passage in found.passages] == [
        (3, 0, False),
        (3, 0, False),
        (4, 1, True),
    ]


# lead-ins


def test_an_item_needs_what_introduces_the_list():
    assert lead_ins("Es ist so. Wir wollen:", item("Bäume"), item("Wege")) == [None, None, 1, 1]


def test_an_item_of_an_inner_list_needs_the_outer_item():
    assert lead_ins("Wir wollen:", item("Bäume:"), item("Linden", 2), item("Eichen", 2), item("Wege")) == [
        None,
        0,
        1,
        1,
        0,
    ]


def test_items_that_are_sentences_stand_alone():
    assert lead_ins("Es ist viel zu tun.", item("Wir bauen."), item("Wir planen.")) == [None, None, None]


def test_a_list_right_under_a_heading_has_no_lead_in():
    assert lead_ins("Wir wollen:", heading("Bäume"), item("Linden")) == [None, None]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dies hilft.",
        "Diese Gruppen brauchen Räume.",
        "Auch dies wollen wir.",
        "Hierbei hilft das Land.",
        "Deren Wirksamkeit prüfen wir.",
        "Sie sollen offen sein.",
        "So wird es gut.",
        "Das müssen wir ändern.",
        "Ebenso helfen wir.",
        "They need homes.",
        "This helps.",
    ],
)
def test_a_sentence_that_opens_with_a_pointer_needs_the_one_before(sentence):
    assert lead_ins(f"Wir bauen Häuser. {sentence}") == [None, 0]
    assert lead_ins(heading("A"), "Wir bauen Häuser.", sentence) == [None, 0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das städtische Netz wächst.",
        "Soziale Räume helfen.",
        "Damm und Deich schützen.",
        "Hierarchien fallen.",
    ],
)
def test_a_sentence_that_opens_otherwise_stands_alone(sentence):
    assert lead_ins(f"Wir bauen Häuser. {sentence}") == [None, None]


def test_a_pointer_does_not_reach_over_a_heading():
    assert lead_ins("Wir bauen.", heading("A"), "Dies hilft.") == [None, None]


# whatever the blocks are

MARKS = [
    "Wir",
    "bauen.",
    "z.B.",
    "(",
    ")",
    "„",
    "“",
    "!",
    "?",
    "14.",
    "A.",
    "etc.",
    "Dies",
    "…",
    "-",
    "\n",
    "zum Beispiel",
]
any_block = st.builds(
    Block,
    kind=st.sampled_from(["heading", "paragraph", "item"]),
    text=st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(MARKS), max_size=12).map(" ".join),
    ),
    level=st.integers(0, 9),
    page=st.none() | st.integers(1, 5),
    mark=st.sampled_from(["", "1.", "a)"]),
)


def _letters(text):
    return "".join(text.split())


@given(st.lists(any_block, max_size=12), st.booleans())
def test_nothing_is_lost_or_doubled_or_moved(blocks, sentences):
    found = split(blocks, sentences=sentences)
    spans = sorted(
        [(section.start, section.end) for section in found.sections if section.end > section.start]
        + [(passage.start, passage.end) for passage in found.passages]
    )
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [passage.start for passage in found.passages] == sorted(
        passage.start for passage in found.passages
    )
    for passage in found.passages:
        words = found.text[passage.start : passage.end]
        assert words
        assert words == words.strip()
        assert 0 <= passage.section < len(found.sections)
        assert passage.lead_in is None or found.passages[passage.lead_in].end <= passage.start
    merged = {span for span in spans if "\n-" in found.text[slice(*span)]}
    inside = "".join(_letters(found.text[start:end]) for start, end in spans)
    if not merged and not any(block.mark for block in blocks):
        assert inside == "".join(_letters(block.text) for block in blocks)
    assert len(inside) >= sum(len(_letters(block.text)) for block in blocks)


@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_splits_into_the_words_of_its_blocks(text, name):
    from sources.reading import UnreadableFile

    try:
        blocks = read(text.encode(), name)
    except UnreadableFile:
        return
    found = split(blocks)
    inside = "".join(_letters(found.text[p.start : p.end]) for p in found.passages)
    assert len(inside) >= sum(len(_letters(block.text)) for block in blocks if block.kind != "heading")


# what no programme is as long as


@pytest.mark.parametrize(
    "text",
    [
        "Wir bauen. " * (MOST_LETTERS // 11 + 1),
        "Wir wollen " + "bauen und " * (LONGEST_PASSAGE // 10) + "essen.",
    ],
    ids=["text", "sentence"],
)
def test_a_text_or_sentence_that_would_take_hours_is_refused(text):
    with pytest.raises(UnreadableFile) as refused:
        passages(text)
    assert refused.value.code == "too_large"
