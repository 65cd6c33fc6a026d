"""Whether a row's number is one of many, as a condition on rows that says the same of any number of them."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Func


class Among(Func):
    """Whether the field `name` is one of these numbers, which go to the database as one value.

    Django's `in` lookup writes a placeholder for each number, so a statement for each length of the list, and
    psycopg one for each mixture of small and great numbers: PostgreSQL would plan nearly every page anew.
    """

    output_field = BooleanField()

    def __init__(self, name: str, numbers: Sequence[int]) -> None:
        super().__init__(name)
        self.numbers = list(numbers)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        one = "%(expressions)s IN (SELECT value FROM json_each(%%s))"
        sql, parameters = super().as_sql(compiler, connection, template=one, **context)
        return sql, (*parameters, json.dumps(self.numbers))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        one = "%(expressions)s = ANY(%%s::bigint[])"
        sql, parameters = super().as_sql(compiler, connection, template=one, **context)
        return sql, (*parameters, self.numbers)
