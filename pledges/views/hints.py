from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pledges.cards import with_programme_or_404
from pledges.directory import directory
from pledges.hints import PERIOD, HintForm, take_hint
from pledges.models import Statement


# Without the cookie that Django's own protection needs, as public pages set none. It would protect nothing
# here either: a hint is no right of who is signed in, and what another page could have a browser send, its
# author could send himself. What is sent needs the token of the form (see pledges.hints).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hint(request: HttpRequest, key: str) -> HttpResponse:
    statement = _find(request, key)
    if request.method != "POST":
        return _page(request, statement, HintForm(statement), status=200)
    form = HintForm(statement, request.POST)
    if not form.is_valid():
        return _page(request, statement, form, status=400)
    if not take_hint(statement, form, request):
        response = _page(request, statement, form, status=429)
        response["Retry-After"] = str(int(PERIOD.total_seconds()))
        return response
    return redirect("hint-thanks", statement.key)


@require_safe
def hint_thanks(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "pledges/hint_thanks.html", {"statement": _find(request, key)})


def _find(request: HttpRequest, key: str) -> Statement:
    found = get_object_or_404(Statement.objects.published(), key=key)
    return with_programme_or_404(found, directory(request).programmes)


def _page(request: HttpRequest, statement: Statement, form: HintForm, status: int) -> HttpResponse:
    context = {"statement": statement, "form": form, "is_over_limit": status == 429}
    return render(request, "pledges/hint.html", context, status=status)
