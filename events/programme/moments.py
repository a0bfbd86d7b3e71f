"""Values as stored, and moments turned into Python's once each: a month's occurrences share few of them.

Django turns every moment of every row into an aware datetime, which on SQLite costs more than the query.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from core.intervals import LOCAL_ZONE, Interval


def stored(column: str) -> Cast:
    """A column as the database writes it: moments in UTC on SQLite, with the session's offset on PostgreSQL."""
    return Cast(column, TextField())


class UtcMoments(dict[str, datetime]):
    """Moments as the database writes them to aware ones in UTC."""

    def __missing__(self, text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        self[text] = moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return moment

    def interval(self, start: str, end: str) -> Interval:
        """The interval between two moments, in LOCAL_ZONE; ValueError as for any Interval."""
        return Interval(self[start].astimezone(LOCAL_ZONE), self[end].astimezone(LOCAL_ZONE))
