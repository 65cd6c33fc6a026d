"""Codings out of the admin as a table, and back in after a look at what would change."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, cast

import tablib
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from import_export.results import Result

from pledges.exchange import NEEDED, CodingResource
from pledges.tables import FORMATS, MOST_ROWS, UnreadableTable, as_text, read_table, write_table

_SALT = "pledges.exchange"
_KEPT_SECONDS = 24 * 60 * 60


class TableForm(forms.Form):
    """A table to read; valid, it holds the table itself as `table`."""

    file = forms.FileField(
        label=_("Tabelle"),
        help_text=_("CSV oder XLSX, wie hier ausgegeben; nur die Einordnungen dürfen geändert sein."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        ending = PurePath(file.name or "").suffix.removeprefix(".").lower()
        try:
            self.table = read_table(file.read(), ending)
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from error
        missing = [column for column in NEEDED if column not in (self.table.headers or [])]
        if missing:
            raise forms.ValidationError(_("Diese Spalten fehlen: %s.") % ", ".join(missing))
        return file


class ExchangeViews(admin.ModelAdmin):
    """For the admin of statements: its list, as filtered, as a table, and a table back into it."""

    change_list_template = "admin/pledges/exchange_list.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"pledges_{self.opts.model_name}"
        return [
            path(
                "export/<slug:ending>/", self.admin_site.admin_view(self.export_view), name=f"{name}_export"
            ),
            path("import/", self.admin_site.admin_view(self.import_view), name=f"{name}_import"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        more = {"may_import": self.has_change_permission(request), "endings": FORMATS}
        return super().changelist_view(request, more | (extra_context or {}))

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The list with the filters, search and order of the address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if ending not in FORMATS:
            raise Http404(ending)
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{self._url('changelist')}?e=1")
        if shown.result_count > MOST_ROWS:
            said = gettext(
                "Diese Liste hat %(number)s Aussagen, eine Tabelle höchstens %(most)s. Bitte grenzen Sie die "
                "Liste mit den Filtern ein."
            )
            messages.error(request, said % {"number": shown.result_count, "most": MOST_ROWS})
            return redirect(self._url("changelist") + shown.get_query_string())
        found = shown.queryset
        table = CodingResource(cast(User, request.user)).export(
            found.select_related("programme", "passage__section").prefetch_related("topics_given")
        )
        stem = gettext("kodierungen")
        name = f"{stem}-{timezone.localdate():%Y-%m-%d}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        # As German spreadsheets take it apart. Between commas a semicolon in a sentence would begin a cell of
        # its own, and what follows it could be a formula.
        options = {"delimiter": ";"} if ending == "csv" else {}
        content = write_table(table, ending, **options)
        return HttpResponse(content, content_type=FORMATS[ending], headers=headers)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The form, then what would change, then the change; nothing is stored in between."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if "checked" in request.POST:
            return self._take(request)
        form = TableForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file_name = form.cleaned_data["file"].name
            # The first row holds the names of the columns.
            return self._preview(request, form.table, file_name, range(2, len(form.table) + 2))
        return self._page(request, form=form, status=400 if form.errors else 200)

    def _preview(
        self, request: HttpRequest, table: tablib.Dataset, file_name: str, numbers: Sequence[int]
    ) -> HttpResponse:
        resource = CodingResource(cast(User, request.user), file_name, numbers)
        result = _run(resource, table, dry_run=True)
        checked = {
            "editor": request.user.pk,
            "name": file_name,
            "rows": _changing_rows(resource, table),
            "numbers": [change.row for change in resource.changes],
        }
        return self._page(
            request,
            form=TableForm(),
            resource=resource,
            file_name=file_name,
            invalid=[(numbers[row.number - 1], row.error_dict) for row in result.invalid_rows],
            checked=signing.dumps(checked, salt=_SALT, compress=True),
            status=400 if result.has_validation_errors() else 200,
        )

    def _take(self, request: HttpRequest) -> HttpResponse:
        """Store what was looked at; if it would do something else by now, show that instead."""
        try:
            checked = signing.loads(request.POST["checked"], salt=_SALT, max_age=_KEPT_SECONDS)
        except signing.BadSignature:
            checked = {}
        if checked.get("editor") != request.user.pk:
            messages.error(request, gettext("Bitte wählen Sie die Tabelle noch einmal aus."))
            return redirect(self._url("import"))
        table = tablib.Dataset(*checked["rows"], headers=NEEDED)
        name, numbers = checked["name"], checked["numbers"]
        resource = CodingResource(cast(User, request.user), name, numbers, strict=True)
        _run(resource, table, dry_run=False)
        # The same form twice, as by a double click, finds that all of it stands already.
        if resource.made is None and resource.unchanged < len(table):
            messages.warning(request, gettext("Inzwischen hat sich etwas geändert; nichts ist gespeichert."))
            return self._preview(request, table, name, numbers)
        number = len(table)
        done = ngettext(
            "%(number)s Kodierung ist im Verlauf und gilt.",
            "%(number)s Kodierungen sind im Verlauf und gelten.",
            number,
        )
        messages.success(request, done % {"number": number})
        return redirect(self._url("changelist"))

    def _url(self, name: str) -> str:
        return reverse(f"admin:pledges_{self.opts.model_name}_{name}")

    def _page(self, request: HttpRequest, status: int, **more: Any) -> HttpResponse:
        title = gettext("Kodierungen aus einer Tabelle")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}
        return render(request, "admin/pledges/import.html", context, status=status)


def _run(resource: CodingResource, table: tablib.Dataset, *, dry_run: bool) -> Result:
    """The same code for looking and for storing; what isn't the table's fault is raised."""
    result = resource.import_data(table, dry_run=dry_run, rollback_on_validation_errors=True)
    for error in (*result.base_errors, *(e for row in result.error_rows for e in row.errors)):
        raise error.error
    return result


def _changing_rows(resource: CodingResource, table: tablib.Dataset) -> list[list[str]]:
    """The rows that change something, as they came, in the order of NEEDED."""
    places = [table.headers.index(column) for column in NEEDED]
    rows = [table[resource.numbers.index(change.row)] for change in resource.changes]
    return [[as_text(row[place]) for place in places] for row in rows]
