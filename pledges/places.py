"""Which place's texts a page is about: texts are compared within a place."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pledges.alphabet import place_in_alphabet
from pledges.links import link_with
from pledges.models import Place, Programme
from pledges.problems import Problem, nearest


@dataclass(frozen=True, slots=True)
class Scope:
    """`places`: those with texts, by name; `place`: the one that the link names, or the only one there is.

    `texts` are those of the place, all of them where none is named yet.
    """

    places: tuple[Place, ...]
    place: Place | None
    texts: list[Programme]
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a place has to be chosen before texts can stand side by side."""
        return self.place is None and len(self.places) > 1

    @property
    def has_choice(self) -> bool:
        return len(self.places) > 1

    @property
    def query(self) -> str:
        """What a link to another page of the same place ends with; "" where there is only one."""
        return f"?ort={self.place.slug}" if self.place and self.has_choice else ""

    @property
    def status(self) -> int:
        return 400 if self.problems else 200


@dataclass(frozen=True, slots=True)
class Texts:
    """`all` in their own order; `of` the places, by slug, those of each, the places by name."""

    all: list[Programme]
    of: dict[str, list[Programme]]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(texts[0].place for texts in self.of.values())


def by_place(texts: Iterable[Programme]) -> Texts:
    """Group texts by their place."""
    known = list(texts)
    found: dict[str, list[Programme]] = {}
    for text in known:
        found.setdefault(text.place.slug, []).append(text)
    return Texts(
        known, dict(sorted(found.items(), key=lambda one: (place_in_alphabet(one[1][0].place.name), one[0])))
    )


def scope_of(request: HttpRequest, texts: Texts) -> Scope:
    """Return what the request's `ort` means for these texts, or the problem with it.

    Several places at once are as none: there is nothing to compare between towns.
    """
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("ort") if slug))
    unknown = [slug for slug in asked if slug not in texts.of]
    if unknown:
        return Scope(texts.places, None, texts.all, [_problem(request, unknown[0], texts.places)])
    return narrowed(texts, asked)


def narrowed(texts: Texts, slugs: Collection[str]) -> Scope:
    """Return the scope of the one place with one of these slugs, or of the only place that there is."""
    chosen = [slug for slug in texts.of if slug in slugs] or list(texts.of)
    if len(chosen) != 1:
        return Scope(texts.places, None, texts.all)
    own = texts.of[chosen[0]]
    return Scope(texts.places, own[0].place, own)


def _problem(request: HttpRequest, slug: str, places: Sequence[Place]) -> Problem:
    near = nearest(slug, [(place.slug, place.name) for place in places])
    link = link_with(request.GET, "ort", [near[0]] if near else [])
    return Problem(_("Ort"), slug, near[1] if near else "", link)
