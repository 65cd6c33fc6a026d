"""Files into programmes: hand over, watch it being read, look at what changes, load or discard."""

from functools import partial
from typing import Any, cast

from auditlog.models import LogEntry
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from pledges.admin.signed_out import only_posted
from pledges.admin.upload_about import described
from pledges.admin.upload_form import NEW, UploadForm
from pledges.admin.upload_problems import problem_of
from pledges.editions import Difference, Line
from pledges.keys import key_of
from pledges.models import Kind, Upload, UploadState
from pledges.uploads import (
    WORTH_ANOTHER_TRY,
    OutOfDate,
    ask_to_load,
    discard,
    make_way,
    prepare,
    start,
    try_again,
)

# More of one sort are folded away at first.
SHOWN_AT_ONCE = 50


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    form = UploadForm
    add_form_template = "admin/pledges/upload/add.html"
    fieldsets = [
        (None, {"fields": ["file", "programme"]}),
        (
            gettext_lazy("Neues Programm"),
            {
                "fields": [("party", "second_party", "third_party"), *NEW[3:]],
                "description": gettext_lazy(
                    "Nur auszufüllen, wenn die Datei keine neue Fassung ist. Ein neues Programm ist ein "
                    "Entwurf, bis es jemand veröffentlicht."
                ),
            },
        ),
    ]
    list_display = ["file_name", "target", "state", "uploaded_by", "uploaded_at", "loaded_by"]
    list_filter = ["state"]
    list_select_related = ["programme", "uploaded_by", "loaded_by"]
    date_hierarchy = "uploaded_at"

    @admin.display(description=gettext_lazy("Wofür"))
    def target(self, upload: Upload) -> str:
        words = _("neue Fassung von %(title)s") if upload.is_edition else _("neues Programm: %(title)s")
        return words % {"title": upload.short_title}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        return Upload.objects.light()

    def has_change_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """What was handed over is loaded or discarded, never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """Who replaced which text by what, and when, stays known."""
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:
            # Two clicks at once: the other one was first.
            self.message_user(request, _("Diese Datei liegt schon hier."), messages.WARNING)
            return redirect("admin:pledges_upload_changelist")

    def save_model(self, request: HttpRequest, obj: Upload, form: UploadForm, change: bool) -> None:
        editor = cast(User, request.user)
        prepare(obj, form.content, form.cleaned_data["file"].name, editor, form.about)
        make_way(obj)
        obj.save(force_insert=True)
        transaction.on_commit(partial(start, obj.pk))

    def response_add(
        self, request: HttpRequest, obj: Upload, post_url_continue: str | None = None
    ) -> HttpResponse:
        return redirect("admin:pledges_upload_change", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        def own(name: str, view: Any) -> URLPattern:
            return path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"pledges_upload_{name}")

        steps = {"load": self.load_view, "discard": self.discard_view, "again": self.again_view}
        return [
            own("progress", require_GET(self.progress_view)),
            *(own(name, only_posted(view)) for name, view in steps.items()),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One page for each state: progress, the difference, what came of it, or why nothing did."""
        upload = self._find(request, object_id)
        difference = Difference.from_rows(upload.difference) if upload.difference else None
        context = {
            **self.admin_site.each_context(request),
            "title": upload.file_name,
            "subtitle": self.target(upload),
            "opts": self.opts,
            "upload": upload,
            "may_decide": _may_decide(request),
            "status": status_of(upload),
            "problem": problem_of(upload),
            "worth_another_try": upload.problem in WORTH_ANOTHER_TRY,
            "difference": difference,
            "about": described(upload),
            **(shown(upload, difference) if difference else {}),
        }
        return TemplateResponse(request, "admin/pledges/upload/change.html", context)

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._find(request, str(pk))
        state = "silent" if upload.is_silent else upload.state
        found = {"state": state, "status": status_of(upload), "value": upload.pages_read, "max": upload.pages}
        response = JsonResponse(found)
        response.headers["Cache-Control"] = "no-store"
        return response

    def load_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._find(request, str(pk), to_decide=True)
        if _is_doubtful(upload) and "sure" not in request.POST:
            message = _(
                "Es wurde nichts geladen. Bestätigen Sie zuerst, dass die Datei wirklich eine neue Fassung "
                "von „%(title)s“ ist."
            )
            self.message_user(request, message % {"title": upload.short_title}, messages.ERROR)
            return redirect("admin:pledges_upload_change", pk)
        try:
            if ask_to_load(upload, cast(User, request.user)):
                start(upload.pk)
            else:
                self.message_user(
                    request, _("Diese Datei wird gerade geladen oder ist schon geladen."), messages.WARNING
                )
        except OutOfDate:
            self.message_user(request, _("Es wurde nichts geladen."), messages.ERROR)
        return redirect("admin:pledges_upload_change", pk)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._find(request, str(pk), to_decide=True)
        if discard(upload):
            # The row says who handed the file over and who had it loaded, but not who let go of it.
            changes = {"state": [upload.state, UploadState.DISCARDED.value]}
            LogEntry.objects.log_create(upload, action=LogEntry.Action.UPDATE, changes=changes)
            self.message_user(request, _("Die Datei ist verworfen; am Programm ist nichts geändert."))
        else:
            message = _("Diese Datei wird gerade geladen oder ist schon geladen oder verworfen.")
            self.message_user(request, message, messages.WARNING)
        return redirect("admin:pledges_upload_change", pk)

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._find(request, str(pk), to_decide=True)
        if try_again(upload):
            start(upload.pk)
        else:
            self.message_user(request, _("Der Vorgang läuft bereits."), messages.WARNING)
        return redirect("admin:pledges_upload_change", pk)

    def _find(self, request: HttpRequest, key: str, *, to_decide: bool = False) -> Upload:
        if not self.has_view_permission(request) or (to_decide and not _may_decide(request)):
            raise PermissionDenied
        known = Upload.objects.select_related("programme", "uploaded_by", "loaded_by", "document")
        known = known.defer("content", "document__content", "document__text")
        return get_object_or_404(known, pk=key_of(key))


def _may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("pledges.change_upload")


def _is_doubtful(upload: Upload) -> bool:
    return upload.difference is not None and Difference.from_rows(upload.difference).is_doubtful


def status_of(upload: Upload) -> str:
    """Return in words how far it is."""
    if upload.is_silent:
        return _("Der Vorgang meldet sich seit über einer Minute nicht mehr.")
    match upload.state:
        case UploadState.WAITING:
            return _("Gleich geht es los.")
        case UploadState.READING | UploadState.LOADING if not upload.pages:
            return _("Die Datei wird gelesen.")
        case UploadState.READING | UploadState.LOADING if upload.pages_read < (upload.pages or 0):
            words = ngettext(
                "%(read)s von %(of)s Seite gelesen.", "%(read)s von %(of)s Seiten gelesen.", upload.pages or 0
            )
            return words % {"read": upload.pages_read, "of": upload.pages}
        case UploadState.READING:
            return _("Alle Seiten sind gelesen. Die Sätze werden kodiert und verglichen.")
        case UploadState.LOADING:
            return _("Alle Seiten sind gelesen. Die Sätze werden kodiert und geladen.")
        case _:
            return str(UploadState(upload.state).label)


def shown(upload: Upload, difference: Difference) -> dict[str, Any]:
    """What the page of a difference shows: the counts, the changes by sort, the text with its marks."""
    reworded, back, new = difference.of("reworded"), difference.of("back"), difference.of("new")
    kept = difference.of("kept")
    sorts = [
        ("kept", _("unverändert"), kept, _("bleiben, wo sie sind")),
        ("reworded", _("mit geändertem Wortlaut"), reworded, _("wandern mit und werden noch einmal geprüft")),
        ("back", _("wieder im Text"), back, _("gelten wieder")),
        ("new", _("neu"), new, ""),
        ("gone", _("entfallen"), list(difference.gone), _("bleiben auf der Seite der Aussage")),
    ]
    marked = [line for line in difference.lines if line.marked]
    return {
        "counts": [
            {"how": how, "name": name, "number": len(lines), "codings": _codings(lines), "fate": fate}
            for how, name, lines, fate in sorts
        ],
        "all_codings": _codings([*difference.lines, *difference.gone]),
        "changes": [
            {"how": how, "name": name, "lines": lines, "open": len(lines) <= SHOWN_AT_ONCE}
            for how, name, lines, _fate in sorts
            if how != "kept" and lines and not (how == "new" and len(lines) == len(difference.lines))
        ],
        "marked": len(marked),
        "marked_codings": _codings(marked),
        "pledges": sum(line.kind == Kind.PLEDGE for line in new),
        "chapters": [
            {
                "title": title,
                "lines": lines,
                "open": any(line.how != "kept" for line in lines) and upload.is_edition,
            }
            for title, lines in difference.chapters()
        ],
    }


def _codings(lines: list[Line]) -> int:
    return sum(line.codings for line in lines)
