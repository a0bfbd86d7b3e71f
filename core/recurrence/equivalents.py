"""Parts of an RRULE said in words that every calendar understands alike, where such words exist.

What RFC 5545 means is kept exactly; see `rule` for what is refused and why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.recurrence.rule import Frequency, Parts, Weekday, must_begin_on_sunday

if TYPE_CHECKING:
    from datetime import date

_SUNDAY = 6


def say_alike(parts: Parts, start: date | None) -> Parts:
    """Return parts of the same meaning that `Recurrence` takes, as far as there are such; `start` is the local day.

    A part without meaning falls away (each day is the first and the last of its day); what the start decides is
    written out where it is known.
    """
    if parts.freq is Frequency.DAILY:
        return _daily(parts)
    if parts.freq is Frequency.WEEKLY:
        return _week_from_sunday(_weekly(parts))
    return _yearly(parts, start) if parts.freq is Frequency.YEARLY and start is not None else parts


def _daily(parts: Parts) -> Parts:
    has_days = parts.by_weekday or parts.by_month_day or parts.by_month
    if has_days and {1, -1} & set(parts.by_set_position):
        parts = replace(parts, by_set_position=())
    if parts.interval == 1 and not parts.by_set_position and min(parts.by_month_day, default=0) < 0:
        return replace(parts, freq=Frequency.MONTHLY)
    return parts


def _weekly(parts: Parts) -> Parts:
    """A position in a week is always the same weekday, unless the week is cut by a month."""
    days = parts.by_weekday
    if not parts.by_set_position or not days or parts.by_month or any(each.ordinal for each in days):
        return parts
    ordered = sorted(days, key=lambda each: (each.day - parts.week_start) % 7)
    size = len(ordered)
    places = {each - 1 if each > 0 else size + each for each in parts.by_set_position}
    chosen = tuple(ordered[place] for place in sorted(places) if 0 <= place < size)
    if not chosen:
        raise ValueError(f"Một tuần chỉ chọn {size} thứ nên không có vị trí này; hãy chọn chính thứ đó.")
    return replace(parts, by_weekday=chosen, by_set_position=())


def _week_from_sunday(parts: Parts) -> Parts:
    return replace(parts, week_start=_SUNDAY) if must_begin_on_sunday(parts) else parts


def _yearly(parts: Parts, start: date) -> Parts:
    if parts.by_week_no and not parts.by_weekday:
        return replace(parts, by_weekday=(Weekday(start.weekday()),))
    is_nth = any(each.ordinal for each in parts.by_weekday)  # counted in the year, not in the month
    if parts.by_month_day and not (parts.by_month or parts.by_year_day or is_nth):
        return replace(parts, by_month=(start.month,))
    return parts
