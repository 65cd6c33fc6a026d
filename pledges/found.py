"""How directly each public statement meets a search, as one more column beside those of `pledges.columns`."""

from threading import Lock

import numpy as np

from pledges.columns import NOWHERE, Columns, Finds, Tiers
from pledges.full_text import keys_meeting
from pledges.models import Statement
from pledges.search.expressions import additions
from pledges.search.query import Search

_lock = Lock()


def tiers_of(search: Search, known: Columns) -> Tiers | None:
    """Return for each row the best of the search's tiers that its statement meets, 0 the best, or NOWHERE.

    None where nothing is asked, and so every row is found. What was searched lately is remembered with the
    columns: who filters and pages goes through the same finds many times. Else it is one query for all
    tiers and what is excluded; phrases need one more.
    """
    if search.query.finds_all and not search.query.is_void:
        return None
    with _lock:
        finds = known.finds.get(search.asked)
    if finds is None:
        tiers = _ask(search, known)
        _remember(search, known, tiers)
        return tiers
    tiers = np.full(len(known.keys), NOWHERE, dtype=np.int8)
    tiers[finds.rows] = finds.tiers
    return tiers


def _remember(search: Search, known: Columns, tiers: Tiers) -> None:
    rows = np.flatnonzero(tiers != NOWHERE).astype(np.int32)
    finds = Finds(rows, tiers[rows])
    if finds.size <= known.finds.maxsize:
        with _lock:
            known.finds[search.asked] = finds


def _ask(search: Search, known: Columns) -> Tiers:
    if search.query.is_void:
        return np.full(len(known.keys), NOWHERE, dtype=np.int8)
    conditions = [*additions(search.tiers), *([search.without] if search.without else [])]
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
