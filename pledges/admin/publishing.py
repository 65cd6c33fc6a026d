"""Drafts and their publishing: only who may publish does, and only on a page that says what isn't checked."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pledges.models import Hint, Origin, Programme
from pledges.views.programmes import file_response


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
            path("<int:programme>/publish/", view(self.publish_view), name="pledges_programme_publish"),
            path("<int:programme>/file/", view(self.file_view), name="pledges_programme_file"),
            *super().get_urls(),
        ]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pledges.publish_programme")

    def publish_view(self, request: HttpRequest, programme: int) -> HttpResponse:
        """Say what publishing would show that nobody has checked; publish or withdraw where that is sent."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Programme.objects.select_related("digest_of"), pk=programme)
        if request.method == "POST":
            done = self._publish if "publish" in request.POST else self._withdraw
            done(request, [found])
            return redirect(reverse("admin:pledges_programme_change", args=[found.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Veröffentlichen") if found.is_draft else gettext("Zurückziehen"),
            "opts": self.opts,
            "programme": found,
            **unchecked_in(found),
        }
        return TemplateResponse(request, "admin/pledges/publish.html", context)

    def file_view(self, request: HttpRequest, programme: int) -> HttpResponse:
        """The file as it came, of drafts too."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Programme.objects.exclude(document=None), pk=programme)
        assert found.document is not None  # noqa: S101
        return file_response(found.document)

    @admin.display(description=_("Stand"), ordering="published_at")
    def state(self, programme: Programme) -> str:
        return gettext("Entwurf") if programme.is_draft else gettext("veröffentlicht")

    @admin.action(description=_("Ausgewählte Programme veröffentlichen"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Programme]) -> None:
        self._publish(request, list(queryset))

    @admin.action(description=_("Ausgewählte Programme zurückziehen"), permissions=["publish"])
    def withdraw_chosen(self, request: HttpRequest, queryset: QuerySet[Programme]) -> None:
        self._withdraw(request, list(queryset))

    def _publish(self, request: HttpRequest, programmes: list[Programme]) -> None:
        drafts = [programme for programme in programmes if programme.is_draft]
        for programme in drafts:
            programme.published_at = timezone.now()
            programme.save(update_fields=["published_at"])
        said = ngettext("%d Programm veröffentlicht.", "%d Programme veröffentlicht.", len(drafts))
        self.message_user(request, said % len(drafts), messages.SUCCESS)

    def _withdraw(self, request: HttpRequest, programmes: list[Programme]) -> None:
        public = [programme for programme in programmes if not programme.is_draft]
        for programme in public:
            programme.published_at = None
            programme.save(update_fields=["published_at"])
        said = ngettext(
            "%d Programm zurückgezogen. Es ist wieder ein Entwurf.",
            "%d Programme zurückgezogen. Sie sind wieder Entwürfe.",
            len(public),
        )
        self.message_user(request, said % len(public), messages.SUCCESS)


def unchecked_in(programme: Programme) -> dict[str, int]:
    """Count what of a programme nobody has checked: `unchecked` of `all_of_it`, `by_machine`, `reworded`,
    and readers' open `hints`."""
    checked, all_of_it = programme.statements.number_checked()
    current = programme.statements.current()
    return {
        "all_of_it": all_of_it,
        "unchecked": all_of_it - checked,
        "by_machine": current.filter(origin=Origin.MACHINE).count(),
        "reworded": current.filter(wording_changed=True).count(),
        "hints": Hint.objects.open().filter(statement__programme=programme).count(),
    }
