"""When an activity is: the time columns of a row, both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval, day_interval, last_day, local_midnight
from core.lunar_recurrence import LunarRecurrence, describe_lunar, format_lunar, parse_lunar
from core.recurrence_text import parse_description, to_labels
from core.text import fold
from core.vietnamese import format_date, format_time, parse_date, parse_time
from events.expansion import Bounds, expand_series, load_days_off

if TYPE_CHECKING:
    from datetime import date

    from core.recurrence import Recurrence
    from events.planning import ActivityPlan
    from events.workbook.cells import Row
    from events.workbook.layout import CellRow

FIRST_DAY, START, LAST_DAY, END = "Ngày bắt đầu", "Giờ bắt đầu", "Ngày kết thúc", "Giờ kết thúc"
EVERY, DAYS, UNTIL, COUNT = "Lặp lại", "Lặp vào", "Lặp đến ngày", "Số buổi"
LUNAR = "Lặp âm lịch"
EXCLUDED, EXTRA = "Bỏ các ngày", "Ngày bổ sung"
ENDLESS = "không thời hạn"
A_WHILE = timedelta(days=366)  # how far an endless rule is tried
MIDNIGHT = "24h00"
_WITH_SECONDS = re.compile(r"(?:[01]\d|2[0-3])(?::[0-5]\d){2}", re.ASCII)
_MIDNIGHTS = {MIDNIGHT, "24h", "24:00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTime:
    """When an activity is for the first time; None where the cells are wrong, which is noted."""

    day: date | None
    interval: Interval | None
    all_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesParts:
    """The rule, of the sun or of the moon, and the single dates of one activity; dates are aware starts."""

    rule: Recurrence | None
    lunar: LunarRecurrence | None
    extra_dates: tuple[datetime, ...]
    excluded_dates: tuple[datetime, ...]


def read_first_time(row: Row) -> FirstTime:
    """The first instance of the activity, as far as its cells can be read."""
    day = row.day(FIRST_DAY, is_required=True)
    interval, all_day = _read_interval(row, day)
    return FirstTime(day=day, interval=interval, all_day=all_day)


def _read_interval(row: Row, first: date | None) -> tuple[Interval | None, bool]:
    last = row.day(LAST_DAY) if row.text(LAST_DAY) else first
    has_start, has_end = bool(row.text(START)), bool(row.text(END))
    start, end = row.clock(START), _read_end(row)
    if has_start != has_end:
        message = _("Give both the start and the end time, or neither for a whole day.")
        row.report(END if has_start else START, message)
    if first is None or last is None:
        return None, not has_start
    if last < first:
        row.report(LAST_DAY, _("The last day lies before the first day."))
    elif not has_start and not has_end:
        return day_interval(first, last), True
    elif start is not None and end is not None:
        return _timed(row, datetime.combine(first, start, LOCAL_ZONE), local_midnight(last) + end), False
    return None, False


def read_series(row: Row, interval: Interval | None) -> SeriesParts:
    """How the activity repeats; what does not fit together is noted."""
    parts = SeriesParts(
        rule=_read_rule(row, interval),
        lunar=_read_lunar(row, interval),
        extra_dates=_read_moments(row, EXTRA, interval),
        excluded_dates=_read_moments(row, EXCLUDED, interval),
    )
    if interval is not None:
        _try_series(row, parts, interval)
    return parts


def _try_series(row: Row, parts: SeriesParts, interval: Interval) -> None:
    try:
        slots = expand_series(
            first=interval,
            rule=parts.rule or parts.lunar,
            extra_dates=parts.extra_dates,
            excluded_dates=parts.excluded_dates,
            bounds=Bounds(horizon=(interval.end + A_WHILE).date(), days_off=load_days_off(parts.lunar)),
        )
    except ValueError as error:
        row.report(FIRST_DAY, str(error))
    else:
        if not slots:
            row.report(EXCLUDED, _("Every date of the activity is left out; keep at least one."))


def time_cells(plan: ActivityPlan) -> CellRow:
    """The time columns of a plan; `read_first_time` and `read_series` read them back."""
    local = plan.interval.local()
    ends_at_midnight = local.end.time() == time.min
    last = last_day(plan.interval) if plan.all_day or ends_at_midnight else local.end.date()
    return {
        FIRST_DAY: local.start.date(),
        START: None if plan.all_day else local.start.time(),
        LAST_DAY: None if last == local.start.date() else last,
        END: None if plan.all_day else MIDNIGHT if ends_at_midnight else local.end.time(),
        **_rule_cells(plan.recurrence),
        LUNAR: "" if plan.lunar is None else _lunar_label(plan.lunar),
        EXCLUDED: _moments_text(plan.excluded_dates, local.start.time()),
        EXTRA: _moments_text(plan.extra_dates, local.start.time()),
    }


def _rule_cells(rule: Recurrence | None) -> CellRow:
    if rule is None:
        return {EVERY: "", DAYS: "", UNTIL: None, COUNT: None}
    every, days = to_labels(rule)
    return {EVERY: every, DAYS: days, UNTIL: rule.until if rule.is_bounded else ENDLESS, COUNT: rule.count}


def _read_end(row: Row) -> timedelta | None:
    """The end as time since the last day's midnight."""
    if row.text(END) in _MIDNIGHTS:
        return timedelta(days=1)
    clock = row.clock(END)
    return None if clock is None else timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _timed(row: Row, start: datetime, end: datetime) -> Interval | None:
    if end <= start:
        message = _("The end must lie after the start; if it passes midnight, give the next day as the last day.")
        row.report(END, message)
        return None
    return Interval(start, end)


def _read_rule(row: Row, interval: Interval | None) -> Recurrence | None:
    every, days = row.text(EVERY), row.text(DAYS)
    is_endless = fold(row.text(UNTIL)) == fold(ENDLESS)
    until, count = None if is_endless else row.day(UNTIL), row.integer(COUNT, limit=10_000)
    if not every:
        if days or row.text(UNTIL) or count is not None:
            row.report(EVERY, _("Say how it repeats, for example “hằng tuần”, or empty the other columns."))
        return None
    if not row.text(UNTIL) and count is None:
        row.report(UNTIL, _("A repeated activity needs its last day."))
    if until is not None and interval is not None and until < _day_of(interval.start):
        row.report(UNTIL, _("The last day lies before the first day."))
        return None
    try:
        return replace(parse_description(every, days), until=until, count=count)
    except ValueError as error:
        row.report(DAYS if days else EVERY, str(error))
        return None


def _read_lunar(row: Row, interval: Interval | None) -> LunarRecurrence | None:
    written = row.text(LUNAR)
    if not written:
        return None
    if row.text(EVERY):
        row.report(LUNAR, _("An activity repeats by the sun or by the moon; empty one of the two columns."))
        return None
    try:
        return parse_lunar(written, None if interval is None else _day_of(interval.start))
    except ValueError as error:
        row.report(LUNAR, str(error))
        return None


def _lunar_label(rule: LunarRecurrence) -> str:
    """Words where they say the whole rule, else the machine text."""
    words = describe_lunar(rule)
    try:
        return words if parse_lunar(words) == rule else format_lunar(rule)
    except ValueError:
        return format_lunar(rule)


def _read_moments(row: Row, title: str, interval: Interval | None) -> tuple[datetime, ...]:
    """Days, each with a time of its own or else the activity's start time."""
    start = time.min if interval is None else interval.local().start.time()
    found = set()
    for entry in row.codes(title):
        day, _space, clock = entry.partition(" ")
        try:
            at = _read_clock(clock) if clock.strip() else start
            found.add(datetime.combine(parse_date(day), at, LOCAL_ZONE))
        except ValueError as error:
            row.report(title, str(error))
    return tuple(sorted(found))


def _read_clock(text: str) -> time:
    return time.fromisoformat(text) if _WITH_SECONDS.fullmatch(text) else parse_time(text)


def _clock_text(clock: time) -> str:
    return clock.isoformat() if clock.second else format_time(clock)


def _moments_text(moments: tuple[datetime, ...], start: time) -> str:
    local = (moment.astimezone(LOCAL_ZONE) for moment in moments)
    return "; ".join(
        format_date(moment) if moment.time() == start else f"{format_date(moment)} {_clock_text(moment.time())}"
        for moment in local
    )


def _day_of(moment: datetime) -> date:
    return moment.astimezone(LOCAL_ZONE).date()
