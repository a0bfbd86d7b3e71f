"""A Programme laid out over local days: what month, week and agenda share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.intervals import LOCAL_ZONE, Interval, last_day
from core.lunar import to_lunar
from events.almanac.entries import NO_ALMANAC, Almanac
from events.outputs.observances import Observance, observances_on
from events.programme.entries import Programme, ProgrammeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One local day with all entries that touch it.

    `starting` begin on it, in time order; `continuing` began before and go on. `lunar` is the short lunar label.
    """

    day: date
    lunar: str
    observances: tuple[Observance, ...]
    starting: tuple[ProgrammeEntry, ...]
    continuing: tuple[ProgrammeEntry, ...]

    @property
    def entries(self) -> tuple[ProgrammeEntry, ...]:
        """All entries of the day: what begins first, for what has hung for weeks is no news."""
        return self.starting + self.continuing


def lay_out_days(programme: Programme, *, first: date, last: date, almanac: Almanac = NO_ALMANAC) -> tuple[Day, ...]:
    """Return every day from `first` to `last`, both included, each with the entries and days of note that touch it."""
    days = tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))
    starting: dict[date, list[ProgrammeEntry]] = {day: [] for day in days}
    continuing: dict[date, list[ProgrammeEntry]] = {day: [] for day in days}
    for entry in programme.entries:
        begins = first_day_of(entry.interval)
        for day in _span(max(begins, first), min(last_day(entry.interval), last)):
            (starting if day == begins else continuing)[day].append(entry)
    return tuple(
        Day(
            day=day,
            lunar=to_lunar(day).label(),
            observances=observances_on(almanac, day),
            starting=tuple(starting[day]),
            continuing=tuple(continuing[day]),
        )
        for day in days
    )


def first_day_of(interval: Interval) -> date:
    """Return the local day on which the interval begins."""
    return interval.start.astimezone(LOCAL_ZONE).date()


def count_entries(days: Iterable[Day]) -> int:
    """Return how many different entries the days hold: one that lasts several days counts once."""
    return len({entry.key for day in days for entry in day.entries})


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
