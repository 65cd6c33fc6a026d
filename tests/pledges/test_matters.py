"""What a relation says to readers: how its matter is called, and why the two statements are related."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from pledges.build import read_programme
from pledges.comparison import find_matters
from pledges.judging import fingerprint, judge_relation
from pledges.models import Programme, Relation, RelationKind, Said, Topic
from pledges.shelf import load_shelf
from sources.models import Section
from tests.pages import Element, get
from tests.pledges.judging import relation_of
from tests.shelves import HOUSING, HOUSING_TOO, NO_HOUSING, Shelf, musterstadt

pytestmark = pytest.mark.django_db

FLATS = {
    "matter_de": "Wohnungen am Hafen",
    "matter_en": "Flats at the port",
    "reason_de": "Beide wollen am Hafen bauen.",
    "reason_en": "Both want to build at the port.",
}
CONTRARY = {
    "matter_de": "Wohnungen am Hafen",
    "matter_en": "Flats at the port",
    "reason_de": "Die einen wollen am Hafen bauen, die anderen nicht.",
    "reason_en": "",
}


def shelf(flats: dict[str, str] = FLATS, contrary: dict[str, str] = CONTRARY) -> Shelf:
    made = musterstadt()
    made.relations[0] |= flats
    made.relations[1] |= contrary
    return made


def matters(client, topic: str = "wohnen", language: str = "de") -> list[Element]:
    slugs = Programme.objects.in_own_words().exclude(document=None).values_list("slug", flat=True)
    query = "".join(f"&programm={slug}" for slug in slugs.order_by("slug")[:4])
    prefix = "/en" if language == "en" else ""
    return get(client, f"{prefix}/vergleich/?thema={topic}{query}").find("section", "matter")


# --- The shipped ones


def test_every_relation_that_is_shown_has_a_short_name_and_a_reason_in_both_languages():
    for relation in Relation.objects.shown():
        assert 0 < len(relation.matter_de) <= 45
        assert 0 < len(relation.matter_en) <= 45
        assert relation.reason_de.endswith(".")
        assert relation.reason_en.endswith(".")


def test_no_text_is_named_first_much_more_often_than_the_others():
    first, named = Counter(), Counter()
    for relation in Relation.objects.exclude(reason_de="").select_related("a__programme", "b__programme"):
        names = [s.programme.short_title.removesuffix(" (Auszug)") for s in (relation.a, relation.b)]
        if all(name in relation.reason_de for name in names):
            named.update(names)
            first[min(names, key=relation.reason_de.index)] += 1

    assert set(named) == {"SPD 2025", "DOS 2020", "GRÜNE + CDU 2023", "SPD 2020"}
    assert all(0.4 <= first[name] / named[name] <= 0.6 for name in named)


def test_a_reason_names_both_texts_by_their_short_titles_or_speaks_of_both():
    for relation in Relation.objects.shown().select_related("a__programme", "b__programme"):
        for reason, both in ((relation.reason_de, "Beide"), (relation.reason_en, "Both")):
            titles = {relation.a.programme.short_title, relation.b.programme.short_title}
            named = {title for title in titles if title in reason}
            assert named == titles or reason.startswith(both), reason


def test_relations_that_are_one_point_of_a_comparison_have_one_name():
    texts = list(Programme.objects.in_own_words())
    for topic in Topic.objects.all():
        relations = list(Relation.objects.shown().about(topic).with_statements())
        for matter in find_matters(relations, texts):
            assert len({relation.matter_de for relation in matter.relations}) == 1, matter.title
            assert len({relation.matter_en for relation in matter.relations}) == 1, matter.title


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_point_is_titled_by_a_heading_of_a_text_and_in_english_all_are_english(client, language):
    headings = {words.casefold() for row in Section.objects.values_list("heading", "title") for words in row}
    seen = set()
    for topic in Topic.objects.all():
        for matter in matters(client, topic.slug, language):
            seen.add(matter.find("h3")[0].words)

    german, english = (
        set(Relation.objects.values_list(f"matter_{code}", flat=True)) for code in ("de", "en")
    )
    assert seen
    assert not {title.casefold() for title in seen} & headings
    assert seen <= (english - german if language == "en" else german)


# --- The name of a point


def titles(client, **more: str) -> list[str]:
    return [matter.find("h3")[0].words for matter in matters(client, **more)]


def test_a_point_has_the_name_that_its_relations_give_in_the_language_at_hand(load, client):
    load(shelf())

    assert titles(client) == ["Wohnungen am Hafen"]
    assert titles(client, language="en") == ["Flats at the port"]


def test_of_several_names_the_most_frequent_holds_then_the_first_in_the_texts(load, client):
    load(shelf(contrary=CONTRARY | {"matter_de": "Der Hafen"}))
    assert titles(client) == ["Wohnungen am Hafen"]

    housing, contrary = relation_of(HOUSING, HOUSING_TOO), relation_of(HOUSING, NO_HOUSING)
    third = Relation(a=housing.b, b=contrary.b, kind="same_goal", origin="codebook")
    third.a, third.b = sorted((third.a, third.b), key=lambda statement: statement.pk)
    third.matter_de = "Der Hafen"
    third.save()
    assert titles(client) == ["Der Hafen"]


def test_a_point_without_a_name_is_named_by_the_topic_and_never_by_the_words_of_one_side(load, client):
    load(musterstadt())

    assert titles(client) == ["Weiterer Punkt zu Wohnen & Bauen"]


def test_the_home_page_names_its_example_likewise(load, client):
    load(shelf())
    assert get(client, "/?ort=musterstadt").one("h2", id="beispiel").words.endswith(": Wohnungen am Hafen")

    Relation.objects.update(matter_de="", matter_en="")
    assert get(client, "/?ort=musterstadt").one("h2", id="beispiel").words.endswith(": Wohnen & Bauen")


# --- The reason


def test_each_reason_stands_once_under_the_head_of_its_point_with_its_kind(load, client):
    load(shelf())

    (matter,) = matters(client)

    assert matter.one("div", "matter__why").words.startswith("Warum:")
    assert {line.words for line in matter.one("div", "matter__why").find("li")} == {
        f"Gleiche Maßnahme: {FLATS['reason_de']}",
        f"Widerspruch: {CONTRARY['reason_de']}",
    }

    Relation.objects.exclude(reason_de="").update(kind="same_goal", reason_de="Beiden geht es ums Bauen.")
    (matter,) = matters(client)
    assert matter.one("div", "matter__why").words == "Warum: Beiden geht es ums Bauen."


def test_a_reason_that_there_is_in_one_language_only_is_shown_as_of_that_language(load, client):
    load(shelf())

    (matter,) = matters(client, language="en")

    (foreign,) = matter.one("div", "matter__why").find("span", lang="de")
    assert foreign.words == CONTRARY["reason_de"]
    assert FLATS["reason_en"] in matter.words
    assert FLATS["reason_de"] not in matter.words


def test_a_statements_page_says_why_beside_each_of_its_relations_and_nothing_where_there_is_none(
    load, client
):
    load(shelf(flats={}))
    page = get(client, relation_of(HOUSING, HOUSING_TOO).a.get_absolute_url())

    said = {box.find("h3")[0].words: box.find("div", "matter__why") for box in page.find("section", "matter")}

    (reason,) = said["BETA + ALPHA 2023 (von derselben Partei)"]
    assert reason.words == f"Warum: {CONTRARY['reason_de']}"
    assert said["BETA 2025"] == []


def test_what_looks_like_markup_in_a_reason_comes_as_words(load, client):
    load(shelf(flats=FLATS | {"reason_de": "<b>Beide</b> & beide.", "matter_de": "<i>Hafen</i>"}))

    (matter,) = matters(client)

    assert "<b>Beide</b> & beide." in matter.text
    assert "<i>Hafen</i>" in matter.text


def test_a_relation_without_a_reason_has_none():
    relation = Relation(kind=RelationKind.SAME_GOAL)
    assert relation.reason is None
    relation.reason_en = "Both."
    assert relation.reason == Said("Both.", "en")
    relation.reason_de = "Beide."
    assert relation.reason == Said("Beide.", "de")


# --- The method page


def numbers(client) -> dict[str, tuple[str, ...]]:
    rows = get(client, "/methode/").one("section", aria_labelledby="bezuege").one("tbody").find("tr")
    return {row.one("th").words: tuple(cell.words for cell in row.find("td")) for row in rows}


def test_the_method_page_says_of_each_kind_what_it_means_how_many_there_are_and_are_confirmed(load, client):
    load(shelf())
    editor = User.objects.create_user("anna")
    assert numbers(client) == {
        "gleiche Maßnahme": ("1", "0"),
        "gleiches Ziel": ("0", "0"),
        "Widerspruch": ("1", "0"),
    }

    relation = relation_of(HOUSING, NO_HOUSING)
    judge_relation(relation.a, relation.b, editor, "same_goal", "", {}, seen=fingerprint(relation))
    unrelated = relation_of(HOUSING, HOUSING_TOO)
    judge_relation(unrelated.a, unrelated.b, editor, "unrelated", "", {}, seen=fingerprint(unrelated))

    assert numbers(client) == {
        "gleiche Maßnahme": ("0", "0"),
        "gleiches Ziel": ("1", "1"),
        "Widerspruch": ("0", "0"),
    }
    section = get(client, "/methode/").one("section", aria_labelledby="bezuege")
    meanings = {entry.one("dt").words for entry in section.one("dl").find("div")}
    assert meanings == set(numbers(client))


def test_a_comparison_and_a_statement_lead_to_what_the_kinds_mean(load, client):
    load(shelf())
    query = "&programm=alpha-2025&programm=beta-2025"

    for address in (
        f"/vergleich/?thema=wohnen{query}",
        relation_of(HOUSING, HOUSING_TOO).a.get_absolute_url(),
    ):
        assert "/methode/#bezuege" in {link.attributes.get("href") for link in get(client, address).find("a")}


# --- What stays


def words(relation: Relation) -> dict[str, str]:
    return {name: getattr(relation, name) for name in Relation.WORDS}


def test_what_the_codebook_says_comes_to_relations_that_were_loaded_without_it(load, tmp_path):
    load(musterstadt())
    assert not any(words(relation_of(HOUSING, HOUSING_TOO)).values())

    load_shelf(shelf().write(tmp_path), lambda _text: None)

    assert words(relation_of(HOUSING, HOUSING_TOO)) == FLATS
    assert words(relation_of(HOUSING, NO_HOUSING)) == CONTRARY


@pytest.mark.parametrize("given", [dict.fromkeys(FLATS, ""), {"matter_de": "Bauen am Wasser"}])
def test_loading_again_changes_nothing_that_an_editor_wrote_or_took_out(load, tmp_path, given):
    made = shelf()
    load(made)
    relation, editor = relation_of(HOUSING, HOUSING_TOO), User.objects.create_user("anna")
    judge_relation(relation.a, relation.b, editor, relation.kind, "", given, seen=fingerprint(relation))

    load_shelf(made.write(tmp_path), lambda _text: None)

    assert words(relation_of(HOUSING, HOUSING_TOO)) == FLATS | given


def test_a_new_edition_keeps_what_a_relation_says(load):
    load(shelf())
    programme = Programme.objects.get(slug="alpha-2025")
    newer = f"# Wohnen\n\nWohnen ist sehr teuer.\n\n{HOUSING.replace('200', '250')}\n"

    read_programme(programme, newer.encode(), "alpha-2025.md")

    relation = Relation.objects.get(kind="same_measure")
    assert relation.a.text.startswith("Wir bauen jedes Jahr 250")
    assert words(relation) == FLATS


@pytest.mark.parametrize("wrong", [{"matter_de": "x" * 61}, {"reason_en": "x" * 401}, {"reason_de": None}])
def test_what_is_too_long_or_no_text_is_refused_by_name(empty, tmp_path, wrong):
    made = shelf(flats=FLATS | wrong)

    with pytest.raises(CommandError, match=rf"alpha-2025/1 – beta-2025/1: {next(iter(wrong))} = "):
        call_command("load_programmes", made.write(tmp_path))
