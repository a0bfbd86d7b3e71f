"""Queries that are always the same, put together once: that costs more than asking them.

Django puts a query together anew each time it is asked, which for a table of twenty rows takes three times as long as
the database needs. What is kept here is the text of the question, never an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text of a query for one kind of database, and how each column becomes what its field says."""

    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Sequence[Any], Any], ...]

    def converted(self, row: Row) -> Row:
        values = list(row)
        for position, functions, expression in self.converters:
            for convert in functions:
                values[position] = convert(values[position], expression, connection)
        return tuple(values)


@dataclass(frozen=True, slots=True)
class FixedQuery:
    """A `values_list` query without anything that changes from call to call."""

    rows: QuerySet[Any, Any]
    known: dict[str, _Compiled] = field(default_factory=dict)

    def read(self) -> Iterable[Row]:
        """Ask the database; one query."""
        compiled = self.known.get(connection.vendor) or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, compiled.params)
            rows = cursor.fetchall()
        return map(compiled.converted, rows) if compiled.converters else rows

    def _compile(self) -> _Compiled:
        compiler = self.rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        converters = tuple((position, *found) for position, found in sorted(compiler.get_converters(columns).items()))
        self.known[connection.vendor] = compiled = _Compiled(sql, tuple(params), converters)
        return compiled
