"""Filters in the address of a list that no link has: answered as Django answers most of them."""

import logging
import re
from collections.abc import Callable

from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

logger = logging.getLogger(__name__)

_LIST = re.compile(r"(admin:\w+)_(?:changelist|export)")
# What comes of values that nobody looked at: numbers, dates and ranges that are none.
_NO_SENSE = (ValueError, IndexError, OverflowError, DataError, ProgrammingError)


class WrongFilters:
    """Middleware: who asks a list of the admin for what makes no sense is shown it without filters.

    Django checks most filters before it asks the database; numbers and dates too large, or a lookup that
    wants other values, only fail there. What fails without a filter too is a fault of the portal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        found = _LIST.fullmatch(request.resolver_match.view_name) if request.resolver_match else None
        if not found or request.method != "GET" or not isinstance(error, _NO_SENSE):
            return None
        if not request.GET or ERROR_FLAG in request.GET:
            return None
        logger.warning("Filters without sense for %s", found[1], exc_info=error)
        return redirect(f"{reverse(f'{found[1]}_changelist')}?{ERROR_FLAG}=1")
