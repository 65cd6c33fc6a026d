"""Whether the portal can answer: for load balancers and watchdogs, not for people."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with an answering, migrated database, else 503; says which of the two is wrong, nothing more."""
    state = database_state()
    return JsonResponse(
        {"database": state},
        status=200 if state == "ready" else 503,
    )


def database_state() -> str:
    """One of "ready", "unreachable", "unmigrated"."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return "unreachable"
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "unmigrated" if waiting else "ready"
