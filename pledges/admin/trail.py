from typing import Any

from auditlog.models import LogEntry
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.named_filters import named
from pledges.keys import key_of
from pledges.models import TrailEntry

# The library's own list speaks English only; what it may show is the same.
admin.site.unregister(LogEntry)

_DONE = {
    LogEntry.Action.CREATE: _("angelegt"),
    LogEntry.Action.UPDATE: _("geändert"),
    LogEntry.Action.DELETE: _("gelöscht"),
}


@admin.register(TrailEntry)
class TrailAdmin(admin.ModelAdmin):
    """Who changed what in the admin, and when: to be read, never to be changed."""

    list_display = ["at", "who", "done", "what", "changes_in_short"]
    list_filter = [
        ("actor", named(_("Person"), admin.RelatedOnlyFieldListFilter)),
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["actor", "content_type"]
    list_per_page = 50
    date_hierarchy = "timestamp"
    search_fields = ["object_repr"]
    readonly_fields = ["at", "who", "done", "what", "changes_in_full"]
    fields = tuple(readonly_fields)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Headed with the row whose history this is, where it is only one's."""
        return super().changelist_view(request, {**_heading(request), **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TrailEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TrailEntry | None = None) -> bool:
        return False

    @admin.display(description=_("Zeitpunkt"), ordering="timestamp")
    def at(self, entry: TrailEntry) -> Any:
        return entry.timestamp

    @admin.display(description=_("Wer"), ordering="actor__username")
    def who(self, entry: TrailEntry) -> str:
        return str(entry.actor or entry.actor_email or "–")

    @admin.display(description=_("Was geschah"), ordering="action")
    def done(self, entry: TrailEntry) -> str:
        return str(_DONE.get(entry.action, entry.get_action_display()))

    @admin.display(description=_("Woran"))
    def what(self, entry: TrailEntry) -> SafeString:
        """The object's kind and name, with a link where it can still be opened."""
        kind = entry.content_type.name
        name = Truncator(entry.object_repr).chars(80)
        try:
            model = entry.content_type.model
            view = f"admin:{entry.content_type.app_label}_{model}_change"
            return format_html('{}: <a href="{}">{}</a>', kind, reverse(view, args=[entry.object_pk]), name)
        except NoReverseMatch:
            return format_html("{}: {}", kind, name)

    @admin.display(description=_("Änderung"))
    def changes_in_short(self, entry: TrailEntry) -> str:
        return Truncator("; ".join(_in_words(entry))).chars(160)

    @admin.display(description=_("Änderung"))
    def changes_in_full(self, entry: TrailEntry) -> SafeString:
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((c,) for c in _in_words(entry)))
        )


def _heading(request: HttpRequest) -> dict[str, str]:
    row, kind = request.GET.get("object_pk"), key_of(request.GET.get("content_type__id__exact"))
    newest = TrailEntry.objects.filter(object_pk=row, content_type=kind).first() if row and kind else None
    if newest is None:
        return {}
    words = gettext("Änderungen: %(kind)s „%(name)s“")
    name = Truncator(newest.object_repr).chars(80)
    return {"title": words % {"kind": newest.content_type.name, "name": name}}


def _in_words(entry: TrailEntry) -> list[str]:
    """Each changed field: "Jahr: 2024 → 2025", "Rechte: + a, b"."""
    raw = entry.changes_dict
    many = {name: change for name, change in raw.items() if isinstance(change, dict)}
    pairs = {name: v for name, v in entry.changes_display_dict.items() if len(v) == 2 and _says(*v)}
    return [f"{name}: {_pair(*values)}" for name, values in pairs.items()] + [
        f"{_label(entry, name)}: {_listed(change)}" for name, change in many.items()
    ]


def _says(old: str, new: str) -> bool:
    """Whether a pair tells anything: a new object's empty fields and relations back to it don't."""
    return not (old == "None" and (new == "" or str(new).endswith(".None")))


def _pair(old: str, new: str) -> str:
    return f"{_told(old)} → {_told(new)}"


def _told(value: str) -> str:
    words = {"": gettext("leer"), "None": gettext("leer"), "True": gettext("ja"), "False": gettext("nein")}
    return words.get(str(value), str(value))


def _listed(change: dict[str, Any]) -> str:
    sign = "+" if change.get("operation") == "add" else "−"
    return f"{sign} {', '.join(change.get('objects', []))}"


def _label(entry: TrailEntry, name: str) -> str:
    model = entry.content_type.model_class()
    return str(model._meta.get_field(name).verbose_name) if model else name
