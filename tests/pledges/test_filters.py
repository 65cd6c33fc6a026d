"""Every filter, alone and with every other, against a computation by hand over all statements."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory

from pledges.choices import COMMITMENTS, KINDS, ORIGINS, TEXT_KINDS
from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Coding, Origin, Programme, Statement, StatementTopic, Topic
from pledges.versions import data_version
from pledges.views.listing import PER_PAGE, Listing, list_statements
from tests.pages import get, led_to

# One worker runs them all, as they share what the fixture `world` makes.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("filters")]

Facts = dict[str, Any]


TYPED = ["wohnung", "GEBÜHREN", "kinder und", "%", "_", "nirgends gibt es dies"]


def facts() -> list[Facts]:
    """Every statement with what filters ask of it, by hand."""
    programmes = {p.pk: p for p in Programme.objects.prefetch_related("parties").select_related("place")}
    topics: dict[int, set[str]] = {}
    for statement, topic in StatementTopic.objects.values_list("statement", "topic__slug"):
        topics.setdefault(statement, set()).add(topic)
    # What a word finds, tests/pledges/search/ holds.
    found = {typed: set(Statement.objects.containing(typed).values_list("key", flat=True)) for typed in TYPED}
    statements = Statement.objects.filter(gone_since=None)
    return [
        {
            "key": s.key,
            "programm": {programmes[s.programme_id].slug},
            "partei": {party.slug for party in programmes[s.programme_id].parties.all()},
            "ort": {programmes[s.programme_id].place.slug},
            "jahr": {str(programmes[s.programme_id].year)},
            "textart": {slug for slug, kind in TEXT_KINDS.items() if kind == programmes[s.programme_id].kind},
            "art": {slug for slug, kind in KINDS.items() if kind == s.kind},
            "bindung": {slug for slug, commitment in COMMITMENTS.items() if commitment == s.commitment},
            "messbar": {"ja" if s.measurable else "nein"} if s.kind == "pledge" else set(),
            "herkunft": {slug for slug, origin in ORIGINS.items() if origin == s.origin},
            "thema": topics.get(s.pk, set()),
            "q": {typed for typed in TYPED if s.key in found[typed]},
            "programme": programmes[s.programme_id],
            "position": s.position,
            "share": s.share,
        }
        for s in statements
    ]


@dataclass
class World:
    """All statements, and what there is to choose of each filter."""

    all: list[Facts]
    choices: dict[str, list[str]]

    def expected(self, chosen: dict[str, list[str]]) -> set[str]:
        return {one["key"] for one in self.all if fits(one, chosen)}


def fits(one: Facts, chosen: dict[str, list[str]]) -> bool:
    return all(not values or one[name] & set(values) for name, values in chosen.items())


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The project's programmes, some statements coded by an editor or by nobody but the machine."""
    with django_db_blocker.unblock(), transaction.atomic():
        editor = User.objects.create_user("redaktion")
        topics = tuple(Topic.objects.order_by("slug").values_list("slug", flat=True)[:2])
        for statement in Statement.objects.order_by("pk")[::40]:
            code_by_editor(statement, editor, Labels("pledge", "review", True, topics))
        by_machine = Statement.objects.order_by("pk")[7::60]
        Statement.objects.filter(pk__in=[s.pk for s in by_machine]).update(
            origin=Origin.MACHINE, certainty=0.5
        )
        assert Coding.objects.filter(origin=Origin.EDITOR).count() == 24
        known = facts()
        yield World(known, choices(known))
        transaction.set_rollback(True)


def choices(known: list[Facts]) -> dict[str, list[str]]:
    given = ("programm", "partei", "ort", "thema", "jahr", "textart")
    found = {name: sorted({value for one in known for value in one[name]}) for name in given}
    return found | {
        "art": list(KINDS),
        "bindung": list(COMMITMENTS),
        "messbar": ["ja", "nein"],
        "herkunft": list(ORIGINS),
        "q": TYPED,
    }


@pytest.fixture
def listed(world: World, db: None) -> Callable[[dict[str, list[str]]], Listing]:
    topics = list(Topic.objects.all())

    def list_as_the_search_page_does(chosen: dict[str, list[str]]) -> Listing:
        data = QueryDict(mutable=True)
        for name, values in chosen.items():
            data.setlist(name, values)
        request = RequestFactory().get(f"/suche/?{data.urlencode()}")
        request.version = data_version()
        return list_statements(request, topics=topics)

    return list_as_the_search_page_does


def found(listing: Listing) -> set[str]:
    filters = listing.filters
    return set(filters.qs.found_by(filters.search).values_list("key", flat=True))


def in_order(listing: Listing) -> list[str]:
    """The keys of all statements of all pages, as they stand there."""
    key_of = dict(Statement.objects.values_list("pk", "key"))
    return [key_of[key] for key in listing.keys.tolist()]


def assert_as_by_hand(listing: Listing, world: World, chosen: dict[str, list[str]]) -> None:
    expected = world.expected(chosen)
    assert listing.page is not None
    assert found(listing) == expected, chosen
    assert set(in_order(listing)) == expected, chosen
    assert listing.page.paginator.count == len(expected), chosen
    assert len(listing.page.object_list) == min(PER_PAGE, len(expected)), chosen
    for facet in listing.facets:
        for choice in facet.choices:
            with_it = chosen | {facet.name: [choice.value]}
            assert choice.number == len(world.expected(with_it)), (chosen, facet.name, choice.value)
            assert choice.chosen == (choice.value in chosen.get(facet.name, []))


FILTERS = ["programm", "partei", "ort", "jahr", "textart", "art", "bindung", "messbar", "herkunft"]
FILTERS += ["thema", "q"]


def test_without_a_filter_everything_is_listed(world, listed):
    assert len(world.all) == 956
    assert_as_by_hand(listed({}), world, {})


@pytest.mark.parametrize("name", FILTERS)
def test_each_choice_of_a_filter_alone_and_all_that_stands_beside_it(world, listed, name):
    for value in world.choices[name]:
        assert_as_by_hand(listed({name: [value]}), world, {name: [value]})


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "q"])
def test_several_choices_of_a_filter_mean_or(world, listed, name):
    some = world.choices[name][:3]

    assert_as_by_hand(listed({name: some}), world, {name: some})


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(FILTERS, 2)))
def test_two_filters_mean_and(world, listed, one, other):
    draw = random.Random(f"{one} {other}")
    for _ in range(2):
        chosen = {name: [draw.choice(world.choices[name])] for name in (one, other)}
        assert_as_by_hand(listed(chosen), world, chosen)


def test_many_filters_at_once(world, listed):
    draw = random.Random(2025)
    hits = 0
    for _ in range(12):
        names = draw.sample(FILTERS[:-1], k=4)
        chosen = {
            name: draw.sample(world.choices[name], k=min(3, len(world.choices[name]))) for name in names
        }
        assert_as_by_hand(listed(chosen), world, chosen)
        hits += bool(world.expected(chosen))
    assert hits > 3


def test_a_joint_programme_counts_for_each_of_its_parties(world, client):
    joint = world.expected({"programm": ["gruene-cdu-2023"]})
    assert len(joint) == 201

    for party in ("gruene", "cdu"):
        assert joint <= world.expected({"partei": [party]})
        page = get(client, f"/suche/?partei={party}")
        assert f"{len(world.expected({'partei': [party]}))} Aussagen" in page.one("main").words


def test_the_order_is_by_name_and_then_as_in_the_text(world, listed):
    by_hand = sorted(world.all, key=lambda one: (one["programme"].short_title.casefold(), one["position"]))

    assert in_order(listed({"folge": ["programm"]})) == [one["key"] for one in by_hand]


def test_the_alternating_order_is_by_the_share_of_each_text(world, listed):
    listing = listed({"folge": ["abwechselnd"]})

    share_of = {one["key"]: one["share"] for one in world.all}
    shares = [share_of[key] for key in in_order(listing)]
    assert shares == sorted(shares)
    assert len({card.programme for card in listing.cards}) == 4


def test_the_pages_of_a_list_hold_every_statement_once(world, client):
    seen: list[str] = []
    for number in range(1, 100):
        page = get(client, f"/suche/?partei=dos&folge=programm&seite={number}")
        links = page.find("ol", "results")[0].find("p", "place")
        seen += [place.find("a")[0]["href"].strip("/").rpartition("/")[2] for place in links]
        if not page.find("a", rel="next"):
            break

    assert number == 5
    assert len(seen) == len(set(seen)) == 94
    assert set(seen) == world.expected({"partei": ["dos"]})


def test_the_topic_page_shows_the_pledges_of_its_topic(world, client):
    for slug in world.choices["thema"]:
        page = get(client, f"/themen/{slug}/")
        number = len(world.expected({"thema": [slug], "art": ["vorhaben"]}))
        bar = page.one("div", "results-bar").words
        assert bar.startswith(f"{number} Vorhaben"), (slug, bar)


def test_of_a_topic_a_form_in_which_no_kind_is_ticked_shows_all_kinds(world, client):
    page = get(client, "/themen/wohnen/?folge=programm")

    number = len(world.expected({"thema": ["wohnen"]}))
    assert page.one("div", "results-bar").words.startswith(f"{number} Aussage")


@pytest.mark.parametrize("kinds", [["vorhaben"], ["bilanz"], ["vorhaben", "bilanz"]])
@pytest.mark.parametrize("also", ["", "&partei=spd", "&folge=abwechselnd", "&folge="])
def test_of_a_topic_what_takes_a_kind_away_leads_to_all_the_others(world, client, kinds, also):
    given = {"thema": ["wohnen"]} | ({"partei": ["spd"]} if "partei" in also else {})
    page = get(client, f"/themen/wohnen/?art={'&art='.join(kinds)}{also}")
    chips = {chip.words: chip["href"] for chip in page.one("ul", "active-filters").find("a")}

    for kind in kinds:
        left = [other for other in kinds if other != kind]
        expected = world.expected(given | ({"art": left} if left else {}))
        without = get(client, chips[f"{KINDS[kind].label} entfernen"])
        assert without.one("div", "results-bar").words.startswith(f"{len(expected)} Aussage")
        assert "abwechselnd" not in also or "folge=abwechselnd" in chips[f"{KINDS[kind].label} entfernen"]


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "thema"])
def test_the_filters_of_the_topic_page_are_the_same(world, client, name):
    for value in world.choices[name][:4]:
        page = get(client, f"/themen/wohnen/?{name}={value.replace('%', '%25')}")
        expected = world.expected({"thema": ["wohnen"], "art": ["vorhaben"], name: [value]})
        if name == "art":
            expected = world.expected({"thema": ["wohnen"], "art": [value]})
        counted = "Aussage" if name == "art" else "Vorhaben"
        assert page.one("div", "results-bar").words.startswith(f"{len(expected)} {counted}"), value


def test_of_statements_that_are_no_pledges_it_is_not_asked_whether_they_are_measurable(world, client):
    pledges = world.expected({"art": ["vorhaben"]})
    by_hand = {value: world.expected({"messbar": [value]}) for value in ("ja", "nein")}

    assert by_hand["ja"] | by_hand["nein"] == pledges
    assert len(by_hand["ja"]) + len(by_hand["nein"]) == len(pledges) < len(world.all)
    for address in ("/aussagen/?messbar=nein", "/suche/?q=messbar:nein", "/suche/?q=measurable:nein"):
        bar = led_to(client, address).one("div", "results-bar")
        assert bar.words.startswith(f"{len(by_hand['nein'])} Aussagen"), address


def test_the_columns_hold_what_the_list_holds(world, client):
    page = get(client, "/themen/wohnen/?ansicht=spalten&messbar=ja")

    columns = page.find("section", "column")
    assert [c.one("h2").words for c in columns] == [
        "DOS 2020",
        "GRÜNE + CDU 2023",
        "SPD 2020 (Auszug)",
        "SPD 2025",
    ]
    for column, slug in zip(columns, ["dos-2020", "gruene-cdu-2023", "spd-2020", "spd-2025"], strict=True):
        chosen = {"thema": ["wohnen"], "art": ["vorhaben"], "messbar": ["ja"], "programm": [slug]}
        assert len(column.find("article")) == min(10, len(world.expected(chosen)))


# --- Values that don't exist

INVALID = [
    # parameters, label, the value as it is named, the nearest
    ("programm=spd-2052", "Programm", "spd-2052", "SPD 2025"),
    ("partei=sdp", "Partei / Gruppe", "sdp", "SPD"),
    ("partei=spd&partei=grune", "Partei / Gruppe", "grune", "GRÜNE"),
    ("art=vorhabn", "Art der Aussage", "vorhabn", "Vorhaben"),
    ("bindung=firm", "Bindung", "firm", None),
    ("bindung=absciht", "Bindung", "absciht", "beabsichtigt"),
    ("messbar=jaa", "Messbar", "jaa", "ja"),
    ("ort=dortmnd", "Ort", "dortmnd", "Dortmund"),
    ("herkunft=maschin", "Herkunft der Einordnung", "maschin", "Maschine"),
    ("jahr=20200", "Jahr", "20200", "2020"),
    ("textart=wahlprogram", "Art des Textes", "wahlprogram", "Wahlprogramm"),
    ("folge=program", "Reihenfolge", "program", "nach Programm"),
    ("folge=zufall", "Reihenfolge", "zufall", None),
    ("programm=xyzzy", "Programm", "xyzzy", None),
    ("seite=0", "Seite", "0", "1"),
    ("seite=999", "Seite", "999", None),
    ("seite=zwei", "Seite", "zwei", "1"),
    ("seite=-1", "Seite", "-1", "1"),
    ("ansicht=spalte", "Ansicht", "spalte", "in Spalten"),
]


@pytest.mark.parametrize(
    ("path", "parameters", "label", "value", "nearest"),
    [("/themen/wohnen/", *one) for one in INVALID]
    + [(path, *one) for path in ("/suche/", "/aussagen/") for one in INVALID if one[1] != "Ansicht"],
)
def test_an_invalid_value_is_named_with_the_nearest_and_the_list_stays_empty(
    client, path, parameters, label, value, nearest
):
    page = get(client, f"{path}?{parameters}", status=400)

    alert = page.one("div", "notice--error", role="alert")
    assert f"{label}: „{value}“ gibt es nicht." in alert.words
    (link,) = alert.find("a")
    if nearest:
        assert f"Meinten Sie {nearest}?" in alert.words
    assert client.get(f"{path}{link['href']}", follow=True).status_code == 200
    assert not page.find("article")


def test_the_nearest_keeps_all_else_that_was_chosen(client):
    page = get(client, "/suche/?q=kita&partei=spd&partei=grune&art=vorhaben&seite=1", status=400)

    (link,) = page.one("div", role="alert").find("a")
    assert QueryDict(link["href"][1:]) == QueryDict("q=kita&partei=spd&partei=gruene&art=vorhaben")


def test_an_invalid_topic_of_the_search_is_named(client):
    page = get(client, "/suche/?thema=wohnung", status=400)

    assert (
        "Thema: „wohnung“ gibt es nicht. Meinten Sie Wohnen & Bauen?" in page.one("div", role="alert").words
    )


@pytest.mark.parametrize("word", ["x" * 201, "kita%00"])
def test_a_search_word_that_cannot_be_is_refused(client, word):
    page = get(client, f"/suche/?q={word}", status=400)

    assert page.find("div", role="alert")
    assert not page.find("article")


def test_empty_values_are_as_none(world, listed):
    chosen = {"programm": ["", "dos-2020"], "art": [""], "messbar": ["", "ja"], "q": [""], "thema": [""]}

    assert found(listed(chosen)) == world.expected({"programm": ["dos-2020"], "messbar": ["ja"]})


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/vergleich/?thema=wohnung", "wohnung“ gibt es nicht. Meinten Sie Wohnen & Bauen?"),
        ("/vergleich/?thema=wohnen&programm=spd-2025&programm=dos-2002", "Meinten Sie DOS 2020?"),
        ("/vergleich/?thema=wohnen&folge=zufal", "„zufal“ gibt es nicht. Meinten Sie ausgelost"),
        ("/vergleich/?thema=wohnen&programm=spd-2025", "Bitte wählen Sie zwei bis vier Programme."),
        ("/digest/spd-2025-digest/?urteil=faithfull", "„faithfull“ gibt es nicht. Meinten Sie treu?"),
        ("/programme/spd-2025/?zeigen=vorhabn", "„vorhabn“ gibt es nicht. Meinten Sie alle Vorhaben?"),
    ],
)
def test_other_pages_name_invalid_values_too(client, address, words):
    page = get(client, address, status=400)

    assert words in page.one("div", role="alert").words
    assert not page.find("article")


def test_an_empty_verdict_is_as_none(client):
    page = get(client, "/digest/spd-2025-digest/?urteil=")

    assert len(page.find("article")) == 134
