"""Whole public pages kept by the version of the data: an unchanged page costs one query and no template.

Public pages depend on nothing but the address, the data, the code and the day (a citation names it); they
set no cookie and know no visitor. So the version of the data, with those, is a page's ETag.
"""

import datetime
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import http_date, parse_etags

from pledges.imprint import imprint
from pledges.versions import Version, data_version

_OTHERS = ("/admin/", "/healthz", "/static/", "/favicon.ico")
_CODE = (
    "pledges",
    "sources",
    "programme_portal",
    "templates",
    "static",
    "docs/quality.json",
    "fixtures/codings/CODEBOOK.md",
    # Packages bring scripts, which pages name by the hash of what is in them.
    "requirements.lock",
)

# What a page says and its 304 as well (RFC 9110, 15.4.5). Browsers keep a page and ask for it anew each time:
# what editors change shows at once. The first header of the two asks for a part, the second for the whole
# nevertheless. What language a browser prefers changes nothing: the address says which it is.
_ALWAYS = {"Cache-Control": "no-cache", "Vary": "HX-Request, HX-History-Restore-Request"}

# A page may take one part in so many of what is kept.
_LARGEST = 4

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class _Page:
    content: bytes
    headers: dict[str, str]


def keep_pages(get_response: GetResponse) -> GetResponse:
    """Middleware: answers 304 or a kept page where it can; stands outside of all others.

    Each process keeps up to settings.PAGE_CACHE_MB, those asked for last; with 0 none, and 304 all the same.
    Files to be downloaded are not kept: one of them would throw out every page.
    """
    kept: LRUCache[str, _Page] = LRUCache(settings.PAGE_CACHE_MB * 2**20, getsizeof=lambda p: len(p.content))
    lock = Lock()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_OTHERS):
            return get_response(request)
        request.version = version = data_version()  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        etag = _etag(request, version)
        # If-None-Match alone is heard: the second of a Last-Modified is too coarse for two changes in it.
        if _is_known(etag, request.META.get("HTTP_IF_NONE_MATCH", "")):
            return HttpResponseNotModified(headers={"ETag": etag, **_ALWAYS})
        with lock:
            page = kept.get(etag)
        if page:
            return HttpResponse(page.content, headers=page.headers)
        response = get_response(request)
        if not _is_public_page(response):
            return response
        response["ETag"] = etag
        if version.changed_at:
            response["Last-Modified"] = http_date(version.changed_at.timestamp())
        for name, value in _ALWAYS.items():
            response[name] = value
        if _is_worth_keeping(response, kept.maxsize):
            with lock:
                kept[etag] = _Page(response.content, dict(response.items()))
        return response

    return middleware


def _is_known(etag: str, sent: str) -> bool:
    """Whether the If-None-Match that a browser sent names the page; proxies that compress mark it as weak.

    A "*" names none: whether there is a page at all isn't known yet.
    """
    return sent == etag or any(tag in (etag, f"W/{etag}") for tag in parse_etags(sent))


def _etag(request: HttpRequest, version: Version) -> str:
    sent = request.META
    asked = (
        request.scheme or "",
        # Whether a name is one of ours is seen to before a page is made, and only what was made is kept.
        sent.get("HTTP_HOST") or f"{sent['SERVER_NAME']}:{sent['SERVER_PORT']}",
        request.path_info,
        sent.get("QUERY_STRING", ""),
        sent.get("HTTP_HX_REQUEST", ""),
        sent.get("HTTP_HX_HISTORY_RESTORE_REQUEST", ""),
        _state(version, _today()),
        _code_fingerprint(),
    )
    return f'"{hashlib.blake2b(chr(0).join(asked).encode(), digest_size=16).hexdigest()}"'


def _today() -> datetime.date:
    """As `timezone.localdate` says it; that one first asks which zone this visitor is in, for far longer."""
    return datetime.datetime.now(timezone.get_default_timezone()).date()


@functools.lru_cache(maxsize=1)
def _state(version: Version, day: datetime.date) -> str:
    # A database that was put back to a backup counts on from there, and comes to the same numbers again.
    return f"{day} {version.content} {version.changed_at}"


def _is_public_page(response: HttpResponse) -> bool:
    """Whether it is whole, well and the same for everybody."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    return "no-store" not in response.get("Cache-Control", "") and "Cookie" not in response.get("Vary", "")


def _is_worth_keeping(response: HttpResponse, room: float) -> bool:
    """Whether others have `room` (bytes) beside it: no file to be downloaded, no page as long as a book."""
    return "Content-Disposition" not in response and len(response.content) <= room / _LARGEST


@functools.cache
def _code_fingerprint() -> str:
    """16 letters over all that pages are made of but data: after an update no browser keeps the old page."""
    digest = hashlib.sha256()
    for part in _CODE:
        root = Path(settings.BASE_DIR, part)
        for path in sorted(root.rglob("*") if root.is_dir() else [root]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    digest.update(imprint().encode())
    return digest.hexdigest()[:16]
