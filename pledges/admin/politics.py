from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet, URLField
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pledges.admin.object_history import WithTrail
from pledges.admin.publishing import DraftFilter, PublishingViews
from pledges.admin.removing import RemovingViews
from pledges.index import refresh_facets
from pledges.models import Authorship, Election, Party, Place, Programme, Topic


class WithSlug(WithTrail):
    """Addresses, permalinks, lists and the machine know a row by its slug: it is chosen once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]


@admin.register(Place)
class PlaceAdmin(WithSlug):
    list_display = ["name", "slug", "municipality_key"]
    search_fields = ["name", "slug", "municipality_key"]


@admin.register(Party)
class PartyAdmin(WithSlug):
    list_display = ["short_name", "name", "slug", "colour"]
    search_fields = ["short_name", "name", "slug"]


@admin.register(Election)
class ElectionAdmin(WithSlug):
    list_display = ["title", "place", "date", "slug"]
    list_filter = ["place"]
    list_select_related = ["place"]
    search_fields = ["title", "slug"]
    date_hierarchy = "date"


@admin.register(Topic)
class TopicAdmin(WithSlug):
    list_display = ["name_de", "name_en", "slug", "covers_de"]
    search_fields = ["name_de", "name_en", "slug", "covers_de"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The codebook's topics are the only ones: the machine codes no other, so a further one would look as
        if no party said a word on it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """The codebook's topics are in use for good."""
        return False


class AuthorshipFormSet(BaseInlineFormSet):
    default_error_messages = {
        "too_few_forms": _("Ein Programm braucht mindestens eine Partei oder Gruppe, von der es ist.")
    }


class AuthorshipInline(admin.TabularInline):
    model = Authorship
    formset = AuthorshipFormSet
    verbose_name = _("Partei / Gruppe")
    verbose_name_plural = _("Von wem das Programm ist")
    extra = 0
    min_num = 1
    autocomplete_fields = ["party"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Programme)
class ProgrammeAdmin(PublishingViews, RemovingViews, WithSlug):
    list_display = ["short_title", "state", "kind", "year", "place", "election", "whole", "document"]
    list_filter = [DraftFilter, "kind", "place", "parties", "whole", "year"]
    search_fields = ["short_title", "title", "slug"]
    autocomplete_fields = ["place", "election", "digest_of"]
    # A text comes by an upload or a command, which carry over what was coded; not by a change of this field.
    # Publishing is a step of its own, with a right of its own.
    readonly_fields = ["document", "published_at"]
    inlines = [AuthorshipInline]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """With what the list names, but without the files."""
        named = super().get_queryset(request).select_related("place", "election", "document")
        return named.defer("document__content", "document__text")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let the statements be found by the names of the authors that now stand."""
        super().save_related(request, form, formsets, change)
        refresh_facets(form.instance.statements.values_list("pk", flat=True))
