"""A month as a grid of weeks, Monday first."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from events.almanac.entries import NO_ALMANAC, Almanac
from events.outputs.days import Day, count_entries, lay_out_days
from events.programme.entries import Programme, ProgrammeEntry

ENTRIES_A_DAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """A day of the grid: `shown` begin on it, those with a time first; `hidden` says how many more begin.

    `folded` are the first of what continues from earlier days: it may hang for months and must not bury the news.
    `folded_hidden` says how many more continue.
    """

    day: Day
    shown: tuple[ProgrammeEntry, ...]
    hidden: int
    folded: tuple[ProgrammeEntry, ...]
    folded_hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGrid:
    """The weeks of a month, None where a cell belongs to the month before or after; `count` different entries."""

    first: date
    weeks: tuple[tuple[MonthCell | None, ...], ...]
    count: int


def build_month_grid(
    programme: Programme,
    *,
    year: int,
    month: int,
    almanac: Almanac = NO_ALMANAC,
    entries_a_day: int = ENTRIES_A_DAY,
) -> MonthGrid:
    """Lay the programme out over one month; a day shows and folds up to `entries_a_day` entries and counts the rest."""
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    days = lay_out_days(programme, first=first, last=last, almanac=almanac)
    cells: list[MonthCell | None] = [_cell(day, entries_a_day) for day in days]
    padded = [None] * first.weekday() + cells + [None] * (6 - last.weekday())
    weeks = tuple(tuple(padded[start : start + 7]) for start in range(0, len(padded), 7))
    return MonthGrid(first=first, weeks=weeks, count=count_entries(days))


def month_bounds(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of `day`."""
    length = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=length)


def next_month(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return month_bounds(day)[1] + timedelta(days=1)


def previous_month(day: date) -> date:
    """Return the first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _cell(day: Day, entries_a_day: int) -> MonthCell:
    starting = tuple(sorted(day.starting, key=lambda entry: entry.all_day))
    shown, hidden = _cut(starting, entries_a_day)
    folded, folded_hidden = _cut(day.continuing, entries_a_day)
    return MonthCell(day=day, shown=shown, hidden=hidden, folded=folded, folded_hidden=folded_hidden)


def _cut(entries: tuple[ProgrammeEntry, ...], most: int) -> tuple[tuple[ProgrammeEntry, ...], int]:
    # a lone surplus entry takes no more room than the line that would count it
    limit = most if len(entries) > most + 1 else len(entries)
    return entries[:limit], len(entries) - limit
