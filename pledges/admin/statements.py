from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.bulk import BulkViews
from pledges.admin.coding_form import TOPIC_FIELDS, CodingForm
from pledges.admin.conflict import conflict_page
from pledges.admin.exchange import ExchangeViews
from pledges.admin.signed_out import only_posted
from pledges.admin.statement_queue import StatementQueueViews, take_back
from pledges.coding_log import NewerCoding, code_by_editor
from pledges.history import coding_history
from pledges.keys import key_of
from pledges.models import Coding, Pledge, Statement
from sources.models import Passage

AROUND = 3


class CodedAdmin(BulkViews, ExchangeViews, admin.ModelAdmin):
    """Statements of any kind: the list, and a form whose every saving is a coding more."""

    form = CodingForm
    change_form_template = "admin/pledges/coded_change_form.html"
    list_display = [
        "words",
        "programme",
        "position",
        "kind",
        "commitment",
        "measurable",
        "given_topics",
        "origin",
        "certainty",
        "contested",
    ]
    list_filter = [
        "programme",
        "kind",
        "commitment",
        "measurable",
        "origin",
        "contested",
        "wording_changed",
        ("gone_since", admin.EmptyFieldListFilter),
        "topics",
    ]
    list_select_related = ["programme"]
    list_per_page = 50
    search_fields = ["text"]
    search_help_text = _(
        "Wörter oder Teile von Wörtern; Umlaute und Großschreibung spielen keine Rolle. Filter wie "
        "„thema:wohnen“ finden hier nichts: Sie stehen neben der Liste."
    )
    ordering = ["programme__short_title", "programme", "position"]
    readonly_fields = ["in_context", "programme", "key", "position", "origin", "certainty", "contested"]
    fieldsets = [
        (None, {"fields": ["in_context", ("programme", "position", "key")]}),
        (
            _("Einordnung"),
            {
                "fields": [
                    "kind",
                    "commitment",
                    "measurable",
                    TOPIC_FIELDS,
                    ("origin", "certainty", "contested"),
                    "seen",
                ],
                "description": _(
                    "Speichern fügt dem Verlauf eine Kodierung der Redaktion hinzu, die ab dann gilt. Auch "
                    "unverändert zu speichern heißt: geprüft."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("topics_given")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # The list asks without any words too, and then wants all.
        found = queryset & self.model.objects.containing(search_term) if search_term else queryset
        return found, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Statements come from texts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        """Links and codings hang on a statement for good."""
        return False

    def view_on_site(self, statement: Statement) -> str | None:
        """The public page; a draft has none."""
        return None if statement.programme.is_draft else statement.get_absolute_url()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(only_posted(self.undo_view))
        name = f"pledges_{self.opts.model_name}_undo"
        return [path("<int:pk>/undo/", view, name=name), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """As ever; where somebody else coded meanwhile, both codings to choose from."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NewerCoding as newer:
            statement = cast(Statement, self.get_object(request, cast(str, object_id)))
            form = CodingForm(request.POST, instance=statement)
            form.is_valid()
            return conflict_page(request, self.admin_site, form, newer.coding, keep=request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the log of codings."""
        context["log"] = coding_history(kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """To the log of codings on the statement's own page, which is all that ever changes of one."""
        page = super().history_view(request, object_id, extra_context)
        there = reverse(f"admin:pledges_{self.opts.model_name}_change", args=[object_id])
        return redirect(f"{there}#log") if page.status_code == 200 else page

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        """Add an editor's coding; the statement's own row is written from it, and only from it."""
        seen = form.cleaned_data["seen"] or 0
        code_by_editor(obj, cast(User, request.user), form.labels, seen=seen)
        self.message_user(request, gettext("Ihre Kodierung ist im Verlauf und gilt."), messages.INFO)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back one of the statement's codings by an editor."""
        coded = get_object_or_404(Statement, pk=pk)
        if not self.has_change_permission(request, coded):
            raise PermissionDenied
        coding = get_object_or_404(Coding, pk=key_of(request.POST.get("coding")), statement=coded)
        take_back(self, request, coding, gettext("Zurückgenommen. Es gilt wieder, was davor galt."))
        return redirect(f"admin:pledges_{self.opts.model_name}_change", coded.pk)

    @admin.display(description=_("Wortlaut"), ordering="text")
    def words(self, statement: Statement) -> str:
        return Truncator(statement.text).chars(160)

    @admin.display(description=_("Themen"))
    def given_topics(self, statement: Statement) -> str:
        return ", ".join(topic.name for topic in statement.ordered_topics)

    @admin.display(description=_("Im Zusammenhang"))
    def in_context(self, statement: Statement) -> SafeString:
        """The section's heading and the sentences around, the statement itself marked."""
        passage = statement.passage
        if passage is None:
            return format_html("<strong>{}</strong>", statement.text)
        sentences = format_html_join(
            "",
            "<p>{}</p>",
            (
                (format_html("<strong>{}</strong>", near.text) if near == passage else near.text,)
                for near in Passage.objects.around(passage, AROUND, AROUND)
            ),
        )
        return format_html("<h3>{}</h3>{}", passage.section.display_title, sentences)


@admin.register(Statement)
class StatementAdmin(StatementQueueViews, CodedAdmin):
    change_list_template = "admin/pledges/statement/change_list.html"


@admin.register(Pledge)
class PledgeAdmin(CodedAdmin):
    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Also one that is no pledge any more, which may have happened while its form was open."""
        found = super().get_object(request, object_id, from_field)
        return found or Pledge._base_manager.filter(pk=key_of(object_id)).first()
