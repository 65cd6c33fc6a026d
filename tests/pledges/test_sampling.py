"""Samples: what is drawn, coded blind, compared and settled."""

import datetime
import random
from collections import Counter
from dataclasses import replace

import pytest
from django.utils import timezone

from pledges.coding.labels import Labels
from pledges.coding_log import NewerCoding, code_by_editor, undo
from pledges.labels import holding, labels_of
from pledges.models import CODEBOOK, Coding, Kind, Origin, Programme, Sample, Statement
from pledges.models.statements import Cause
from pledges.roles import CHIEF_EDITOR
from pledges.sample_report import report_on, shown_report
from pledges.sampling import (
    NotToSettle,
    NotToShow,
    SampleComplete,
    TooFewStatements,
    allocate,
    code_blind,
    differing,
    disagreements,
    drawable,
    hide,
    is_complete,
    settle,
    show,
    shuffled,
)
from tests.people import person
from tests.samples import complete, drawn_sample, otherwise, shown

pytestmark = pytest.mark.django_db

PLEDGE = Labels("pledge", "firm", False, ("wohnen",))


@pytest.fixture
def coder():
    return person("zweite")


@pytest.fixture
def chief():
    return person("chefin", CHIEF_EDITOR)


def stratum(statement):
    return statement.kind, next((topic.slug for topic in statement.ordered_topics), "")


def statements_of(sample):
    return [drawn.statement for drawn in sample.statements.select_related("statement")]


# --- What is drawn


def test_every_stratum_gets_one_and_the_rest_goes_by_size():
    assert allocate({"a": 90, "b": 9, "c": 1}, 13) == {"a": 10, "b": 2, "c": 1}


def test_where_there_are_more_strata_than_statements_the_larger_ones_get_one():
    assert allocate({"a": 1, "b": 3, "c": 5, "d": 1}, 2) == {"a": 0, "b": 1, "c": 1, "d": 0}


@pytest.mark.parametrize("number", range(11))
def test_what_is_allocated_adds_up_and_no_stratum_gives_more_than_it_has(number):
    sizes = {"a": 6, "b": 3, "c": 1}
    found = allocate(sizes, number)
    assert sum(found.values()) == number
    assert all(0 <= found[name] <= size for name, size in sizes.items())


def test_a_sample_holds_as_many_as_asked_each_with_the_coding_that_holds(coder):
    drawn = list(drawn_sample(50, coder).statements.select_related("statement", "first"))
    assert [d.position for d in drawn] == list(range(1, 51))
    assert len({d.statement_id for d in drawn}) == 50
    assert all((d.first.kind, d.first.origin) == (d.statement.kind, Origin.CODEBOOK) for d in drawn)


def test_every_kind_and_main_topic_is_in_a_sample_that_is_large_enough(coder):
    strata = Counter(stratum(s) for s in Statement.objects.filter(origin=Origin.CODEBOOK))
    drawn = Counter(stratum(s) for s in statements_of(drawn_sample(len(strata) + 20, coder)))
    assert set(drawn) == set(strata)
    assert drawn.most_common(1)[0][0] == strata.most_common(1)[0][0]


def test_the_same_seed_draws_the_same_and_another_seed_others(coder):
    first = [s.key for s in statements_of(drawn_sample(30, coder, seed=5))]
    assert [s.key for s in statements_of(drawn_sample(30, person("dritte"), seed=5))] == first
    assert [s.key for s in statements_of(drawn_sample(30, person("vierte"), seed=6))] != first


def test_the_order_by_chance_hangs_on_no_row_number_and_tells_nothing_of_the_labels(coder):
    one = [Statement(pk=key, key=words) for key, words in enumerate("abcdef")]
    elsewhere = [Statement(pk=-key, key=words) for key, words in enumerate("abcdef")]
    assert [s.key for s in shuffled(one, 5)] == [s.key for s in shuffled(elsewhere, 5)]

    drawn = statements_of(drawn_sample(30, coder, seed=5))
    assert drawn == shuffled(drawn, 5)


def test_a_sample_of_one_programme_holds_its_statements_only(coder):
    programme = Programme.objects.get(slug="dos-2020")
    sample = drawn_sample(15, coder, programme=programme)
    assert {s.programme for s in statements_of(sample)} == {programme}


def test_a_draft_is_drawn_from_only_by_its_name(coder):
    programme = Programme.objects.get(slug="dos-2020")
    Programme.objects.filter(pk=programme.pk).update(published_at=None)
    assert not drawable(None, coder).filter(programme=programme).exists()
    assert drawable(programme, coder).exists()


def test_what_the_second_coder_ever_coded_or_was_given_is_not_drawn(coder):
    statement = drawable(None, coder).first()
    code_by_editor(statement, coder, PLEDGE)
    code_by_editor(statement, person("erste"), PLEDGE)
    given = statements_of(drawn_sample(10, coder))
    left = drawable(None, coder)
    assert statement not in left
    assert not left.filter(pk__in=[s.pk for s in given]).exists()
    assert drawable(None, person("dritte")).filter(pk=statement.pk).exists()


@pytest.mark.parametrize(
    "change",
    [{"origin": Origin.MACHINE}, {"wording_changed": True}, {"gone_since": timezone.now()}],
    ids=["machine", "reworded", "gone"],
)
def test_what_the_machine_coded_or_what_reads_otherwise_now_is_not_drawn(coder, change):
    statement = drawable(None, coder).first()
    Statement.objects.filter(pk=statement.pk).update(**change)
    assert not drawable(None, coder).filter(pk=statement.pk).exists()


def test_more_than_there_are_is_refused_with_their_number(coder):
    number = drawable(None, coder).count()
    with pytest.raises(TooFewStatements) as refused:
        drawn_sample(number + 1, coder)
    assert refused.value.number == number
    assert len(statements_of(drawn_sample(number, coder))) == number


# --- Coding blind


def test_a_blind_coding_is_in_the_log_and_holds_nowhere(coder):
    drawn = drawn_sample(10, coder).statements.first()
    before = Statement.objects.values().get(pk=drawn.statement_id)
    coding = code_blind(drawn, otherwise(drawn.first))
    assert (coding.is_blind, coding.editor, coding.origin) == (True, coder, Origin.EDITOR)
    assert Statement.objects.values().get(pk=drawn.statement_id) == before


def test_an_answer_can_be_changed_until_all_is_coded_and_stays_in_the_log(coder):
    sample = drawn_sample(10, coder)
    drawn = sample.statements.first()
    former = code_blind(drawn, otherwise(drawn.first))
    newer = code_blind(drawn, labels_of(drawn.first))
    drawn.refresh_from_db()
    assert drawn.second == newer
    assert Coding.objects.filter(pk=former.pk).exists()
    complete(sample)
    with pytest.raises(SampleComplete):
        code_blind(drawn, PLEDGE)


def test_a_sample_is_complete_with_its_last_answer(coder):
    sample = drawn_sample(10, coder)
    for drawn in sample.statements.select_related("first"):
        assert not is_complete(sample)
        assert disagreements(sample) == []
        code_blind(drawn, otherwise(drawn.first))
    assert is_complete(sample)
    assert len(disagreements(sample)) == 10


# --- What it tells


def test_the_report_counts_who_agrees_on_what(coder):
    report = report_on(complete(drawn_sample(60, coder), otherwise, otherwise, otherwise))
    kind = report.rows[0].found
    assert (report.number, kind.n, kind.agreed) == (60, 60, 57 / 60)
    assert 0.8 < kind.kappa.value < 1
    assert kind.alpha.low < kind.alpha.value < kind.alpha.high
    assert report.is_codebook_only


def test_labels_that_only_one_coder_had_to_give_are_not_compared(coder):
    sample = complete(drawn_sample(60, coder), otherwise)
    pledges = sum(d.first.kind == d.second.kind == Kind.PLEDGE for d in sample.statements.all())
    found = {str(row.label): row.found for row in report_on(sample).rows}
    assert found["Bindung"].n == found["Messbar"].n == pledges
    assert found["Alle Themen"].kappa is None
    assert found["Alle Themen"].alpha is not None


def test_a_statement_whose_words_changed_between_the_codings_is_not_compared(coder):
    sample = complete(drawn_sample(20, coder))
    drawn = sample.statements.select_related("first", "second").first()
    moment = datetime.timedelta(microseconds=1)
    for reworded_at, number in (
        (drawn.first.made_at - moment, 20),
        (drawn.second.made_at - moment, 19),
        (drawn.second.made_at + moment, 20),
    ):
        Statement.objects.filter(pk=drawn.statement_id).update(reworded_at=reworded_at)
        assert report_on(sample).number == number


def test_the_public_is_told_of_the_sample_that_somebody_chose_and_of_no_other(coder):
    first = complete(drawn_sample(20, coder, seed=1))
    assert shown_report() is None

    show(first)
    assert shown_report().sample == first

    second = complete(drawn_sample(20, coder, seed=2))
    assert shown_report().sample == first

    show(second)
    assert shown_report().sample == second

    hide(second)
    assert shown_report() is None


def test_a_sample_that_is_not_complete_can_not_be_shown(coder):
    with pytest.raises(NotToShow):
        show(drawn_sample(20, coder))

    assert not Sample.objects.filter(is_shown=True).exists()


def test_a_sample_with_a_draft_in_it_is_not_reported_to_the_public(coder):
    programme = Programme.objects.get(slug="dos-2020")
    sample = shown(drawn_sample(15, coder, programme=programme))
    assert shown_report().sample == sample
    Programme.objects.filter(pk=programme.pk).update(published_at=None)
    assert shown_report() is None
    with pytest.raises(NotToShow):
        show(sample)


# --- Settling


def test_settling_adds_an_editors_coding_that_holds(coder, chief):
    [drawn] = disagreements(complete(drawn_sample(10, coder), otherwise))
    held = Coding.objects.get(statement=drawn.statement, coder=CODEBOOK)
    coding = settle(drawn, chief, labels_of(drawn.second), seen=held.pk)
    statement = Statement.objects.get(pk=drawn.statement_id)
    assert (coding.editor, coding.is_blind) == (chief, False)
    assert (statement.kind, statement.origin) == (drawn.second.kind, Origin.EDITOR)
    assert disagreements(drawn.sample)[0].settled_by == coding


def test_what_is_settled_or_agreed_on_is_not_settled_again(coder, chief):
    sample = complete(drawn_sample(10, coder), otherwise)
    [drawn] = disagreements(sample)
    coding = settle(drawn, chief, PLEDGE, seen=drawn.first_id)
    number = Coding.objects.count()
    agreed = sample.statements.exclude(pk=drawn.pk).first()
    for again, seen in ((drawn, coding.pk), (agreed, agreed.first_id)):
        with pytest.raises(NotToSettle):
            settle(again, chief, PLEDGE, seen=seen)
    assert Coding.objects.count() == number


def test_settling_on_top_of_a_newer_coding_stores_nothing(coder, chief):
    [drawn] = disagreements(complete(drawn_sample(10, coder), otherwise))
    code_by_editor(drawn.statement, person("dazwischen"), PLEDGE)
    with pytest.raises(NewerCoding):
        settle(drawn, chief, labels_of(drawn.first), seen=drawn.first_id)
    drawn.refresh_from_db()
    assert drawn.settled_by is None


# --- The same in the queue


def mutated(labels, chance):
    """What another coder might say: often the same, else other in one label or in topics or their order."""
    slugs, other = labels.topics, chance.choice(["sport", "kultur", "umwelt", "wohnen"])
    as_pledge = labels if labels.kind == "pledge" else PLEDGE
    return chance.choice(
        [
            labels,
            replace(labels, topics=slugs[::-1]),
            replace(labels, topics=(*slugs[:1], *reversed(slugs[1:]))),
            replace(labels, topics=(other,)),
            replace(labels, topics=tuple(dict.fromkeys([*slugs[:2], other]))),
            replace(labels, topics=slugs[:1]),
            replace(as_pledge, commitment=chance.choice(["firm", "intent"])),
            replace(as_pledge, measurable=chance.choice([True, False])),
            Labels("value", None, False, slugs),
        ]
    )


@pytest.fixture
def random_pairs(coder):
    """A sample of which one half was coded by an editor before, answered by chance."""
    chance = random.Random(2011)
    editor = person("erste")
    statements = drawable(None, coder).prefetch_related("topics_given").order_by("key")
    for statement in chance.sample(list(statements), 400):
        held = holding([statement.pk])[statement.pk]
        code_by_editor(statement, editor, mutated(labels_of(held), chance))
    sample = drawn_sample(250, coder)
    for drawn in sample.statements.select_related("first"):
        code_blind(drawn, mutated(labels_of(drawn.first), chance))
    return sample


def to_settle(sample):
    return {drawn.statement_id for drawn in disagreements(sample) if drawn.settled_by is None}


def waiting_for(cause):
    return {s.pk for s in Statement.objects.in_doubt().by_doubt() if s.cause == cause}


def test_the_queue_and_the_sample_say_the_same_of_who_differs(random_pairs, chief):
    wanted = to_settle(random_pairs)
    contested = set(Statement.objects.filter(contested=True).values_list("pk", flat=True))
    by_editor = set(Statement.objects.filter(origin=Origin.EDITOR).values_list("pk", flat=True))
    assert wanted & by_editor
    assert wanted - by_editor
    assert len(wanted) < random_pairs.statements.count()
    main_only = [
        drawn for drawn in disagreements(random_pairs) if set(drawn.first.ordered_topics)
        == set(drawn.second.ordered_topics) and differing(drawn.first, drawn.second) == {"topics"}
    ]  # fmt: skip
    assert main_only

    assert waiting_for(Cause.DIFFERING) - contested == wanted - contested
    checked, number = Statement.objects.number_checked()
    assert number - checked == Statement.objects.in_doubt().count()

    for drawn in disagreements(random_pairs)[:5]:
        held = holding([drawn.statement_id])[drawn.statement_id]
        settle(drawn, chief, labels_of(drawn.second), seen=held.pk)
    assert len(to_settle(random_pairs)) == len(wanted) - 5
    assert waiting_for(Cause.DIFFERING) - contested == to_settle(random_pairs) - contested


def test_whoever_decides_on_what_two_coded_otherwise_takes_it_off_the_queue(coder, chief):
    [drawn] = disagreements(complete(drawn_sample(10, coder), otherwise))
    key = drawn.statement_id
    assert key in waiting_for(Cause.DIFFERING)

    coding = code_by_editor(drawn.statement, person("dritte"), PLEDGE)
    assert not Statement.objects.in_doubt().filter(pk=key).exists()
    assert key in to_settle(drawn.sample)

    undo([coding], chief)
    assert key in waiting_for(Cause.DIFFERING)


def test_nothing_is_told_of_answers_that_may_still_change(coder):
    sample = drawn_sample(10, coder)
    drawn = sample.statements.select_related("first")[0]
    code_blind(drawn, otherwise(drawn.first))

    assert drawn.statement_id not in waiting_for(Cause.DIFFERING)
