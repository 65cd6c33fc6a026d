"""The programmes, parties and topics that the public may see, kept in the process until one of them changes.

Nearly every page needs the whole list, and it seldom changes: reading it for each page would cost three
queries, and at some thousand programmes more time than all the rest of the page.
"""

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from pledges.alphabet import place_in_alphabet
from pledges.models import Authorship, Election, Party, Place, Programme, Topic
from pledges.places import Texts, by_place
from pledges.versions import Version


@dataclass(frozen=True)
class Directory:
    """Programmes with place, election and authors, by name; parties by name; topics in no order.

    The rows are shared between requests and threads: to be read only.
    """

    programmes: tuple[Programme, ...]
    parties: tuple[Party, ...]
    unordered_topics: tuple[Topic, ...]

    @cached_property
    def texts(self) -> list[Programme]:
        """The parties' own texts; a digest is nobody's words."""
        return [programme for programme in self.programmes if not programme.digest_of_id]

    @cached_property
    def texts_by_place(self) -> Texts:
        return by_place(self.texts)

    @cached_property
    def digests(self) -> list[Programme]:
        return [programme for programme in self.programmes if programme.digest_of_id]

    def digests_of(self, place: Place | None) -> list[Programme]:
        """Those of the place's texts; none while no place is chosen."""
        return [digest for digest in self.digests if place and digest.place_id == place.pk]

    @property
    def topics(self) -> list[Topic]:
        """By name in the language at hand."""
        language = get_language()
        return sorted(self.unordered_topics, key=lambda topic: place_in_alphabet(topic.name_in(language)))

    @cached_property
    def parties_without_text(self) -> list[Party]:
        with_text = {party.pk for programme in self.programmes for party in programme.authors}
        return [party for party in self.parties if party.pk not in with_text]


Row = TypeVar("Row", Programme, Party, Topic)

_kept: dict[int, Directory] = {}
_lock = Lock()


def directory(request: HttpRequest) -> Directory:
    """Return the directory as of the request's version of the data; six queries after it changed."""
    version: Version = request.version  # type: ignore[attr-defined]
    # One thread reads, the others wait for it: all of them at once would leave many times the memory behind.
    with _lock:
        found = _kept.get(version.directory)
        if found is None:
            found = read_directory()
            forget()
            _kept[version.directory] = found
            _spare_the_collector()
    return found


def _spare_the_collector() -> None:
    """Take what stays for long out of the garbage collector's sight: every few dozen pages it would go
    through all of it, which at some thousand programmes takes longer than three pages."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def find_or_404(rows: Iterable[Row], slug: str) -> Row:
    """Return the one with this slug. Raises Http404."""
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        raise Http404(slug)
    return found


def forget() -> None:
    _kept.clear()


def read_directory() -> Directory:
    parties = {party.pk: party for party in Party.objects.published()}
    by_name = sorted(parties.values(), key=lambda party: (place_in_alphabet(party.short_name), party.slug))
    return Directory(_read_programmes(parties), tuple(by_name), tuple(Topic.objects.all()))


def _read_programmes(parties: dict[int, Party]) -> tuple[Programme, ...]:
    """Those that are published, by name; of a place, an election or a party there is one object for all."""
    authors: dict[int, list[Party]] = {}
    for key, party in Authorship.objects.order_by("position").values_list("programme", "party"):
        if party in parties:
            authors.setdefault(key, []).append(parties[party])
    programmes = Programme.objects.published().select_related("document")
    known = programmes.defer("document__content", "document__text").by_name()
    # Behind them: a programme that came a moment ago may be the first of its place or election.
    places, elections = Place.objects.in_bulk(), Election.objects.in_bulk()
    several = len({programme.place_id for programme in known}) > 1
    for programme in known:
        programme.place = places[programme.place_id]
        programme.election = elections[programme.election_id] if programme.election_id else None
        programme.authors = authors.get(programme.pk, [])
        programme.names_place = several
    return tuple(known)
