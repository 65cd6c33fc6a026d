"""What statements are found by, kept current: called where a statement, its labels or renderings change."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from pledges.full_text import make_anew
from pledges.models import Programme, Rendering, SearchRow, SearchWord, Statement
from pledges.search.tokens import running_words, spellings, tokens_of

_BATCH = 500
# The tokens that a programme's statements have of it, and of its authors.
_OfProgramme = tuple[list[str], list[str]]
_RULES = Path(__file__).resolve().parent / "search"


@cache
def rules_fingerprint() -> str:
    """A hash of all that decides which tokens a text has."""
    digest = hashlib.sha256(version("simplemma").encode())
    for path in sorted((*_RULES.glob("*.py"), *_RULES.glob("*.toml"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@transaction.atomic
def index_statements(statements: Collection[int]) -> int:
    """Write anew what the statements with these keys are found by; return how many there are."""
    keys = sorted(statements)
    written = 0
    for start in range(0, len(keys), _BATCH):
        batch = list(_with_all_around(Statement.objects.filter(pk__in=keys[start : start + _BATCH])))
        _write_rows(batch, _facets_of_programmes({statement.programme_id for statement in batch}))
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
    """Write anew what the statements with these keys are filtered by, after a change of authors."""
    known = list(Statement.objects.filter(pk__in=statements).prefetch_related("topics_given"))
    write_facets(known, {s.pk: [(g.position, g.topic_id) for g in s.topics_given.all()] for s in known})


def write_facets(statements: Collection[Statement], given: Mapping[int, Sequence[tuple[int, int]]]) -> None:
    """Write anew what the statements are filtered by.

    `given`: by the statements' keys position and key of each of their topics, main one first.
    """
    programmes = _facets_of_programmes({statement.programme_id for statement in statements})
    topics = {key: [topic for _position, topic in own] for key, own in given.items()}
    _save_facets({s.pk: _facets(s, programmes[s.programme_id], topics[s.pk]) for s in statements})


def _save_facets(facets: Mapping[int, str]) -> None:
    """Write those that differ from what stands."""
    # An editor codes one at a time, which a bulk update takes several times as long for.
    if len(facets) == 1:
        [(key, own)] = facets.items()
        SearchRow.objects.filter(pk=key).exclude(facets=own).update(facets=own)
        return
    stored = SearchRow.objects.filter(pk__in=facets).values_list("pk", "facets")
    changed = [SearchRow(pk=key, facets=facets[key]) for key, own in stored if own != facets[key]]
    SearchRow.objects.bulk_update(changed, ["facets"], batch_size=_BATCH)


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


def _with_all_around(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    lines = Prefetch("renderings", Rendering.objects.select_related("passage"))
    around = statements.select_related("passage__section", "passage__lead_in")
    return around.prefetch_related("topics_given", lines)


def _write_rows(statements: Collection[Statement], programmes: Mapping[int, _OfProgramme]) -> None:
    columns = ["words", "tokens", "facets", "rules"]
    SearchRow.objects.bulk_create(
        [_row(statement, programmes[statement.programme_id]) for statement in statements],
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


def _row(statement: Statement, programme: _OfProgramme) -> SearchRow:
    passage = statement.passage
    context = [passage.section.heading] if passage else []
    if passage and passage.lead_in:
        context.append(passage.lead_in.text)
    english = [rendering.passage.text for rendering in statement.renderings.all()]
    topics = [given.topic_id for given in statement.topics_given.all()]
    return SearchRow(
        statement=statement,
        words=running_words(statement.text),
        tokens=" ".join(sorted(tokens_of(statement.text, context, english))),
        facets=_facets(statement, programme, topics),
        rules=rules_fingerprint(),
    )


def _facets_of_programmes(programmes: Collection[int]) -> dict[int, _OfProgramme]:
    """The tokens of each of the programmes, and of its authors."""
    tokens: dict[int, _OfProgramme] = {}
    found = Programme.objects.filter(pk__in=programmes).order_by("authorships__position")
    for key, place, year, kind, party in found.values_list(
        "pk", "place", "year", "kind", "authorships__party"
    ):
        tokens.setdefault(key, ([f"@g{key}", f"@o{place}", f"@y{year}", f"@d{kind}"], []))
        if party:
            tokens[key][1].append(f"@p{party}")
    return tokens


def _facets(statement: Statement, programme: _OfProgramme, topics: Iterable[int]) -> str:
    """One token for each choice of each filter that the statement falls under, by keys where there are."""
    itself, authors = programme
    tokens = [
        *itself,
        f"@k{statement.kind}",
        f"@m{int(statement.measurable)}",
        f"@r{statement.origin}",
        *authors,
        *(f"@t{topic}" for topic in topics),
    ]
    return " ".join([*tokens, f"@c{statement.commitment}"] if statement.commitment else tokens)
