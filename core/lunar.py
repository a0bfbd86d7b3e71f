"""The Vietnamese lunar calendar (UTC+7), through lunar-vn; the rest of Pano sees only this adapter.

A lunar year has the number of the solar year in which its Tết falls. Months are worked out a year at a time and
remembered, so that walking over them converts nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import lunar_vn

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(1900, 1, 31), date(2100, 12, 30)  # Tết of 1900, and the end of the last month known whole
_LEAP_WORD = " nhuận"


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of a lunar year; `year` is the solar year in which that lunar year's Tết falls."""

    day: int
    month: int
    year: int
    is_leap: bool = False

    def label(self) -> str:
        """Return the short form shown beside a solar date: "27/1 ÂL", "15/2 nhuận ÂL" in a leap month."""
        leap = _LEAP_WORD if self.is_leap else ""
        return f"{self.day}/{self.month}{leap} ÂL"


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A month of a lunar year: the solar day it starts on and its length, 29 or 30 days."""

    year: int
    month: int
    is_leap: bool
    start: date
    length: int


@lru_cache(maxsize=8192)
def to_lunar(d: date) -> LunarDate:
    """Return the lunar date of a solar day; remembered. ValueError with a sentence outside the years 1900-2100."""
    if not FIRST_YEAR <= d.year <= LAST_YEAR:
        raise ValueError(f"Lịch âm chỉ tính được từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {d.year}.")
    found = lunar_vn.solar_to_lunar(d)
    return LunarDate(day=found.day, month=found.month, year=found.year, is_leap=found.leap)


@lru_cache(maxsize=8192)
def to_solar(lunar: LunarDate) -> date:
    """Return the solar day of a lunar date.

    ValueError with a sentence when there is no such day: the 30th of a 29-day month, a leap month the year lacks.
    lunar-vn slides past the end of a short month in silence, hence the round trip.
    """
    try:
        found = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(lunar.day, lunar.month, lunar.year, lunar.is_leap))
    except ValueError as error:
        raise _missing(lunar) from error
    if to_lunar(found) != lunar:
        raise _missing(lunar)
    return found


@lru_cache(maxsize=256)
def months_of(year: int) -> tuple[LunarMonth, ...]:
    """Return the 12 or 13 months of a lunar year in order; of 2100 the 11 that end within the calendar; remembered.

    ValueError with a sentence outside 1900-2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Lịch âm chỉ tính được từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {year}.")
    found: list[LunarMonth] = []
    start = to_solar(LunarDate(1, 1, year))
    while start <= LAST_DAY and (first := to_lunar(start)).year == year:
        length = 30 if to_lunar(start + timedelta(days=29)).day == 30 else 29  # noqa: PLR2004 -- the two lengths
        found.append(LunarMonth(year, first.month, first.is_leap, start, length))
        start += timedelta(days=length)
    return tuple(found)


def leap_month(year: int) -> int | None:
    """Return the number of the month that the lunar year has twice, None in an ordinary year."""
    return next((each.month for each in months_of(year) if each.is_leap), None)


def month_start(year: int, month: int, *, is_leap: bool = False) -> date:
    """Return the solar day of the 1st of a lunar month; ValueError with a sentence when the year has no such month."""
    return _month(year, month, is_leap=is_leap).start


def month_length(year: int, month: int, *, is_leap: bool = False) -> int:
    """Return 29 or 30, the days of a lunar month; ValueError with a sentence when the year has no such month."""
    return _month(year, month, is_leap=is_leap).length


def _month(year: int, month: int, *, is_leap: bool) -> LunarMonth:
    found = next((each for each in months_of(year) if (each.month, each.is_leap) == (month, is_leap)), None)
    if found is None:
        leap = _LEAP_WORD if is_leap else ""
        raise ValueError(f"Năm âm lịch {year} không có tháng {month}{leap}; hãy chọn tháng khác.")
    return found


def _missing(lunar: LunarDate) -> ValueError:
    return ValueError(f"Năm âm lịch {lunar.year} không có ngày {lunar.label()}; hãy chọn ngày khác.")
