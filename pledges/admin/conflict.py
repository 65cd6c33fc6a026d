"""Two editors at once: who saves on top of what another decided meanwhile sees both and chooses."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pledges.admin.coding_form import CodingForm
from pledges.differences import side_by_side
from pledges.history import coding_labels
from pledges.models import Coding

Row = tuple[str, str, str, bool]
"""A name, what stands, what was sent, and whether these differ."""


def compared(name: object, stands: str, sent: str) -> Row:
    return str(name), stands, sent, stands != sent


def conflict_page(
    request: HttpRequest, site: AdminSite, form: CodingForm, newer: Coding, *, keep: str
) -> TemplateResponse:
    """Show the newer coding beside that of the valid form; `keep` as in `meanwhile_page`."""
    rows = side_by_side(coding_labels(newer), form.labelling)
    about = {"statement": form.instance, "newer": newer}
    return meanwhile_page(request, site, "conflict", rows, seen=newer.pk, keep=keep, **about)


def meanwhile_page(
    request: HttpRequest,
    site: AdminSite,
    name: str,
    rows: Sequence[Row],
    *,
    seen: Any,
    keep: str,
    **about: Any,
) -> TemplateResponse:
    """Show what stands beside what was sent; `keep` is where those go who leave it at that.

    The other choice sends the same form again, as one that has `seen` what stands.
    """
    context = {
        **site.each_context(request),
        "title": _("Jemand war schneller"),
        "rows": rows,
        "is_same": not any(differs for *_values, differs in rows),
        "posted": _posted_again(request),
        "seen": seen,
        "keep": keep,
        **about,
    }
    return TemplateResponse(request, f"admin/pledges/{name}.html", context, status=409)


def _posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "seen")
        for value in values
    ]
