"""The type of a recurrence rule: the part of RFC 5545 §3.3.10 that Pano plans with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Frequency(StrEnum):
    """How long one step of a rule is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0 to Sunday 6; `ordinal` picks one of the period: 2 the second, -1 the last."""

    day: int
    ordinal: int | None = None

    def __post_init__(self) -> None:
        _require(self.day in range(7), "Ngày trong tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật).")
        _require(self.ordinal is None or abs(self.ordinal) in range(1, 54), "Thứ tự của thứ phải từ 1 đến 53, hoặc âm.")

    def __str__(self) -> str:
        return f"{self.ordinal or ''}{WEEKDAY_CODES[self.day]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """One rule. ValueError with a sentence when its parts contradict each other or can never meet.

    `until` is the last local day, included; `count` the number of occurrences; at most one of them. The `by_` parts
    mean what RFC 5545 says; what dateutil expands in another way than the RFC is refused.
    """

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_weekday: tuple[Weekday, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_position: tuple[int, ...] = ()
    week_start: int = 0

    def __post_init__(self) -> None:
        _check_numbers(self)
        _check_weekdays(self)
        _check_month_days(self)
        _check_set_positions(self)

    @property
    def is_bounded(self) -> bool:
        """True when the rule itself ends, by count or by last day."""
        return self.count is not None or self.until is not None


def _check_numbers(rule: Recurrence) -> None:
    _require(rule.interval >= 1, "Khoảng cách giữa các lần lặp phải từ 1 trở lên.")
    _require(rule.count is None or rule.count >= 1, "Số buổi phải từ 1 trở lên.")
    _require(rule.count is None or rule.until is None, "Chỉ chọn một trong hai: số buổi hoặc ngày kết thúc.")
    _require(not isinstance(rule.until, datetime), "Ngày kết thúc phải là ngày, không kèm giờ.")
    _require(rule.week_start in range(7), "Ngày đầu tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật).")
    _require(all(month in range(1, 13) for month in rule.by_month), "Tháng phải từ 1 đến 12.")
    for part in (rule.by_weekday, rule.by_month_day, rule.by_month, rule.by_set_position):
        _require(len(set(part)) == len(part), "Một ngày hoặc tháng được chọn hai lần.")


def _check_weekdays(rule: Recurrence) -> None:
    ordinals = [each.ordinal for each in rule.by_weekday if each.ordinal is not None]
    if not ordinals:
        return
    per_month = rule.freq is Frequency.MONTHLY or bool(rule.by_month)
    _require(
        rule.freq in {Frequency.MONTHLY, Frequency.YEARLY},
        "Chỉ lặp theo tháng hoặc năm mới chọn được tuần thứ mấy.",
    )
    _require(not per_month or all(abs(each) in range(6) for each in ordinals), "Một tháng chỉ có tối đa 5 tuần.")
    _require(not rule.by_month_day, "Không chọn cùng lúc ngày trong tháng và tuần thứ mấy.")
    _require(len(ordinals) == len(rule.by_weekday), "Hãy chọn tuần thứ mấy cho mọi thứ, hoặc không thứ nào.")


def _check_month_days(rule: Recurrence) -> None:
    days = rule.by_month_day
    _require(
        all(abs(day) in range(1, 32) for day in days), "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."
    )
    if not days:
        return
    _require(rule.freq is not Frequency.WEEKLY, "Lặp hằng tuần không chọn được ngày trong tháng.")
    _require(
        rule.freq is not Frequency.YEARLY or rule.by_month,
        "Lặp hằng năm theo ngày trong tháng phải nêu rõ tháng.",
    )
    months = rule.by_month or range(1, 13)
    _require(
        any(abs(day) <= _LONGEST_MONTH[month - 1] for day in days for month in months),
        "Không tháng nào được chọn có ngày này.",
    )


def _check_set_positions(rule: Recurrence) -> None:
    positions = rule.by_set_position
    _require(all(abs(each) in range(1, 367) for each in positions), "Vị trí trong kỳ phải từ 1 đến 366, hoặc âm.")
    if not positions:
        return
    _require(
        rule.freq in {Frequency.MONTHLY, Frequency.YEARLY},
        "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ.",
    )
    _require(rule.by_weekday or rule.by_month_day, "Chọn vị trí trong kỳ thì phải chọn thứ hoặc ngày trong tháng.")


def _require(condition: object, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
