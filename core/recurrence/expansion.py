"""From a rule to dated occurrences, in local wall time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE
from core.recurrence.periods import chosen_days, starts_before_new_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.recurrence.rule import Recurrence

HORIZON = timedelta(days=36525)  # no rule is searched further than a century from its start
_YEARS = range(1900, 2101)
_DAY = timedelta(days=1)
_END_OF_DAY = time(23, 59, 59)


def first_match(rule: Recurrence, start: datetime) -> datetime:
    """Return the earliest moment at or after `start`, at its local wall time, that fits the rule's parts.

    The rule's interval and count play no part: they are measured from the first match. ValueError when nothing
    fits within the rule's last day or a century.
    """
    for moment in _walk(replace(rule, interval=1, count=None), start, _horizon(start)):
        day = moment.date()
        if rule.interval == 1 or next(chosen_days(rule, day, day), None) == day:
            return moment
    raise ValueError("Cách lặp này không có buổi nào kể từ ngày bắt đầu; hãy đổi ngày bắt đầu hoặc cách lặp.")


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
    horizon = _horizon(start)
    last = horizon if until is None else min(until, horizon)
    found = tuple(islice(_walk(rule, start, last), limit if is_endless else limit + 1))
    if len(found) > limit:
        raise ValueError(f"Lặp lại tạo ra hơn {limit} buổi; hãy chọn ngày kết thúc sớm hơn.")
    if last == horizon and len(found) < (rule.count or 0):
        raise ValueError(f"{rule.count} buổi kéo dài quá 100 năm; hãy chọn ít buổi hơn.")
    return found


def check_start(rule: Recurrence, start: datetime) -> None:
    """Raise ValueError with a sentence unless `start` is the first occurrence of the rule; it names the day that is."""
    first = first_match(rule, start)
    if first != start:
        day = start.astimezone(LOCAL_ZONE)
        raise ValueError(
            f"Ngày bắt đầu {day:%d/%m/%Y} không khớp với cách lặp; ngày đầu tiên khớp là {first:%d/%m/%Y}."
        )
    if starts_before_new_year(rule, first.year):
        raise ValueError(
            f"Tuần 1 của năm {first.year} bắt đầu từ tháng 12 năm trước và các phần mềm lịch hiểu khác nhau; "
            "hãy ghi ngày và tháng, hoặc bắt đầu từ năm khác."
        )


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
    begin, end = start.astimezone(LOCAL_ZONE), last.astimezone(LOCAL_ZONE)
    hour = begin.time()
    final = end.date() if hour <= end.time() else end.date() - _DAY
    if rule.until is not None:
        final = min(final, rule.until)
    for day in islice(chosen_days(rule, begin.date(), final), rule.count):
        yield datetime.combine(day, hour, LOCAL_ZONE)
