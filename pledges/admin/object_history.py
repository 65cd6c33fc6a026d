"""A row's history: the trail tells more than Django's own log, which knows its own forms alone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class WithTrail(admin.ModelAdmin):
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """To the row's entries in the trail, for who may read that; Django's own page for others."""
        page = super().history_view(request, object_id, extra_context)
        if page.status_code != 200 or not request.user.has_perm("pledges.view_trailentry"):
            return page
        kind = ContentType.objects.get_for_model(self.model)
        wanted = urlencode({"content_type__id__exact": kind.pk, "object_pk": object_id})
        return redirect(f"{reverse('admin:pledges_trailentry_changelist')}?{wanted}")
