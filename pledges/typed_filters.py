"""Filters typed into the search field, `thema:wohnen partei:spd`, turned into those of the link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from pledges.folding import fold
from pledges.links import link_with
from pledges.problems import Problem, nearest
from pledges.search.query import Filter, Query

# What an English reader types.
IN_ENGLISH = {
    "topic": "thema",
    "party": "partei",
    "programme": "programm",
    "place": "ort",
    "kind": "art",
    "commitment": "bindung",
    "measurable": "messbar",
    "origin": "herkunft",
}
Choices = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Resolved:
    """`link`: the same page with the filters in the link and no longer in what is searched for."""

    link: str
    problems: tuple[Problem, ...]


def resolve(query: Query, given: QueryDict, form: forms.Form, names: Sequence[str]) -> Resolved:
    """Resolve the filters of a query among those of a form with these names; there has to be one."""
    choices = {name: [(str(s), str(label)) for s, label in form.fields[name].choices] for name in names}  # type: ignore[attr-defined]
    link = given.copy()
    link.pop("seite", None)
    link.pop("q")
    if query.words:
        link["q"] = query.words
    problems = []
    for typed in query.filters:
        name = _name(typed.name, choices)
        slugs = [_slug(value, choices.get(name, ())) for value in typed.values]
        if typed.excludes or name not in choices or not slugs or None in slugs:
            label = str(form.fields[name].label) if name in choices and not typed.excludes else _("Filter")
            problems.append(_problem(typed, query, given, choices, label))
        else:
            chosen = dict.fromkeys([*given.getlist(name), *link.getlist(name), *(s for s in slugs if s)])
            link.setlist(name, [slug for slug in chosen if slug])
    return Resolved(f"?{link.urlencode()}", tuple(problems))


def _name(typed: str, choices: Choices) -> str:
    folded = fold(typed)
    return IN_ENGLISH.get(folded, folded) if folded not in choices else folded


def _slug(value: str, choices: Sequence[tuple[str, str]]) -> str | None:
    wanted = fold(value)
    return next((slug for slug, label in choices if wanted in (fold(slug), fold(label))), None)


def _problem(typed: Filter, query: Query, given: QueryDict, choices: Choices, label: str) -> Problem:
    """Say which filter or value there is none of, and what may have been meant."""
    name = _name(typed.name, choices)
    if typed.excludes or name not in choices:
        near = nearest(name, [(known, f"{known}:") for known in choices])
        wrong = query.typed[slice(*typed.span)]
        said = meant = f"{near[0]}:{','.join(typed.values)}" if near else ""
    else:
        wrong = next((value for value in typed.values if _slug(value, choices[name]) is None), "")
        near = nearest(wrong, choices[name])
        said, meant = (near[1], f"{name}:{near[0]}") if near else ("", "")
    return Problem(label, wrong, said, link_with(given, "q", [query.replaced({typed.span: meant})]))
