import mimetypes

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pledges.directory import directory, find_or_404
from pledges.models import Programme, ProgrammeKind, Statement
from pledges.reader import MARKINGS, read_aloud, table_of_contents
from pledges.shares import shares
from pledges.suggestions import nearest
from sources.models import Document, Passage, Section


def programmes(request: HttpRequest) -> HttpResponse:
    known = directory(request)
    current = Statement.objects.published().current()
    numbers, totals = current.pledges().number_by_programme(), current.number_by_programme()
    return render(
        request,
        "pledges/programmes.html",
        {
            "texts": shares(known.texts, numbers, totals, full=100),
            "digests": known.digests,
        },
    )


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    programme = find_or_404(known.programmes, slug)
    if programme.kind == ProgrammeKind.DIGEST:
        return redirect(programme)
    marking = request.GET.get("zeigen") or "vorhaben"
    if marking not in MARKINGS:
        near = nearest(marking, [(value, str(label)) for value, label in MARKINGS.items()])
        context = {"programme": programme, "marking": marking, "markings": MARKINGS, "nearest": near}
        return render(request, "pledges/programme.html", context, status=400)
    sections = list(Section.objects.filter(document=programme.document_id).order_by("position"))
    passages = Passage.objects.filter(document=programme.document_id).order_by("position")
    chapters = read_aloud(sections, list(passages.select_related("statement")))
    pledges = sum(chapter.pledges for chapter in chapters)
    return render(
        request,
        "pledges/programme.html",
        {
            "programme": programme,
            "chapters": chapters,
            "contents": table_of_contents(chapters),
            "statements": sum(len(p.sentences) for chapter in chapters for p in chapter.paragraphs),
            "pledges": pledges,
            "marking": marking,
            "markings": MARKINGS,
            "digests": [digest for digest in known.digests if digest.digest_of_id == programme.pk],
        },
    )


def original_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file as it came, byte for byte, to be kept and never to be run by the browser."""
    found = Programme.objects.published().filter(slug=slug)
    return file_response(get_object_or_404(Document, programme__in=found))


def file_response(document: Document) -> HttpResponse:
    """A document's file to be downloaded."""
    media_type = mimetypes.guess_type(document.file_name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return HttpResponse(
        bytes(document.content),
        content_type=media_type + charset,
        headers={"Content-Disposition": f'attachment; filename="{document.file_name}"'},
    )
