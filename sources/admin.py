from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from sources.models import Document


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """To look at only: a document is what came, and stays that."""

    list_display = ["file_name", "slug", "language", "sha256", "added_at", "replaces"]
    list_filter = ["language", "added_at"]
    search_fields = ["file_name", "slug", "sha256", "text"]
    fields = ["slug", "file_name", "language", "sha256", "added_at", "read_at", "replaces", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Without the files; the form reads the text that it shows."""
        light = Document.objects.light().select_related("replaces")
        return light.defer("replaces__content", "replaces__text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False
