"""What the database refuses, past every form and every method of the models."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction


def refused(make: Callable[..., Any], *arguments: Any, **values: Any) -> str:
    """Return why the database refuses it, at once or at the end of the transaction; fails if it doesn't."""
    with pytest.raises(IntegrityError) as error:
        _in_a_transaction(make, *arguments, **values)
    return str(error.value)


@transaction.atomic
def _in_a_transaction(make: Callable[..., Any], *arguments: Any, **values: Any) -> None:
    make(*arguments, **values)
    connection.check_constraints()


def change(row: models.Model, **values: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def copy(row: models.Model, **values: Any) -> None:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    type(row)._base_manager.bulk_create([type(row)(**kept | values)])


def delete(row: models.Model) -> None:
    """Deletes the row alone, without what the models would delete with it."""
    type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")  # type: ignore[attr-defined]
