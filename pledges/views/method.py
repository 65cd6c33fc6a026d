from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledges.agreement import AGREEMENT
from pledges.models import Coding, Origin, Statement, Topic


def method(request: HttpRequest) -> HttpResponse:
    """How it was made. Every figure is counted here or comes from a file that a command wrote."""
    origins = dict(Statement.objects.current().values_list("origin").annotate(Count("pk")))
    return render(
        request,
        "pledges/method.html",
        {
            "origins": [(origin, origins.get(origin, 0)) for origin in Origin],
            "statements": sum(origins.values()),
            "contested": Statement.objects.current().filter(contested=True).count(),
            "codings": Coding.objects.count(),
            "topics": Topic.objects.by_name(),
            "agreement": AGREEMENT,
        },
    )
