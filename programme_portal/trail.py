"""Who changed something in the admin."""

from auditlog.middleware import AuditlogMiddleware
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def masked(_value: str) -> str:
    """What the trail says in the place of a secret."""
    return "•••"


class AdminTrail(AuditlogMiddleware):
    """Names the signed-in user in the trail; public pages look at no session, and so are the same for all."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")):
            return super().__call__(request)
        return self.get_response(request)
