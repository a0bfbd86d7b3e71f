"""A festival's days in a year: as somebody set them, else as its rule gives them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from events.almanac.entries import FestivalDays, Origin
from events.almanac.rules import lunar_days, solar_days
from events.models import FestivalState

if TYPE_CHECKING:
    from events.models import Festival, FestivalDate
    from venues.models import Sourced


def festival_days(festival: Festival, year: int) -> tuple[FestivalDays, ...]:
    """Return the festival's days whose main day lies in the solar year, in order; empty where nobody can say.

    Days that somebody set for the year win over the rule. Reads `dates` and `areas` of the festival, so that many
    festivals ask nothing when these were fetched with them.
    """
    areas = tuple(area.name for area in festival.areas.all())
    set_days = next((each for each in festival.dates.all() if each.year == year), None)
    if set_days is not None:
        return (_set(festival, set_days, areas),)
    return tuple(_computed(festival, main, areas) for main in _main_days(festival, year))


def origin_of(row: Sourced) -> Origin:
    """Return where a row comes from."""
    return Origin(key=row.pk, source=row.source, checked_on=row.checked_on, note=row.note)


def _main_days(festival: Festival, year: int) -> tuple[date, ...]:
    """Return the days the rule gives; none for a rule that says nothing: the admin refuses those."""
    days_of = lunar_days if festival.is_lunar else solar_days
    try:
        return days_of(festival.rule, date(year, 1, 1), date(year, 12, 31)) if festival.rule else ()
    except ValueError:
        return ()


def _set(festival: Festival, days: FestivalDate, areas: tuple[str, ...]) -> FestivalDays:
    return FestivalDays(
        code=festival.code,
        name=festival.name,
        areas=areas,
        first=days.first_day,
        main=days.main_day,
        last=days.last_day,
        has_eve=festival.has_eve,
        is_lunar=festival.is_lunar,
        is_big=festival.is_big,
        is_set=True,
        origin=Origin(key=festival.pk, source=days.source, checked_on=days.checked_on, note=days.note or festival.note),
    )


def _computed(festival: Festival, main: date, areas: tuple[str, ...]) -> FestivalDays:
    return FestivalDays(
        code=festival.code,
        name=festival.name,
        areas=areas,
        first=main + timedelta(days=festival.first_offset),
        main=main,
        last=main + timedelta(days=festival.last_offset),
        has_eve=festival.has_eve,
        is_lunar=festival.is_lunar,
        is_big=festival.is_big,
        needs_confirmation=festival.state != FestivalState.COMPUTED,
        origin=origin_of(festival),
    )
