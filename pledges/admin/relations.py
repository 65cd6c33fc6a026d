from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from pledges.admin.relation_queue import RelationQueueViews
from pledges.admin.rendering_queue import RenderingQueueViews
from pledges.models import Relation, Rendering
from pledges.templatetags.wortlaut import as_percent
from sources.models import Document


@admin.register(Relation)
class RelationAdmin(RelationQueueViews):
    list_display = ["kind", "status", "origin", "percent", "short_a", "short_b", "note", "judged_by"]
    list_per_page = 50
    list_filter = ["kind", "status", "origin", "a__programme", "b__programme"]
    list_select_related = ["a__programme", "b__programme", "judged_by"]
    search_fields = ["a__text", "b__text", "note"]
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
    fields = tuple(readonly_fields)

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
class RenderingAdmin(RenderingQueueViews):
    list_display = ["line", "verdict", "words", "note_de", "judged_by"]
    list_filter = ["verdict", ("passage__document", DocumentFilter)]
    list_select_related = ["passage", "judged_by"]
    search_fields = ["passage__text", "note_de", "note_en"]
    readonly_fields = ["words", "verdict", "sources", "note_de", "note_en", "judged_by", "judged_at"]
    fields = tuple(readonly_fields)
    ordering = ["passage__document", "passage__position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rendering]:
        return super().get_queryset(request).prefetch_related("sources")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A rendering is a line of a digest; it comes with the digest, and is judged in the queue."""
        return False

    @admin.display(description=_("Zeile"), ordering="passage__position")
    def line(self, rendering: Rendering) -> int:
        return rendering.passage.position

    @admin.display(description=_("Wortlaut"))
    def words(self, rendering: Rendering) -> str:
        return rendering.passage.text
