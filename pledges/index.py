"""What statements are found by, kept current: called where a statement, its labels or renderings change."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from pledges.full_text import make_anew
from pledges.models import Authorship, Rendering, SearchRow, SearchWord, Statement
from pledges.search.fingerprint import rules_fingerprint
from pledges.search.tokens import running_words, spellings, tokens_of
from pledges.search.words import note_words

_BATCH = 500


@transaction.atomic
def index_statements(statements: Collection[int]) -> int:
    """Write anew what the statements with these keys are found by; return how many there are."""
    keys = sorted(statements)
    written = 0
    for start in range(0, len(keys), _BATCH):
        batch = list(_with_all_around(Statement.objects.filter(pk__in=keys[start : start + _BATCH])))
        note_words(statement.text for statement in batch)
        _write_rows(batch)
        _write_words(batch)
        written += len(batch)
    return written


def index_outdated(statements: "QuerySet[Statement]") -> int:
    """Index those of the statements that are not, or by other rules; return how many."""
    current = SearchRow.objects.filter(rules=rules_fingerprint())
    return index_statements(statements.exclude(search_row__in=current).values_list("pk", flat=True))


@transaction.atomic
def set_sources(rendering: Rendering, sources: Iterable[Statement | int]) -> None:
    """Say which statements a line of a digest renders: these are found by its words, former ones no more."""
    before = set(rendering.sources.values_list("pk", flat=True))
    rendering.sources.set(sources)
    index_statements(before | set(rendering.sources.values_list("pk", flat=True)))


@transaction.atomic(savepoint=False)
def refresh_facets(statements: Collection[int]) -> None:
    """Write anew by whose names the statements with these keys are found, after a change of authors."""
    stored = dict(SearchRow.objects.filter(pk__in=statements).values_list("pk", "facets"))
    found = _with_facets(Statement.objects.filter(pk__in=stored))
    _save_facets({statement.pk: _facets(statement) for statement in found}, stored)


def refresh_facets_of_topics(
    statements: Iterable[Statement], given: Mapping[int, Iterable[tuple[int, int]]]
) -> None:
    """Let the statements be found by their topics' names after these changed, if they are found at all.

    They come with their `search_row`. `given`: position and key of each topic, by the statement's key.
    """
    stored = {s.pk: s.search_row.facets for s in statements if hasattr(s, "search_row")}
    _save_facets(
        {
            key: _in_order(_authors_in(facets), (topic for _position, topic in given[key]))
            for key, facets in stored.items()
        },
        stored,
    )


def _save_facets(facets: Mapping[int, str], stored: Mapping[int, str]) -> None:
    changed = [SearchRow(pk=key, facets=own) for key, own in facets.items() if own != stored[key]]
    # An editor codes one at a time, which a bulk update takes several times as long for.
    if len(changed) == 1:
        changed[0].save(update_fields=["facets"])
    else:
        SearchRow.objects.bulk_update(changed, ["facets"], batch_size=_BATCH)


def is_current() -> bool:
    """Whether every statement is found, and by today's rules."""
    current = SearchRow.objects.filter(rules=rules_fingerprint())
    return not Statement.objects.exclude(search_row__in=current).exists()


@transaction.atomic
def rebuild(say: Callable[[int, int], None]) -> int:
    """Make all of it anew, whatever state it was in; return the number of statements.

    `say` is told how many are done, of how many.
    """
    keys = list(Statement.objects.order_by("pk").values_list("pk", flat=True))
    SearchWord.objects.all().delete()
    for start in range(0, len(keys), _BATCH):
        say(start, len(keys))
        index_statements(keys[start : start + _BATCH])
    make_anew()
    return len(keys)


def _with_facets(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    authors = Prefetch("programme__authorships", Authorship.objects.all())
    return statements.select_related("programme").prefetch_related(authors, "topics_given")


def _with_all_around(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    lines = Prefetch("renderings", Rendering.objects.select_related("passage"))
    return (
        _with_facets(statements)
        .select_related("programme", "passage__section", "passage__lead_in")
        .prefetch_related(lines)
    )


def _write_rows(statements: Collection[Statement]) -> None:
    columns = ["words", "tokens", "facets", "rules"]
    SearchRow.objects.bulk_create(
        [_row(statement) for statement in statements],
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=columns,
    )


def _write_words(statements: Collection[Statement]) -> None:
    found: dict[str, str] = {}
    for statement in statements:
        found |= spellings(statement.text)
    words = [SearchWord(form=form, spelling=spelling[:200]) for form, spelling in sorted(found.items())]
    SearchWord.objects.bulk_create(words, ignore_conflicts=True, batch_size=_BATCH)


def _row(statement: Statement) -> SearchRow:
    passage = statement.passage
    context = [passage.section.heading] if passage else []
    if passage and passage.lead_in:
        context.append(passage.lead_in.text)
    english = [rendering.passage.text for rendering in statement.renderings.all()]
    return SearchRow(
        statement=statement,
        words=running_words(statement.text),
        tokens=" ".join(sorted(tokens_of(statement.text, context, english))),
        facets=_facets(statement),
        rules=rules_fingerprint(),
    )


def _facets(statement: Statement) -> str:
    """One token for each author and each topic, by their keys: their names find the statement too."""
    authors = (f"@p{authorship.party_id}" for authorship in statement.programme.authorships.all())
    return _in_order(authors, (given.topic_id for given in statement.topics_given.all()))


def _authors_in(facets: str) -> list[str]:
    return [token for token in facets.split() if token.startswith("@p")]


def _in_order(authors: Iterable[str], topics: Iterable[int]) -> str:
    return " ".join([*authors, *(f"@t{topic}" for topic in topics)])
