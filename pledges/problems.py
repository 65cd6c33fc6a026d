"""What is wrong with a link: values that do not exist, and what somebody may have meant by them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from django import forms
from django.http import QueryDict

from pledges.folding import fold
from pledges.links import link_with

# Of more wrong values than these no more is said: finding the nearest of some thousand takes its time.
MOST_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """A value in a link that a filter doesn't know. `link`: the same with the nearest valid value."""

    label: str
    value: str
    nearest: str
    link: str


def nearest(value: str, names: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the (slug, name) of which the slug or the name is most like `value`, None if none is alike."""
    words = {fold(word): (slug, name) for slug, name in names for word in (name, slug)}
    close = difflib.get_close_matches(fold(value), words, n=1, cutoff=0.5)
    return words[close[0]] if close else None


def find_problems(form: forms.Form, data: QueryDict) -> list[Problem]:
    """Return the values that a form refuses, with what may have been meant; none if the form is valid."""
    unknown = (
        (name, field, value)
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField)
        for value in dict.fromkeys(data.getlist(name))
        if value and not field.valid_value(value)
    )
    refused = [
        Problem(str(form.fields[name].label), str(data[name]), "", link_with(data, name, []))
        for name in form.errors
        if name in data and not isinstance(form.fields[name], forms.ChoiceField)
    ]
    return [_problem(*one, data) for one in islice(unknown, MOST_PROBLEMS)] + refused


def _problem(name: str, field: forms.ChoiceField, value: str, data: QueryDict) -> Problem:
    choices = [(str(slug), str(label)) for slug, label in cast(Any, field.choices) if slug]
    near = nearest(value, choices)
    values = [near[0] if near and given == value else given for given in data.getlist(name)]
    valid = [given for given in dict.fromkeys(values) if field.valid_value(given)]
    return Problem(str(field.label), value, near[1] if near else "", link_with(data, name, valid))
