import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from pledges.agreement import AGREEMENT
from pledges.choices import ORIGINS
from pledges.columns import columns
from pledges.directory import directory
from pledges.meanings import COMMITMENT_MEANINGS, KIND_MEANINGS
from pledges.models import Relation, RelationKind, Statement
from pledges.sample_report import shown_report
from pledges.tables import MOST_ROWS

CODEBOOK_FILE = settings.BASE_DIR / "fixtures" / "codings" / "CODEBOOK.md"

# What each kind of relation means, in the words of the page.
RELATED = {
    RelationKind.SAME_MEASURE: _(
        "Beide Aussagen handeln von derselben Maßnahme, etwa derselben Buslinie. "
        "Die eine kann ankündigen, was die andere schon berichtet."
    ),
    RelationKind.SAME_GOAL: _(
        "Beiden Aussagen geht es um dasselbe Anliegen. Der Weg dorthin kann verschieden sein."
    ),
    RelationKind.CONFLICT: _(
        "In einem Punkt passen die beiden Aussagen nicht zusammen. Welche besser ist, sagt das Portal nicht."
    ),
}

# The figures of docs/quality.json that readers are shown, with the portal's words for them.
SHOWN = {
    "segmentation F1": _("Sätze richtig geteilt (F1)"),
    "pledge F1": _("Vorhaben erkannt (F1)"),
    "pledge kappa": _("Vorhaben oder nicht (Cohens Kappa)"),
    "kind accuracy": _("Art richtig (Anteil)"),
    "commitment accuracy": _("Bindung richtig (Anteil)"),
    "measurable F1": _("Messbar erkannt (F1)"),
    "topic micro F1": _("Themen richtig (F1)"),
    "topic top-1": _("Hauptthema richtig (Anteil)"),
}


def method(request: HttpRequest) -> HttpResponse:
    """How it was made. Every figure is counted here, comes from a file that a command wrote, or is
    the codebook's own (`pledges.agreement`)."""
    found = columns(request)
    origins = found.count({}).by_filter["herkunft"]
    contested = Statement.objects.current().filter(contested=True).number_by_programme()
    return render(
        request,
        "pledges/method.html",
        {
            "kind_meanings": KIND_MEANINGS,
            "commitment_meanings": COMMITMENT_MEANINGS,
            "origins": [(origin, origins[slug]) for slug, origin in ORIGINS.items()],
            "statements": sum(origins.values()),
            "contested": sum(number for key, number in contested.items() if key in found.place),
            "topics": directory(request).topics,
            "related": _related(),
            "agreement": AGREEMENT,
            "report": shown_report(),
            "quality": _quality(),
            "most_in_a_table": MOST_ROWS,
        },
    )


def codebook(request: HttpRequest) -> HttpResponse:
    """The rules that statements are coded after, in full, as coders were given them."""
    headers = {"Content-Disposition": content_disposition_header(True, "wortlaut-codebook.md")}
    return HttpResponse(
        CODEBOOK_FILE.read_bytes(), content_type="text/markdown; charset=utf-8", headers=headers
    )


def _related() -> list[tuple[RelationKind, Promise | str, int, int]]:
    """Each kind of relation that is shown: what it means, how many there are, how many editors confirmed."""
    numbers = Relation.objects.shown().number_by_kind()
    return [(kind, meaning, *numbers.get(kind, (0, 0))) for kind, meaning in RELATED.items()]


def _quality() -> dict[str, Any] | None:
    """The measured quality of the machine, None where nobody has measured it yet."""
    try:
        figures = json.loads(settings.QUALITY_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    learnt, others = figures["leave_one_out"], figures["others"]
    return {
        "date": parse_date(figures["date"]),
        "coder": figures["coder"],
        "learnt_statements": learnt["statements"],
        "others_statements": others["statements"] if others else 0,
        "rows": [
            (label, learnt["figures"][name], others["figures"][name] if others else None)
            for name, label in SHOWN.items()
        ],
        "calibration": [found for found in learnt["calibration"] if found["label"] == "kind"],
    }
