"""Many statements changed in one go: chosen in a list, shown before it is done, taken back as one."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.coding_form import WithTopics
from pledges.admin.signed_out import only_posted
from pledges.bulk import EXAMPLES, Change, Plan, TopicsDo, carry_out, plan, undo_bulk_change
from pledges.coding.labels import Labels
from pledges.coding_log import NotUndoable
from pledges.differences import in_words, labelling
from pledges.history import coding_labels
from pledges.keys import keys_of
from pledges.models import BulkChange, Coding, Commitment, Kind, Statement, Topic

MOST_SHOWN = 200
MOST_AT_ONCE = 5000


class BulkForm(WithTopics, forms.Form):
    """What is to change in all the chosen statements; what stays empty stays as it is."""

    stays = ("", _("bleibt"))
    kind = forms.ChoiceField(choices=[stays, *Kind.choices], required=False, label=_("Art"))
    commitment = forms.ChoiceField(choices=[stays, *Commitment.choices], required=False, label=_("Bindung"))
    topics_do = forms.ChoiceField(
        choices=[
            (TopicsDo.STAY, _("bleiben")),
            (TopicsDo.SET, _("ersetzen durch")),
            (TopicsDo.ADD, _("ergänzen um")),
            (TopicsDo.REMOVE, _("entfernen:")),
        ],
        label=_("Themen"),
    )
    main_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("Thema"))
    second_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("weiteres Thema"))
    third_topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label=_("weiteres Thema"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        topics_do, given = data.get("topics_do"), self.topics
        if topics_do == TopicsDo.STAY and given:
            self.add_error("topics_do", _("Bitte sagen, was mit diesen Themen geschehen soll."))
        if topics_do != TopicsDo.STAY and not given:
            self.add_error("main_topic", _("Bitte mindestens ein Thema wählen."))
        if len({topic.pk for topic in given}) < len(given):
            self.add_error("main_topic", _("Jedes Thema bitte nur einmal."))
        if data.get("commitment") and data.get("kind") not in ("", Kind.PLEDGE):
            self.add_error("commitment", _("Nur ein Vorhaben hat eine Bindung."))
        if not data.get("kind") and not data.get("commitment") and topics_do == TopicsDo.STAY:
            raise forms.ValidationError(_("Bitte wählen, was sich ändern soll."))
        return data

    @property
    def change(self) -> Change:
        data = self.cleaned_data
        slugs = tuple(topic.slug for topic in self.topics)
        return Change(data["kind"] or None, data["commitment"] or None, TopicsDo(data["topics_do"]), slugs)


class BulkViews(admin.ModelAdmin):
    """The action of the lists, and the pages that lead from it to the change."""

    actions = ["change_together"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(only_posted(self.bulk_view))
        return [path("bulk/", view, name=f"pledges_{self.opts.model_name}_bulk"), *super().get_urls()]

    @admin.action(description=_("Ausgewählte gemeinsam ändern …"), permissions=["change"])
    def change_together(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        chosen = queryset.order_by().values_list("pk", flat=True).distinct()
        if self._are_too_many(request, chosen.count()):
            return None
        form = BulkForm(initial={"topics_do": TopicsDo.STAY})
        return self._bulk_page(request, {"form": form, "chosen": list(chosen)})

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Ask what to change, show what would come of it, do it: each step holds all that the next needs."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = BulkForm(request.POST)
        chosen = keys_of(request.POST.get("chosen", "").split(","))
        seen = _pairs(request.POST.get("seen", ""))
        if self._are_too_many(request, max(len(chosen), len(seen))):
            return redirect(self._with_filters(request, "changelist"))
        if not form.is_valid() or "change" in request.POST:
            return self._bulk_page(request, {"form": form, "chosen": chosen}, 200 if form.is_valid() else 400)
        if "do" not in request.POST:
            return self._bulk_page(request, {"form": form, "chosen": chosen} | _preview(form.change, chosen))
        what = form.change.in_words({topic.slug: topic.name for topic in form.topics})
        done = carry_out(seen, form.change, cast(User, request.user), what)
        self._tell(request, done.changed, done.stale, done.bulk_change)
        return redirect(self._with_filters(request, "changelist"))

    def _with_filters(self, request: HttpRequest, name: str) -> str:
        """The address of the list that it came from, or of a step, which keeps the list's own filters."""
        query = request.GET.urlencode()
        return reverse(f"admin:pledges_{self.opts.model_name}_{name}") + (f"?{query}" if query else "")

    def _are_too_many(self, request: HttpRequest, number: int) -> bool:
        """Whether they are more than one form and one transaction can take, which is then said."""
        if number <= MOST_AT_ONCE:
            return False
        said = gettext(
            "%(number)s Aussagen sind ausgewählt; gemeinsam ändern lassen sich höchstens %(most)s. Bitte "
            "grenzen Sie die Auswahl mit den Filtern ein. Es ist nichts geändert."
        )
        self.message_user(request, said % {"number": number, "most": MOST_AT_ONCE}, messages.ERROR)
        return True

    def _tell(self, request: HttpRequest, number: int, stale: int, bulk_change: BulkChange | None) -> None:
        said = ngettext("%d Aussage geändert.", "%d Aussagen geändert.", number) % number
        if bulk_change:
            address = reverse("admin:pledges_bulkchange_change", args=[bulk_change.pk])
            said = format_html('{} <a href="{}">{}</a>', said, address, gettext("Ansehen oder zurücknehmen"))
        self.message_user(request, said, messages.SUCCESS if number else messages.WARNING)
        if stale:
            said = ngettext(
                "%d Aussage wurde seit der Vorschau neu kodiert; sie blieb, wie sie ist.",
                "%d Aussagen wurden seit der Vorschau neu kodiert; sie blieben, wie sie sind.",
                stale,
            )
            self.message_user(request, said % stale, messages.WARNING)

    def _bulk_page(self, request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": gettext("Gemeinsam ändern"),
            "opts": self.opts,
            "address": self._with_filters(request, "bulk"),
            "list_address": self._with_filters(request, "changelist"),
            **context,
        }
        return TemplateResponse(request, "admin/pledges/bulk.html", whole, status=status)


@admin.register(BulkChange)
class BulkChangeAdmin(admin.ModelAdmin):
    """To look at, and to take back as a whole."""

    list_display = ["made_at", "editor", "what", "number", "number_undone"]
    list_display_links = ["made_at", "what"]
    list_filter = ["editor"]
    list_select_related = ["editor"]
    date_hierarchy = "made_at"
    fields = ["made_at", "editor", "what"]
    change_form_template = "admin/pledges/bulk_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkChange]:
        undone = Count("codings", filter=Q(codings__undone_by__isnull=False))
        return super().get_queryset(request).annotate(codings_given=Count("codings"), codings_undone=undone)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(only_posted(self.undo_view))
        return [path("<int:pk>/undo/", view, name="pledges_bulkchange_undo"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: BulkChange | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: BulkChange | None = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= self._codings(request, kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the whole back."""
        if not request.user.has_perm("pledges.change_statement"):
            raise PermissionDenied
        bulk_change = get_object_or_404(BulkChange, pk=pk)
        try:
            number = undo_bulk_change(bulk_change, cast(User, request.user))
        except NotUndoable:
            self.message_user(request, gettext("Das lässt sich nicht zurücknehmen."), messages.ERROR)
        else:
            said = ngettext("%d Kodierung zurückgenommen.", "%d Kodierungen zurückgenommen.", number) % number
            self.message_user(request, said, messages.SUCCESS if number else messages.WARNING)
        return redirect("admin:pledges_bulkchange_change", pk)

    @admin.display(description=_("Aussagen"))
    def number(self, bulk_change: Any) -> int:
        return bulk_change.codings_given

    @admin.display(description=_("davon zurückgenommen"))
    def number_undone(self, bulk_change: Any) -> int:
        return bulk_change.codings_undone

    def _codings(self, request: HttpRequest, bulk_change: Any) -> dict[str, Any]:
        given = bulk_change.codings.select_related("statement", "previous", "undone_by").order_by("pk")
        shown = given.prefetch_related("topics_given", "previous__topics_given")[:MOST_SHOWN]
        return {
            "codings": [(coding, _told(coding.previous), _told(coding)) for coding in shown],
            "left_out": max(0, bulk_change.codings_given - MOST_SHOWN),
            "undoable": bulk_change.codings_given - bulk_change.codings_undone,
            "may_undo": request.user.has_perm("pledges.change_statement"),
        }


def _preview(change: Change, chosen: list[int]) -> dict[str, Any]:
    found = plan(chosen, change)
    names = {topic.slug: topic.name for topic in Topic.objects.all()}
    return {
        "plan": found,
        "what": change.in_words(names),
        "refused": sorted(found.refused.items(), key=lambda counted: -counted[1]),
        "seen": ",".join(f"{key}:{found.seen[key]}" for key in found.after),
        "examples": _examples(found, names),
    }


def _examples(found: Plan, names: dict[str, str]) -> list[tuple[Statement, str, str]]:
    def told(labels: Labels) -> str:
        return in_words(labelling(labels, (names[slug] for slug in labels.topics)))

    some = Statement.objects.in_bulk(list(found.after)[:EXAMPLES])
    return [(some[key], told(found.before[key]), told(found.after[key])) for key in some]


def _told(coding: Coding | None) -> str:
    return in_words(coding_labels(coding)) if coding else ""


def _pairs(words: str) -> dict[int, int]:
    """The statements and the coding seen of each, as the preview holds them; what is none is dropped."""
    pairs = (keys_of(pair.split(":")) for pair in words.split(","))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
