"""Small things that templates say."""

import re

from django import template
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from pledges.folding import fold

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of templates/_icons.html; the words beside it say the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href="#icon-{}"/></svg>', name
    )


@register.filter
def percent(number: float) -> str:
    """A whole number of percent, as the language writes it."""
    words = localize(number)
    return f"{words}%" if get_language() == "en" else f"{words}\u00a0%"


@register.filter
def as_percent(fraction: float) -> str:
    return percent(round(100 * fraction))


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """The address of this very page in another language; where there is no page, of the first one."""
    request: HttpRequest = context["request"]
    if request.resolver_match is None:
        with override(language):
            return reverse("home")
    return translate_url(request.get_full_path(), language)


@register.filter
def mark_words(text: str, words: str) -> SafeString:
    """The text with every occurrence of the search words marked, whatever their case and umlauts."""
    wanted = fold(words).split()
    if not wanted:
        return conditional_escape(text)
    folded, places = _fold_with_places(text)
    spans = sorted(
        (places[found.start()], places[found.end() - 1] + 1)
        for word in wanted
        for found in re.finditer(re.escape(word), folded)
    )
    pieces, at = [], 0
    for start, end in _joined(spans):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if hit else piece,) for piece, hit in pieces)
    )


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter, and say for each letter of the result where in the text it comes from."""
    letters = [(fold(letter) or " ", place) for place, letter in enumerate(text)]
    return (
        "".join(folded for folded, _place in letters),
        [place for folded, place in letters for _letter in folded],
    )


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
