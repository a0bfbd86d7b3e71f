"""The type of a rule that repeats by the Vietnamese lunar calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.lunar import FIRST_YEAR, LAST_YEAR

LAST_OF_MONTH = -1
LONG_MONTH = 30
_FARTHEST = 60  # days between a festival's main day and its eve or its closing, at most


class LunarFrequency(StrEnum):
    """How long one step of a lunar rule is."""

    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class LeapPolicy(StrEnum):
    """Which of the two months counts in a year that has a month twice.

    LEAP holds nothing in a year without that leap month; PREFER_LEAP then falls back to the ordinary month.
    """

    REGULAR = "REGULAR"
    LEAP = "LEAP"
    BOTH = "BOTH"
    PREFER_LEAP = "PREFER_LEAP"


class MissingPolicy(StrEnum):
    """What becomes of a 30th in a month of 29 days: nothing, the 29th, or the 1st of the next month."""

    SKIP = "SKIP"
    LAST_DAY = "LAST_DAY"
    NEXT_DAY = "NEXT_DAY"


class ShiftPolicy(StrEnum):
    """Where a day goes that falls on a day of rest; of two working days equally near, the later."""

    NONE = "NONE"
    NEXT_WORKING_DAY = "NEXT_WORKING_DAY"
    PREVIOUS_WORKING_DAY = "PREVIOUS_WORKING_DAY"
    NEAREST_WORKING_DAY = "NEAREST_WORKING_DAY"


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarRecurrence:
    """One rule by the lunar calendar. ValueError with a sentence when its parts contradict each other.

    A day of the calendar is named (`months`, `days`; -1 is the last day of the month), then found (`leap`, `missing`),
    then moved by `offset_days` (-1: the eve), then moved off days of rest (`shift`). `until` is the last local day on
    which the rule may still hold an occurrence, after all that; `count` the number of occurrences; at most one of them.

    `interval` counts lunar years from `base_year`, or from the year the first occurrence was named in; monthly rules
    count the months that `leap` lets in. `leap` None means REGULAR for yearly rules, BOTH for monthly ones. Lists are
    kept sorted, and `missing` is kept only where the 30th is asked for, so that rules that mean the same are equal.
    """

    freq: LunarFrequency
    interval: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...]
    leap: LeapPolicy | None = None
    missing: MissingPolicy = MissingPolicy.SKIP
    shift: ShiftPolicy = ShiftPolicy.NONE
    offset_days: int = 0
    base_year: int | None = None
    count: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        _check_days(self)
        _check_period(self)
        _check_end(self)
        _keep(self, "months", tuple(sorted(self.months)))
        _keep(self, "days", tuple(sorted(self.days, key=lambda day: (day == LAST_OF_MONTH, day))))
        if self.leap is None:
            _keep(self, "leap", self.default_leap)
        if LONG_MONTH not in self.days:
            _keep(self, "missing", MissingPolicy.SKIP)
        if self.interval == 1:
            _keep(self, "base_year", None)

    @property
    def default_leap(self) -> LeapPolicy:
        """What `leap` is when nothing is said: a yearly feast is held once, a market whenever its day comes."""
        return LeapPolicy.REGULAR if self.freq is LunarFrequency.YEARLY else LeapPolicy.BOTH

    @property
    def is_bounded(self) -> bool:
        """True when the rule itself ends, by count or by last day."""
        return self.count is not None or self.until is not None


def _check_days(rule: LunarRecurrence) -> None:
    _require(rule.days, "Hãy chọn ít nhất một ngày âm lịch, từ 1 đến 30, hoặc ngày cuối tháng.")
    _require(
        all(day == LAST_OF_MONTH or day in range(1, LONG_MONTH + 1) for day in rule.days),
        "Ngày âm lịch phải từ 1 đến 30, hoặc -1 cho ngày cuối tháng.",
    )
    for part in (rule.days, rule.months):
        _require(len(set(part)) == len(part), "Một ngày hoặc tháng âm lịch được chọn hai lần.")
    _require(
        abs(rule.offset_days) <= _FARTHEST,
        f"Số ngày trước hoặc sau ngày chính phải từ 0 đến {_FARTHEST}.",
    )


def _check_period(rule: LunarRecurrence) -> None:
    is_yearly = rule.freq is LunarFrequency.YEARLY
    _require(rule.interval >= 1, "Khoảng cách giữa các lần lặp phải từ 1 trở lên.")
    _require(all(month in range(1, 13) for month in rule.months), "Tháng âm lịch phải từ 1 đến 12.")
    _require(not is_yearly or rule.months, "Lặp hằng năm theo âm lịch phải nêu rõ tháng.")
    _require(is_yearly or not rule.months, "Lặp hằng tháng theo âm lịch không chọn tháng; hãy chọn lặp hằng năm.")
    _require(is_yearly or rule.base_year is None, "Chỉ lặp theo năm âm lịch mới có năm gốc.")
    _require(
        rule.base_year is None or FIRST_YEAR <= rule.base_year <= LAST_YEAR,
        f"Năm gốc phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
    )


def _check_end(rule: LunarRecurrence) -> None:
    _require(rule.count is None or rule.count >= 1, "Số buổi phải từ 1 trở lên.")
    _require(rule.count is None or rule.until is None, "Chỉ chọn một trong hai: số buổi hoặc ngày kết thúc.")
    _require(not isinstance(rule.until, datetime), "Ngày kết thúc phải là ngày, không kèm giờ.")
    _require(
        rule.until is None or FIRST_YEAR <= rule.until.year <= LAST_YEAR,
        f"Ngày kết thúc phải nằm trong các năm {FIRST_YEAR}–{LAST_YEAR}.",
    )


def _require(condition: object, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)


def _keep(rule: LunarRecurrence, name: str, value: object) -> None:
    object.__setattr__(rule, name, value)
