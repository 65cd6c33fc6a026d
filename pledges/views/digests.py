from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from pledges.cards import with_programmes
from pledges.directory import directory, find_or_404
from pledges.links import without_empty
from pledges.models import Origin, Rendering, Verdict
from pledges.problems import find_problems


class VerdictForm(forms.Form):
    urteil = forms.MultipleChoiceField(label=_("Urteil"), choices=Verdict.choices, required=False)


def digest(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    programme = find_or_404(known.digests, slug)
    original = next(p for p in known.texts if p.pk == programme.digest_of_id)
    form = VerdictForm(without_empty(request.GET))
    valid = form.is_valid()
    judged = Rendering.objects.filter(passage__document=programme.document_id)
    renderings = list(judged.by_line().prefetch_related("sources"))
    with_programmes([source for rendering in renderings for source in rendering.sources.all()], known.texts)
    chosen = form.cleaned_data["urteil"] if valid else []
    shown = [r for r in renderings if valid and (not chosen or r.verdict in chosen)]
    context = {
        "programme": programme,
        "original": original,
        "verdicts": _verdicts(renderings, chosen),
        "judged": sum(r.origin == Origin.EDITOR for r in renderings),
        "faithful": sum(r.verdict == Verdict.FAITHFUL for r in renderings),
        "fabricated": [r for r in renderings if r.verdict == Verdict.FABRICATED],
        "renderings": shown,
        "all": len(renderings),
        "problems": find_problems(form, request.GET),
    }
    return render(request, "pledges/digest.html", context, status=200 if valid else 400)


def _verdicts(renderings: list[Rendering], chosen: list[str]) -> list[dict]:
    counts = {verdict: sum(r.verdict == verdict for r in renderings) for verdict in Verdict}
    of = len(renderings) or 1
    largest = max(counts.values(), default=0) or 1
    return [
        {
            "verdict": verdict,
            "number": number,
            "percent": round(100 * number / of),
            "bar": round(100 * number / largest, 1),
            "chosen": verdict in chosen,
        }
        for verdict, number in counts.items()
    ]
