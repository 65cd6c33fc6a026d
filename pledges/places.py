"""Which place's texts a page is about: texts are compared within a place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pledges.models import Place, Programme
from pledges.suggestions import Problem, nearest


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


def scope_of(request: HttpRequest, texts: list[Programme]) -> Scope:
    """Return what the request's `ort` means for these texts, or the problem with it.

    Several places at once are as none: there is nothing to compare between towns.
    """
    places = _places(texts)
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("ort") if slug))
    unknown = [slug for slug in asked if slug not in {place.slug for place in places}]
    if unknown:
        return Scope(places, None, texts, [_problem(request, unknown[0], places)])
    return narrowed(texts, asked)


def narrowed(texts: list[Programme], slugs: Collection[str]) -> Scope:
    """Return the scope of the one place with one of these slugs, or of the only place that there is."""
    places = _places(texts)
    chosen = [place for place in places if place.slug in slugs] or list(places)
    if len(chosen) != 1:
        return Scope(places, None, texts)
    return Scope(places, chosen[0], [text for text in texts if text.place_id == chosen[0].pk])


def _places(texts: Sequence[Programme]) -> tuple[Place, ...]:
    found: dict[int, Place] = {}
    for text in texts:
        if text.place_id not in found:
            found[text.place_id] = text.place
    return tuple(sorted(found.values(), key=lambda place: (place.name.casefold(), place.slug)))


def _problem(request: HttpRequest, slug: str, places: Sequence[Place]) -> Problem:
    near = nearest(slug, [(place.slug, place.name) for place in places])
    link = request.GET.copy()
    link.setlist("ort", [near[0]] if near else [])
    return Problem(_("Ort"), slug, near[1] if near else "", f"?{link.urlencode()}")
