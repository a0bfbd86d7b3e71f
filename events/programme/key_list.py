"""Any number of keys as one parameter of a query: a month names thousands, and databases bound their number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Expression, JSONField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


UNPACKED: Final = {
    "sqlite": "(SELECT value FROM json_each(%s))",
    "postgresql": "(SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb))",
}


def packed(keys: Iterable[int]) -> str:
    """Return the one text of the keys that `UNPACKED` unpacks."""
    return json.dumps(sorted(keys))


class KeyList(Expression):
    """The right side of `pk__in`."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=JSONField())
        self.keys = packed(keys)

    def as_sqlite(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 -- Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 -- as above
        **context: Any,  # noqa: ANN401, ARG002 -- as above
    ) -> tuple[str, list[str]]:
        """Return the keys out of one JSON text."""
        return UNPACKED["sqlite"], [self.keys]

    def as_postgresql(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 -- Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 -- as above
        **context: Any,  # noqa: ANN401, ARG002 -- as above
    ) -> tuple[str, list[str]]:
        """Return the keys out of one JSON text."""
        return UNPACKED["postgresql"], [self.keys]
