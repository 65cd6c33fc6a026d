"""All rows that the database holds of documents and programmes: to be compared, or to begin without them."""

from typing import Any

from django.apps import apps
from django.db import connection

from pledges.models import DataVersion


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables of the portal's apps, by table, each sorted by its key."""
    return {model._meta.db_table: _rows(model) for model in _models()}


def counts() -> dict[str, int]:
    return {table: len(rows) for table, rows in dump().items()}


def wipe() -> None:
    """Delete them all; a rolled back transaction brings them back."""
    tables = [model._meta.db_table for model in _models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # In one go, or every key of every row would be looked for in all the tables that refer to it;
            # what a test loaded before has to be checked first.
            connection.check_constraints()
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def _models() -> list[Any]:
    configs = [apps.get_app_config(app) for app in ("pledges", "sources")]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    # Every change moves the version of the data, also one that is undone by hand.
    return [model for model in models if not model._meta.proxy and model is not DataVersion]


def _rows(model: Any) -> list[tuple[Any, ...]]:
    rows = model._base_manager.order_by("pk").values_list()
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]
