"""How directly each public statement meets a search, as one more column beside those of `pledges.columns`."""

import numpy as np
from numpy.typing import NDArray

from pledges.columns import Columns
from pledges.full_text import keys_meeting
from pledges.models import Statement
from pledges.search.expressions import Expression
from pledges.search.query import Search

Tiers = NDArray[np.int8]

NOWHERE = 127


def tiers_of(search: Search, known: Columns) -> Tiers | None:
    """Return for each row the best of the search's tiers that its statement meets, 0 the best, or NOWHERE.

    None where nothing is asked, and so every row is found. One query for all tiers and what is excluded;
    phrases need one more.
    """
    if search.query.is_void:
        return np.full(len(known.keys), NOWHERE, dtype=np.int8)
    if search.query.finds_all:
        return None
    conditions: list[Expression] = [*search.tiers, *([search.without] if search.without else [])]
    keys = keys_meeting(conditions)
    tiers = np.full(len(known.keys), NOWHERE if search.tiers else 0, dtype=np.int8)
    for tier in reversed(range(len(search.tiers))):
        tiers[known.rows_of(keys[tier])] = tier
    if search.without:
        tiers[known.rows_of(keys[-1])] = NOWHERE
    if search.query.phrases or search.query.excluded_phrases:
        whole = Statement.objects.current().found_by(search).order_by().values_list("pk", flat=True)
        is_found = np.zeros(len(tiers), dtype=bool)
        is_found[known.rows_of(np.fromiter(whole, dtype=np.int64))] = True
        tiers[~is_found] = NOWHERE
    return tiers
