"""Rules for hypothesis, and a slow reading of RFC 5545 §3.3.10 to hold the fast one against."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from core.recurrence import Frequency, Recurrence, Weekday

if TYPE_CHECKING:
    from collections.abc import Callable

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency


def expected_days(rule: Recurrence, start: date, last: date) -> list[date]:
    """Return the rule's days from `start` to `last`, found by asking every day."""
    periods: dict[int, list[date]] = defaultdict(list)
    first = start - timedelta(days=366)
    for step in range((last - first).days + 400):
        day = first + timedelta(days=step)
        if _fits(rule, day, start):
            periods[_period(rule, day)].append(day)
    origin = _period(rule, start)
    chosen = [
        day
        for number, days in sorted(periods.items())
        if (number - origin) % rule.interval == 0
        for day in _pick(days, rule.by_set_position)
        if start <= day <= min(last, rule.until or last)
    ]
    return chosen[: rule.count]


def _pick(days: list[date], positions: tuple[int, ...]) -> list[date]:
    size = len(days)
    wanted = {each - 1 if each > 0 else size + each for each in positions}
    return [day for place, day in enumerate(days) if place in wanted] if positions else days


def _period(rule: Recurrence, day: date) -> int:
    numbers: dict[Frequency, Callable[[], int]] = {
        DAILY: day.toordinal,
        WEEKLY: lambda: (day - timedelta(days=(day.weekday() - rule.week_start) % 7)).toordinal() // 7,
        MONTHLY: lambda: day.year * 12 + day.month,
        YEARLY: lambda: day.year,
    }
    return numbers[rule.freq]()


def _fits(rule: Recurrence, day: date, start: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    month_days, weekdays = rule.by_month_day, rule.by_weekday
    months = rule.by_month
    if not month_days and not weekdays:  # RFC 5545: missing parts come from DTSTART
        weekdays = (Weekday(start.weekday()),) if rule.freq is WEEKLY else ()
        month_days = (start.day,) if rule.freq in {MONTHLY, YEARLY} else ()
        months = months or ((start.month,) if rule.freq is YEARLY else ())
    return (
        (not months or day.month in months)
        and (not month_days or day.day in month_days or day.day - length - 1 in month_days)
        and (not weekdays or any(_is_weekday(rule, each, day) for each in weekdays))
    )


def _is_weekday(rule: Recurrence, each: Weekday, day: date) -> bool:
    if each.day != day.weekday() or each.ordinal is None:
        return each.day == day.weekday()
    if rule.freq is YEARLY and not rule.by_month:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    else:
        first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return each.ordinal in {(day - first).days // 7 + 1, -((last - day).days // 7 + 1)}


def _lists(numbers: st.SearchStrategy[int], most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(numbers, unique=True, max_size=most).map(tuple)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Draw any rule that Pano accepts."""
    freq = draw(st.sampled_from(Frequency))
    long = freq in {MONTHLY, YEARLY}
    months = draw(_lists(st.integers(1, 12), 3))
    ordinals = st.sampled_from([-5, -2, -1, 1, 2, 3, 5] + ([20, -53, 53] if freq is YEARLY and not months else []))
    is_nth = long and draw(st.booleans())
    days = draw(_lists(st.integers(0, 6), 3))
    weekdays = tuple(Weekday(day, draw(ordinals) if is_nth else None) for day in days)
    has_month_days = freq is not WEEKLY and (months or freq is not YEARLY) and not (is_nth and weekdays)
    month_days = draw(_lists(st.integers(-28, 28).filter(bool) | st.just(29), 3)) if has_month_days else ()
    positions = draw(_lists(st.sampled_from([-2, -1, 1, 2, 9]), 2)) if long and (weekdays or month_days) else ()
    count = draw(st.none() | st.integers(1, 9))
    until = draw(st.dates(date(2023, 1, 1), date(2027, 1, 1))) if count is None and draw(st.booleans()) else None
    return Recurrence(
        freq=freq,
        interval=draw(st.integers(1, 4)),
        count=count,
        until=until,
        by_weekday=weekdays,
        by_month_day=month_days,
        by_month=months,
        by_set_position=positions,
        week_start=draw(st.integers(0, 6)),
    )
