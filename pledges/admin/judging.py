"""What the queues of relations and of renderings share: skipping, going back, taking back, conflicts."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pledges.admin.signed_out import only_posted
from pledges.judging import Decision, JudgedMeanwhile, fingerprint, take_back
from pledges.keys import key_of
from pledges.models import Relation, Rendering

# What a session remembers, so that its row stays small.
MOST_REMEMBERED = 500
MOST_DECISIONS = 50


class Opinion(NamedTuple):
    """A row of the page that shows two decisions side by side."""

    name: str
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


class JudgingViews(admin.ModelAdmin):
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
        raise NotImplementedError

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is wrong is judged to be wrong, and stays."""
        return False

    def skip_view(self, request: HttpRequest) -> HttpResponse:
        """Leave a case out for this session."""
        address = self.queue_address(self.checked_filters(request))
        if case := key_of(request.POST.get(self.case_name)):
            self.remember(request, "skipped", case)
            self.remember(request, "past", case)
            self.message_user(request, _("Übersprungen."))
        return redirect(address)

    def unskip_view(self, request: HttpRequest) -> HttpResponse:
        """Bring back what was skipped."""
        address = self.queue_address(self.checked_filters(request))
        self._store(request, skipped=[])
        return redirect(address)

    def undo_last_view(self, request: HttpRequest) -> HttpResponse:
        """Take back the newest decision of this session, and show its case again."""
        filters = self.checked_filters(request)
        done = self.session(request)["done"]
        if not done:
            self.message_user(request, _("Es gibt nichts zurückzunehmen."), messages.WARNING)
            return redirect(self.queue_address(filters))
        last = done[-1]
        self._store(request, done=done[:-1])
        decision = Decision(tuple(last["case"]), last["before"], last["after"])
        try:
            take_back(decision)
        except JudgedMeanwhile:
            said = _("Nicht zurückgenommen, denn inzwischen wurde anders entschieden: %s")
            self.message_user(request, said % last["said"], messages.ERROR)
        else:
            self.message_user(request, _("Zurückgenommen: %s") % last["said"])
        return redirect(self.address_after_undo(filters, decision))

    def address_after_undo(self, filters: forms.Form, decision: Decision) -> str:
        raise NotImplementedError

    # --- What a session remembers

    def session(self, request: HttpRequest) -> dict[str, list]:
        return {"skipped": [], "past": [], "done": []} | request.session.get(self._session_name, {})

    def remember(self, request: HttpRequest, name: str, case: int) -> None:
        kept = [other for other in self.session(request)[name] if other != case]
        self._store(request, **{name: [*kept, case][-MOST_REMEMBERED:]})

    def remember_decision(self, request: HttpRequest, decision: Decision, said: str) -> None:
        done = [*self.session(request)["done"], asdict(decision) | {"said": said}]
        self._store(request, done=done[-MOST_DECISIONS:])

    def _store(self, request: HttpRequest, **changes: list) -> None:
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
            "case_name": self.case_name,
            **context,
        }
        name = f"admin/pledges/{self.opts.model_name}/queue.html"
        return self.page(request, name, _("Warteschlange: %s") % self.opts.verbose_name_plural, whole, status)

    def conflict_page(
        self,
        request: HttpRequest,
        row: Relation | Rendering | None,
        opinions: Sequence[Opinion],
        texts: Sequence[tuple[str, str]],
        keep: str,
    ) -> HttpResponse:
        """Show what stands beside what was sent; `texts` are (language, words), `keep` leaves it at that.

        The other choice sends the same form again, as one that has seen what stands.
        """
        context = {
            "row": row,
            "opinions": opinions,
            "is_same": not any(opinion.differs for opinion in opinions),
            "texts": texts,
            "posted": posted_again(request),
            "seen": fingerprint(row),
            "keep": keep,
        }
        return self.page(
            request, "admin/pledges/judged_meanwhile.html", _("Jemand war schneller"), context, 409
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A row to be read; it is judged on its screen of the queue, where nothing is overwritten unseen."""
        hidden = dict.fromkeys(("show_save", "show_save_and_continue", "show_save_and_add_another"), False)
        return super().changeform_view(request, object_id, form_url, hidden | (extra_context or {}))


def posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be sent once more by one that has seen what stands."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "seen")
        for value in values
    ]


def short(text: str) -> str:
    return f"„{Truncator(text).chars(60)}“"
