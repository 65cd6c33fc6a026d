"""Room for the calls of a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Counted with strace, no kind of page that the benchmark asks for needs a second piece beyond this.
# What isn't used costs address space alone.
_ROOM = 128 * 1024
_WORD = 8


def make_room_for_calls(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lets all the calls that a page makes stand in one piece of memory.

    CPython 3.11 and 3.12 keep the frames of calls in pieces of 16 kB, and give a piece back to the system
    when the first call in it returns. Pages go deeper than one, and where the edge between two falls into a
    loop, every turn fetches and returns memory: some hundred times a page
    (https://github.com/python/cpython/issues/142183). Where it falls hangs on who calls, so the same page is
    quick from one server and slow from another. A frame that says it needs more than a piece gets one of its
    own, of the next power of two, and the calls within have the rest.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=_ROOM // _WORD)
    return middleware
