"""Festivals, observances and days off for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from events.models import DayOff, Festival, FestivalDate, MourningPeriod, Observance, ObservanceKind
from tests.factories import make_area

SOURCE = "Báo Lạng Sơn"


def make_festival(code: str = "ky-cung", *, area: str = "", **fields: Any) -> Festival:
    """Kỳ Cùng – Tả Phủ: 22-27/1, main day 27/1; in an area of that name where one is given."""
    defaults: dict[str, Any] = {"name": "Lễ hội Kỳ Cùng", "rule": "27/1", "first_offset": -5, "source": SOURCE}
    festival = Festival.objects.create(code=code, **(defaults | fields))
    if area:
        festival.areas.add(make_area(name=area))
    return festival


def set_days(festival: Festival, first: date, last: date, *, main: date) -> FestivalDate:
    """What somebody entered for the year of the main day."""
    return FestivalDate.objects.create(
        festival=festival, year=main.year, first_day=first, last_day=last, main_day=main, source="Kế hoạch năm"
    )


def make_observance(code: str = "quoc-khanh", **fields: Any) -> Observance:
    """The national day, unless told otherwise."""
    when: dict[str, Any] = {} if fields.keys() & {"lunar", "on_day"} else {"month": 9, "day": 2}
    defaults = {"name": "Quốc khánh", "kind": ObservanceKind.NATIONAL, "source": SOURCE}
    return Observance.objects.create(code=code, **(defaults | when | fields))


def make_election() -> Observance:
    """Election day of 2026."""
    return make_observance("bau-cu", name="Ngày bầu cử", on_day=date(2026, 3, 15), is_big=True)


def make_day_off(day: date, name: str = "Nghỉ Tết", **fields: Any) -> DayOff:
    """A weekday nobody works."""
    return DayOff.objects.create(day=day, name=name, source=SOURCE, **fields)


def make_mourning(first: date, last: date) -> MourningPeriod:
    """Days of national mourning."""
    return MourningPeriod.objects.create(name="Quốc tang", first_day=first, last_day=last, source=SOURCE)


def make_almanac_rows() -> None:
    """One row of each table of the almanac."""
    main = date(2026, 3, 15)
    set_days(make_festival(), main, main, main=main)
    make_observance()
    make_day_off(date(2026, 2, 16))
    make_mourning(date(2026, 7, 25), date(2026, 7, 26))
