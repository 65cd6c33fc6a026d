"""Room for the calls of a page."""

import resource

import pytest
from django.http import HttpRequest, HttpResponse

from programme_portal.room import make_room_for_calls


def walk_down(calls: int) -> int:
    return walk_down(calls - 1) if calls else 0


def page_with_loops(request: HttpRequest) -> HttpResponse:
    for _turn in range(200):
        walk_down(100)
    return HttpResponse()


def pages_of_memory_fetched(callers: int) -> int:
    """By a page that so many calls lead to."""
    if callers:
        return pages_of_memory_fetched(callers - 1)
    page = make_room_for_calls(page_with_loops)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    page(HttpRequest())
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.parametrize("callers", range(0, 200, 10))
def test_a_loop_fetches_no_memory_at_every_turn_wherever_its_calls_begin(callers: int) -> None:
    assert pages_of_memory_fetched(callers) < 100
