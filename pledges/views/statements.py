from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from pledges.cards import with_programme_or_404, with_programmes
from pledges.citation import Former, Place, cite, quote, with_lead_in
from pledges.directory import directory
from pledges.former import compare_editions
from pledges.history import coding_history
from pledges.models import Programme, Relation, Rendering, Statement
from pledges.shares import silence_of
from sources.models import Passage

AROUND = 8


def statement(request: HttpRequest, key: str) -> HttpResponse:
    programmes = directory(request).programmes
    statement = _find(key, programmes)
    history = coding_history(statement)
    # One that is gone has none that are shown.
    shown = Relation.objects.shown().of(statement).with_statements()
    relations = [] if statement.gone_since else list(shown)
    related = [(r, r.b if r.a_id == statement.pk else r.a) for r in relations]
    with_programmes((other for _relation, other in related), programmes)
    permalink = request.build_absolute_uri(statement.get_absolute_url())
    return render(
        request,
        "pledges/statement.html",
        {
            "statement": statement,
            "programme": statement.programme,
            "permalink": permalink,
            "citation": _citation(statement, permalink),
            "quotation": quote(_words(statement)),
            "history": history,
            "topics": next((opinion.topics for opinion in history if opinion.holds), ()),
            "around": _around(statement.passage),
            "there_today": _there_today(statement),
            "others": _by_programme(statement, related, programmes),
            "renderings": _renderings(statement, programmes),
            "targets": statement.targets.all(),
            "hints": statement.hints.told(),
        },
    )


def _find(key: str, programmes: Sequence[Programme]) -> Statement:
    passage = "passage__section__parent", "passage__lead_in", "passage__document"
    found = Statement.objects.published().select_related(*passage)
    light = found.defer("passage__document__content", "passage__document__text")
    return with_programme_or_404(get_object_or_404(light, key=key), programmes)


def _citation(statement: Statement, permalink: str) -> str:
    programme, passage = statement.programme, statement.passage
    former = None
    if statement.gone_since:
        read_on = timezone.localdate(passage.document.added_at) if passage else None
        former = Former(read_on, timezone.localdate(statement.gone_since))
    place = Place(
        programme.party_names,
        programme.title,
        programme.get_kind_display(),
        programme.year,
        passage.section.heading if passage else "",
        statement.position,
        permalink,
        former,
    )
    return cite(_words(statement), place, timezone.localdate())


def _words(statement: Statement) -> str:
    """The words to quote: a statement's, behind what introduces it."""
    passage = statement.passage
    lead_in = passage.lead_in if passage else None
    is_apart = bool(passage and lead_in and lead_in.position + 1 != passage.position)
    return with_lead_in(statement.text, lead_in.text if lead_in else "", is_apart=is_apart)


def _around(passage: Passage | None) -> dict[str, list[Passage]]:
    """The paragraph of a passage, and where that is the passage alone, the sentences before and after."""
    if passage is None:
        return {}
    near = Passage.objects.around(passage, AROUND, AROUND).filter(section=passage.section_id)
    passages = list(near.select_related("statement"))
    paragraph = [p for p in passages if p.block == passage.block]
    if len(paragraph) == 1:
        paragraph = [p for p in passages if abs(p.position - passage.position) <= 2]
    return {
        "paragraph": paragraph,
        "before": [p for p in passages if p.position == passage.position - 1],
        "after": [p for p in passages if p.position == passage.position + 1],
    }


def _there_today(statement: Statement) -> tuple[Passage, ...]:
    """The sentences of today's text in the place of a statement that is gone, none where that isn't known."""
    passage = statement.passage
    if not statement.gone_since or passage is None:
        return ()
    _passages, comparison = compare_editions(passage.document_id, statement.programme.document_id)
    return comparison.by_passage[passage.pk].now


def _renderings(
    statement: Statement, programmes: Sequence[Programme]
) -> list[tuple[Rendering, Programme | None]]:
    """The lines of digests that render a statement, each with its digest."""
    digest_of = {programme.document_id: programme for programme in programmes if programme.digest_of_id}
    found = statement.renderings.published().by_line()
    return [(rendering, digest_of.get(rendering.passage.document_id)) for rendering in found]


def _by_programme(
    statement: Statement, related: list[tuple[Relation, Statement]], programmes: Sequence[Programme]
) -> list[dict]:
    """Every other programme of the place, with its related statements or which silence it is."""
    return [
        {
            "programme": programme,
            "is_own": bool(set(programme.authors) & set(statement.programme.authors)),
            "related": [
                (relation, other) for relation, other in related if other.programme_id == programme.pk
            ],
            "silence": silence_of(programme, number=1),
        }
        for programme in programmes
        if not programme.digest_of_id
        and programme != statement.programme
        and programme.place_id == statement.programme.place_id
    ]
