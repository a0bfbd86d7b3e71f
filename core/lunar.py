"""The Vietnamese lunar calendar (UTC+7), through lunar-vn; the rest of Pano sees only this adapter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import lunar_vn

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of a lunar year; `year` is the solar year in which that lunar year's Tết falls."""

    day: int
    month: int
    year: int
    is_leap: bool = False

    def label(self) -> str:
        """Return the short form shown beside a solar date: "27/1 ÂL", "15/2 nhuận ÂL" in a leap month."""
        leap = " nhuận" if self.is_leap else ""
        return f"{self.day}/{self.month}{leap} ÂL"


@lru_cache(maxsize=8192)
def to_lunar(d: date) -> LunarDate:
    """Return the lunar date of a solar day; remembered. ValueError outside 1900-2100, lunar-vn's supported years."""
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


def _missing(lunar: LunarDate) -> ValueError:
    return ValueError(f"Năm âm lịch {lunar.year} không có ngày {lunar.label()}; hãy chọn ngày khác.")
