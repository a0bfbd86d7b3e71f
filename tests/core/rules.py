"""Rules for hypothesis, and a slow reading of RFC 5545 §3.3.10 to hold the fast one against."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from core.recurrence import WEEKDAY_CODES, Frequency, Recurrence, Weekday
from core.recurrence.rule import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
DAILY, WEEKLY, MONTHLY, YEARLY = Frequency


def expected_days(rule: Parts, start: date, last: date) -> list[date]:
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


def _period(rule: Parts, day: date) -> int:
    numbers: dict[Frequency, Callable[[], int]] = {
        DAILY: day.toordinal,
        WEEKLY: lambda: (day - timedelta(days=(day.weekday() - rule.week_start) % 7)).toordinal() // 7,
        MONTHLY: lambda: day.year * 12 + day.month,
        YEARLY: lambda: _week(rule, day)[0] if rule.by_week_no else day.year,
    }
    return numbers[rule.freq]()


def _fits(rule: Parts, day: date, start: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    month_days, weekdays = rule.by_month_day, rule.by_weekday
    months = rule.by_month
    if rule.freq is YEARLY and not (months or rule.by_year_day or rule.by_week_no) and (month_days or not weekdays):
        months = (start.month,)
    if not month_days and not weekdays and not rule.by_year_day:  # RFC 5545: missing parts come from DTSTART
        weekdays = (Weekday(start.weekday()),) if rule.freq is WEEKLY or rule.by_week_no else ()
        month_days = (start.day,) if rule.freq in {MONTHLY, YEARLY} and not rule.by_week_no else ()
    return _is_in_year(rule, day) and (
        (not months or day.month in months)
        and (not month_days or day.day in month_days or day.day - length - 1 in month_days)
        and (not weekdays or any(_is_weekday(rule, each, day) for each in weekdays))
    )


def _is_in_year(rule: Parts, day: date) -> bool:
    _year, week, weeks = _week(rule, day)
    number, size = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    return (not rule.by_week_no or week in rule.by_week_no or week - weeks - 1 in rule.by_week_no) and (
        not rule.by_year_day or number in rule.by_year_day or number - size - 1 in rule.by_year_day
    )


def _week(rule: Parts, day: date) -> tuple[int, int, int]:
    """The year that counts the day's week, the number of the week, and how many weeks that year has."""
    first = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    middle = first + timedelta(days=3)  # the year that has four days of a week counts it
    week = (middle.timetuple().tm_yday - 1) // 7 + 1
    last = date(middle.year, 12, 28)
    last -= timedelta(days=(last.weekday() - rule.week_start) % 7)
    return middle.year, week, ((last + timedelta(days=3)).timetuple().tm_yday - 1) // 7 + 1


def _is_weekday(rule: Parts, each: Weekday, day: date) -> bool:
    if each.day != day.weekday() or each.ordinal is None:
        return each.day == day.weekday()
    if rule.freq is YEARLY and not rule.by_month:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    else:
        first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return each.ordinal in {(day - first).days // 7 + 1, -((last - day).days // 7 + 1)}


def _lists(items: st.SearchStrategy[T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, unique=True, max_size=most).map(tuple)


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    """Draw what anybody may write in an RRULE, whether or not it makes a rule."""
    freq = draw(st.sampled_from(Frequency))
    rarely = st.integers(0, 3).map(lambda roll: roll == 0)
    nth = draw(st.booleans()) if freq in {MONTHLY, YEARLY} else draw(rarely)
    ordinal = st.none() | st.sampled_from([-53, -20, -5, -2, -1, 1, 2, 3, 5, 20, 53]) if nth else st.none()
    month_days = st.integers(-31, 31).filter(bool)
    until = draw(st.none() | st.dates(date(2023, 1, 1), date(2033, 1, 1)))
    is_yearly = freq is YEARLY or draw(rarely)
    return Parts(
        freq=freq,
        interval=draw(st.sampled_from([1, 1, 1, 2, 3, 4, 7, 13])),
        count=draw(st.none() | st.integers(1, 9)) if until is None else None,
        until=until,
        by_weekday=draw(_lists(st.builds(Weekday, st.integers(0, 6), ordinal), 3)),
        by_month_day=draw(_lists(month_days, 3)) if draw(st.booleans()) else (),
        by_month=draw(_lists(st.integers(1, 12), 3)) if draw(st.booleans()) else (),
        by_set_position=draw(_lists(st.sampled_from([1, 2, 3, 5, 10, -1, -2, -5]), 2)) if draw(rarely) else (),
        week_start=draw(st.sampled_from([0, 0, 6, 0, 1, 2, 3, 4, 5])),
        by_year_day=draw(_lists(_YEAR_DAYS, 3)) if is_yearly and draw(rarely) else (),
        by_week_no=draw(_lists(_WEEKS, 3)) if is_yearly and draw(rarely) else (),
    )


_YEAR_DAYS = st.sampled_from([1, 2, 59, 60, 61, 100, 200, 365, 366]).flatmap(lambda day: st.sampled_from([day, -day]))
_WEEKS = st.sampled_from([1, 2, 3, 9, 20, 30, 50, 51]) | st.sampled_from([52, 53, -1, -2, -53])


def rule_of(written: Parts) -> Recurrence:
    """Return the rule that these very parts make, in no other words."""
    return Recurrence(**{field.name: getattr(written, field.name) for field in fields(Parts)})


def _accepted(written: Parts) -> Recurrence | None:
    try:
        return rule_of(written)
    except ValueError:
        return None


def recurrences() -> st.SearchStrategy[Recurrence]:
    """Draw any rule that Pano accepts."""
    return parts().map(_accepted).filter(bool).map(_certain)


def _certain(rule: Recurrence | None) -> Recurrence:
    assert rule is not None
    return rule


def written_rrule(written: Parts) -> str:
    """Return the parts as an RRULE of a day-long series, whether or not they make a rule."""
    named: dict[str, tuple[object, ...]] = {
        "UNTIL": (f"{written.until:%Y%m%d}",) if written.until else (),
        "COUNT": (written.count,) if written.count else (),
        "BYMONTH": written.by_month,
        "BYWEEKNO": written.by_week_no,
        "BYYEARDAY": written.by_year_day,
        "BYMONTHDAY": written.by_month_day,
        "BYDAY": written.by_weekday,
        "BYSETPOS": written.by_set_position,
        "WKST": (WEEKDAY_CODES[written.week_start],),
    }
    lists = [f"{name}={','.join(map(str, values))}" for name, values in named.items() if values]
    return ";".join([f"FREQ={written.freq}", f"INTERVAL={written.interval}", *lists])
