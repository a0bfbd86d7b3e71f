"""Lunar rules in Vietnamese, as `reading` reads them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.lunar_recurrence.rule import (
    LAST_OF_MONTH,
    LONG_MONTH,
    LeapPolicy,
    LunarFrequency,
    MissingPolicy,
    ShiftPolicy,
)
from core.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.lunar_recurrence.rule import LunarRecurrence

LEAP_WORDS: Final = {
    LeapPolicy.REGULAR: "chỉ tháng thường",
    LeapPolicy.LEAP: "chỉ tháng nhuận",
    LeapPolicy.BOTH: "cả tháng thường và tháng nhuận",
    LeapPolicy.PREFER_LEAP: "ưu tiên tháng nhuận, năm không nhuận thì tháng thường",
}
MISSING_WORDS: Final = {
    MissingPolicy.SKIP: "bỏ qua",
    MissingPolicy.LAST_DAY: "lấy ngày 29",
    MissingPolicy.NEXT_DAY: "lấy mùng 1 tháng sau",
}
SHIFT_WORDS: Final = {
    ShiftPolicy.NEXT_WORKING_DAY: "kế tiếp",
    ShiftPolicy.PREVIOUS_WORKING_DAY: "liền trước",
    ShiftPolicy.NEAREST_WORKING_DAY: "gần nhất",
}
_MONTH_NAMES = {1: "Giêng", 12: "Chạp"}


def describe_lunar(rule: LunarRecurrence) -> str:
    """Return the rule in words: "ngày 15 tháng Giêng âm lịch hằng năm; tháng nhuận: chỉ tháng thường"."""
    return "; ".join(_clauses(rule))


def _clauses(rule: LunarRecurrence) -> Iterator[str]:
    yield f"{_days(rule)} âm lịch {_every(rule)}"
    if rule.base_year is not None:
        yield f"tính từ năm {rule.base_year}"
    yield f"tháng nhuận: {LEAP_WORDS[rule.leap or rule.default_leap]}"
    if LONG_MONTH in rule.days:
        yield f"tháng thiếu không có ngày 30: {MISSING_WORDS[rule.missing]}"
    if rule.offset_days:
        yield f"tổ chức {'trước' if rule.offset_days < 0 else 'sau'} đó {abs(rule.offset_days)} ngày"
    if rule.shift is not ShiftPolicy.NONE:
        yield f"trùng ngày nghỉ: chuyển sang ngày làm việc {SHIFT_WORDS[rule.shift]}"
    if rule.count is not None:
        yield f"gồm {rule.count} buổi"
    if rule.until is not None:
        yield f"đến {format_date(rule.until)}"


def _days(rule: LunarRecurrence) -> str:
    days = ", ".join("cuối" if day == LAST_OF_MONTH else str(day) for day in rule.days)
    if rule.freq is LunarFrequency.YEARLY:
        months = ", ".join(_MONTH_NAMES.get(month, str(month)) for month in rule.months)
        return f"ngày {days} tháng {months}"
    return f"ngày {days} tháng" if LAST_OF_MONTH in rule.days else f"ngày {days}"


def _every(rule: LunarRecurrence) -> str:
    unit = "năm" if rule.freq is LunarFrequency.YEARLY else "tháng"
    return f"hằng {unit}" if rule.interval == 1 else f"{rule.interval} {unit} một lần"
