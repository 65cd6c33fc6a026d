"""A filtered, paged list of statements: of a topic, of all there are, or of what a search found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from pledges.cards import Card, find_cards
from pledges.choices import PLEDGES
from pledges.columns import NOTHING, NOWHERE, Counts, RowNumbers, Tiers, columns
from pledges.dimensions import PROGRAMMES, Mask, Numbers
from pledges.facets import Facet, list_facets
from pledges.filters import ORDERS, StatementFilter
from pledges.found import tiers_of
from pledges.links import link_with, without_empty
from pledges.models import Programme, Statement, Topic
from pledges.models.statements import StatementQuerySet
from pledges.near_words import Suggestion, suggest
from pledges.problems import Problem, find_problems
from pledges.shares import OtherKind, other_kinds
from pledges.tables import MOST_ROWS
from pledges.typed_filters import resolve

PER_PAGE = 20
# Filters whose values are understood without its name: proper names, and the kinds of statements.
SPEAKING = {"ort", "partei", "programm", "thema", "art"}


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A chosen value, or the words searched for; `link` is the same page without it."""

    label: str
    link: str
    words: str = ""

    @property
    def without(self) -> str:
        """What the link is called where nothing was found."""
        if self.words:
            return _("Ohne die Suche nach „%(words)s“ ansehen") % {"words": self.words}
        return _("Ohne „%(label)s“ ansehen") % {"label": self.label}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page shows; a page holds the rows of its statements (see pledges.columns). With `problems`
    the list is empty: a bad link never widens.

    `series`: what the address of a further page of the whole list ends with. `moved_to`: where the same
    list has the filters that were typed as words; `suggestions`: what else to search for where nothing was
    found.
    """

    filters: StatementFilter
    counts: Counts = NOTHING
    page: Page | None = None
    facets: list[Facet] = field(default_factory=list)
    active: list[ActiveFilter] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    series: str = ""
    moved_to: str = ""
    most_in_a_table: ClassVar[int] = MOST_ROWS

    @property
    def status(self) -> int:
        return 400 if self.problems else 200

    def titled(self, title: str) -> str:
        """The title of the page with the list, of each of its pages another one."""
        if self.page is None or self.page.number == 1:
            return title
        return _("%(title)s, Seite %(number)s") % {"title": title, "number": self.page.number}

    @property
    def pages(self) -> Iterable[int | str]:
        """The numbers to link to, with an ellipsis for those left out."""
        return (
            self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1) if self.page else ()
        )

    @property
    def keys(self) -> Numbers:
        """The keys of all statements of all pages, in their order."""
        return self._keys_of(self.page.paginator.object_list if self.page else ())

    @property
    def fits_a_table(self) -> bool:
        """Whether the list, if it is one, is short enough to be handed out as a file."""
        return self.page is not None and self.page.paginator.count <= self.most_in_a_table

    @property
    def query(self) -> str:
        """What a link to another form of the same list ends with; what the page takes for granted is said."""
        link = QueryDict(mutable=True)
        for name in self.filters.form.fields:
            if name in self.filters.data:
                link.setlist(name, self.filters.data.getlist(name))
        return f"?{link.urlencode()}" if link else ""

    @property
    def is_grouped(self) -> bool:
        return self.filters.form.cleaned_data.get("folge") not in ("abwechselnd", "treffer")

    @property
    def cards(self) -> list[Card]:
        """The statements of the page: one query."""
        return find_cards(self._keys_of(self.page.object_list if self.page else ()), self.filters.columns)

    @property
    def searched(self) -> list[Programme]:
        """The programmes that the filters leave, all with a bad link."""
        if self.problems:
            return list(self.filters.columns.programmes)
        return self.filters.columns.searched(self.filters.chosen())

    @property
    def is_of_texts_alone(self) -> bool:
        """Whether the filters choose among texts but not among the pledges that stand in them."""
        chosen, dimensions = self.filters.chosen(), self.filters.columns.dimensions
        asked = {name for name, values in chosen.items() if values and dimensions[name].axis != PROGRAMMES}
        is_all = not self.filters.form.cleaned_data.get("q")
        return is_all and (not asked or (asked == {"art"} and chosen["art"] == PLEDGES["art"]))

    @property
    def other_kinds(self) -> list[OtherKind]:
        """What there is beside pledges with all the other filters as they are."""
        return [other for other in other_kinds(self.counts.by_filter["art"]) if other.number]

    @property
    def places(self) -> list[str]:
        """The slugs of the places whose texts the filters leave, none with a bad link."""
        return [] if self.problems else self.filters.columns.places_of(self.filters.chosen())

    def _keys_of(self, rows: Iterable[int]) -> Numbers:
        return self.filters.columns.keys.take(np.asarray(rows, dtype=np.int32))


class _RowsPaginator(Paginator):
    """Pages of rows. The whole of them is known, so every page costs the same, the last as the first."""

    def __init__(self, rows: RowNumbers) -> None:
        super().__init__(rows, PER_PAGE)

    @property
    def count(self) -> int:
        return len(self.object_list)


def list_statements(
    request: HttpRequest,
    *,
    about: Topic | None = None,
    topics: Sequence[Topic] = (),
    defaults: dict[str, str] | None = None,
) -> Listing:
    """Filter and page all statements, or those `about` a topic, after the request's query string.

    `topics` are those to filter by, `defaults` fill empty filters. It asks the database once for the words,
    and where they find nothing twice for suggestions; the statements of the page are one query more.
    """
    data = _with_defaults(request.GET, defaults or {})
    known = columns(request)
    filters = StatementFilter(data, partial(_all_or_about, about), columns=known, topics=topics)
    if problems := find_problems(filters.form, request.GET):
        return Listing(filters, problems=problems)
    search = filters.search
    if search.query.filters:
        resolved = resolve(search.query, request.GET, filters.form, list(filters.chosen()))
        if resolved.problems:
            return Listing(filters, problems=list(resolved.problems))
        return Listing(filters, moved_to=resolved.link)
    chosen = filters.chosen() | ({"thema": [about.slug]} if about else {})
    tiers = tiers_of(search, known)
    counts = known.count(chosen, None if tiers is None else tiers != NOWHERE)
    pages = _RowsPaginator(_in_order(filters, counts.rows, tiers))
    if problem := _find_page_problem(request.GET, pages):
        return Listing(filters, problems=[problem])
    page = pages.page(request.GET.get("seite") or 1)
    return Listing(
        filters,
        counts,
        page=page,
        facets=list_facets(filters, counts.by_filter),
        active=_active(filters, request.GET, defaults or {}),
        suggestions=[]
        if pages.count or not search.query.terms
        else suggest(search.query, filters.qs, request.GET, filters.search_for),
        series=f"?seite={page.number}" if page.number > 1 and list(request.GET) == ["seite"] else "",
    )


def page_or_part(request: HttpRequest, template: str) -> str:
    """Return the template, or its part "_…_listing" where htmx asks; a page of the history comes whole."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.history_restore_request:
        return template
    folder, name = template.rsplit("/", 1)
    return f"{folder}/_{name.removesuffix('.html')}_listing.html"


def _all_or_about(topic: Topic | None) -> StatementQuerySet:
    statements = Statement.objects.published().current()
    return statements.about(topic) if topic else statements


def _with_defaults(given: QueryDict, defaults: dict[str, str]) -> QueryDict:
    data = without_empty(given)
    for name, value in defaults.items():
        if name not in data:
            data[name] = value
    return data


def _in_order(filters: StatementFilter, rows: Mask, tiers: Tiers | None) -> RowNumbers:
    order = filters.form.cleaned_data.get("folge")
    if order in ("treffer", "abwechselnd"):
        return filters.columns.in_order_of(tiers if order == "treffer" else None, rows)
    return filters.columns.in_order(rows)


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
    return Problem(_("Seite"), wanted, str(nearest), link_with(given, "seite", [str(nearest)]))


def _active(filters: StatementFilter, given: QueryDict, defaults: dict[str, str]) -> list[ActiveFilter]:
    # By the order, which a form always sends, a page knows that what is left empty is meant to be.
    with_order = given.copy()
    with_order["folge"] = filters.form.cleaned_data.get("folge") or next(iter(ORDERS))
    chosen = {name: list(dict.fromkeys(filter(None, given.getlist(name)))) for name in filters.chosen()}
    active = [
        ActiveFilter(
            _label(filters, name, value),
            _without(with_order if name in defaults and len(values) == 1 else given, name, value),
        )
        for name, values in chosen.items()
        for value in values
    ]
    if words := given.get("q", "").strip():
        label = _("Suche: %(words)s") % {"words": words}
        active.append(ActiveFilter(label, _without(given, "q", str(given["q"])), _without_marks(words)))
    return active


def _without_marks(words: str) -> str:
    """A phrase without its quotation marks, as it is quoted in others."""
    inside = words[1:-1]
    return inside if inside and words == f'"{inside}"' and '"' not in inside else words


def _label(filters: StatementFilter, name: str, value: str) -> str:
    chooser = filters.form.fields[name]
    label = str(chooser.offer[value])
    return label if name in SPEAKING else f"{chooser.label}: {label}"


def _without(given: QueryDict, name: str, value: str) -> str:
    return link_with(given, name, [kept for kept in given.getlist(name) if kept != value])
