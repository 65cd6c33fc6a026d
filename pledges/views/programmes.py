import mimetypes

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from pledges.choices import PLEDGES
from pledges.columns import columns
from pledges.directory import directory, find_or_404
from pledges.former import compare_editions
from pledges.models import Programme, ProgrammeKind
from pledges.places import scope_of
from pledges.problems import find_problems
from pledges.reader import read_aloud, table_of_contents
from pledges.shares import shares
from sources.models import Document, Passage, Section

# Of more changes than these the page of a former edition only says how many there are.
MOST_CHANGES = 30
MARKINGS = [("vorhaben", _("alle Vorhaben")), ("messbar", _("nur messbare")), ("nichts", _("nichts"))]


class MarkingForm(forms.Form):
    zeigen = forms.ChoiceField(label=_("Hervorhebung"), choices=MARKINGS, required=False)


def programmes(request: HttpRequest) -> HttpResponse:
    known, found = directory(request), columns(request)
    scope = scope_of(request, known.texts_by_place)
    texts = [] if scope.is_open else scope.texts
    numbers, totals = found.number_by_programme(PLEDGES), found.number_by_programme({})
    return render(
        request,
        "pledges/programmes.html",
        {
            "scope": scope,
            "texts": shares(texts, numbers, totals),
            "digests": known.digests_of(scope.place),
        },
        status=scope.status,
    )


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory(request)
    programme = find_or_404(known.programmes, slug)
    if programme.kind == ProgrammeKind.DIGEST:
        return redirect(programme)
    form = MarkingForm(request.GET)
    if not form.is_valid():
        context = {"programme": programme, "problems": find_problems(form, request.GET)}
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
            "marking": form.cleaned_data["zeigen"] or "vorhaben",
            "markings": MARKINGS,
            "digests": [digest for digest in known.digests if digest.digest_of_id == programme.pk],
            "former": [e for e in _editions(programme) if e.pk != programme.document_id],
        },
    )


def edition(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The text as it was before another took its place; the one that holds is the programme's page."""
    programme = find_or_404(directory(request).texts, slug)
    document = _find_edition(programme, name)
    if document.pk == programme.document_id:
        return redirect(programme)
    sections = list(Section.objects.filter(document=document).order_by("position"))
    passages, comparison = compare_editions(document.pk, programme.document_id)
    return render(
        request,
        "pledges/edition.html",
        {
            "programme": programme,
            "document": document,
            "chapters": read_aloud(sections, passages),
            "comparison": comparison,
            "changes": comparison.changes[:MOST_CHANGES],
            "more": len(comparison.changes[MOST_CHANGES:]),
        },
    )


def original_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file as it came, byte for byte, to be kept and never to be run by the browser."""
    found = Programme.objects.published().filter(slug=slug)
    return file_response(get_object_or_404(Document, programme__in=found))


def edition_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The same for any edition of the programme's text."""
    programme = find_or_404(directory(request).texts, slug)
    return file_response(Document.objects.get(pk=_find_edition(programme, name).pk))


def _editions(programme: Programme) -> list[Document]:
    return Document.objects.editions(programme.document_id)


def _find_edition(programme: Programme, name: str) -> Document:
    """The document of this name among the editions of the programme's text. Raises Http404."""
    known = {document.slug: document for document in [programme.document, *_editions(programme)] if document}
    if name not in known:
        raise Http404(name)
    return known[name]


def file_response(document: Document) -> HttpResponse:
    """A document's file to be downloaded."""
    media_type = mimetypes.guess_type(document.file_name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    disposition = content_disposition_header(as_attachment=True, filename=document.file_name)
    return HttpResponse(
        bytes(document.content),
        content_type=media_type + charset,
        headers={"Content-Disposition": disposition},
    )
