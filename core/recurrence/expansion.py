"""From a rule to dated occurrences, in local wall time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from dateutil import rrule

from core.intervals import LOCAL_ZONE
from core.recurrence.rule import Frequency, Recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

HORIZON = timedelta(days=36525)  # no rule is searched further than a century from its start
_YEARS = range(1900, 2101)
_END_OF_DAY = time(23, 59, 59)
_DATEUTIL_FREQUENCIES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}


def first_match(rule: Recurrence, start: datetime) -> datetime:
    """Return the earliest moment at or after `start`, at its local wall time, that fits the rule's parts.

    The rule's interval and count play no part: they are measured from the first match. ValueError when nothing
    fits within the rule's last day or a century.
    """
    found = next(iter(_walk(replace(rule, interval=1, count=None), start, _horizon(start))), None)
    if found is None:
        raise ValueError("Cách lặp này không có buổi nào kể từ ngày bắt đầu; hãy đổi ngày bắt đầu hoặc cách lặp.")
    return found


def expand(
    rule: Recurrence, start: datetime, until: datetime | None = None, *, limit: int = 2000
) -> tuple[datetime, ...]:
    """Return the starts the rule gives from `start`, itself the first, to `until`, included, in LOCAL_ZONE.

    Local wall time is kept. A rule without end and `until` None gives the first `limit` starts; in every other case
    more than `limit` is a ValueError, for none may be lost in silence. ValueError also when `start` is naive, not a
    whole second, or does not fit the rule (RFC 5545 §3.8.5.3 leaves that undefined): see `first_match`.
    """
    check_start(rule, start)
    is_endless = until is None and not rule.is_bounded
    last = _horizon(start) if until is None else min(until, _horizon(start))
    found = tuple(islice(_walk(rule, start, last), limit if is_endless else limit + 1))
    if len(found) > limit:
        raise ValueError(f"Lặp lại tạo ra hơn {limit} buổi; hãy chọn ngày kết thúc sớm hơn.")
    return found


def check_start(rule: Recurrence, start: datetime) -> None:
    """Raise ValueError with a sentence unless `start` is the first occurrence of the rule."""
    if first_match(rule, start) != start:
        day = start.astimezone(LOCAL_ZONE)
        raise ValueError(f"Ngày bắt đầu {day:%d/%m/%Y} không khớp với cách lặp; hãy chọn ngày đầu tiên khớp.")


def last_instant(day: date) -> datetime:
    """Return the last whole second of a local day in UTC: what UNTIL says for a timed rule."""
    return datetime.combine(day, _END_OF_DAY, LOCAL_ZONE).astimezone(UTC)


def _horizon(start: datetime) -> datetime:
    if start.utcoffset() is None or start.microsecond:
        raise ValueError("Thời điểm bắt đầu phải kèm múi giờ và tròn giây.")
    if start.year not in _YEARS:
        raise ValueError(f"Năm bắt đầu {start.year} phải từ {_YEARS[0]} đến {_YEARS[-1]}.")
    return start + HORIZON


def _walk(rule: Recurrence, start: datetime, last: datetime) -> Iterator[datetime]:
    stop = last.astimezone(LOCAL_ZONE).replace(tzinfo=None)
    if rule.until is not None:
        stop = min(stop, datetime.combine(rule.until, _END_OF_DAY))
    walker = rrule.rrule(
        _DATEUTIL_FREQUENCIES[rule.freq],
        dtstart=start.astimezone(LOCAL_ZONE).replace(tzinfo=None),
        interval=rule.interval,
        wkst=rrule.weekday(rule.week_start),
        bysetpos=rule.by_set_position or None,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byweekday=[rrule.weekday(each.day, each.ordinal) for each in rule.by_weekday] or None,
        until=stop,
    )
    for moment in islice(walker, rule.count):
        yield moment.replace(tzinfo=LOCAL_ZONE)
