from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pledges.models import Origin, Relation, RelationKind, RelationStatus, Rendering


class RelationForm(forms.ModelForm):
    class Meta:
        model = Relation
        fields = ["a", "b", "kind", "status", "note"]

    def clean(self) -> dict:
        """Put the pair in order, and say in words what the database holds too."""
        data = super().clean() or self.cleaned_data
        a, b = data.get("a"), data.get("b")
        if a and b and a.programme_id == b.programme_id:
            self.add_error("b", _("Ein Bezug verbindet Aussagen verschiedener Programme."))
        elif a and b and a.pk > b.pk:
            data["a"], data["b"] = b, a
        if data.get("kind") == RelationKind.UNRELATED and data.get("status") != RelationStatus.REJECTED:
            self.add_error("status", _("„Kein Bezug“ heißt: verworfen."))
        return data


@admin.register(Relation)
class RelationAdmin(admin.ModelAdmin):
    form = RelationForm
    list_display = ["kind", "status", "origin", "words_a", "words_b", "note"]
    list_filter = ["kind", "status", "origin", "a__programme", "b__programme"]
    list_select_related = ["a__programme", "b__programme"]
    search_fields = ["a__search_text", "b__search_text", "note"]
    autocomplete_fields = ["a", "b"]
    readonly_fields = ["origin", "certainty"]

    def get_readonly_fields(self, request: HttpRequest, obj: Relation | None = None) -> list[str]:
        """A pair that stands is judged, not turned into another."""
        return [*self.readonly_fields, *(["a", "b"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Relation | None = None) -> bool:
        """A wrong relation is rejected, and so never suggested again."""
        return False

    def save_model(self, request: HttpRequest, obj: Relation, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.origin = Origin.EDITOR
        super().save_model(request, obj, form, change)

    @admin.display(description=_("Aussage A"))
    def words_a(self, relation: Relation) -> str:
        return f"{relation.a.programme}: {relation.a.text}"

    @admin.display(description=_("Aussage B"))
    def words_b(self, relation: Relation) -> str:
        return f"{relation.b.programme}: {relation.b.text}"


@admin.register(Rendering)
class RenderingAdmin(admin.ModelAdmin):
    list_display = ["line", "verdict", "words", "note_de"]
    list_filter = ["verdict", "passage__document"]
    list_select_related = ["passage"]
    search_fields = ["passage__text", "note_de", "note_en"]
    autocomplete_fields = ["sources"]
    readonly_fields = ["passage"]
    ordering = ["passage__document", "passage__position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rendering]:
        return super().get_queryset(request).prefetch_related("sources")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A rendering is a line of a digest; it comes with the digest."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Rendering | None = None) -> bool:
        return False

    @admin.display(description=_("Zeile"), ordering="passage__position")
    def line(self, rendering: Rendering) -> int:
        return rendering.passage.position

    @admin.display(description=_("Wortlaut"))
    def words(self, rendering: Rendering) -> str:
        return rendering.passage.text
