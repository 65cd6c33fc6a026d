"""Statements as a table to be reused: all that their cards say, in words, a row each."""

from collections.abc import Iterable, Sequence
from typing import Any

import tablib
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.columns import Columns
from pledges.models import Commitment, Kind, Origin, Programme, Statement, Topic
from pledges.tables import harmless

COLUMNS = (
    gettext_lazy("Wortlaut"),
    gettext_lazy("Davor im Text"),
    gettext_lazy("Programm"),
    gettext_lazy("Titel"),
    gettext_lazy("Partei / Gruppe"),
    gettext_lazy("Ort"),
    gettext_lazy("Jahr"),
    gettext_lazy("Art des Textes"),
    gettext_lazy("Text liegt ganz vor"),
    gettext_lazy("Abschnitt"),
    gettext_lazy("Satz"),
    gettext_lazy("Seite"),
    gettext_lazy("Art der Aussage"),
    gettext_lazy("Bindung"),
    gettext_lazy("Messbar"),
    gettext_lazy("Hauptthema"),
    gettext_lazy("Weitere Themen"),
    gettext_lazy("Herkunft der Einordnung"),
    gettext_lazy("Sicherheit der Maschine bei der Art, in Prozent"),
    gettext_lazy("Durchgänge uneinig"),
    gettext_lazy("Dauerhafte Adresse"),
)
_LABELS = {choice.value: choice.label for choice in (*Kind, *Commitment, *Origin)}


def table_of(keys: Iterable[int], known: Columns, site: str) -> tablib.Dataset:
    """Return the public statements with these keys, in their order, under COLUMNS; one query.

    `site`: what permalinks begin with, like "https://example.org". Nothing in it is run by a spreadsheet.
    """
    wanted = [int(key) for key in keys]
    # Rows without objects around them: five thousand of those would take several times the memory.
    found = {row.pk: row for row in _rows(wanted)}
    topics = known.topics_by_key(wanted)
    table = tablib.Dataset(headers=[capfirst(name) for name in COLUMNS])
    for key in wanted:
        if key in found:
            programme = known.programmes[known.place[found[key].programme_id]]
            cells = (*_words(found[key], programme), *_labels(found[key], topics[key]))
            table.append(
                [harmless(cell) for cell in (*cells, site + reverse("statement", args=[found[key].key]))]
            )
    return table


def _rows(keys: Sequence[int]) -> Iterable[Any]:
    own = "pk", "key", "programme_id", "text", "position", "kind", "commitment", "measurable", "origin"
    place = "passage__lead_in__text", "passage__section__title", "passage__section__heading", "passage__page"
    rows = Statement.objects.filter(pk__in=keys)
    return rows.values_list(*own, "certainty", "contested", *place, named=True)


def _words(row: Any, programme: Programme) -> tuple[object, ...]:
    return (
        row.text,
        row.passage__lead_in__text or "",
        programme.short_title,
        programme.title,
        programme.party_names,
        programme.place.name,
        programme.year,
        programme.get_kind_display(),
        _("ja") if programme.whole else _("nein, nur ein Auszug"),
        row.passage__section__title or row.passage__section__heading or "",
        row.position,
        row.passage__page or "",
    )


def _labels(row: Any, topics: Sequence[Topic]) -> tuple[object, ...]:
    yes_or_no = {True: _("ja"), False: _("nein")}
    return (
        str(_LABELS[row.kind]),
        str(_LABELS.get(row.commitment, "")),
        yes_or_no[row.measurable] if row.kind == Kind.PLEDGE else "",
        topics[0].name if topics else "",
        "; ".join(topic.name for topic in topics[1:]),
        str(_LABELS[row.origin]),
        "" if row.certainty is None else round(100 * row.certainty),
        yes_or_no[row.contested],
    )
