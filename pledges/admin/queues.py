"""What the admin's queues share: a case a screen, skipping, going back, what a session remembers of it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from pledges.admin.signed_out import only_posted
from pledges.keys import key_of

# What a session remembers, so that its row stays small.
MOST_REMEMBERED = 500


class QueueViews(admin.ModelAdmin):
    """A queue's addresses beside those of its model. `case_name`: the parameter that names a case."""

    case_name: str
    filter_form: type[forms.Form]

    def get_urls(self) -> list[URLPattern]:
        def of(address: str, view: Any, name: str) -> URLPattern:
            return path(address, view, name=f"pledges_{self.opts.model_name}_{name}")

        def posted(view: Any) -> Any:
            return self.admin_site.admin_view(only_posted(view))

        return [
            of("queue/", self.admin_site.admin_view(self.queue_view), "queue"),
            of("queue/skip/", posted(self.skip_view), "queue_skip"),
            of("queue/skipped/", posted(self.unskip_view), "queue_unskip"),
            of("queue/undo/", posted(self.undo_last_view), "queue_undo"),
            *super().get_urls(),
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Show the case asked for, or lead to the first; judge it where a form is sent.

        An address a case: the browser's Back shows what it showed, and never one's form on another.
        """
        filters = self.filters(request)
        if not filters.is_valid():
            return self.queue_page(request, filters, {}, status=400)
        if request.method == "POST":
            return self.judge(request, filters)
        if wanted := request.GET.get(self.case_name):
            return self.show_case(request, filters, key_of(wanted))
        left = self.waiting(request, filters).exclude(pk__in=self.session(request)["skipped"])
        if following := left.values_list("pk", flat=True).first():
            return redirect(self.queue_address(filters, following))
        return self.show(request, filters, None)

    def waiting(self, request: HttpRequest, filters: Any) -> QuerySet:
        """Return the cases that wait, the most pressing first."""
        raise NotImplementedError

    def judge(self, request: HttpRequest, filters: Any) -> HttpResponse:
        """Store what was decided on the case that the form names."""
        raise NotImplementedError

    def show_case(self, request: HttpRequest, filters: Any, key: int) -> HttpResponse:
        """Show the case with this key, if there is one."""
        raise NotImplementedError

    def show(self, request: HttpRequest, filters: Any, case: Any) -> HttpResponse:
        """Show the screen of a case, None where none waits."""
        raise NotImplementedError

    def undo_last_view(self, request: HttpRequest) -> HttpResponse:
        """Take back the newest decision, and show its case again."""
        raise NotImplementedError

    def skip_view(self, request: HttpRequest) -> HttpResponse:
        """Leave a case out for this session."""
        address = self.queue_address(self.checked_filters(request))
        if case := key_of(request.POST.get(self.case_name)):
            self.remember(request, "skipped", case)
            self.remember(request, "past", case)
            self.message_user(request, gettext("Übersprungen."))
        return redirect(address)

    def unskip_view(self, request: HttpRequest) -> HttpResponse:
        """Bring back what was skipped."""
        address = self.queue_address(self.checked_filters(request))
        self.store(request, skipped=[])
        return redirect(address)

    # --- What a session remembers

    def session(self, request: HttpRequest) -> dict[str, list]:
        return {"skipped": [], "past": [], "done": []} | request.session.get(self._session_name, {})

    def remember(self, request: HttpRequest, name: str, case: int) -> None:
        kept = [other for other in self.session(request)[name] if other != case]
        self.store(request, **{name: [*kept, case][-MOST_REMEMBERED:]})

    def store(self, request: HttpRequest, **changes: list) -> None:
        request.session[self._session_name] = self.session(request) | changes

    @property
    def _session_name(self) -> str:
        return f"{self.opts.model_name}_queue"

    # --- Filters and addresses

    def filters(self, request: HttpRequest) -> forms.Form:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self.filter_form(request.GET)

    def checked_filters(self, request: HttpRequest) -> forms.Form:
        """The filters that a form comes back to; those that make no sense are dropped."""
        filters = self.filters(request)
        filters.is_valid()
        return filters

    def queue_address(self, filters: forms.Form, case: int | None = None) -> str:
        given = {name: getattr(value, "slug", value) for name, value in filters.cleaned_data.items() if value}
        query = urlencode(given | ({self.case_name: case} if case else {}))
        address = reverse(f"admin:pledges_{self.opts.model_name}_queue")
        return f"{address}?{query}" if query else address

    def back_address(self, request: HttpRequest, filters: forms.Form, here: int) -> str:
        """The address of the case that was on the screen before this one; "" for none."""
        past = self.session(request)["past"]
        before = past[: past.index(here)] if here in past else past
        return self.queue_address(filters, before[-1]) if before else ""

    # --- Pages

    def queue_page(
        self, request: HttpRequest, filters: forms.Form, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        session = self.session(request)
        whole = {
            "filters": filters,
            "skipped": len(session["skipped"]),
            "last": session["done"][-1] if session["done"] else None,
            "query": f"?{self.queue_address(filters).partition('?')[2]}" if filters.is_valid() else "",
            **context,
        }
        name = f"admin/pledges/{self.opts.model_name}/queue.html"
        return self.page(
            request, name, gettext("Warteschlange: %s") % self.opts.verbose_name_plural, whole, status
        )

    def page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **context,
        }
        return TemplateResponse(request, template, whole, status=status)


def choice_by_slug(rows: QuerySet, label: Any, empty_label: Any) -> forms.ModelChoiceField:
    """A filter by one of these rows, which stands in the link with its slug."""
    return forms.ModelChoiceField(
        rows, to_field_name="slug", required=False, label=label, empty_label=empty_label
    )


def short(text: str) -> str:
    return f"„{Truncator(text).chars(60)}“"
