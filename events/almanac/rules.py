"""The days a stored rule gives: by the moon as `parse_lunar` reads it, by the sun as "dd/mm"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from core.intervals import local_midnight
from core.lunar import FIRST_DAY, LAST_DAY
from core.lunar_recurrence import expand_lunar, first_lunar_match, parse_lunar

if TYPE_CHECKING:
    from core.lunar_recurrence import LunarRecurrence

_SOLAR = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_LEAP_YEAR = 2000


@lru_cache(maxsize=512)
def read_lunar_rule(text: str) -> LunarRecurrence:
    """Read the rule of a feast, which has no first day; ValueError with a sentence where it would need one."""
    rule = parse_lunar(text)
    if rule.is_bounded:
        raise ValueError("Ngày lễ lặp lại mãi; hãy bỏ số buổi và ngày kết thúc.")
    if rule.interval > 1 and rule.base_year is None:
        raise ValueError("Lễ nhiều năm một lần phải nêu một năm có tổ chức, ví dụ «10/1;INTERVAL=2;BASE=2024».")
    return rule


def read_solar_rule(text: str) -> tuple[int, int]:
    """Read "10/10" into day and month; ValueError with a sentence."""
    match = _SOLAR.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"«{text}» không phải là ngày dương lịch hằng năm; hãy ghi ngày/tháng, ví dụ 10/10.")
    day, month = int(match[1]), int(match[2])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as error:
        raise ValueError(f"Không có ngày {text.strip()} trong lịch; hãy kiểm tra lại ngày và tháng.") from error
    return day, month


@lru_cache(maxsize=4096)
def lunar_days(text: str, first: date, last: date) -> tuple[date, ...]:
    """Return the days of a lunar rule from `first` to `last`; remembered. ValueError as `read_lunar_rule`."""
    rule, day = read_lunar_rule(text), max(first, FIRST_DAY)
    if day > min(last, LAST_DAY):
        return ()
    try:
        start = first_lunar_match(rule, local_midnight(day))
    except ValueError:  # a day no year has from here on
        return ()
    return tuple(each.date() for each in expand_lunar(rule, start, last)) if start.date() <= last else ()


def solar_days(text: str, first: date, last: date) -> tuple[date, ...]:
    """Return the days of a solar rule from `first` to `last`; the 29th of February only in leap years."""
    day, month = read_solar_rule(text)
    found = (_day_of(year, month, day) for year in range(first.year, last.year + 1))
    return tuple(each for each in found if each is not None and first <= each <= last)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
