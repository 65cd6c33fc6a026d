"""Double coding in the admin: draw a sample, code it blind, look at the figures, settle what differs."""

import secrets
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.coding_form import CodingForm, initial_topics
from pledges.admin.signed_out import only_posted
from pledges.coding.labels import Labels
from pledges.coding_log import NewerCoding
from pledges.keys import key_of
from pledges.labels import holding, labels_of
from pledges.meanings import COMMITMENT_MEANINGS, KIND_MEANINGS
from pledges.models import Coding, Commitment, Kind, Programme, Sample, SampledStatement, Statement
from pledges.reliability import LEAST
from pledges.sample_report import report_on
from pledges.sampling import (
    NotToSettle,
    NotToShow,
    SampleComplete,
    code_blind,
    disagreements,
    draw_sample,
    drawable,
    hide,
    is_complete,
    may_be_shown,
    settle,
    show,
)
from sources.models import Passage

AROUND = 3
MOST = 1000
SEEDS = 2**31


class SampleForm(forms.ModelForm):
    """What is drawn, from what, and who codes it."""

    size = forms.IntegerField(
        min_value=LEAST,
        max_value=MOST,
        initial=100,
        label=_("Wie viele Aussagen"),
        help_text=_("Je mehr Aussagen, desto genauer die Kennzahlen; 100 ist ein guter Anfang."),
    )

    class Meta:
        model = Sample
        fields = ["title", "programme", "coder"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = cast(forms.ModelChoiceField, self.fields["programme"])
        programmes.queryset = Programme.objects.in_own_words()
        coders = cast(forms.ModelChoiceField, self.fields["coder"])
        coders.queryset = User.objects.with_perm("pledges.change_statement").filter(is_staff=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        size, coder = data.get("size"), data.get("coder")
        if size and coder and "programme" in data:
            number = drawable(data["programme"], coder).count()
            if number < size:
                self.add_error("size", _too_few(number))
        return data


def _too_few(number: int) -> str:
    reason = gettext(
        "Infrage kommen Aussagen, die jemand oder das Codebuch eingeordnet hat, die gewählte Person aber nie."
    )
    found = ngettext(
        "Es gibt nur %(number)s Aussage, die infrage kommt.",
        "Es gibt nur %(number)s Aussagen, die infrage kommen.",
        number,
    )
    return f"{found % {'number': number}} {reason}"


class BlindForm(CodingForm):
    """The labels of a statement, with nothing chosen beforehand but what the same person chose before."""

    kind = forms.ChoiceField(choices=Kind, widget=forms.RadioSelect, label=_("Art"))
    commitment = forms.ChoiceField(
        choices=[("", _("keine, da kein Vorhaben")), *Commitment.choices],
        required=False,
        widget=forms.RadioSelect,
        label=_("Bindung"),
    )

    def __init__(self, data: Any = None, *, own: Coding | None = None) -> None:
        super().__init__(data, initial=_initial(own) if own else None)

    @property
    def kinds(self) -> list[tuple[Any, Any]]:
        """Each choice with what it means."""
        return [(choice, KIND_MEANINGS[choice.data["value"]]) for choice in self["kind"]]

    @property
    def commitments(self) -> list[tuple[Any, Any]]:
        return [(choice, COMMITMENT_MEANINGS.get(choice.data["value"], "")) for choice in self["commitment"]]


def _initial(coding: Coding) -> dict[str, Any]:
    labels = {"kind": coding.kind, "commitment": coding.commitment, "measurable": coding.measurable}
    return labels | initial_topics(coding)


@admin.register(Sample)
class SampleAdmin(admin.ModelAdmin):
    form = SampleForm
    list_display = ["title", "programme", "coder", "progress", "drawn_at", "is_shown"]
    list_select_related = ["programme", "coder"]
    fields = ("title", "programme", "size", "coder")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sample]:
        return Sample.objects.with_progress()

    def has_change_permission(self, request: HttpRequest, obj: Sample | None = None) -> bool:
        """What was drawn stays as it was drawn."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Sample | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/code/", self.admin_site.admin_view(self.code_next), name="pledges_sample_code"),
            path(
                "<int:pk>/code/<int:position>/",
                self.admin_site.admin_view(self.code_one),
                name="pledges_sample_code_one",
            ),
            path(
                "<int:pk>/settle/<int:position>/",
                self.admin_site.admin_view(self.settle_one),
                name="pledges_sample_settle",
            ),
            path(
                "<int:pk>/show/",
                self.admin_site.admin_view(only_posted(self.show_view, "../change/")),
                name="pledges_sample_show",
            ),
        ]
        return own + super().get_urls()

    def save_model(self, request: HttpRequest, obj: Sample, form: Any, change: bool) -> None:
        """Draw it; the form has made sure that there are enough."""
        sample = draw_sample(
            title=obj.title,
            programme=obj.programme,
            coder=obj.coder,
            drawn_by=cast(User, request.user),
            size=form.cleaned_data["size"],
            seed=secrets.randbelow(SEEDS),
        )
        obj.pk = sample.pk

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """How far it is, and once all is coded how far the two agree; no label is shown before that."""
        sample = self.get_object(request, object_id)
        if sample is None:
            raise Http404(object_id)
        if not self.has_view_permission(request, sample):
            raise PermissionDenied
        complete = is_complete(sample)
        return self._page(
            request,
            "report",
            sample,
            report=report_on(sample) if complete else None,
            complete=complete,
            differing=disagreements(sample),
            may_code=_may_code(request, sample),
            may_settle=_may_settle(request),
            may_show=_may_show(request),
            may_be_shown=complete and may_be_shown(sample),
            instead_of=Sample.objects.filter(is_shown=True).exclude(pk=sample.pk).with_progress().first(),
        )

    def show_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the sample on the method page, or take it off there, as the button pressed says."""
        sample = get_object_or_404(Sample, pk=pk)
        if not _may_show(request):
            raise PermissionDenied
        match request.POST.get("show"):
            case "yes":
                self._show(request, sample)
            case "no":
                hide(sample)
                messages.success(request, gettext("Die Methodenseite zeigt diese Stichprobe nicht mehr."))
        return redirect("admin:pledges_sample_change", pk)

    def _show(self, request: HttpRequest, sample: Sample) -> None:
        try:
            show(sample)
        except NotToShow:
            messages.error(
                request,
                gettext(
                    "Die Methodenseite zeigt nur Stichproben, die fertig kodiert sind und aus "
                    "veröffentlichten Programmen stammen. Nichts wurde geändert."
                ),
            )
        else:
            messages.success(request, gettext("Die Methodenseite zeigt jetzt diese Stichprobe."))

    def code_next(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To the first statement that the second coder hasn't coded yet."""
        sample = self._of_coder(request, pk)
        first = sample.statements.filter(second=None).order_by("position").first()
        if first is None:
            return redirect("admin:pledges_sample_change", pk)
        return redirect("admin:pledges_sample_code_one", pk, first.position)

    def code_one(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """One statement in its context, without anything that anybody said of it."""
        sample = self._of_coder(request, pk)
        if is_complete(sample):
            messages.info(request, gettext("Diese Stichprobe ist fertig kodiert."))
            return redirect("admin:pledges_sample_change", pk)
        drawn = _find(sample, position)
        form = BlindForm(request.POST or None, own=drawn.second)
        if request.method == "POST" and form.is_valid():
            return self._keep_answer(request, sample, drawn, form)
        done = sample.statements.exclude(second=None).count()
        size = sample.statements.count()
        return self._page(
            request,
            "code",
            sample,
            status=400 if form.errors else 200,
            drawn=drawn,
            form=form,
            sentences=_around(drawn.statement),
            done=done,
            size=size,
            is_last=done == size - 1 and drawn.second is None,
        )

    def settle_one(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Both codings of a statement beside each other, for somebody to decide."""
        sample = get_object_or_404(Sample, pk=pk)
        if not _may_settle(request):
            raise PermissionDenied
        drawn = _find(sample, position)
        if drawn not in disagreements(sample):
            messages.info(request, gettext("Hier gibt es nichts zu klären."))
            return redirect("admin:pledges_sample_change", pk)
        form = BlindForm(request.POST if request.POST.get("choice") == "other" else None)
        labels, seen = _decided(request, drawn, form), key_of(request.POST.get("seen"))
        if labels and seen and self._settled(request, drawn, labels, seen):
            return redirect("admin:pledges_sample_change", pk)
        return self._page(
            request,
            "settle",
            sample,
            status=400 if form.errors else 200,
            drawn=drawn,
            form=form,
            sentences=_around(drawn.statement),
            holds=holding([drawn.statement_id])[drawn.statement_id],
        )

    def _keep_answer(
        self, request: HttpRequest, sample: Sample, drawn: SampledStatement, form: BlindForm
    ) -> HttpResponse:
        try:
            code_blind(drawn, form.labels)
        except SampleComplete:
            messages.error(request, gettext("Diese Stichprobe ist fertig kodiert; nichts wurde geändert."))
        else:
            if is_complete(sample):
                messages.success(request, gettext("Das war die letzte. Danke, die Stichprobe ist fertig."))
        return redirect("admin:pledges_sample_code", sample.pk)

    def _settled(self, request: HttpRequest, drawn: SampledStatement, labels: Labels, seen: int) -> bool:
        """Whether there is nothing left to decide: it is settled now, or was before."""
        try:
            settle(drawn, cast(User, request.user), labels, seen=seen)
        except NewerCoding:
            messages.warning(
                request,
                gettext(
                    "Inzwischen hat jemand diese Aussage anders eingeordnet. Nichts wurde geändert: Sehen "
                    "Sie unten, was jetzt gilt, und entscheiden Sie noch einmal."
                ),
            )
            return False
        except NotToSettle:
            messages.info(request, gettext("Das war schon geklärt; nichts wurde geändert."))
        else:
            messages.success(request, gettext("Geklärt. Ihre Kodierung ist im Verlauf und gilt."))
        return True

    def _of_coder(self, request: HttpRequest, pk: int) -> Sample:
        sample = get_object_or_404(Sample, pk=pk)
        if not _may_code(request, sample):
            raise PermissionDenied
        return sample

    def _page(
        self, request: HttpRequest, name: str, sample: Sample, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": sample.title,
            "sample": sample,
            **more,
        }
        return render(request, f"admin/pledges/sample/{name}.html", context, status=status)

    @admin.display(description=_("kodiert"))
    def progress(self, sample: Any) -> str:
        return gettext("%(coded)s von %(size)s") % {"coded": sample.coded, "size": sample.size}


def _may_code(request: HttpRequest, sample: Sample) -> bool:
    return request.user.pk == sample.coder_id and request.user.has_perm("pledges.change_statement")


def _may_settle(request: HttpRequest) -> bool:
    return request.user.has_perms(["pledges.settle_sample", "pledges.change_statement"])


def _may_show(request: HttpRequest) -> bool:
    return request.user.has_perm("pledges.show_sample")


def _find(sample: Sample, position: int) -> SampledStatement:
    rows = sample.statements.select_related("statement__programme", "statement__passage__section__parent")
    return get_object_or_404(rows.select_related("first", "second"), position=position)


def _around(statement: Statement) -> QuerySet[Passage]:
    """The sentences before and after, and the statement's own: their words alone."""
    passage = statement.passage
    if passage is None:
        return Passage.objects.none()
    return Passage.objects.around(passage, AROUND, AROUND)


def _decided(request: HttpRequest, drawn: SampledStatement, form: BlindForm) -> Labels | None:
    """The labels that a chief editor chose, None while nothing valid is chosen."""
    if request.method != "POST":
        return None
    if request.POST.get("choice") == "first":
        return labels_of(drawn.first)
    if request.POST.get("choice") == "second" and drawn.second:
        return labels_of(drawn.second)
    return form.labels if form.is_valid() else None
