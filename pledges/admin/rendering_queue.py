"""The queue of renderings: a line of a digest beside the German that it renders, one key a verdict."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.conflict import Row, compared
from pledges.admin.judging import JudgingViews, keyed
from pledges.admin.queues import choice_by_slug, short
from pledges.judging import Decision, JudgedMeanwhile, fingerprint, judge_rendering
from pledges.keys import key_of, keys_of
from pledges.models import Programme, Rendering, Statement, Verdict
from pledges.relation_queue import MOST_FOUND, find_by_words
from pledges.rendering_queue import (
    Line,
    line_of,
    lines,
    may_be_without_source,
    number_judged,
    waiting,
)
from sources.models import Passage

KEYS = dict(zip(Verdict, "tvfeb", strict=True))


class FilterForm(forms.Form):
    digest = choice_by_slug(Programme.objects.digests(), _("Zusammenfassung"), _("alle Zusammenfassungen"))
    urteil = forms.ChoiceField(
        choices=[("", _("jedes Urteil")), *Verdict.choices], required=False, label=_("Urteil bisher")
    )


class _Sources(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> QuerySet[Statement]:
        """As ever, but the database isn't asked for numbers that no column holds."""
        for key in value or ():
            if not key_of(key):
                said = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(said, "invalid_pk_value", {"pk": key})
        return super().clean(value)


class VerdictForm(forms.Form):
    """A verdict on a line; `original` is the programme whose statements it may render."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices, error_messages={"required": _("Bitte wählen Sie ein Urteil.")}
    )
    sources = _Sources(Statement.objects.none(), required=False)
    note_de = forms.CharField(
        label=_("Begründung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "lang": "de", "data-keys": "n"}),
    )
    note_en = forms.CharField(
        label=_("Begründung, englisch"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "lang": "en"}),
    )
    words = forms.CharField(
        label=_("Andere Sätze des Originals suchen"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"lang": "de", "data-keys": "w"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, original: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = cast(forms.ModelMultipleChoiceField, self.fields["sources"])
        sources.queryset = original.statements.all()

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        verdict, sources = data.get("verdict"), list(data.get("sources") or ())
        if verdict == Verdict.FABRICATED and sources:
            self.add_error("sources", _("Was erfunden ist, gibt keinen Satz wieder: bitte alle abwählen."))
        elif verdict and verdict != Verdict.FABRICATED and not sources:
            self._explain_no_source(verdict, data.get("note_de", ""))
        return data

    def _explain_no_source(self, verdict: str, note: str) -> None:
        if not may_be_without_source(verdict, note):
            self.add_error("sources", _no_source(verdict))

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self["note_de"], self["note_en"]]

    @property
    def ticked(self) -> list[int]:
        """The keys of the statements that the form, as it was sent, has ticked."""
        return keys_of(cast(QueryDict, self.data).getlist("sources"))


def _no_source(verdict: str) -> str:
    if verdict in (Verdict.DISTORTED, Verdict.FRAGMENT):
        return gettext(
            "Bitte den Satz wählen, den die Zeile wiedergibt, oder begründen, warum es keinen gibt "
            "(zum Beispiel: eine Überschrift)."
        )
    return gettext("Bitte mindestens einen Satz wählen, den die Zeile wiedergibt.")


class RenderingQueueViews(JudgingViews):
    case_name = "zeile"
    filter_form = FilterForm

    def waiting(self, request: HttpRequest, filters: forms.Form) -> QuerySet[Passage]:
        return waiting(filters.cleaned_data["digest"], filters.cleaned_data["urteil"])

    def show_case(self, request: HttpRequest, filters: forms.Form, key: int) -> HttpResponse:
        return self.show(request, filters, line_of(get_object_or_404(lines(None, ""), pk=key)))

    def address_after_undo(self, filters: forms.Form, decision: Decision) -> str:
        return self.queue_address(filters, decision.case[0])

    def judge(self, request: HttpRequest, filters: forms.Form) -> HttpResponse:
        line = line_of(get_object_or_404(lines(None, ""), pk=key_of(request.POST.get("zeile"))))
        form = VerdictForm(request.POST, original=line.original)
        if "suchen" in request.POST:
            return self.show(request, filters, line, form)
        if not form.is_valid():
            return self.show(request, filters, line, form, status=400)
        keep = self.queue_address(filters)
        given = form.cleaned_data
        notes = given["note_de"].strip(), given["note_en"].strip()
        try:
            decision = judge_rendering(
                line.passage,
                cast(User, request.user),
                given["verdict"],
                given["sources"],
                *notes,
                seen=given["seen"],
            )
        except JudgedMeanwhile as newer:
            row = cast("Rendering | None", newer.row)
            return self.conflict_page(request, row, _compared(row, form), [("en", line.passage.text)], keep)
        said = f"{Verdict(given['verdict']).label}: {short(line.passage.text)}"
        self.remember_decision(request, decision, said)
        self.remember(request, "past", line.passage.pk)
        self.message_user(request, gettext("Gespeichert: %s") % said)
        return redirect(keep)

    def show(
        self,
        request: HttpRequest,
        filters: forms.Form,
        line: Line | None,
        form: VerdictForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        judged, all_of_them = number_judged(line.digest if line else filters.cleaned_data["digest"])
        context: dict[str, Any] = {
            "line": line,
            "judged": judged,
            "all_of_them": all_of_them,
            "share": judged / all_of_them if all_of_them else 1,
            "waiting": self.waiting(request, filters).count(),
            "back": self.back_address(request, filters, line.passage.pk if line else 0),
        }
        if line:
            context |= _choices(line, form)
        return self.queue_page(request, filters, context, status)


def _choices(line: Line, form: VerdictForm | None) -> dict[str, Any]:
    """What can be chosen: the statements given or ticked, those found, the verdicts with their keys."""
    rendering = line.rendering
    is_search = form is not None and "suchen" in form.data
    ticked = form.ticked if form else [s.pk for s in rendering.sources.all()] if rendering else []
    words = str(form.data.get("words", ""))[:200] if form else ""
    given = list(line.original.statements.filter(pk__in=ticked).in_reading_order().for_editors())
    found = [s for s in find_by_words(line.original.statements.all(), words) if s.pk not in ticked]
    return {
        "form": _unblamed(form, line) if is_search else form or _form(line),
        "given": given,
        "given_number": len(given),
        "found": found[:MOST_FOUND],
        "has_more": len(found) > MOST_FOUND,
        "searched": words,
        "verdicts": keyed(KEYS, rendering.verdict if rendering else ""),
    }


def _form(line: Line) -> VerdictForm:
    initial: dict[str, Any] = {"seen": fingerprint(line.rendering)}
    if line.rendering:
        initial |= {"note_de": line.rendering.note_de, "note_en": line.rendering.note_en}
    return VerdictForm(initial=initial, original=line.original)


def _unblamed(form: VerdictForm | None, line: Line) -> VerdictForm:
    """The form as it was sent for a search: nothing is decided yet, so nothing is wrong."""
    initial = {name: form.data.get(name, "") for name in form.fields} if form else {}
    return VerdictForm(initial=initial, original=line.original)


def _compared(row: Rendering | None, form: VerdictForm) -> list[Row]:
    mine = form.cleaned_data
    stands = _numbers(row.sources.all() if row else ())
    return [
        compared(
            gettext("Urteil"),
            row.get_verdict_display() if row else gettext("noch keines"),
            str(Verdict(mine["verdict"]).label),
        ),
        compared(gettext("gibt wieder"), stands, _numbers(mine["sources"])),
        compared(gettext("Begründung"), row.note_de if row else "", mine["note_de"].strip()),
        compared(gettext("Begründung, englisch"), row.note_en if row else "", mine["note_en"].strip()),
    ]


def _numbers(statements: Any) -> str:
    places = sorted(statement.position for statement in statements)
    listed = ", ".join(str(place) for place in places)
    return gettext("Satz %s") % listed if places else gettext("keinen Satz")
