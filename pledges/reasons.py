"""Which words of a stored statement spoke for its labels, as the coder sees it in its place."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pledges.analysis import listed
from pledges.coding import Labels, Unit, reasons
from pledges.coding.model import Model
from pledges.models import Statement
from pledges.training import portals_model
from sources.models import Passage

# What a coder sees of a text around a statement; a list's lead-in is known from its passage.
BEFORE, AFTER = 8, 3


def reasons_of(
    statement: Statement, labels: Labels, near: Sequence[Passage], headings: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the words, verbatim or as stems, that spoke for these labels of a statement.

    `near`: its passage with some before and after (see `BEFORE`, `AFTER`), of which those of other sections
    don't count; `headings`: the titles above it, highest first.
    """
    here = {passage.section_id for passage in near if passage.pk == statement.passage_id}
    around = [passage for passage in near if passage.section_id in here]
    is_item = listed([(passage.block, passage.text, passage.is_item) for passage in around])
    units = [
        Unit(
            passage.text,
            headings,
            item,
            passage.lead_in.text if passage.lead_in else "",
        )
        for passage, item in zip(around, is_item, strict=True)
    ]
    programme = statement.programme
    found = reasons(
        units,
        [labels] * len(units),
        parties=[party.short_name for party in programme.authors],
        kind_of_text=programme.kind,
        model=_model(),
    )
    by_passage = dict(zip((passage.pk for passage in around), found, strict=True))
    return by_passage.get(statement.passage_id or 0, ())


def _model() -> Model:
    """The portal's model, kept in memory until `train_coder` has written another."""
    stored = sorted((path, path.stat().st_mtime_ns) for path in settings.DATA_DIR.glob("coder-*.npz"))
    return _load(tuple(stored))


@lru_cache(maxsize=1)
def _load(_stored: tuple[tuple[Path, int], ...]) -> Model:
    return portals_model()
