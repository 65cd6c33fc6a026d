"""The page that asks whether a draft is to be deleted."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from pledges.models import Programme
from pledges.removal import NotRemovable, may_be_removed, remove


class RemovingViews(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.remove_view)
        return [path("<int:pk>/remove/", view, name="pledges_programme_remove"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """Django's own page would ask nothing of what hangs on it; this one's does."""
        return False

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what would be deleted, and delete it where that is sent."""
        if not request.user.has_perm("pledges.delete_programme"):
            raise PermissionDenied
        found = get_object_or_404(Programme, pk=pk)
        if request.method == "POST":
            return self._removed(request, found)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Entwurf löschen"),
            "opts": self.opts,
            "programme": found,
            "may_be_removed": may_be_removed(found),
            "statements": found.statements.count(),
        }
        return TemplateResponse(request, "admin/pledges/programme/remove.html", context)

    def _removed(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        title = programme.short_title
        try:
            remove(programme)
        except NotRemovable:
            self.message_user(request, gettext("Es wurde nichts gelöscht."), messages.ERROR)
            return redirect("admin:pledges_programme_remove", programme.pk)
        said = gettext("Der Entwurf „%(title)s“ ist gelöscht. Seine Datei können Sie neu hochladen.")
        self.message_user(request, said % {"title": title}, messages.SUCCESS)
        return redirect("admin:pledges_programme_changelist")
