"""Rows of queries as the database gives them: of tens of thousands, turning nothing into anything saves a fifth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections

from events.programme.key_list import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class Question(NamedTuple):
    """A query about any keys, put together once for one kind of database: that takes longer than asking it.

    `params` are those before the keys.
    """

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> Self:
        """Take the query of rows whose last condition is an empty `KeyList`, for the connection of now."""
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
        *before, _keys = params
        return cls(sql, tuple(before))


def ask(question: Question, keys: Iterable[int]) -> Sequence[tuple[Any, ...]]:
    """Return the rows of these keys as the database gives them; one query."""
    with connection.cursor() as cursor:
        cursor.execute(question.sql, [*question.params, packed(keys)])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows
