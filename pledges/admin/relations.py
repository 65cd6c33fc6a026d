from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.named_filters import named
from pledges.admin.object_history import WithTrail
from pledges.admin.relation_queue import RelationQueueViews
from pledges.admin.rendering_queue import RenderingQueueViews
from pledges.judging import fingerprint
from pledges.models import Relation, Rendering
from pledges.templatetags.wortlaut import as_percent
from pledges.versions import let_others_wait
from sources.models import Document

CHANGED_MEANWHILE = _(
    "Seit Sie dies geöffnet haben, hat es sich geändert. Von Ihnen ist noch nichts gespeichert. "
    "Wenn Ihre Worte gelten sollen, speichern Sie bitte noch einmal."
)


class WordsForm(forms.ModelForm):
    """What a relation says to readers, changed without judging it, and never unseen over newer words."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Relation
        fields = list(Relation.WORDS)
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("reason_de", "reason_en")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = fingerprint(self.instance)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        let_others_wait()
        now = Relation.objects.get(pk=self.instance.pk)
        if given.get("seen") != fingerprint(now):
            self._show_what_stands(now, given)
        return given

    def _show_what_stands(self, now: Relation, given: dict[str, Any]) -> None:
        self.add_error(None, CHANGED_MEANWHILE)
        for name, words in now.words.items():
            if words != given.get(name, words):
                self.add_error(name, gettext("Jetzt steht dort: „%s“") % words)
        # Who saves once more has seen it.
        sent = cast(QueryDict, self.data).copy()
        sent["seen"] = fingerprint(now)
        self.data = sent


@admin.register(Relation)
class RelationAdmin(WithTrail, RelationQueueViews):
    form = WordsForm
    list_display = ["kind", "status", "origin", "percent", "matter_de", "short_a", "short_b", "judged_by"]
    list_per_page = 50
    list_filter = [
        "kind",
        "status",
        "origin",
        ("a__programme", named(_("Programm der Aussage A"))),
        ("b__programme", named(_("Programm der Aussage B"))),
    ]
    list_select_related = ["a__programme", "b__programme", "judged_by"]
    search_fields = ["a__text", "b__text", "note", *Relation.WORDS]
    readonly_fields = [
        "words_a",
        "words_b",
        "kind",
        "status",
        "origin",
        "percent",
        "note",
        "judged_by",
        "judged_at",
    ]
    fieldsets = [
        (None, {"fields": tuple(readonly_fields)}),
        (_("Für die Leserschaft"), {"fields": (*Relation.WORDS, "seen")}),
    ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The words for readers may be changed here; how it is judged is shown."""
        return super().render_change_form(request, {"show_save": True} | context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Relation, form: forms.ModelForm, change: bool) -> None:
        obj.save(update_fields=[name for name in form.changed_data if name in Relation.WORDS])

    @admin.display(description=_("Aussage A"))
    def words_a(self, relation: Relation) -> str:
        return f"{relation.a.programme}: {relation.a.text}"

    @admin.display(description=_("Aussage B"))
    def words_b(self, relation: Relation) -> str:
        return f"{relation.b.programme}: {relation.b.text}"

    @admin.display(description=_("Aussage A"))
    def short_a(self, relation: Relation) -> str:
        return Truncator(self.words_a(relation)).chars(160)

    @admin.display(description=_("Aussage B"))
    def short_b(self, relation: Relation) -> str:
        return Truncator(self.words_b(relation)).chars(160)

    @admin.display(description=_("Sicherheit der Maschine"), ordering="certainty")
    def percent(self, relation: Relation) -> str | None:
        return None if relation.certainty is None else as_percent(relation.certainty)


class DocumentFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list:
        """As ever, but without reading the files."""
        return [(document.pk, str(document)) for document in Document.objects.light().order_by("slug")]


@admin.register(Rendering)
class RenderingAdmin(WithTrail, RenderingQueueViews):
    list_display = ["line", "verdict", "words", "note_de", "judged_by"]
    list_filter = ["verdict", ("passage__document", named(_("Quelle"), DocumentFilter))]
    list_select_related = ["passage", "judged_by"]
    search_fields = ["passage__text", "note_de", "note_en"]
    readonly_fields = ["words", "verdict", "sources", "note_de", "note_en", "judged_by", "judged_at"]
    fields = tuple(readonly_fields)
    ordering = ["passage__document", "passage__position"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A rendering is a line of a digest; it comes with the digest, and is judged in the queue."""
        return False

    @admin.display(description=_("Zeile"), ordering="passage__position")
    def line(self, rendering: Rendering) -> int:
        return rendering.passage.position

    @admin.display(description=_("Wortlaut"))
    def words(self, rendering: Rendering) -> str:
        return rendering.passage.text
