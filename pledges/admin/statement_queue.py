"""The queue: one doubtful statement a screen, a decision, the next. It works as plain forms, too."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.coding_form import CodingForm
from pledges.admin.conflict import conflict_page
from pledges.admin.hints import AnsweredMeanwhile, AnswerForm, both_answers_page, keep_answer
from pledges.admin.queues import QueueViews, choice_by_slug, short
from pledges.admin.signed_out import only_posted
from pledges.coding_log import NewerCoding, NotUndoable, code_by_editor, undo
from pledges.differences import in_words
from pledges.keys import key_of
from pledges.models import Coding, Commitment, Hint, Kind, Programme, Statement, Topic
from pledges.models.statements import StatementQuerySet
from pledges.statement_queue import last_coding, screen, waiting, with_place

KEYS_OF_KINDS = dict(zip(Kind, "1234", strict=True))
KEYS_OF_COMMITMENTS = dict(zip(Commitment, "fbpoxv", strict=True))


class FilterForm(forms.Form):
    programm = choice_by_slug(Programme.objects.in_own_words(), _("Programm"), _("alle Programme"))
    thema = choice_by_slug(Topic.objects.all(), _("Thema"), _("alle Themen"))


class QueueForm(CodingForm):
    """The coding form with everything in sight, so that a key or a click decides."""

    kind = forms.ChoiceField(choices=Kind, widget=forms.RadioSelect, label=_("Art"))
    commitment = forms.ChoiceField(
        choices=[*Commitment.choices, ("", _("keine, da kein Vorhaben"))],
        required=False,
        widget=forms.RadioSelect,
        label=_("Bindung"),
    )

    class Meta(CodingForm.Meta):
        widgets = {"measurable": forms.CheckboxInput({"data-keys": "m"})}


class StatementQueueViews(QueueViews):
    """The queue's addresses, beside those of the statements."""

    case_name = "aussage"
    filter_form = FilterForm

    def get_urls(self) -> list[URLPattern]:
        answer = self.admin_site.admin_view(only_posted(self.hint_view, "../../"))
        return [
            path("queue/hint/<int:pk>/", answer, name="pledges_statement_queue_hint"),
            *super().get_urls(),
        ]

    def waiting(self, request: HttpRequest, filters: forms.Form) -> StatementQuerySet:
        given = filters.cleaned_data
        return waiting(cast(User, request.user), given["programm"], given["thema"])

    def show_case(self, request: HttpRequest, filters: forms.Form, key: int) -> HttpResponse:
        if statement := with_place(Statement.objects.filter(pk=key).by_doubt()).first():
            return self.show(request, filters, statement)
        self.message_user(request, gettext("Diese Aussage gibt es nicht."), messages.WARNING)
        return redirect(self.queue_address(filters))

    def undo_last_view(self, request: HttpRequest) -> HttpResponse:
        """Take back the editor's own coding that the form names, and show its statement again."""
        filters = self.checked_filters(request)
        own = Coding.objects.filter(editor=cast(User, request.user)).select_related("statement")
        coding = get_object_or_404(own, pk=key_of(request.POST.get("coding")))
        take_back(self, request, coding, gettext("Zurückgenommen: %s") % short(coding.statement.text))
        return redirect(self.queue_address(filters, coding.statement_id))

    def hint_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer a reader's hint, in public."""
        filters = self.checked_filters(request)
        if not request.user.has_perm("pledges.change_hint"):
            raise PermissionDenied
        found = get_object_or_404(Hint, pk=pk)
        form = AnswerForm(request.POST, instance=found)
        if form.is_valid():
            try:
                keep_answer(form.instance, cast(User, request.user), seen=form.cleaned_data["seen"])
            except AnsweredMeanwhile as newer:
                keep = self.queue_address(filters, found.statement_id)
                return both_answers_page(request, self.admin_site, newer.hint, keep)
            self.message_user(request, gettext("Der Hinweis ist beantwortet."))
        for errors in form.errors.values():
            for error in errors:
                self.message_user(request, str(error), messages.ERROR)
        return redirect(self.queue_address(filters, found.statement_id))

    def judge(self, request: HttpRequest, filters: forms.Form) -> HttpResponse:
        place = with_place(Statement.objects.filter(pk=key_of(request.POST.get("aussage"))).by_doubt())
        statement = get_object_or_404(place)
        form = QueueForm(request.POST, instance=statement)
        if not form.is_valid():
            shown = get_object_or_404(place)
            return self.show(request, filters, shown, form, status=400)
        try:
            seen = form.cleaned_data["seen"] or 0
            code_by_editor(statement, cast(User, request.user), form.labels, seen=seen)
        except NewerCoding as newer:
            keep = self.queue_address(filters)
            return conflict_page(request, self.admin_site, form, newer.coding, keep=keep)
        self.remember(request, "past", statement.pk)
        said = {"labels": in_words(form.labelling), "words": short(statement.text)}
        self.message_user(request, gettext("Gespeichert: %(labels)s. %(words)s") % said)
        if statement.hints.open().exists():
            waits = gettext("Der Hinweis dazu wartet noch auf eine Antwort, deshalb bleibt die Aussage hier.")
            self.message_user(request, waits, messages.WARNING)
        return redirect(self.queue_address(filters))

    def show(
        self,
        request: HttpRequest,
        filters: forms.Form,
        statement: Statement | None,
        form: QueueForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "waiting": self.waiting(request, filters).count(),
            "back": self.back_address(request, filters, statement.pk if statement else 0),
            "last": last_coding(cast(User, request.user)),
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
                "hint_forms": _hint_forms(shown.hints),
            }
        return self.queue_page(request, filters, context, status)


def take_back(where: admin.ModelAdmin, request: HttpRequest, coding: Coding, done: str) -> None:
    """Take back an editor's coding and say what is `done`, or that it can't be."""
    try:
        undo([coding], cast(User, request.user))
    except NotUndoable:
        refused = gettext("Diese Kodierung lässt sich nicht zurücknehmen.")
        where.message_user(request, refused, messages.ERROR)
    else:
        where.message_user(request, done)


def _keyed(field: forms.BoundField, keys: dict) -> list[tuple[Any, str]]:
    """Each choice of a field with the key that chooses it, "" where none does."""
    keyed = [(choice, keys.get(choice.data["value"], "")) for choice in field]
    for choice, key in keyed:
        choice.data["attrs"]["data-keys"] = key
    return keyed


def _hint_forms(hints: list[Hint]) -> list[tuple[Hint, AnswerForm]]:
    """Each hint with the form that answers it; a key leads to the first."""
    found = [(hint, AnswerForm(auto_id=f"hint-{hint.pk}-%s")) for hint in hints]
    for _hint, form in found[:1]:
        form.fields["answer"].widget.attrs["data-keys"] = "h"
    return found
