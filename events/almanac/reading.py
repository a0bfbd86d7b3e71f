"""Reads the almanac of a span of days, in a constant number of queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch

from events.almanac.entries import Almanac, FestivalDays, Mourning, ObservedDay, OffDay
from events.almanac.festivals import festival_days, origin_of
from events.almanac.rules import lunar_days, solar_days
from events.models import DayOff, Festival, FestivalDate, MourningPeriod, Observance
from venues.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

# Labour Code 2019, article 112: what is off in any year, also where nobody has entered that year's table yet.
STATUTORY: Final = frozenset(
    {
        "tet-duong-lich", "tet-nguyen-dan", "mung-2-tet", "mung-3-tet", "gio-to", "giai-phong-mien-nam",
        "quoc-te-lao-dong", "quoc-khanh",
    }
)  # fmt: skip


def load_almanac(first: date, last: date) -> Almanac:
    """Return all that touches the days from `first` to `last`, both included; six queries.

    A festival is there when one of its days, or its eve, is. In a year without a single row of days off, the days the
    Labour Code names stand in.
    """
    observances = _observances(first, last)
    return Almanac(
        first=first,
        last=last,
        festivals=_festivals(first, last),
        observances=observances,
        days_off=_days_off(first, last, observances),
        mourning=tuple(
            Mourning(name=row.name, first=row.first_day, last=row.last_day, origin=origin_of(row))
            for row in MourningPeriod.objects.filter(first_day__lte=last, last_day__gte=first)
        ),
    )


def load_undated(year: int) -> tuple[Festival, ...]:
    """Return the festivals that have no day in the year and whose rule does not skip it on purpose."""
    found = _with_links(Festival.objects.all(), (year,))
    return tuple(each for each in found if not festival_days(each, year) and "INTERVAL" not in each.rule.upper())


def _festivals(first: date, last: date) -> tuple[FestivalDays, ...]:
    years = range(first.year - 1, last.year + 2)  # its days may reach over New Year
    rows = _with_links(Festival.objects.all(), years)
    found = (days for row in rows for year in years for days in festival_days(row, year))
    touching = (days for days in found if days.last >= first and (days.eve or days.first) <= last)
    return tuple(sorted(touching, key=lambda days: (days.main, days.first)))


def _with_links(festivals: QuerySet[Festival], years: Iterable[int]) -> QuerySet[Festival]:
    return festivals.prefetch_related(
        Prefetch("areas", queryset=Area.objects.only("name", "slug").order_by("position", "code")),
        Prefetch("dates", queryset=FestivalDate.objects.filter(year__in=years)),
    )


def _observances(first: date, last: date) -> tuple[ObservedDay, ...]:
    found = (
        ObservedDay(
            day=day,
            code=row.code,
            name=row.name,
            kind=row.kind,
            is_big=row.is_big,
            years=None if row.since_year is None else day.year - row.since_year,
            origin=origin_of(row),
        )
        for row in Observance.objects.all()
        for day in _days_of(row, first, last)
        if row.since_year is None or row.since_year <= day.year
    )
    return tuple(sorted(found, key=lambda each: each.day))


def _days_of(row: Observance, first: date, last: date) -> Iterator[date]:
    if row.on_day is not None:
        yield from (row.on_day,) if first <= row.on_day <= last else ()
        return
    try:
        yield from lunar_days(row.lunar, first, last) if row.lunar else _solar(row, first, last)
    except ValueError:  # a rule written past the admin's check
        return


def _solar(row: Observance, first: date, last: date) -> tuple[date, ...]:
    return solar_days(f"{row.day}/{row.month}", first, last)


def _days_off(first: date, last: date, observances: tuple[ObservedDay, ...]) -> tuple[OffDay, ...]:
    years = range(first.year, last.year + 1)
    rows = list(DayOff.objects.filter(day__year__gte=years[0], day__year__lte=years[-1]))
    entered = {row.day.year for row in rows}
    found = [
        OffDay(
            day=row.day,
            name=row.name,
            is_working=row.is_working,
            is_confirmed=row.is_confirmed,
            origin=origin_of(row),
        )
        for row in rows
        if first <= row.day <= last
    ]
    found += [
        OffDay(day=each.day, name=each.name, origin=each.origin)
        for each in observances
        if each.code in STATUTORY and each.day.year not in entered
    ]
    return tuple(sorted(found, key=lambda each: each.day))
