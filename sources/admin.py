from django.contrib import admin
from django.http import HttpRequest

from sources.models import Document


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """To look at only: a document is what came, and stays that."""

    list_display = ["file_name", "slug", "language", "sha256", "added_at", "replaces"]
    list_filter = ["language", "added_at"]
    list_select_related = ["replaces"]
    search_fields = ["file_name", "slug", "sha256", "text"]
    fields = ["slug", "file_name", "language", "sha256", "added_at", "read_at", "replaces", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False
