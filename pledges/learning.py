"""The machine learns from this portal's editors: what they changed, what that brings, what is coded anew."""

import datetime
import json
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from pledges.coding import CODER_VERSION
from pledges.coding.evaluation import Evaluation
from pledges.keys import in_batches
from pledges.labels import effective, holding, standing
from pledges.machine import recode_by_machine
from pledges.models import Coding, Origin, Programme, Statement
from pledges.training import edited_texts, left_out_figures, train_portals_model

Say = Callable[[str], None]

LABELS = ("kind", "commitment", "measurable", "topics")


@dataclass(frozen=True, slots=True)
class Checks:
    """What editors decided since a time: of `number` statements `confirmed` stayed as they were.

    `changed`: how often each label did not, by whose it was before ("machine", "codebook").
    """

    number: int
    confirmed: int
    changed: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What one training brought; `figures` by name, each before and after, with their intervals.

    `since`: the training before, None for the first. `recoded`: statements coded anew, by programme.
    """

    at: str
    since: str | None
    coder: str
    editors_codings: int
    checks: Checks
    statements: int
    figures: dict[str, dict[str, dict[str, float]]]
    recoded: dict[str, int]


def learn(say: Say) -> LearningReport:
    """Train the portal's model, code anew what nobody checked, and keep the report in DATA_DIR.

    Raises pledges.training.NotStoredError, and then nothing has changed.
    """
    since = _last_training()
    at = timezone.now()
    checks = checks_since(since)
    edited = edited_texts()
    figures = left_out_figures(edited, say) if edited else None
    number = train_portals_model()
    programmes = Programme.objects.in_own_words().with_authors().exclude(document=None)
    report = LearningReport(
        at=at.isoformat(),
        since=since.isoformat() if since else None,
        coder=CODER_VERSION,
        editors_codings=number,
        checks=checks,
        statements=figures[1].statements if figures else 0,
        figures=_figures(*figures) if figures else {},
        recoded={programme.slug: recode_by_machine(programme) for programme in programmes},
    )
    _keep(report)
    return report


def checks_since(since: datetime.datetime | None) -> Checks:
    """Compare what editors decided since then with what the codebook or the machine had said before."""
    edited = Statement.objects.current().filter(origin=Origin.EDITOR).values_list("pk", flat=True)
    held = {key: c for key, c in holding(edited).items() if since is None or c.made_at > since}
    former = _without_editors(list(held))
    compared = [(former[key], coding) for key, coding in held.items() if key in former]
    differing = [(before, _differing(before, now)) for before, now in compared]
    changed: dict[str, Counter[str]] = {}
    for before, labels in differing:
        changed.setdefault(before.origin, Counter()).update(labels)
    confirmed = sum(not labels for _before, labels in differing)
    counts = {origin: {label: n[label] for label in LABELS} for origin, n in sorted(changed.items())}
    return Checks(len(compared), confirmed, counts)


def _without_editors(statements: list[int]) -> dict[int, Coding]:
    """What the codebook or else the machine says of each of the statements."""
    said: dict[int, list[Coding]] = {}
    for batch in in_batches(statements):
        codings = Coding.objects.filter(statement__in=batch).exclude(origin=Origin.EDITOR)
        for coding in codings.prefetch_related("topics_given"):
            said.setdefault(coding.statement_id, []).append(coding)
    return {key: effective(own) for key, own in said.items() if standing(own)}


def _differing(before: Coding, now: Coding) -> list[str]:
    names = [name for name in LABELS[:3] if getattr(before, name) != getattr(now, name)]
    return [*names, "topics"] if before.ordered_topics != now.ordered_topics else names


def _figures(before: Evaluation, after: Evaluation) -> dict[str, dict[str, dict[str, float]]]:
    return {
        name: {"before": asdict(figure), "after": asdict(after.figures[name])}
        for name, figure in before.figures.items()
    }


def _path() -> Path:
    return settings.DATA_DIR / "training.json"


def _last_training() -> datetime.datetime | None:
    try:
        return parse_datetime(json.loads(_path().read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(report: LearningReport) -> None:
    """Write the report so that nobody ever reads half of it."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=_path().parent, suffix=".tmp", delete=False
    ) as file:
        json.dump(asdict(report), file, ensure_ascii=False, indent=1)
    Path(file.name).replace(_path())
