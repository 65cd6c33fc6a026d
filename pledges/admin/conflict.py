"""Two editors on one statement: who saves on top of a newer coding sees both and chooses."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pledges.admin.coding_form import CodingForm
from pledges.admin.judging import posted_again
from pledges.differences import side_by_side
from pledges.history import coding_labels
from pledges.models import Coding


def conflict_page(
    request: HttpRequest, site: AdminSite, form: CodingForm, newer: Coding, *, keep: str
) -> TemplateResponse:
    """Show the newer coding beside that of the valid form; `keep` is where those go who leave it at that.

    The other choice sends the same form again, as one that has seen the newer coding.
    """
    rows = side_by_side(coding_labels(newer), form.labelling)
    context = {
        **site.each_context(request),
        "title": _("Jemand war schneller"),
        "statement": form.instance,
        "newer": newer,
        "rows": rows,
        "is_same": not any(differs for *_values, differs in rows),
        "posted": posted_again(request),
        "keep": keep,
    }
    return TemplateResponse(request, "admin/pledges/conflict.html", context, status=409)
