"""A week as seven columns and the parts of a day as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.intervals import LOCAL_ZONE
from events.outputs.days import Day, count_entries, first_day_of, lay_out_days
from events.programme.entries import Programme, ProgrammeEntry

NOON: Final = 12
EVENING: Final = 18


class PartOfDay(StrEnum):
    """When in the day an entry begins, or that it fills or merely continues into the day."""

    ALL_DAY = "all_day"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One part of the day over the seven days."""

    part: PartOfDay
    cells: tuple[tuple[ProgrammeEntry, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGrid:
    """Seven days from Monday and the rows below them; `count` different entries."""

    days: tuple[Day, ...]
    rows: tuple[WeekRow, ...]
    count: int


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def build_week_grid(programme: Programme, *, monday: date) -> WeekGrid:
    """Lay the programme out over the week that begins on `monday`."""
    days = lay_out_days(programme, first=monday, last=monday + timedelta(days=6))
    rows = tuple(
        WeekRow(
            part=part,
            cells=tuple(tuple(e for e in day.entries if part_of(e, day.day) is part) for day in days),
        )
        for part in PartOfDay
    )
    return WeekGrid(days=days, rows=rows, count=count_entries(days))


def part_of(entry: ProgrammeEntry, day: date) -> PartOfDay:
    """Return the row in which an entry stands on a day that it touches."""
    if entry.all_day or first_day_of(entry.interval) != day:
        return PartOfDay.ALL_DAY
    hour = entry.interval.start.astimezone(LOCAL_ZONE).hour
    if hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if hour < EVENING else PartOfDay.EVENING
