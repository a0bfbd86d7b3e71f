"""The days a rule chooses in each of its periods: the table of RFC 5545 §3.3.10, where a part expands or limits.

Days are proleptic ordinals (`date.toordinal`), so that weeks and intervals are plain arithmetic. A period is a day, a
week, a month or a year of the calendar; each maker below yields, period after period, the sorted days of the whole
period, also those before the start, because BYSETPOS counts in the whole period.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from core.recurrence.rule import Frequency, Recurrence, Weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Days = list[int]


def chosen_days(rule: Recurrence, start: date, last: date) -> Iterator[date]:
    """Yield the rule's days from `start` to `last`, both included, in order and lazily.

    The rule's count and last day play no part; what the rule leaves open is taken from `start`, from whose period the
    interval is counted.
    """
    first, final = start.toordinal(), last.toordinal()
    for days in _PERIODS[rule.freq](rule, start, final):
        for day in _pick(days, rule.by_set_position) if rule.by_set_position else days:
            if day > final:
                return
            if day >= first:
                yield date.fromordinal(day)


def starts_before_new_year(rule: Recurrence, year: int) -> bool:
    """Tell whether a chosen day of a week that the year counts lies in the year before."""
    days = _days_of_weeks(rule, year) if rule.by_week_no else []
    return bool(days) and days[0] < date(year, 1, 1).toordinal()


def _pick(days: Days, positions: tuple[int, ...]) -> Days:
    size = len(days)
    places = {each - 1 if each > 0 else size + each for each in positions}
    return [days[place] for place in sorted(places) if 0 <= place < size]


def _daily(rule: Recurrence, start: date, final: int) -> Iterator[Days]:
    """Each chosen day by itself; months that are not chosen are jumped over."""
    step, day = rule.interval, start.toordinal()
    weekdays, month_days = {each.day for each in rule.by_weekday}, rule.by_month_day
    while day <= final:
        moment = date.fromordinal(day)
        if rule.by_month and moment.month not in rule.by_month:
            ahead = _next_month(moment) - day
            day += -(-ahead // step) * step
            continue
        if (not weekdays or moment.weekday() in weekdays) and (not month_days or moment.day in month_days):
            yield [day]
        day += step


def _weekly(rule: Recurrence, start: date, final: int) -> Iterator[Days]:
    origin = start.toordinal() - (start.weekday() - rule.week_start) % 7
    weekdays = {each.day for each in rule.by_weekday} or {start.weekday()}
    offsets = sorted((day - rule.week_start) % 7 for day in weekdays)
    for week in range(origin, final + 1, 7 * rule.interval):
        days = [week + offset for offset in offsets]
        yield _in_months(days, rule.by_month) if rule.by_month else days


def _monthly(rule: Recurrence, start: date, final: int) -> Iterator[Days]:
    last = date.fromordinal(final)
    origin, end = start.year * 12 + start.month - 1, last.year * 12 + last.month - 1
    for number in range(origin, end + 1, rule.interval):
        year, month = divmod(number, 12)
        if not rule.by_month or month + 1 in rule.by_month:
            yield _month_days(rule, start, (year, month + 1))


def _yearly(rule: Recurrence, start: date, final: int) -> Iterator[Days]:
    # A week that a year counts may begin in the year before, so one year more is looked at.
    for year in range(start.year, date.fromordinal(final).year + 2, rule.interval):
        yield _year_days(rule, start, year)


def _year_days(rule: Recurrence, start: date, year: int) -> Days:
    if rule.by_week_no:
        return _days_of_weeks(rule, year)
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if rule.by_year_day:
        days = _counted(rule.by_year_day, first, last)
        return sorted(days & _weekdays_between(rule.by_weekday, first, last) if rule.by_weekday else days)
    if rule.by_weekday and not rule.by_month:
        return sorted(_weekdays_between(rule.by_weekday, first, last))
    months = sorted(rule.by_month) or (start.month,)
    return [day for month in months for day in _month_days(rule, start, (year, month))]


def _days_of_weeks(rule: Recurrence, year: int) -> Days:
    first = _first_week(year, rule.week_start)
    offsets = sorted((each.day - rule.week_start) % 7 for each in rule.by_weekday)
    return [first + 7 * (number - 1) + offset for number in sorted(rule.by_week_no) for offset in offsets]


def _month_days(rule: Recurrence, start: date, month: tuple[int, int]) -> Days:
    first = date(*month, 1).toordinal()
    last = first + monthrange(*month)[1] - 1
    if rule.by_weekday and not rule.by_month_day:
        return sorted(_weekdays_between(rule.by_weekday, first, last))
    days = _counted(rule.by_month_day or (start.day,), first, last)
    return sorted(days & _weekdays_between(rule.by_weekday, first, last) if rule.by_weekday else days)


def _counted(numbers: Iterable[int], first: int, last: int) -> set[int]:
    """The days of a month or year with these numbers, from 1 at its begin or from -1 at its end."""
    days = {first + each - 1 if each > 0 else last + 1 + each for each in numbers}
    return {day for day in days if first <= day <= last}


def _weekdays_between(weekdays: Iterable[Weekday], first: int, last: int) -> set[int]:
    """The days of a month or year that fall on one of the weekdays, or on the one its ordinal says."""
    found: set[int] = set()
    for each in weekdays:
        days = range(first + (each.day - (first - 1)) % 7, last + 1, 7)  # ordinal 1 is a Monday
        if each.ordinal is None:
            found.update(days)
        elif abs(each.ordinal) <= len(days):
            found.add(days[each.ordinal - 1 if each.ordinal > 0 else each.ordinal])
    return found


def _in_months(days: Days, months: tuple[int, ...]) -> Days:
    return [day for day in days if date.fromordinal(day).month in months]


def _next_month(day: date) -> int:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal()


def _first_week(year: int, week_start: int) -> int:
    """The first day of week 1: the first week with at least four days in the year."""
    fourth = date(year, 1, 4)
    return fourth.toordinal() - (fourth.weekday() - week_start) % 7


_PERIODS: dict[Frequency, Callable[[Recurrence, date, int], Iterator[Days]]] = {
    Frequency.DAILY: _daily,
    Frequency.WEEKLY: _weekly,
    Frequency.MONTHLY: _monthly,
    Frequency.YEARLY: _yearly,
}
