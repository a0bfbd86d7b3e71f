"""Any number of keys as one parameter of a query: a month names thousands, and databases bound their number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Expression, JSONField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class KeyList(Expression):
    """The right side of `pk__in`."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=JSONField())
        self.keys = json.dumps(sorted(keys))

    def as_sqlite(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 -- Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 -- as above
        **context: Any,  # noqa: ANN401, ARG002 -- as above
    ) -> tuple[str, list[str]]:
        """Return the keys out of one JSON text."""
        return "(SELECT value FROM json_each(%s))", [self.keys]

    def as_postgresql(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 -- Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 -- as above
        **context: Any,  # noqa: ANN401, ARG002 -- as above
    ) -> tuple[str, list[str]]:
        """Return the keys out of one JSON text."""
        return "(SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb))", [self.keys]
