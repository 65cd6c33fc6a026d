"""Filters of a list under another name than their field's."""

from typing import Any

from django.contrib import admin
from django.utils.functional import Promise


def named(
    title: Promise, base: type[admin.FieldListFilter] = admin.RelatedFieldListFilter
) -> type[admin.FieldListFilter]:
    """Return the filter `base` as one that is headed with `title`."""

    class Named(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Named
