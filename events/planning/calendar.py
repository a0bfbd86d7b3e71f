"""The days that conflict rules must know around a plan: festivals, observances, days off, mourning.

It says what `events.almanac` says, from plain columns: an edit is checked in milliseconds, and what a rule of the
calendar gives in a year is worked out once for as long as the row says the same.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from events.almanac.reading import STATUTORY
from events.almanac.rules import lunar_days, solar_days
from events.models import DayOff, Festival, FestivalDate, MourningPeriod, Observance
from events.planning.fixed_queries import FixedQuery
from events.rules.facts import DayFacts, Mourning

if TYPE_CHECKING:
    from collections.abc import Iterator

MARGIN: Final = timedelta(days=400)  # lead times look back, over a Tết too; festivals reach over New Year
Row = tuple[Any, ...]

FESTIVALS: Final = FixedQuery(
    Festival.objects.order_by("position", "code").values_list(
        "id", "name", "rule", "is_lunar", "first_offset", "last_offset", "is_big", "state"
    )
)
FESTIVAL_AREAS: Final = FixedQuery(
    Festival.areas.through._default_manager.order_by().values_list("festival_id", "area_id")
)
FESTIVAL_DATES: Final = FixedQuery(
    FestivalDate.objects.order_by().values_list("festival_id", "year", "main_day", "first_day", "last_day")
)
OBSERVANCES: Final = FixedQuery(
    Observance.objects.order_by().values_list("code", "name", "month", "day", "lunar", "on_day", "since_year", "is_big")
)
MOURNING: Final = FixedQuery(
    MourningPeriod.objects.order_by("first_day", "id").values_list("first_day", "last_day", "name")
)
DAYS_OFF: Final = FixedQuery(DayOff.objects.order_by().values_list("day", "is_working"))


def load_days(first: date, last: date) -> dict[str, Any]:
    """Return the fields of `World` that speak of days people gather on, from `first` to `last`; five queries."""
    years = range((first - MARGIN).year, (last + MARGIN).year + 1)
    return {
        "festivals": tuple(_festivals(years)),
        "observances": tuple(
            DayFacts(name=row[1], main_day=day, first_day=day, last_day=day, is_big=row[7])
            for row, day in _observances(years)
        ),
        "mourning": tuple(Mourning(*row) for row in MOURNING.read() if row[0] <= last and first <= row[1]),
    }


def load_working_days(first: date, last: date) -> dict[str, Any]:
    """Return the fields of `World` by which working days are counted around `first` to `last`; two queries.

    In a year that nobody has entered yet, the days off are those that the Labour Code names.
    """
    years = range((first - MARGIN).year, (last + MARGIN).year + 1)
    off: set[date] = set()
    worked: set[date] = set()
    for day, is_working in DAYS_OFF.read():
        (worked if is_working else off).add(day)
    entered = {day.year for day in off | worked}
    if not entered.issuperset(years):
        off.update(day for row, day in _observances(years) if row[0] in STATUTORY and day.year not in entered)
    return {"days_off": frozenset(off), "working_weekends": frozenset(worked)}


def _observances(years: range) -> list[tuple[Row, date]]:
    return [(row, day) for row in OBSERVANCES.read() for year in years for day in _observed(row, year)]


def _festivals(years: range) -> Iterator[DayFacts]:
    areas: defaultdict[int, set[int]] = defaultdict(set)
    for festival, area in FESTIVAL_AREAS.read():
        areas[festival].add(area)
    set_days = {row[:2]: row[2:] for row in FESTIVAL_DATES.read()}
    for row in FESTIVALS.read():
        where = frozenset(areas[row[0]])
        for year in years:
            yield from _festival_in(row[1:], where, set_days.get((row[0], year)) or year)


@lru_cache(maxsize=4096)
def _festival_in(row: Row, areas: frozenset[int], when: tuple[date, date, date] | int) -> tuple[DayFacts, ...]:
    """The festival in one year: on the days somebody set (main, first, last), else as its rule says."""
    name, rule, is_lunar, first_offset, last_offset, is_big, state = row
    if not isinstance(when, int):
        main, first, last = when
        return (DayFacts(name=name, main_day=main, first_day=first, last_day=last, area_ids=areas, is_big=is_big),)
    return tuple(
        DayFacts(
            name=name,
            main_day=main,
            first_day=main + timedelta(days=first_offset),
            last_day=main + timedelta(days=last_offset),
            area_ids=areas,
            is_big=is_big,
            state=state,
        )
        for main in _ruled(rule, when, is_lunar=is_lunar)
    )


@lru_cache(maxsize=4096)
def _observed(row: Row, year: int) -> tuple[date, ...]:
    """The days an observance falls on in a year; none before its first."""
    _code, _name, month, day, lunar, on_day, since_year, _is_big = row
    if since_year is not None and year < since_year:
        return ()
    if on_day is not None:
        return (on_day,) if on_day.year == year else ()
    return _ruled(lunar or f"{day}/{month}", year, is_lunar=bool(lunar))


def _ruled(rule: str, year: int, *, is_lunar: bool) -> tuple[date, ...]:
    """What a rule gives in a year; nothing where it is empty or written past the admin's check."""
    try:
        days_of = lunar_days if is_lunar else solar_days
        return days_of(rule, date(year, 1, 1), date(year, 12, 31)) if rule else ()
    except ValueError:
        return ()
