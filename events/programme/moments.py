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


class LocalIntervals(dict[tuple[str, str], Interval]):
    """Pairs of stored moments to intervals in LOCAL_ZONE; ValueError as for any Interval."""

    def __init__(self, moments: UtcMoments) -> None:
        super().__init__()
        self.moments = moments

    def __missing__(self, ends: tuple[str, str]) -> Interval:
        start, end = (self.moments[text].astimezone(LOCAL_ZONE) for text in ends)
        self[ends] = interval = Interval(start, end)
        return interval
