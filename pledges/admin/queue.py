"""The queue: one doubtful statement a screen, a decision, the next. It works as plain forms, too."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.coding_form import CodingForm
from pledges.admin.conflict import conflict_page
from pledges.admin.hints import AnsweredMeanwhile, HintForm, both_answers_page, keep_answer
from pledges.admin.signed_out import only_posted
from pledges.coding_log import NewerCoding, NotUndoable, code_by_editor, undo
from pledges.differences import in_words
from pledges.keys import key_of
from pledges.models import Coding, Commitment, Hint, Kind, Programme, Statement, Topic
from pledges.queue import last_coding, next_of, screen, waiting, with_place

KEYS_OF_KINDS = dict(zip(Kind, "1234", strict=True))
KEYS_OF_COMMITMENTS = dict(zip(Commitment, "fbpoxv", strict=True))
# What a session remembers, so that its cookie's row stays small.
MOST_REMEMBERED = 500


class FilterForm(forms.Form):
    programm = forms.ModelChoiceField(
        Programme.objects.in_own_words(),
        to_field_name="slug",
        required=False,
        label=_("Programm"),
        empty_label=_("alle Programme"),
    )
    thema = forms.ModelChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Thema"),
        empty_label=_("alle Themen"),
    )

    @property
    def query(self) -> str:
        """The filters as they stand in the address; "" where there are none."""
        given = {name: value.slug for name, value in self.cleaned_data.items() if value}
        return f"?{urlencode(given)}" if given else ""


class QueueForm(CodingForm):
    """The coding form with everything in sight, so that a key or a click decides."""

    class Meta(CodingForm.Meta):
        widgets = {"kind": forms.RadioSelect, "commitment": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        no_commitment = [("", _("keine, da kein Vorhaben"))]
        self.fields["commitment"].choices = [*Commitment.choices, *no_commitment]  # type: ignore[attr-defined]


class QueueViews(admin.ModelAdmin):
    """The queue's addresses, beside those of the statements."""

    def get_urls(self) -> list[URLPattern]:
        def posted(address: str, view: Any, name: str, queue: str = "../") -> URLPattern:
            wrapped = self.admin_site.admin_view(only_posted(view, queue))
            return path(address, wrapped, name=f"pledges_{name}")

        return [
            path("queue/", self.admin_site.admin_view(self.queue_view), name="pledges_statement_queue"),
            posted("queue/skip/", self.skip_view, "statement_queue_skip"),
            posted("queue/skipped/", self.unskip_view, "statement_queue_unskip"),
            posted("queue/undo/", self.undo_last_view, "statement_queue_undo"),
            posted("queue/hint/<int:hint>/", self.hint_view, "statement_queue_hint", "../../"),
            *super().get_urls(),
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Show the statement asked for, or lead to the first; code it where a form is sent."""
        chosen = self._chosen(request)
        if not chosen.is_valid():
            return self._queue_page(request, {"filters": chosen}, status=400)
        if request.method == "POST":
            return self._code(request, chosen)
        if wanted := request.GET.get("aussage"):
            named = Statement.objects.filter(pk=key_of(wanted))
            if statement := with_place(named.by_doubt()).first():
                return self._show(request, chosen, statement)
            self.message_user(request, gettext("Diese Aussage gibt es nicht."), messages.WARNING)
            return redirect(_address(chosen))
        # An address a statement: the browser's Back shows what it showed, and never one's form on another.
        following = self._next(request, chosen)
        return redirect(_address(chosen, following)) if following else self._show(request, chosen, None)

    def skip_view(self, request: HttpRequest) -> HttpResponse:
        """Leave a statement out for this session."""
        chosen = self._checked(request)
        statement = get_object_or_404(Statement, pk=key_of(request.POST.get("aussage")))
        _remember(request, "skipped", statement.pk)
        _remember(request, "past", statement.pk)
        self.message_user(request, gettext("Übersprungen: %s") % _short(statement))
        return redirect(_address(chosen))

    def unskip_view(self, request: HttpRequest) -> HttpResponse:
        """Bring back what was skipped."""
        chosen = self._checked(request)
        request.session["queue"] = _session(request) | {"skipped": []}
        return redirect(_address(chosen))

    def undo_last_view(self, request: HttpRequest) -> HttpResponse:
        """Take back the editor's own coding that the form names, and show its statement again."""
        chosen = self._checked(request)
        own = Coding.objects.filter(editor=cast(User, request.user)).select_related("statement")
        coding = get_object_or_404(own, pk=key_of(request.POST.get("coding")))
        try:
            undo([coding], cast(User, request.user))
        except NotUndoable:
            said = gettext("Diese Kodierung lässt sich nicht zurücknehmen.")
            self.message_user(request, said, messages.ERROR)
        else:
            self.message_user(request, gettext("Zurückgenommen: %s") % _short(coding.statement))
        return redirect(_address(chosen, coding.statement_id))

    def hint_view(self, request: HttpRequest, hint: int) -> HttpResponse:
        """Answer a reader's hint, in public."""
        chosen = self._checked(request)
        if not request.user.has_perm("pledges.change_hint"):
            raise PermissionDenied
        found = get_object_or_404(Hint, pk=hint)
        form = HintForm(request.POST, instance=found)
        if form.is_valid():
            try:
                keep_answer(form.instance, cast(User, request.user), seen=form.cleaned_data["seen"])
            except AnsweredMeanwhile as newer:
                keep = _address(chosen, found.statement_id)
                return both_answers_page(request, self.admin_site, newer.hint, keep)
            self.message_user(request, gettext("Der Hinweis ist beantwortet."))
        for errors in form.errors.values():
            for error in errors:
                self.message_user(request, str(error), messages.ERROR)
        return redirect(_address(chosen, found.statement_id))

    def _code(self, request: HttpRequest, chosen: FilterForm) -> HttpResponse:
        place = with_place(Statement.objects.filter(pk=key_of(request.POST.get("aussage"))).by_doubt())
        statement = get_object_or_404(place)
        form = QueueForm(request.POST, instance=statement)
        if not form.is_valid():
            shown = get_object_or_404(place)
            return self._show(request, chosen, shown, form, status=400)
        try:
            seen = form.cleaned_data["seen"] or 0
            code_by_editor(statement, cast(User, request.user), form.labels, seen=seen)
        except NewerCoding as newer:
            return conflict_page(request, self.admin_site, form, newer.coding, keep=_address(chosen))
        _remember(request, "past", statement.pk)
        said = {"labels": in_words(form.labelling), "words": _short(statement)}
        self.message_user(request, gettext("Gespeichert: %(labels)s. %(words)s") % said)
        if statement.hints.open().exists():
            waits = gettext("Der Hinweis dazu wartet noch auf eine Antwort, deshalb bleibt die Aussage hier.")
            self.message_user(request, waits, messages.WARNING)
        return redirect(_address(chosen))

    def _show(
        self,
        request: HttpRequest,
        chosen: FilterForm,
        statement: Statement | None,
        form: QueueForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        editor = cast(User, request.user)
        filters = chosen.cleaned_data
        session = _session(request)
        context: dict[str, Any] = {
            "filters": chosen,
            "waiting": waiting(editor, filters["programm"], filters["thema"]).count(),
            "skipped": len(session["skipped"]),
            "back": _back(chosen, session["past"], statement),
            "last": last_coding(editor),
            "statement": statement,
        }
        if statement:
            shown = screen(statement)
            form = form or QueueForm(instance=statement, initial={"seen": shown.held.pk if shown.held else 0})
            checked, all_of_it = statement.programme.statements.number_checked()
            context |= {
                "screen": shown,
                "form": form,
                "kinds": _keyed(form["kind"], KEYS_OF_KINDS),
                "commitments": _keyed(form["commitment"], KEYS_OF_COMMITMENTS),
                "checked": checked,
                "all_of_it": all_of_it,
                "share": checked / all_of_it if all_of_it else 1,
                "hint_forms": [(hint, HintForm(auto_id=f"hint-{hint.pk}-%s")) for hint in shown.hints],
            }
        return self._queue_page(request, context, status)

    def _queue_page(self, request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": gettext("Warteschlange"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **context,
        }
        return TemplateResponse(request, "admin/pledges/queue.html", whole, status=status)

    def _chosen(self, request: HttpRequest) -> FilterForm:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return FilterForm(request.GET)

    def _checked(self, request: HttpRequest) -> FilterForm:
        """The filters that a form comes back to; those that make no sense are dropped."""
        chosen = self._chosen(request)
        chosen.is_valid()
        return chosen

    def _next(self, request: HttpRequest, chosen: FilterForm) -> int | None:
        filters = chosen.cleaned_data
        found = waiting(cast(User, request.user), filters["programm"], filters["thema"])
        return next_of(found, _session(request)["skipped"])


def _address(chosen: FilterForm, statement: int | None = None) -> str:
    query = chosen.query
    if statement:
        query += f"{'&' if query else '?'}aussage={statement}"
    return reverse("admin:pledges_statement_queue") + query


def _back(chosen: FilterForm, past: list[int], statement: Statement | None) -> str:
    """The address of the statement that was on the screen before this one; "" for none."""
    here = statement.pk if statement else 0
    before = past[: past.index(here)] if here in past else past
    return _address(chosen, before[-1]) if before else ""


def _session(request: HttpRequest) -> dict[str, list[int]]:
    return {"skipped": [], "past": []} | request.session.get("queue", {})


def _remember(request: HttpRequest, name: str, key: int) -> None:
    known = _session(request)
    kept = [other for other in known[name] if other != key]
    request.session["queue"] = known | {name: [*kept, key][-MOST_REMEMBERED:]}


def _short(statement: Statement) -> str:
    return f"„{Truncator(statement.text).chars(60)}“"


def _keyed(field: forms.BoundField, keys: dict) -> list[tuple[Any, str]]:
    """Each choice of a field with the key that chooses it, "" where none does."""
    return [(choice, keys.get(choice.data["value"], "")) for choice in field]
