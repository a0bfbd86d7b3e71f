"""From a lunar rule to dated occurrences, in local wall time. Only months are walked, never days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE
from core.lunar import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR, leap_month, months_of, to_lunar
from core.lunar_recurrence.rule import LAST_OF_MONTH, LONG_MONTH, LeapPolicy, LunarFrequency, MissingPolicy, ShiftPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.lunar import LunarMonth
    from core.lunar_recurrence.rule import LunarRecurrence

_DAY = timedelta(days=1)
_SATURDAY = 5
_NOWHERE: frozenset[date] = frozenset()


def expand_lunar(
    rule: LunarRecurrence,
    start: datetime,
    until: date | None = None,
    *,
    days_off: Collection[date] = _NOWHERE,
    limit: int = 2000,
) -> tuple[datetime, ...]:
    """Return the starts the rule gives from `start`, itself the first, to the end of the local day `until`.

    In LOCAL_ZONE, local wall time kept; days that a policy makes coincide come once. `days_off` are days of rest beside
    Saturdays and Sundays. A rule without end and `until` None gives the first `limit` starts; in every other case
    more than `limit` is a ValueError, as is a `count` the calendar (to 2100) cannot fill. ValueError also when
    `start` is naive or does not fit the rule; the sentence names the first day that does.
    """
    check_lunar_start(rule, start, days_off=days_off)
    local = start.astimezone(LOCAL_ZONE)
    days = list(_chosen(rule, local.date(), until, days_off=days_off, limit=limit))
    if rule.count is not None and len(days) < rule.count and until is None:
        raise ValueError(f"Lịch âm đến hết năm {LAST_YEAR} chỉ đủ {len(days)} buổi, không đủ {rule.count} buổi.")
    return tuple(datetime.combine(day, local.timetz()) for day in days)


def first_lunar_match(rule: LunarRecurrence, start: datetime, *, days_off: Collection[date] = _NOWHERE) -> datetime:
    """Return the earliest moment at or after `start`, at its local wall time, that fits the rule.

    Without a base year the interval is measured from that match. ValueError with a sentence when nothing fits up to
    the rule's last day or the end of 2100.
    """
    local = _local(start)
    day = next(_walk(rule, local.date(), days_off), None)
    if day is None or (rule.until is not None and day > rule.until):
        raise ValueError("Cách lặp âm lịch này không có buổi nào kể từ ngày bắt đầu; hãy đổi ngày hoặc cách lặp.")
    return datetime.combine(day, local.timetz())


def check_lunar_start(rule: LunarRecurrence, start: datetime, *, days_off: Collection[date] = _NOWHERE) -> None:
    """Raise ValueError with a sentence that names the first fitting day unless `start` is on it."""
    day, first = _local(start).date(), first_lunar_match(rule, start, days_off=days_off).date()
    if first != day:
        raise ValueError(
            f"Ngày bắt đầu {_both(day)} không khớp với cách lặp âm lịch; ngày đầu tiên khớp là {_both(first)}."
        )


def _both(day: date) -> str:
    return f"{day:%d/%m/%Y} ({to_lunar(day).label()})"


def _local(start: datetime) -> datetime:
    if start.utcoffset() is None or start.microsecond:
        raise ValueError("Thời điểm bắt đầu phải kèm múi giờ và tròn giây.")
    local = start.astimezone(LOCAL_ZONE)
    if not FIRST_DAY <= local.date() <= LAST_DAY:
        raise ValueError(f"Lịch âm chỉ tính được từ {FIRST_DAY:%d/%m/%Y} đến {LAST_DAY:%d/%m/%Y}.")
    return local


def _chosen(
    rule: LunarRecurrence, first: date, until: date | None, *, days_off: Collection[date], limit: int
) -> Iterator[date]:
    last = min(until or LAST_DAY, rule.until or LAST_DAY)
    is_endless = until is None and not rule.is_bounded
    for number, day in enumerate(islice(_walk(rule, first, days_off), rule.count)):
        if day > last or (is_endless and number == limit):
            return
        if number == limit:
            raise ValueError(f"Lặp lại tạo ra hơn {limit} buổi; hãy chọn ngày kết thúc sớm hơn.")
        yield day


def _walk(rule: LunarRecurrence, first: date, days_off: Collection[date]) -> Iterator[date]:
    """Yield the rule's days from `first` on, each once, to the end of the calendar.

    Where several named days are moved onto the first day, the interval is measured from the last of them.
    """
    base = rule.base_year
    for day, places in groupby(_places(rule, first, days_off), key=itemgetter(1)):
        periods = [period for period, _ in places]
        if base is None:
            base = periods[-1]
        if any((period - base) % rule.interval == 0 for period in periods):
            yield day


def _places(rule: LunarRecurrence, first: date, days_off: Collection[date]) -> Iterator[tuple[int, date]]:
    """Yield, in order of day, the number of the lunar year or month a day was named in, and the day it is held on."""
    offset = timedelta(days=rule.offset_days)
    is_yearly = rule.freq is LunarFrequency.YEARLY
    slack = timedelta(days=0 if rule.shift is ShiftPolicy.NONE else 2 * len(days_off) + 4)  # no rest lasts longer
    for number, month in enumerate(_months(rule, first - offset - slack)):
        for named in _named_days(rule, month):
            day = _shifted(named + offset, rule.shift, days_off)
            if day >= first:
                yield (month.year if is_yearly else number), day


def _months(rule: LunarRecurrence, first: date) -> Iterator[LunarMonth]:
    """Yield the months the rule lets in, from the last that may name the day `first`."""
    wanted = frozenset(rule.months) or range(1, 13)
    earliest = first - timedelta(days=LONG_MONTH)  # a 30th that is missing may be the day after a month of 29
    for year in range(max(first.year - 1, FIRST_YEAR), LAST_YEAR + 1):
        for month in months_of(year):
            if month.start >= earliest and month.month in wanted and _is_let_in(month, rule.leap):
                yield month


def _is_let_in(month: LunarMonth, policy: LeapPolicy | None) -> bool:
    if policy is LeapPolicy.PREFER_LEAP:
        return month.is_leap == (leap_month(month.year) == month.month)
    return policy is LeapPolicy.BOTH or month.is_leap is (policy is LeapPolicy.LEAP)


def _named_days(rule: LunarRecurrence, month: LunarMonth) -> list[date]:
    found: set[int] = set()
    for day in rule.days:
        if day == LAST_OF_MONTH:
            found.add(month.length)
        elif day <= month.length or rule.missing is MissingPolicy.NEXT_DAY:
            found.add(day)
        elif rule.missing is MissingPolicy.LAST_DAY:
            found.add(month.length)
    return [month.start + timedelta(days=day - 1) for day in sorted(found)]


def _shifted(day: date, shift: ShiftPolicy, days_off: Collection[date]) -> date:
    if shift is ShiftPolicy.NONE or not _is_rest(day, days_off):
        return day
    later, earlier = day + _DAY, day - _DAY
    while _is_rest(later, days_off):
        later += _DAY
    while _is_rest(earlier, days_off):
        earlier -= _DAY
    is_later = shift is ShiftPolicy.NEXT_WORKING_DAY or (
        shift is ShiftPolicy.NEAREST_WORKING_DAY and later - day <= day - earlier
    )
    return later if is_later else earlier


def _is_rest(day: date, days_off: Collection[date]) -> bool:
    return day.weekday() >= _SATURDAY or day in days_off
