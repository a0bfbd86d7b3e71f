"""What the almanac says of a span of days, as plain values; renderers need nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from core.working_days import WorkingDays

ROUND_YEARS: Final = 5
LONGEST_CROWD: Final = 10  # days; what lasts longer is a season, and only its main day draws the province


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which row a fact comes from, who says it, and when somebody last looked; `key` is the row's."""

    key: int | None = None
    source: str = ""
    checked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FestivalDays:
    """A festival in one year: first, main and last day, all included; `has_eve` adds the evening before the first.

    `areas` are names. `needs_confirmation` where the date only follows from a rule that nobody vouches for;
    `is_set` where somebody entered these very days.
    """

    code: str
    name: str
    areas: tuple[str, ...]
    first: date
    main: date
    last: date
    has_eve: bool = False
    is_lunar: bool = True
    is_big: bool = False
    is_set: bool = False
    needs_confirmation: bool = False
    origin: Origin = Origin()

    def is_held_on(self, day: date) -> bool:
        """Tell whether people gather on that day: all days of a short festival, the main day of a season."""
        if (self.last - self.first).days >= LONGEST_CROWD:
            return day == self.main
        return self.first <= day <= self.last

    @property
    def eve(self) -> date | None:
        """The day before the first, where the festival begins on its evening."""
        return self.first - timedelta(days=1) if self.has_eve else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedDay:
    """A day that is marked: `years` since its first where that is known, `is_big` where the whole province is busy."""

    day: date
    code: str
    name: str
    kind: str
    is_big: bool = False
    years: int | None = None
    origin: Origin = Origin()

    @property
    def is_round(self) -> bool:
        """Whether it is an anniversary of full fives, which a plan should not miss."""
        return bool(self.years) and self.years is not None and self.years % ROUND_YEARS == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OffDay:
    """A day off, or (`is_working`) a weekend day worked in exchange; not `is_confirmed`: nobody has decided yet."""

    day: date
    name: str
    is_working: bool = False
    is_confirmed: bool = True
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mourning:
    """Days of national mourning, both included."""

    name: str
    first: date
    last: date
    origin: Origin = Origin()


@dataclass(frozen=True, kw_only=True)
class Almanac:
    """All that touches the days from `first` to `last`, both included; each list in order of day."""

    first: date
    last: date
    festivals: tuple[FestivalDays, ...] = ()
    observances: tuple[ObservedDay, ...] = ()
    days_off: tuple[OffDay, ...] = ()
    mourning: tuple[Mourning, ...] = ()

    @cached_property
    def working_days(self) -> WorkingDays:
        """The working days of the span; what is not decided yet counts as off, which is the stricter reading."""
        return WorkingDays(
            days_off=frozenset(each.day for each in self.days_off if not each.is_working),
            working_weekends=frozenset(each.day for each in self.days_off if each.is_working),
        )

    @cached_property
    def observances_by_day(self) -> dict[date, tuple[ObservedDay, ...]]:
        """The observances of each day that has any."""
        found: dict[date, tuple[ObservedDay, ...]] = {}
        for each in self.observances:
            found[each.day] = (*found.get(each.day, ()), each)
        return found

    def mourning_on(self, day: date) -> Mourning | None:
        """Return the mourning the day lies in, None on any other day."""
        return next((each for each in self.mourning if each.first <= day <= each.last), None)


NO_ALMANAC: Final = Almanac(first=date.min, last=date.max)
