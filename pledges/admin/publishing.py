"""Drafts and their publishing: only who may publish does, and only on a page that says what isn't checked."""

import datetime
from collections.abc import Iterable, Sequence

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pledges.admin.signed_out import only_posted
from pledges.keys import keys_of
from pledges.models import Hint, Programme, Statement
from pledges.views.programmes import file_response
from sources.models import Document


class DraftFilter(admin.SimpleListFilter):
    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("entwurf", gettext("Entwurf")), ("veroeffentlicht", gettext("veröffentlicht"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        chosen = {"entwurf": True, "veroeffentlicht": False}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(published_at__isnull=chosen)


class PublishingViews(admin.ModelAdmin):
    actions = ["publish_chosen", "withdraw_chosen"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "publish/",
                view(only_posted(self.publish_chosen_view)),
                name="pledges_programme_publish_chosen",
            ),
            path("<int:pk>/publish/", view(self.publish_view), name="pledges_programme_publish"),
            path("<int:pk>/file/", view(self.file_view), name="pledges_programme_file"),
            *super().get_urls(),
        ]

    def view_on_site(self, programme: Programme) -> str | None:
        """The public page, where the public may see it."""
        is_public = Programme.objects.published().filter(pk=programme.pk).exists()
        return programme.get_absolute_url() if is_public else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pledges.publish_programme")

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what publishing would show that nobody has checked; publish or withdraw where that is sent."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Programme.objects.select_related("digest_of"), pk=pk)
        there = reverse("admin:pledges_programme_change", args=[found.pk])
        if request.method == "POST":
            return self._decide(request, [found], there)
        return self._page(request, [found], there)

    def publish_chosen_view(self, request: HttpRequest) -> HttpResponse:
        """Publish or withdraw the programmes that a page of several has shown."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        chosen = keys_of(request.POST.getlist("chosen"))
        found = Programme.objects.select_related("digest_of").filter(pk__in=chosen)
        return self._decide(request, list(found), reverse("admin:pledges_programme_changelist"))

    def _decide(self, request: HttpRequest, programmes: list[Programme], there: str) -> HttpResponse:
        match [name for name in ("publish", "withdraw") if name in request.POST]:
            case ["publish"]:
                self._publish(request, programmes)
            case ["withdraw"]:
                self._withdraw(request, programmes)
            case _:
                return self._page(request, programmes, there, status=400)
        return redirect(there)

    def _page(
        self, request: HttpRequest, programmes: list[Programme], there: str, status: int = 200
    ) -> HttpResponse:
        """Ask once more. All of the programmes are drafts, or none is; `there` is where to go without."""
        publishes = any(programme.is_draft for programme in programmes)
        counts = unchecked_in(programmes)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Veröffentlichen") if publishes else gettext("Zurückziehen"),
            "opts": self.opts,
            "publishes": publishes,
            "programmes": [(programme, counts[programme.pk]) for programme in programmes],
            "chosen": {programme.pk for programme in programmes},
            "several": len(programmes) > 1,
            "there": there,
            "is_wrong": status != 200,
        }
        return TemplateResponse(request, "admin/pledges/publish.html", context, status=status)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file as it came, of drafts too."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return file_response(get_object_or_404(Document, programme__pk=pk))

    @admin.display(description=_("Stand"), ordering="published_at")
    def state(self, programme: Programme) -> str:
        return gettext("Entwurf") if programme.is_draft else gettext("veröffentlicht")

    @admin.action(description=_("Ausgewählte Programme veröffentlichen …"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Programme]) -> HttpResponse | None:
        drafts = queryset.filter(published_at=None)
        return self._ask(request, drafts, gettext("Alle ausgewählten Programme sind schon öffentlich."))

    @admin.action(description=_("Ausgewählte Programme zurückziehen …"), permissions=["publish"])
    def withdraw_chosen(self, request: HttpRequest, queryset: QuerySet[Programme]) -> HttpResponse | None:
        public = queryset.exclude(published_at=None)
        return self._ask(request, public, gettext("Alle ausgewählten Programme sind schon Entwürfe."))

    def _ask(self, request: HttpRequest, found: QuerySet[Programme], none: str) -> HttpResponse | None:
        """Lead to the page that asks, to a programme's own where it is the only one."""
        programmes = list(found.select_related("digest_of"))
        if not programmes:
            self.message_user(request, none, messages.WARNING)
            return None
        if len(programmes) == 1:
            return redirect("admin:pledges_programme_publish", programmes[0].pk)
        return self._page(request, programmes, reverse("admin:pledges_programme_changelist"))

    def _publish(self, request: HttpRequest, programmes: list[Programme]) -> None:
        drafts = [programme for programme in programmes if programme.is_draft]
        _save(drafts, timezone.now())
        said = ngettext("%d Programm veröffentlicht.", "%d Programme veröffentlicht.", len(drafts))
        self.message_user(request, said % len(drafts), messages.SUCCESS)

    def _withdraw(self, request: HttpRequest, programmes: list[Programme]) -> None:
        public = [programme for programme in programmes if not programme.is_draft]
        _save(public, None)
        said = ngettext(
            "%d Programm zurückgezogen. Es ist wieder ein Entwurf.",
            "%d Programme zurückgezogen. Sie sind wieder Entwürfe.",
            len(public),
        )
        self.message_user(request, said % len(public), messages.SUCCESS)


@transaction.atomic
def _save(programmes: Iterable[Programme], published_at: datetime.datetime | None) -> None:
    """All or none; one by one, as the trail tells of each."""
    for programme in programmes:
        programme.published_at = published_at
        programme.save(update_fields=["published_at"])


def unchecked_in(programmes: Sequence[Programme]) -> dict[int, dict[str, int]]:
    """Count, by the programme's key, what of it nobody has checked: `unchecked` of `all_of_it`, `by_machine`,
    `reworded`, and readers' open `hints`. Two queries, however many programmes."""
    keys = [programme.pk for programme in programmes]
    statements = Statement.objects.filter(programme__in=keys).number_unchecked_by_programme()
    hints = Hint.objects.open().filter(statement__programme__in=keys).order_by()
    open_ones = dict(hints.values_list("statement__programme").annotate(n=Count("pk")))
    nothing = {"all_of_it": 0, "unchecked": 0, "by_machine": 0, "reworded": 0}
    return {key: statements.get(key, nothing) | {"hints": open_ones.get(key, 0)} for key in keys}
