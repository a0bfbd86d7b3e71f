"""A week as seven columns: parts of the day as rows, and what lasts longer as bars below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.intervals import LOCAL_ZONE, last_day
from events.almanac.entries import NO_ALMANAC, Almanac
from events.outputs.days import Day, count_entries, first_day_of, lay_out_days
from events.programme.entries import Programme, ProgrammeEntry

NOON: Final = 12
EVENING: Final = 18
DAYS: Final = 7


class PartOfDay(StrEnum):
    """When in the day an entry begins."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One part of the day over the seven days."""

    part: PartOfDay
    cells: tuple[tuple[ProgrammeEntry, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An entry over `length` days of the week, or a gap where `entry` is None.

    `began_before` and `goes_on` tell whether it reaches out of the week.
    """

    entry: ProgrammeEntry | None
    length: int
    began_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGrid:
    """Seven days from Monday, the rows below them, and lanes of bars of seven days each; `count` different entries."""

    days: tuple[Day, ...]
    rows: tuple[WeekRow, ...]
    lanes: tuple[tuple[Bar, ...], ...]
    count: int


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def build_week_grid(programme: Programme, *, monday: date, almanac: Almanac = NO_ALMANAC) -> WeekGrid:
    """Lay the programme out over the week that begins on `monday`.

    An entry with a clock time stands in the row and column of its start; what fills whole days or began before the
    week is a bar.
    """
    days = lay_out_days(programme, first=monday, last=monday + timedelta(days=DAYS - 1), almanac=almanac)
    rows = tuple(
        WeekRow(part=part, cells=tuple(tuple(e for e in day.starting if _stands_in(e, part)) for day in days))
        for part in PartOfDay
    )
    long = [entry for entry in programme.entries if _is_bar(entry, monday) and _touches(entry, monday)]
    return WeekGrid(days=days, rows=rows, lanes=_pack(long, monday), count=count_entries(days))


def part_of(entry: ProgrammeEntry) -> PartOfDay:
    """Return the part of the day in which an entry begins."""
    hour = entry.interval.start.astimezone(LOCAL_ZONE).hour
    if hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if hour < EVENING else PartOfDay.EVENING


def _stands_in(entry: ProgrammeEntry, part: PartOfDay) -> bool:
    return not entry.all_day and part_of(entry) is part


def _is_bar(entry: ProgrammeEntry, monday: date) -> bool:
    return entry.all_day or first_day_of(entry.interval) < monday


def _touches(entry: ProgrammeEntry, monday: date) -> bool:
    return first_day_of(entry.interval) <= monday + timedelta(days=DAYS - 1) and last_day(entry.interval) >= monday


def _pack(entries: list[ProgrammeEntry], monday: date) -> tuple[tuple[Bar, ...], ...]:
    """Put each bar into the first lane that is free from its first day on."""
    lanes: list[list[Bar]] = []
    for entry in entries:
        start = (max(first_day_of(entry.interval), monday) - monday).days
        end = (min(last_day(entry.interval), monday + timedelta(days=DAYS - 1)) - monday).days + 1
        lane = next((each for each in lanes if _filled(each) <= start), None)
        if lane is None:
            lane = []
            lanes.append(lane)
        if start > _filled(lane):
            lane.append(Bar(entry=None, length=start - _filled(lane)))
        lane.append(
            Bar(
                entry=entry,
                length=end - start,
                began_before=first_day_of(entry.interval) < monday,
                goes_on=last_day(entry.interval) > monday + timedelta(days=DAYS - 1),
            )
        )
    for lane in lanes:
        if _filled(lane) < DAYS:
            lane.append(Bar(entry=None, length=DAYS - _filled(lane)))
    return tuple(tuple(lane) for lane in lanes)


def _filled(lane: list[Bar]) -> int:
    return sum(bar.length for bar in lane)
