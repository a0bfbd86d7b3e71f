"""The kept texts of a feed put together by the database: one row comes back instead of thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.db.models import F, FilteredRelation, Q

from events.programme.moments import UtcMoments

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from events.feeds.texts import Edition
    from events.models import Activity

MOST_JOINED: Final = 4_000  # activities; more are put together in batches, so that they never lie in memory whole
# {texts} joins them: SQLite keeps the order of the inner query, PostgreSQL wants to be told.
JOIN: Final = """
SELECT COUNT(*),
MIN(CASE WHEN basis = %s || CAST(version AS TEXT) AND (until IS NULL OR until >= %s) THEN 1 ELSE 0 END),
CAST(MAX(changed) AS TEXT), {texts} FROM ({rows}) AS kept_texts
"""
TEXTS: Final = {
    "sqlite": "CAST(GROUP_CONCAT(body, '') AS BLOB)",
    "postgresql": "CONVERT_TO(STRING_AGG(body, '' ORDER BY key), 'UTF8')",
}


class Joining(NamedTuple):
    """A question to the database, ready to be asked: writing it costs Django nearly as much as the answer."""

    sql: str
    values: tuple[Any, ...]


class JoinedTexts(NamedTuple):
    """The texts of all activities in the order of their UIDs, and when one of these last changed."""

    content: bytes
    changed: datetime | None


def joining_of(activities: QuerySet[Activity], edition: Edition) -> Joining:
    """Return the question for the kept texts of the activities, as they are told in this edition."""
    rows = activities.annotate(
        kept=FilteredRelation("feed_texts", condition=Q(feed_texts__readers=edition.readers)),
        key=F("uid"),
        body=F("kept__body"),
        basis=F("kept__basis"),
        until=F("kept__until"),
        changed=F("updated_at"),
    )
    columns = ("key", "body", "basis", "until", "version", "changed")
    inner, values = rows.order_by("uid").values_list(*columns)[: MOST_JOINED + 1].query.sql_with_params()
    sql = JOIN.format(texts=TEXTS[connection.vendor], rows=inner)
    return Joining(sql, (f"{edition.digest()}.", edition.today.isoformat(), *values))


def join_texts(joining: Joining) -> JoinedTexts | None:
    """Return the kept texts as one; one query.

    None where the text of one activity is missing or out of date, or where there are more than MOST_JOINED.
    """
    with connection.cursor() as cursor:
        cursor.execute(joining.sql, joining.values)
        count, fresh, changed, content = cursor.fetchone()
    if count > MOST_JOINED or fresh == 0:
        return None
    return JoinedTexts(bytes(content or b""), UtcMoments()[changed] if changed else None)
