from typing import cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.models import Hint, HintStatus


class HintForm(forms.ModelForm):
    """The editors' answer; the reader's own words stay as they came."""

    class Meta:
        model = Hint
        fields = ["status", "answer"]
        widgets = {"status": forms.RadioSelect}

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("answer") and data.get("status") == HintStatus.OPEN:
            self.add_error("status", _("Eine Antwort braucht eine Entscheidung: übernommen oder nicht."))
        return data


def keep_answer(hint: Hint, editor: User) -> None:
    """Store what a form made of a hint, with who answered; one that is open again was answered by nobody."""
    is_open = hint.status == HintStatus.OPEN
    hint.answered_by = None if is_open else editor
    hint.answered_at = None if is_open else timezone.now()
    hint.save(update_fields=["status", "answer", "answered_by", "answered_at"])


@admin.register(Hint)
class HintAdmin(admin.ModelAdmin):
    form = HintForm
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
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Hints come from readers."""
        return False

    def save_model(self, request: HttpRequest, obj: Hint, form: forms.ModelForm, change: bool) -> None:
        """Note who answered; a hint that is open again was answered by nobody."""
        keep_answer(obj, cast(User, request.user))

    @admin.display(description=_("Aussage"), ordering="statement")
    def statement_words(self, hint: Hint) -> str:
        text = hint.statement.text
        return text if len(text) <= 120 else f"{text[:120]} …"

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
