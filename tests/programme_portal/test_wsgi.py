"""What a worker does beside answering."""

import gc
import importlib
import weakref
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished


class Cycle:
    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def worker() -> Iterator[None]:
    """As in a worker, without other listeners, and without a collector by chance."""
    before, receivers = gc.get_threshold(), request_finished.receivers
    request_finished.receivers = []
    request_finished.sender_receivers_cache.clear()
    importlib.reload(importlib.import_module("programme_portal.wsgi"))
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.set_threshold(*before)
    request_finished.receivers = receivers
    request_finished.sender_receivers_cache.clear()


@pytest.mark.parametrize(("left_behind", "is_collected"), [(3000, True), (50, False)])
def test_what_a_page_leaves_behind_is_collected_once_it_is_sent(
    worker: None, left_behind: int, is_collected: bool
) -> None:
    first = weakref.ref(Cycle())
    assert first() is not None
    for _object in range(left_behind):
        Cycle()

    request_finished.send(None)

    assert (first() is None) == is_collected


def test_what_outlived_several_pages_is_collected_too(worker: None) -> None:
    lasting = Cycle()
    gc.collect(0)
    first = weakref.ref(lasting)
    del lasting

    for _page in range(20):
        for _object in range(3000):
            Cycle()
        request_finished.send(None)

    assert first() is None
