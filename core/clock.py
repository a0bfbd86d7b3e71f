"""Local days and minutes by whole-number arithmetic, for loops over tens of thousands of occurrences.

Moments are whole seconds since 1970-01-01 in UTC. Vietnam has kept UTC+7 without summer time since 13 June 1975, so
that the local day of every moment a plan can name is one division away; `core.intervals` remains the way of all else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.intervals import Interval

LOCAL_OFFSET = 25_200  # seconds east of UTC
DAY = 86_400  # seconds
DAY_MINUTES = 1_440
EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local_day(moment: int) -> int:
    """Return the local day of the moment as an ordinal (`date.toordinal`)."""
    return (moment + LOCAL_OFFSET) // DAY + EPOCH_DAY


def last_local_day(end: int) -> int:
    """Return the last local day touched by what ends at `end`: midnight does not touch the day that begins."""
    return (end - 1 + LOCAL_OFFSET) // DAY + EPOCH_DAY


def local_days(start: int, end: int) -> range:
    """Return the ordinals of every local day that `[start, end)` touches."""
    return range(local_day(start), last_local_day(end) + 1)


def local_minute(moment: int) -> int:
    """Return the whole minutes since local midnight, 0 to 1439."""
    return (moment + LOCAL_OFFSET) % DAY // 60


def weekday(day: int) -> int:
    """Return the weekday of an ordinal, Monday 0."""
    return (day - 1) % 7


def day_start(day: int) -> int:
    """Return the first moment of a local day given as an ordinal."""
    return (day - EPOCH_DAY) * DAY - LOCAL_OFFSET


def is_whole_days(start: int, end: int) -> bool:
    """Tell whether both ends are local midnights."""
    return (start + LOCAL_OFFSET) % DAY == 0 and (end + LOCAL_OFFSET) % DAY == 0


def to_moment(seconds: int) -> datetime:
    """Return the moment as an aware datetime in UTC."""
    return _EPOCH + timedelta(seconds=seconds)


def to_seconds(moment: datetime) -> int:
    """Return whole seconds since 1970 of an aware datetime; parts of a second are dropped."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def to_interval(start: int, end: int) -> Interval:
    """Return `[start, end)` as an interval, for messages."""
    return Interval(to_moment(start), to_moment(end))
