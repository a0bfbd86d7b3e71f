"""Rows of queries as the database gives them: of tens of thousands, turning nothing into anything saves a fifth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


def read_rows(parts: Sequence[QuerySet[Any, Any]]) -> list[Any]:
    """Return the rows of all parts, tuples of numbers and texts, in one query; none for what can have no row.

    The parts are `values_list` queries of the same columns, each of them one that both databases give as it is meant:
    numbers, texts and what is `moments.stored`, but no moments, booleans or decimals.
    """
    first, *others = parts
    query = first.union(*others, all=True).query if others else first.query
    connection = connections[first.db]
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
