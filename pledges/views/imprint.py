from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pledges import imprint as kept


def imprint(request: HttpRequest) -> HttpResponse:
    words = kept.imprint()
    if not words:
        raise Http404
    return render(request, "pledges/imprint.html", {"words": words})
