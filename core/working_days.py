"""Working days: Monday to Friday but for the days off, and the weekend days that are worked in exchange.

Lead times in law ("ít nhất 05 ngày làm việc trước ngày dự kiến") leave two readings. Pano takes the stricter: that many
whole days must lie between the day a paper is sent and the day of the event, neither of them counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days offices work; `working_weekends` are Saturdays and Sundays worked in exchange for a day off."""

    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open; a day off is never worked, whatever else is said of it."""
        if day in self.days_off:
            return False
        return day.weekday() < _SATURDAY or day in self.working_weekends

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, or before it where `n` is negative; `day` itself for 0."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count_between(self, first: date, last: date) -> int:
        """Return the working days after `first` and before `last`, neither counted."""
        return sum(self.is_working(first + _DAY * number) for number in range(1, (last - first).days))

    def latest_send_day(self, event_day: date, working_days: int) -> date:
        """Return the last working day on which a paper may be sent so that `working_days` whole ones lie between.

        For a show on 24/02/2026, five working days and Tết off 14-22/02, it is 09/02. ValueError when negative.
        """
        _check(working_days)
        return self.add(event_day, -working_days - 1)

    def latest_send_day_calendar(self, event_day: date, days: int) -> date:
        """Return the last working day on which a paper may be sent so that `days` whole calendar days lie between.

        ValueError when `days` is negative.
        """
        _check(days)
        return self.add(event_day - _DAY * days, -1)


def _check(days: int) -> None:
    if days < 0:
        raise ValueError(f"Số ngày báo trước không được âm: {days}.")
