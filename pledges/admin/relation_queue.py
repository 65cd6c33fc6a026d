"""The queue of relations: two statements side by side, one key a decision; and adding one by hand."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.conflict import Row, compared
from pledges.admin.judging import JudgingViews, keyed
from pledges.admin.queues import choice_by_slug, short
from pledges.judging import Decision, JudgedMeanwhile, fingerprint, judge_relation, status_of
from pledges.keys import key_of
from pledges.models import Programme, Relation, RelationKind, RelationStatus, Statement, Topic
from pledges.relation_queue import MOST_FOUND, chosen, find_by_words, related_to, sides_of
from pledges.search.query import parse

KEYS = {
    RelationKind.SAME_MEASURE: "1",
    RelationKind.SAME_GOAL: "2",
    RelationKind.CONFLICT: "3",
    RelationKind.UNRELATED: "x",
}


class FilterForm(forms.Form):
    programm = choice_by_slug(Programme.objects.in_own_words(), _("Programm"), _("alle Programme"))
    mit = choice_by_slug(Programme.objects.in_own_words(), _("im Vergleich mit"), _("allen anderen"))
    thema = choice_by_slug(Topic.objects.all(), _("Thema"), _("alle Themen"))

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("programm") and data.get("programm") == data.get("mit"):
            self.add_error("mit", _("Bitte zwei verschiedene Programme wählen."))
        return data

    @property
    def programmes(self) -> list[Programme]:
        return [p for p in (self.cleaned_data["programm"], self.cleaned_data["mit"]) if p]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        choices=RelationKind.choices,
        error_messages={"required": _("Bitte wählen Sie, wie die beiden zusammenhängen.")},
    )
    note = forms.CharField(
        label=_("Anmerkung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-keys": "n"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # No input fields: Enter in one would send the form by its first button, which is a decision.
        areas: dict[str, Any] = {
            name: forms.Textarea({"rows": 1 + length // 150}) for name, length in Relation.WORDS.items()
        }
        self.fields |= forms.fields_for_model(Relation, fields=list(areas), widgets=areas)

    @property
    def told(self) -> list[forms.BoundField]:
        """The fields that readers see."""
        return [self[name] for name in Relation.WORDS]

    @property
    def tells(self) -> bool:
        return any(field.value() or field.errors for field in self.told)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Wörter"), max_length=200, required=False)
    programm = choice_by_slug(Programme.objects.in_own_words(), _("Programm"), _("alle anderen Programme"))

    def clean_q(self) -> str:
        words: str = self.cleaned_data["q"]
        if parse(words).filters:
            raise forms.ValidationError(
                gettext("Filter wie „thema:wohnen“ gelten hier nicht. Bitte suchen Sie nur nach Wörtern.")
            )
        return words

    @property
    def asked(self) -> tuple[str, Programme | None]:
        """The words and the programme; no words while something is wrong with them."""
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("q", ""), given.get("programm")


class RelationQueueViews(JudgingViews):
    case_name = "bezug"
    filter_form = FilterForm

    def waiting(self, request: HttpRequest, filters: FilterForm) -> QuerySet[Relation]:
        return self._chosen(filters).waiting()

    def show_case(self, request: HttpRequest, filters: FilterForm, key: int) -> HttpResponse:
        return self.show(request, filters, get_object_or_404(Relation, pk=key))

    def address_after_undo(self, filters: forms.Form, decision: Decision) -> str:
        a, b = decision.case
        relation = Relation.objects.filter(a=a, b=b).first()
        return self.queue_address(filters, relation.pk) if relation else _add_address(a)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Find a statement, then another of another programme by its words, and join the two."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        search = SearchForm(request.GET)
        wanted = request.GET.get("aussage")
        if wanted is None:
            return self._find_first(request, search)
        statement = get_object_or_404(Statement.objects.for_editors(), pk=key_of(wanted))
        if request.method == "POST":
            return self._add(request, search, statement)
        return self._find_other(request, search, statement, DecisionForm())

    def _chosen(self, filters: FilterForm) -> Any:
        return chosen(filters.programmes, filters.cleaned_data["thema"])

    def judge(self, request: HttpRequest, filters: FilterForm) -> HttpResponse:
        relation = get_object_or_404(
            Relation.objects.select_related("a__programme", "b__programme"),
            pk=key_of(request.POST.get("bezug")),
        )
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.show(request, filters, relation, form, status=400)
        keep = self.queue_address(filters)
        if conflict := self._decide(request, form, relation.a, relation.b, keep):
            return conflict
        self.remember(request, "past", relation.pk)
        return redirect(keep)

    def _decide(
        self, request: HttpRequest, form: DecisionForm, one: Statement, other: Statement, keep: str
    ) -> HttpResponse | None:
        """Store the decision; return the page with both where somebody else decided meanwhile."""
        kind, note, seen = (form.cleaned_data[name] for name in ("decision", "note", "seen"))
        words, editor = {name: form.cleaned_data[name] for name in Relation.WORDS}, cast(User, request.user)
        try:
            decision = judge_relation(one, other, editor, kind, note.strip(), words, seen=seen)
        except JudgedMeanwhile as newer:
            row = cast("Relation | None", newer.row)
            texts = [("de", f"{s.programme}: {s.text}") for s in (one, other)]
            return self.conflict_page(request, row, _compared(row, form), texts, keep)
        said = f"{RelationKind(kind).label}: {short(one.text)} – {short(other.text)}"
        self.remember_decision(request, decision, said)
        self.message_user(request, gettext("Gespeichert: %s") % said)
        return None

    def show(
        self,
        request: HttpRequest,
        filters: FilterForm,
        relation: Relation | None,
        form: DecisionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = self._chosen(filters)
        judged, all_of_them = found.number_judged()
        context: dict[str, Any] = {
            "relation": relation,
            "judged": judged,
            "all_of_them": all_of_them,
            "share": judged / all_of_them if all_of_them else 1,
            "waiting": self.waiting(request, filters).count(),
            "back": self.back_address(request, filters, relation.pk if relation else 0),
        }
        if relation:
            sides = sides_of([relation.a_id, relation.b_id])
            given = {"note": relation.note, "seen": fingerprint(relation)} | relation.words
            context |= {
                "sides": [sides[relation.a_id], sides[relation.b_id]],
                "form": form or DecisionForm(initial=given),
                "decisions": keyed(KEYS, relation.kind),
            }
        return self.queue_page(request, filters, context, status)

    def _find_first(self, request: HttpRequest, search: SearchForm) -> HttpResponse:
        found = find_by_words(Statement.objects.all(), *search.asked)
        return self._add_page(request, search, found, {})

    def _find_other(
        self,
        request: HttpRequest,
        search: SearchForm,
        statement: Statement,
        form: DecisionForm,
        status: int = 200,
    ) -> HttpResponse:
        found = find_by_words(Statement.objects.exclude(programme=statement.programme_id), *search.asked)
        known = related_to(statement)
        form.initial["seen"] = fingerprint(None)
        context = {
            "statement": statement,
            "related": [(r, r.b if r.a_id == statement.pk else r.a) for r in known.values()],
            "known": known,
            "form": form,
            "decisions": keyed(KEYS, "")[:-1],
        }
        return self._add_page(request, search, found, context, status)

    def _add_page(
        self,
        request: HttpRequest,
        search: SearchForm,
        found: list[Statement],
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        known = context.pop("known", {})
        done = self.session(request)["done"]
        whole = {
            "search": search,
            "searched": search.asked[0],
            "found": [(statement, known.get(statement.pk)) for statement in found[:MOST_FOUND]],
            "has_more": len(found) > MOST_FOUND,
            "last": done[-1] if done else None,
            **context,
        }
        title = gettext("Bezug hinzufügen")
        return self.page(request, "admin/pledges/relation/add.html", title, whole, status)

    def _add(self, request: HttpRequest, search: SearchForm, statement: Statement) -> HttpResponse:
        others = Statement.objects.current().exclude(programme=statement.programme_id)
        other = others.select_related("programme").filter(pk=key_of(request.POST.get("other"))).first()
        form = DecisionForm(request.POST)
        if other is None:
            form.add_error(None, gettext("Bitte wählen Sie die andere Aussage, aus einem anderen Programm."))
        if other is None or not form.is_valid():
            return self._find_other(request, search, statement, form, status=400)
        address = _add_address(statement.pk)
        return self._decide(request, form, statement, other, address) or redirect(address)


def _add_address(statement: int) -> str:
    return f"{reverse('admin:pledges_relation_add')}?aussage={statement}"


def _compared(row: Relation | None, form: DecisionForm) -> list[Row]:
    mine = form.cleaned_data
    theirs = _told(row.kind, row.status) if row else gettext("kein Bezug eingetragen")
    return [
        compared(gettext("Urteil"), theirs, _told(mine["decision"], status_of(mine["decision"]))),
        compared(gettext("Anmerkung"), row.note if row else "", mine["note"].strip()),
        *(compared(f.label, row.words[f.name] if row else "", mine[f.name]) for f in form.told),
    ]


def _told(kind: str, status: str) -> str:
    return f"{RelationKind(kind).label} ({RelationStatus(status).label})"
