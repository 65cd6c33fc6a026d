"""A second copy of every programme, so that every page has twice as much to show."""

import hashlib
from typing import Any

from django.db import models

from pledges.models import (
    Authorship,
    Coding,
    CodingTopic,
    Party,
    Programme,
    Relation,
    Rendering,
    Statement,
    StatementTopic,
    Target,
)
from sources.models import Document, Passage, Section

Copies = dict[int, int]
"""The key of each row's copy."""


def double_everything() -> None:
    """Copy parties, programmes, documents, statements and all that hangs on them, and relate the copies
    to the originals too."""
    parties = _copy(Party.objects.all(), slug="{}-zwei", short_name="{} zwei")
    documents = _copy_documents()
    sections = _copy(Section.objects.order_by("pk"), document=documents)
    passages = _copy(Passage.objects.all(), document=documents, section=sections)
    programmes = _copy(Programme.objects.all(), document=documents, slug="{}-zwei", short_title="{} zwei")
    _copy(Authorship.objects.all(), programme=programmes, party=parties)
    statements = _copy(Statement.objects.all(), programme=programmes, passage=passages, key="zwei-{}")
    _copy(StatementTopic.objects.all(), statement=statements)
    codings = _copy(Coding.objects.all(), statement=statements)
    _copy(CodingTopic.objects.all(), coding=codings)
    _copy(Target.objects.all(), statement=statements)
    _copy(Relation.objects.all(), a=statements, b=statements)
    renderings = _copy(Rendering.objects.all(), passage=passages)
    sources = Rendering.sources.through
    _copy(sources.objects.all(), rendering=renderings, statement=statements)
    _make_more_of_each(statements, codings)


def _make_more_of_each(statements: Copies, codings: Copies) -> None:
    """Relate originals to the copies of others, and give every statement its codings twice."""
    Relation.objects.bulk_create(
        Relation(a_id=r.a_id, b_id=statements[r.b_id], kind=r.kind, status=r.status, origin=r.origin)
        for r in Relation.objects.filter(a__in=statements, b__in=statements)
    )
    again = _copy(Coding.objects.filter(pk__in=codings))
    _copy(CodingTopic.objects.filter(coding__in=codings), coding=again)
    originals = Rendering.objects.exclude(sources=None).filter(sources__in=statements)
    for rendering in originals.distinct():
        rendering.sources.add(*[statements[s.pk] for s in rendering.sources.all() if s.pk in statements])


def _copy_documents() -> Copies:
    documents = list(Document.objects.all())
    sums = {d.pk: hashlib.sha256(d.sha256.encode()).hexdigest() for d in documents}
    copies = _copy(documents, slug="{}-zwei", sha256=sums, replaces={})
    for document in documents:
        if document.replaces_id:
            Document.objects.filter(pk=copies[document.pk]).update(replaces=copies[document.replaces_id])
    return copies


def _copy(rows: "models.QuerySet[Any] | list[Any]", **changes: Any) -> Copies:
    """Copy rows; a change is a pattern for the value, or the value by the former one or the row's key."""
    # In the order of their keys, which the copies' keys then have too: relations are ordered pairs.
    rows = sorted(rows, key=lambda row: row.pk)
    if not rows:
        return {}
    model = type(rows[0])
    made = model._base_manager.bulk_create([_changed(row, changes) for row in rows])
    return {row.pk: copy.pk for row, copy in zip(rows, made, strict=True)}


def _changed(row: Any, changes: dict[str, Any]) -> Any:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    for name, change in changes.items():
        attribute = row._meta.get_field(name).attname
        before = values[attribute]
        if isinstance(change, str):
            values[attribute] = change.format(before)
        else:
            values[attribute] = change.get(row.pk if name == "sha256" else before)
    return type(row)(**values)
