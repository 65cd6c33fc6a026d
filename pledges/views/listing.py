"""A filtered, paged list of statements, as the topic and search pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from pledges.facets import Facet, count_facets, count_results
from pledges.filters import StatementFilter
from pledges.models import Programme, Statement, Topic
from pledges.near_words import Suggestion, suggest
from pledges.querysets import StatementQuerySet
from pledges.suggestions import Problem, find_problems, without_empty
from pledges.typed_filters import resolve

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A chosen value; `link` is the same page without it."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page shows. With `problems` the list is empty: a bad link never widens.

    `moved_to`: where the same list has the filters that were typed as words; `suggestions`: what else to
    search for where nothing was found.
    """

    filters: StatementFilter
    page: Page | None = None
    facets: list[Facet] = field(default_factory=list)
    active: list[ActiveFilter] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    moved_to: str = ""
    tally: list[dict] = field(default_factory=list)

    @property
    def status(self) -> int:
        return 400 if self.problems else 200

    @property
    def pages(self) -> Iterable[int | str]:
        """The numbers to link to, with an ellipsis for those left out."""
        return (
            self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1) if self.page else ()
        )

    @property
    def is_grouped(self) -> bool:
        return self.filters.form.cleaned_data.get("folge") not in ("abwechselnd", "treffer")


class _CountedPaginator(Paginator):
    """Its count is known from the tally and costs no query."""

    def __init__(self, statements: StatementQuerySet, count: int) -> None:
        super().__init__(statements, PER_PAGE)
        self.known = count

    @property
    def count(self) -> int:
        return self.known


def list_statements(
    request: HttpRequest,
    statements: StatementQuerySet,
    programmes: Sequence[Programme],
    *,
    topics: Sequence[Topic] = (),
    defaults: dict[str, str] | None = None,
) -> Listing:
    """Filter and page the statements after the request's query string; `defaults` fill empty filters.

    Four queries at most: tally, tally by topic where there are topics, the page, its topics. Where words
    find nothing: the tallies, and two for suggestions.
    """
    data = _with_defaults(request.GET, defaults or {})
    filters = StatementFilter(data, statements, programmes=programmes, topics=topics)
    if problems := find_problems(filters.form, request.GET):
        return Listing(filters, problems=problems)
    search = filters.search
    if search.query.filters:
        resolved = resolve(search.query, request.GET, filters.form, list(filters.chosen()))
        return Listing(filters, problems=list(resolved.problems), moved_to=resolved.link)
    worded = statements.found_by(search)
    chosen_topics = filters.chosen().get("thema")
    tally = (worded.about_any(chosen_topics) if chosen_topics else worded).tally()
    by_topic = worded.tally_by_topic() if topics else []
    pages = _CountedPaginator(_ordered(filters).for_cards(), count_results(filters, tally))
    if problem := _find_page_problem(request.GET, pages):
        return Listing(filters, problems=[problem])
    return Listing(
        filters,
        page=pages.page(request.GET.get("seite") or 1),
        facets=count_facets(filters, tally, by_topic),
        active=_active(filters, request.GET),
        tally=tally,
        suggestions=[]
        if pages.count or not search.query.terms
        else suggest(search.query, statements, request.GET, filters.search_for),
    )


def with_programmes(statements: Iterable[Statement], programmes: Iterable[Programme]) -> list[Statement]:
    """Return the statements, each knowing its programme among those given, without a query."""
    known = {programme.pk: programme for programme in programmes}
    ready = list(statements)
    for statement in ready:
        statement.programme = known[statement.programme_id]
    return ready


def page_or_part(request: HttpRequest, template: str) -> str:
    """Return the template, or its part "_…_listing" where htmx asks; a page of the history comes whole."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.history_restore_request:
        return template
    folder, name = template.rsplit("/", 1)
    return f"{folder}/_{name.removesuffix('.html')}_listing.html"


def _with_defaults(given: QueryDict, defaults: dict[str, str]) -> QueryDict:
    data = without_empty(given)
    for name, value in defaults.items():
        if name not in data:
            data[name] = value
    return data


def _ordered(filters: StatementFilter) -> StatementQuerySet:
    order = filters.form.cleaned_data.get("folge")
    if order == "treffer":
        return filters.qs.by_relevance(filters.search)
    in_order = filters.qs.alternating if order == "abwechselnd" else filters.qs.in_reading_order
    return in_order(filters.programmes)


def _find_page_problem(given: QueryDict, pages: Paginator) -> Problem | None:
    wanted = given.get("seite") or "1"
    nearest = 1
    try:
        pages.validate_number(wanted)
        return None
    except EmptyPage:
        nearest = 1 if int(wanted) < 1 else pages.num_pages
    except PageNotAnInteger:
        pass
    link = given.copy()
    link["seite"] = str(nearest)
    return Problem(_("Seite"), wanted, str(nearest), f"?{link.urlencode()}")


def _active(filters: StatementFilter, given: QueryDict) -> list[ActiveFilter]:
    labels = {
        (name, value): str(label)
        for name in filters.chosen()
        for value, label in filters.form.fields[name].choices
    }
    active = [
        ActiveFilter(labels[name, value], _without(given, name, value))
        for name in filters.chosen()
        for value in dict.fromkeys(given.getlist(name))
        if value
    ]
    if words := given.get("q", "").strip():
        label = _("Suche: %(words)s") % {"words": words}
        active.append(ActiveFilter(label, _without(given, "q", str(given["q"]))))
    return active


def _without(given: QueryDict, name: str, value: str) -> str:
    rest = given.copy()
    rest.setlist(name, [kept for kept in given.getlist(name) if kept != value])
    rest.pop("seite", None)
    return f"?{rest.urlencode()}"
