from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.coding.labels import Labels
from pledges.coding_log import code_by_editor
from pledges.models import Coding, Kind, Pledge, Statement, Topic
from sources.models import Passage

AROUND = 3


class CodingForm(forms.ModelForm):
    """An editor's coding of a statement. It is added to the log; the statement's labels follow from that."""

    main_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Hauptthema"))
    second_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Zweites Thema"))
    third_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Drittes Thema"))

    class Meta:
        model = Statement
        fields = ["kind", "commitment", "measurable"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        given = self.instance.ordered_topics if self.instance.pk else []
        for name, topic in zip(("main_topic", "second_topic", "third_topic"), given, strict=False):
            self.initial[name] = topic

    def clean(self) -> dict:
        """Say in words what the database holds too, and the codebook's rule on topics."""
        data = super().clean() or self.cleaned_data
        is_pledge = data.get("kind") == Kind.PLEDGE
        if is_pledge and not data.get("commitment"):
            self.add_error("commitment", _("Ein Vorhaben braucht eine Bindung."))
        if not is_pledge and data.get("commitment"):
            self.add_error("commitment", _("Nur ein Vorhaben hat eine Bindung."))
        if not is_pledge and data.get("measurable"):
            self.add_error("measurable", _("Nur ein Vorhaben kann messbar sein."))
        topics = self.topics
        if data.get("kind") != Kind.CONTEXT and not topics:
            self.add_error("main_topic", _("Außer beim Hintergrund braucht es mindestens ein Thema."))
        if len({topic.pk for topic in topics}) < len(topics):
            self.add_error("main_topic", _("Jedes Thema bitte nur einmal."))
        return data

    @property
    def topics(self) -> list[Topic]:
        """The topics given, main one first."""
        given = [self.cleaned_data.get(name) for name in ("main_topic", "second_topic", "third_topic")]
        return [topic for topic in given if topic]


class CodingInline(admin.TabularInline):
    """The log: to be read only."""

    model = Coding
    verbose_name_plural = _("Verlauf der Kodierungen")
    readonly_fields = [
        "made_at",
        "origin",
        "coder",
        "kind",
        "commitment",
        "measurable",
        "given_topics",
        "kind_certainty",
        "contested",
    ]
    fields = tuple(readonly_fields)
    ordering = ["-made_at"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coding]:
        return super().get_queryset(request).prefetch_related("topics_given")

    def has_add_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    @admin.display(description=_("Themen"))
    def given_topics(self, coding: Coding) -> str:
        return ", ".join(topic.name for topic in coding.ordered_topics)


class StatementAdmin(admin.ModelAdmin):
    form = CodingForm
    inlines = [CodingInline]
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
    search_fields = ["search_text"]
    search_help_text = _("Wörter oder Teile von Wörtern; Umlaute und Großschreibung spielen keine Rolle.")
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
                    ("main_topic", "second_topic", "third_topic"),
                    ("origin", "certainty", "contested"),
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
        return queryset & self.model.objects.containing(search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Statements come from texts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        """Links and codings hang on a statement for good."""
        return False

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        """Add an editor's coding; the statement's own row is written from it, and only from it."""
        code_by_editor(
            obj,
            cast(User, request.user),
            Labels(
                form.cleaned_data["kind"],
                form.cleaned_data["commitment"] or None,
                form.cleaned_data["measurable"],
                tuple(topic.slug for topic in form.topics),
                certainty=None,
            ),
        )
        self.message_user(request, gettext("Ihre Kodierung ist im Verlauf und gilt."), messages.INFO)

    @admin.display(description=_("Wortlaut"), ordering="text")
    def words(self, statement: Statement) -> str:
        return statement.text if len(statement.text) <= 160 else f"{statement.text[:160]} …"

    @admin.display(description=_("Themen"))
    def given_topics(self, statement: Statement) -> str:
        return ", ".join(topic.name for topic in statement.ordered_topics)

    @admin.display(description=_("Im Zusammenhang"))
    def in_context(self, statement: Statement) -> SafeString:
        """The section's heading and the sentences around, the statement itself marked."""
        passage = statement.passage
        if passage is None:
            return format_html("<strong>{}</strong>", statement.text)
        around = Passage.objects.filter(
            document=passage.document_id,
            position__range=(passage.position - AROUND, passage.position + AROUND),
        ).order_by("position")
        sentences = format_html_join(
            "",
            "<p>{}</p>",
            (
                (format_html("<strong>{}</strong>", near.text) if near == passage else near.text,)
                for near in around
            ),
        )
        return format_html("<h3>{}</h3>{}", passage.section.display_title, sentences)


admin.site.register(Statement, StatementAdmin)
admin.site.register(Pledge, StatementAdmin)
