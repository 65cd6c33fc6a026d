"""Small things that templates say."""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from html import escape

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.template.loader import get_template
from django.urls import reverse, translate_url
from django.utils.formats import localize, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from pledges.cards import Card, card_of
from pledges.facets import Choice
from pledges.filters import ORDERS
from pledges.former import Change, Comparison
from pledges.imprint import imprint
from pledges.marking import mark_quotations
from pledges.models import Commitment, Kind, Programme, Rendering, Statement, Topic
from pledges.models.politics import ProgrammeKind, address_of
from pledges.models.statements import address_of_statement
from pledges.places import Scope
from pledges.search.highlight import find_hits
from pledges.shares import Share
from sources.models import Passage

register = template.Library()

_SITE = "wortlaut.site"


class _Unchanging(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.rendered: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        if language not in self.rendered:
            # Without what this page alone knows, or the next one would show it.
            self.rendered[language] = self.nodelist.render(context.new())
        return self.rendered[language]


@register.tag
def unchanging(parser: template.base.Parser, _token: template.base.Token) -> _Unchanging:
    """A part that is the same in all pages of a language, up to `endunchanging`: rendered once for each."""
    nodelist = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return _Unchanging(nodelist)


class _Titled(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        # Escaped already, as the text of any element is.
        title = self.nodelist.render(context).strip()
        return SafeString(
            f'<title>{title} – Wortlaut</title>\n  <meta property="og:title" content="{title}">'
        )


@register.tag
def titled(parser: template.base.Parser, _token: template.base.Token) -> _Titled:
    """The page's title, up to `endtitled`: for the browser, and for whoever shows a preview of a link."""
    nodelist = parser.parse(("endtitled",))
    parser.delete_first_token()
    return _Titled(nodelist)


@register.simple_tag(takes_context=True)
def site_nav(context: template.Context) -> SafeString:
    """The main parts of the portal, with the one at hand marked and the place kept."""
    match, scope = context["request"].resolver_match, context.get("scope")
    nav = _with_gaps("_site_nav.html", get_language(), ("query",), here=match.url_name if match else "")
    return SafeString(nav.format(query=escape(scope.query) if scope else ""))


@register.simple_tag
def site_footer() -> SafeString:
    return _rendered("_site_footer.html", get_language(), operator=bool(imprint()))


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """An icon of templates/_icons.html; the words beside it say the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href="#icon-{}"/></svg>', name
    )


@register.simple_tag
def byline(programme: Programme) -> SafeString:
    """Who says it, in which text."""
    return _byline(programme, get_language())


@register.simple_tag
def own_labels(labelled: Statement) -> SafeString:
    """Kind or commitment, and whether it is measurable."""
    return _own_labels(labelled, get_language())


@register.simple_tag
def section_words(heading: str) -> SafeString:
    """In which section of the text it stands."""
    return _section_words(heading, get_language())


@register.simple_tag
def coding_origin(labelled: Statement) -> SafeString:
    """Who labelled it, and of the machine how sure it is."""
    return _coding_origin(labelled, get_language())


@register.simple_tag
def verdict_note(rendering: Rendering, sources: Statement | Iterable[Statement]) -> str:
    """Why a line of a digest got its verdict; German that an English note quotes is said to be German."""
    if get_language() != "en":
        return rendering.note
    german = [source.text for source in ([sources] if isinstance(sources, Statement) else sources)]
    pieces = mark_quotations(rendering.note, german, [rendering.passage.text])
    marked = (format_html('<span lang="de">{}</span>', w) if is_german else w for w, is_german in pieces)
    return format_html_join("", "{}", ((words,) for words in marked))


@register.simple_tag
def labels(statement: Statement, topics: Iterable[Topic] = ()) -> SafeString:
    """How a statement is labelled, and by whom."""
    return _labels(statement, topics, get_language())


@register.simple_tag(takes_context=True)
def card(
    context: template.Context,
    statement: Card | Statement,
    words: str = "",
    bare: bool = False,
    show_topics: bool = False,
) -> SafeString:
    """A statement in a list, with these words marked."""
    request: HttpRequest = context["request"]
    # Asked once, as asking takes as long as one of the card's pieces.
    language = get_language()
    shown = card_of(statement) if isinstance(statement, Statement) else statement
    programme = shown.programme
    return _filled(
        "pledges/_statement.html",
        language,
        bare="bare" if bare else "",
        party=escape(programme.party_key),
        byline=_byline(programme, language),
        section=_section_words(shown.section, language) if shown.section else "",
        lead_in=_marked(shown.lead_in, words),
        text=_marked(shown.text, words),
        labels=_labels(shown, shown.topics if show_topics else (), language),
        title=escape(programme.short_title),
        number=str(shown.position),
        address=address_of_statement(shown.key, language),
        site=_site(request),
        text_address=f"{programme.get_absolute_url()}#{shown.anchor}",
    )


def _site(request: HttpRequest) -> str:
    """Where the portal is, worked out once a request."""
    if _SITE not in request.META:
        request.META[_SITE] = f"{request.scheme}://{escape(request.get_host())}"
    return str(request.META[_SITE])


def _byline(programme: Programme, language: str | None) -> SafeString:
    place = programme.place.name if programme.names_place else ""
    return _said_by(programme.party_names, place, programme.year, programme.kind, language)


# A list shows a handful of texts, each of them several times.
@lru_cache(maxsize=256)
def _said_by(names: str, place: str, year: int, kind: str, language: str | None) -> SafeString:
    label = ProgrammeKind(kind).label
    given = {"names": names, "place": place, "year": str(year), "kind": str(label)}
    return _filled("pledges/_byline.html", language, **{name: escape(words) for name, words in given.items()})


def _section_words(heading: str, language: str | None) -> SafeString:
    return _filled("pledges/_section_words.html", language, heading=escape(heading))


def _labels(statement: Card | Statement, topics: Iterable[Topic], language: str | None) -> SafeString:
    return _filled(
        "pledges/_labels.html",
        language,
        own=_own_labels(statement, language),
        topics="".join(_topic_label(topic, language) for topic in topics),
        origin=_coding_origin(statement, language),
    )


def _own_labels(labelled: Card | Statement, language: str | None) -> SafeString:
    label = Commitment(labelled.commitment) if labelled.commitment else Kind(labelled.kind)
    return _rendered("pledges/_own_labels.html", language, label=label, measurable=labelled.measurable)


def _topic_label(topic: Topic, language: str | None) -> SafeString:
    address = address_of("topic", topic.slug, language)
    return _rendered("pledges/_topic_label.html", language, address=address, name=topic.name_in(language))


def _coding_origin(labelled: Card | Statement, language: str | None) -> SafeString:
    certainty = labelled.certainty
    return _rendered(
        "pledges/_origin.html",
        language,
        origin=labelled.origin,
        certainty=None if certainty is None else round(100 * certainty),
        contested=labelled.contested,
    )


def _marked(text: str, words: str) -> str:
    return mark_words(text, words) if text and words else escape(text)


# They stand in every card of a list or in every page, in few variants: rendered anew each time they would be
# half of a page.
@lru_cache(maxsize=1024)
def _rendered(template_name: str, _language: str | None, **values: Hashable) -> SafeString:
    return SafeString(get_template(template_name).render(values))


def _filled(template_name: str, language: str | None, **values: str) -> SafeString:
    """A template that does nothing with its values but to show them where there are any, which are HTML.

    It is rendered once for those that are there, with gaps to fill in: a list has twenty cards, and each
    would take as long as four of them do now.
    """
    given = {name: value for name, value in values.items() if value}
    return SafeString(_with_gaps(template_name, language, tuple(given)).format_map(given))


@lru_cache(maxsize=128)
def _with_gaps(template_name: str, _language: str | None, names: tuple[str, ...], **values: Hashable) -> str:
    gaps = {name: SafeString(f"{{{name}}}") for name in names}
    return get_template(template_name).render(values | gaps)


@register.filter
def percent(number: float) -> str:
    """A whole number of percent, as the language writes it."""
    words = localize(number)
    return f"{words}%" if get_language() == "en" else f"{words}\u00a0%"


@register.filter
def as_percent(fraction: float) -> str:
    return percent(round(100 * fraction))


@register.filter
def decimal(number: float) -> str:
    """Two decimals, as the language writes them; below nought with the sign that is as wide as a digit."""
    return floatformat(number, 2).replace("-", "\N{MINUS SIGN}")


@register.filter
def interval(low: float, high: float) -> str:
    """A range in words, as a dash between two numbers looks like a sign of the second."""
    return gettext("%(low)s bis %(high)s") % {"low": decimal(low), "high": decimal(high)}


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """The address of this very page in another language; where there is no page, of the first one."""
    request: HttpRequest = context["request"]
    if request.resolver_match is None:
        with override(language):
            return reverse("home")
    path, mark, query = request.get_full_path().partition("?")
    return f"{_translated(path, language)}{mark}{query}"


@lru_cache(maxsize=64)
def _translated(path: str, language: str) -> str:
    return translate_url(path, language)


@register.filter
def grouped(number: int) -> str:
    """A number with a mark between its thousands, as the language writes it."""
    return number_format(number, use_l10n=True, force_grouping=True) if number > 999 else str(number)


@register.simple_tag
def order_options(here: str) -> SafeString:
    """The orders of a list as options, the one at hand selected."""
    return SafeString(
        "".join(
            f'<option value="{order}"{" selected" if order == here else ""}>{escape(str(name))}</option>'
            for order, name in ORDERS.items()
        )
    )


@register.simple_tag
def choice_options(choices: Iterable[Choice]) -> SafeString:
    """The options of a list, each with how many results it would leave."""
    return SafeString("".join(f"{_option(c.value, c.label)} ({grouped(c.number)})</option>" for c in choices))


# There are hundreds of options in a page, most of them the same in the next one.
@lru_cache(maxsize=1024)
def _option(value: str, label: str) -> str:
    """All but its end."""
    return f'<option value="{escape(value)}">{escape(label)}'


@register.simple_tag
def choice_boxes(name: str, choices: Iterable[Choice]) -> SafeString:
    """A box to tick for each choice of a filter, with how many results it would leave."""
    return SafeString("".join(_box(name, choice) for choice in choices))


def _box(name: str, choice: Choice) -> str:
    value = _escaped(choice.value)
    return (
        f'<div class="choice{"" if choice.number else " choice--empty"}"><input type="checkbox" name="{name}"'
        f' value="{value}" id="{name}-{value}"{" checked" if choice.chosen else ""}>'
        f'<label for="{name}-{value}"><span>{_escaped(choice.label)}</span>'
        f'<span class="count">{grouped(choice.number)}</span></label></div>'
    )


@register.simple_tag
def place_options(scope: Scope) -> SafeString:
    """The options of a list of places, the one at hand selected."""
    here = scope.place.slug if scope.place else ""
    return SafeString(
        "".join(
            f'<option value="{_escaped(place.slug)}"{" selected" if place.slug == here else ""}>'
            f"{_escaped(place.name)}</option>"
            for place in scope.places
        )
    )


@register.filter
def share_of(shares: Iterable[Share], programme: Programme) -> Share | None:
    """A programme's share; None where texts of several places have none to be compared by."""
    return next((share for share in shares if share.programme == programme), None)


@register.filter
def change_of(comparison: Comparison, passage: Passage) -> Change | None:
    """What became of a sentence of a former edition; None where it stands as it did."""
    return comparison.by_passage.get(passage.pk)


# As of the options.
@lru_cache(maxsize=1024)
def _escaped(words: str) -> str:
    return escape(words)


@register.filter
def mark_words(text: str, typed: str) -> SafeString:
    """The text with all that a search for what was typed finds in it marked, to the letter the same."""
    pieces, at = [], 0
    for start, end in find_hits(text, typed):
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return SafeString("".join([*pieces, escape(text[at:])]))
