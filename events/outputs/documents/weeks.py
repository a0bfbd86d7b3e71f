"""Weeks as offices count them: from Monday, numbered by ISO 8601."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from core.vietnamese import format_date


class Week(NamedTuple):
    """A week by its ISO year and number; `first` is its Monday."""

    year: int
    number: int
    first: date

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)


def week_of(day: date) -> Week:
    """Return the week that holds the day."""
    year, number, weekday = day.isocalendar()
    return Week(year, number, day - timedelta(days=weekday - 1))


def week_title(week: Week) -> str:
    """Return "Tuần thứ 34 từ ngày 21/08/2023 đến ngày 27/08/2023"; numbers under ten take a zero."""
    return f"Tuần thứ {week.number:02} từ ngày {format_date(week.first)} đến ngày {format_date(week.last)}"
