from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.conflict import compared, meanwhile_page
from pledges.admin.object_history import WithTrail
from pledges.models import Hint, HintStatus
from pledges.versions import let_others_wait


class AnsweredMeanwhile(Exception):
    """Since the editor looked, somebody else answered, or opened it again: `hint` as it stands now."""

    def __init__(self, hint: Hint) -> None:
        super().__init__(f"{hint} was answered since.")
        self.hint = hint


class AnswerForm(forms.ModelForm):
    """The editors' answer; the reader's own words stay as they came.

    `seen` is when the answer was given that stood when the form was shown, "" for none.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Hint
        fields = ["status", "answer"]
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = _mark(self.instance)

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("answer") and data.get("status") == HintStatus.OPEN:
            self.add_error("status", _("Eine Antwort braucht eine Entscheidung: übernommen oder nicht."))
        return data


def _mark(hint: Hint) -> str:
    return hint.answered_at.isoformat() if hint.answered_at else ""


@transaction.atomic
def keep_answer(hint: Hint, editor: User, *, seen: str) -> None:
    """Store what a form made of a hint, with who answered; one that is open again was answered by nobody.

    `seen` as the form has it. Raises AnsweredMeanwhile, and then nothing is stored.
    """
    let_others_wait()
    stands = Hint.objects.select_related("answered_by").get(pk=hint.pk)
    if _mark(stands) != seen:
        raise AnsweredMeanwhile(stands)
    is_open = hint.status == HintStatus.OPEN
    hint.answered_by = None if is_open else editor
    hint.answered_at = None if is_open else timezone.now()
    hint.save(update_fields=["status", "answer", "answered_by", "answered_at"])


def both_answers_page(request: HttpRequest, site: admin.AdminSite, hint: Hint, keep: str) -> TemplateResponse:
    """Show the answer that stands beside the one that was sent; `keep` as in `meanwhile_page`."""
    form = AnswerForm(request.POST, instance=Hint(pk=hint.pk))
    form.is_valid()
    mine = form.instance
    rows = [
        compared(gettext("Stand"), hint.get_status_display(), mine.get_status_display()),
        compared(gettext("Antwort"), hint.answer, mine.answer),
    ]
    about = {
        "row": {"judged_by": hint.answered_by, "judged_at": hint.answered_at},
        "texts": [("de", hint.statement.text), ("", hint.words)],
    }
    return meanwhile_page(request, site, "judged_meanwhile", rows, seen=_mark(hint), keep=keep, **about)


@admin.register(Hint)
class HintAdmin(WithTrail):
    form = AnswerForm
    list_display = ["words", "about", "statement_words", "received_at", "status", "answered_by"]
    list_filter = ["status", "about", "statement__programme"]
    list_select_related = ["statement", "answered_by"]
    search_fields = ["words", "answer", "statement__text"]
    readonly_fields = ["about", "words", "received_at", "statement_link", "answered_by", "answered_at"]
    fields = (
        "statement_link",
        "about",
        "words",
        "received_at",
        "status",
        "answer",
        ("answered_by", "answered_at"),
        "seen",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Hints come from readers."""
        return False

    def save_model(self, request: HttpRequest, obj: Hint, form: forms.ModelForm, change: bool) -> None:
        """Note who answered; a hint that is open again was answered by nobody."""
        keep_answer(obj, cast(User, request.user), seen=form.cleaned_data["seen"])

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As ever; where somebody else answered meanwhile, both answers to choose from."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except AnsweredMeanwhile as newer:
            return both_answers_page(request, self.admin_site, newer.hint, keep=request.path)

    @admin.display(description=_("Aussage"), ordering="statement")
    def statement_words(self, hint: Hint) -> str:
        return Truncator(hint.statement.text).chars(120)

    @admin.display(description=_("Aussage"))
    def statement_link(self, hint: Hint) -> SafeString:
        """The words, and the ways to change their labels or to see the public page."""
        return format_html(
            '<span lang="de">{}</span><br><a href="{}">{}</a> · <a href="{}">{}</a>',
            hint.statement.text,
            reverse("admin:pledges_statement_change", args=[hint.statement_id]),
            gettext("Einordnung ändern"),
            hint.statement.get_absolute_url(),
            gettext("Öffentliche Seite"),
        )
