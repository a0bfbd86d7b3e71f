"""The type of a recurrence rule: the part of RFC 5545 §3.3.10 that Pano plans with.

Refused though the RFC allows it, because libical 3.0.16, the judge, gives other days or none:

- BYSETPOS in daily and weekly rules (it is ignored there);
- BYMONTHDAY counted from the end of the month in daily rules (no day is found);
- yearly BYMONTHDAY without BYMONTH (libical takes the start's month, others every month);
- BYWEEKNO without BYDAY (days of another week), counted from the end of the year, or with BYMONTHDAY (rejected);
- BYWEEKNO with BYMONTH (some years are left out); BYWEEKNO 52 and 53, whose last days may be in the next year (left
  out), and BYWEEKNO 1, which may begin in the year before, with BYSETPOS;
- BYYEARDAY with BYMONTH, BYMONTHDAY or BYWEEKNO (rejected);
- BYSETPOS with two numbers of BYMONTHDAY or BYYEARDAY that can be one day, such as 4 and -28 (it counts twice);
- weekly rules of two weeks or more whose days all lie between Sunday and the day before WKST (begun a week late).

`equivalents` says most of these in words that all understand alike. `expansion.check_start` refuses, for the same
reason, to start a rule of week 1 in a year whose week 1 begins in December.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTH_SIZES = range(28, 32)
_YEAR_SIZES = range(365, 367)
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Frequency(StrEnum):
    """How long one step of a rule is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_LONG = frozenset({Frequency.MONTHLY, Frequency.YEARLY})


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
class Parts:
    """The parts of a rule as they are written, before it is known whether they make one (see `Recurrence`)."""

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_weekday: tuple[Weekday, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_position: tuple[int, ...] = ()
    week_start: int = 0
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence(Parts):
    """One rule. ValueError with a sentence when its parts contradict each other or can never meet.

    `until` is the last local day, included; `count` the number of occurrences; at most one of them. The `by_` parts
    mean what RFC 5545 says, and every rule that can be made expands alike here, by the RFC and in libical 3.0, for a
    subscriber's calendar expands it again by itself. The module says what is refused for that.
    """

    def __post_init__(self) -> None:
        _check_numbers(self)
        _check_week_start(self)
        _check_weekdays(self)
        _check_month_days(self)
        _check_year_days(self)
        _check_weeks(self)
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
    lists: tuple[tuple[object, ...], ...] = (
        rule.by_weekday, rule.by_month_day, rule.by_month, rule.by_set_position, rule.by_year_day, rule.by_week_no,
    )  # fmt: skip
    for part in lists:
        _require(len(set(part)) == len(part), "Một ngày hoặc tháng được chọn hai lần.")


def must_begin_on_sunday(parts: Parts) -> bool:
    """Tell whether a weekly rule means the same with WKST=SU, and libical understands it only so."""
    if parts.freq is not Frequency.WEEKLY or parts.interval == 1 or len(parts.by_weekday) <= 1:
        return False
    since_sunday = {(day + 6) % 7 for day in range((parts.week_start + 1) % 7)}
    return since_sunday.issuperset(each.day for each in parts.by_weekday)


def _check_week_start(rule: Recurrence) -> None:
    _require(
        not must_begin_on_sunday(rule),
        "Với các thứ này, hãy chọn ngày đầu tuần là Chủ nhật để mọi phần mềm lịch hiểu như nhau.",
    )


def _check_weekdays(rule: Recurrence) -> None:
    ordinals = [each.ordinal for each in rule.by_weekday if each.ordinal is not None]
    if not ordinals:
        return
    per_month = rule.freq is Frequency.MONTHLY or bool(rule.by_month)
    _require(rule.freq in _LONG, "Chỉ lặp theo tháng hoặc năm mới chọn được tuần thứ mấy.")
    _require(not per_month or all(abs(each) in range(6) for each in ordinals), "Một tháng chỉ có tối đa 5 tuần.")


def _check_month_days(rule: Recurrence) -> None:
    days = rule.by_month_day
    _require(
        all(abs(day) in range(1, 32) for day in days), "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."
    )
    if not days:
        return
    _require(
        rule.freq is not Frequency.WEEKLY,
        "Lặp hằng tuần không chọn được ngày trong tháng; hãy lặp hằng tháng vào ngày đó.",
    )
    _require(
        rule.freq is not Frequency.DAILY or min(days) > 0,
        "Lặp hằng ngày không đếm được ngày từ cuối tháng; hãy lặp hằng tháng vào ngày đó.",
    )
    _require(
        rule.freq is not Frequency.YEARLY or rule.by_month,
        "Lặp hằng năm theo ngày trong tháng phải nêu rõ tháng.",
    )
    months = rule.by_month or range(1, 13)
    _require(
        any(abs(day) <= _LONGEST_MONTH[month - 1] for day in days for month in months),
        "Không tháng nào được chọn có ngày này.",
    )


def _check_year_days(rule: Recurrence) -> None:
    days = rule.by_year_day
    _require(
        all(abs(day) in range(1, 367) for day in days), "Ngày thứ mấy trong năm phải từ 1 đến 366, hoặc âm từ cuối năm."
    )
    _require(not days or rule.freq is Frequency.YEARLY, "Chỉ lặp hằng năm mới chọn được ngày thứ mấy trong năm.")
    _require(
        not days or not (rule.by_month or rule.by_month_day or rule.by_week_no),
        "Không chọn ngày thứ mấy trong năm cùng với tháng, ngày trong tháng hoặc tuần trong năm; "
        "hãy ghi ngày và tháng, ví dụ ngày 2 tháng 9.",
    )


def _check_weeks(rule: Recurrence) -> None:
    weeks = rule.by_week_no
    if not weeks:
        return
    _require(
        all(week in range(1, 52) for week in weeks),
        "Tuần trong năm phải từ 1 đến 51: các phần mềm lịch tính tuần 52, 53 và tuần đếm từ cuối năm khác nhau; "
        "hãy ghi ngày và tháng.",
    )
    _require(rule.freq is Frequency.YEARLY, "Chỉ lặp hằng năm mới chọn được tuần thứ mấy trong năm.")
    _require(rule.by_weekday, "Chọn tuần thứ mấy trong năm thì phải chọn thứ, ví dụ thứ Hai.")
    _require(
        all(each.ordinal is None for each in rule.by_weekday),
        "Chọn tuần thứ mấy trong năm thì ghi thứ không kèm thứ tự, ví dụ thứ Hai.",
    )
    _require(
        not rule.by_month_day,
        "Không chọn cùng lúc ngày trong tháng và tuần thứ mấy trong năm; hãy chọn một trong hai.",
    )
    _require(not rule.by_month, "Không chọn cùng lúc tháng và tuần thứ mấy trong năm; hãy chọn một trong hai.")
    _require(
        1 not in weeks or not rule.by_set_position,
        "Tuần 1 có thể bắt đầu từ năm trước nên không chọn được vị trí trong kỳ; hãy ghi ngày và tháng.",
    )


def _check_set_positions(rule: Recurrence) -> None:
    positions = rule.by_set_position
    _require(all(abs(each) in range(1, 367) for each in positions), "Vị trí trong kỳ phải từ 1 đến 366, hoặc âm.")
    if not positions:
        return
    _require(
        rule.freq in _LONG,
        "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ; lặp hằng tuần thì hãy chọn chính thứ đó.",
    )
    _require(
        rule.by_weekday or rule.by_month_day or rule.by_month or rule.by_year_day,
        "Chọn vị trí trong kỳ thì phải chọn thứ hoặc ngày trong tháng.",
    )
    _require(
        not _may_coincide(rule.by_month_day, _MONTH_SIZES) and not _may_coincide(rule.by_year_day, _YEAR_SIZES),
        "Ngày đếm từ đầu kỳ và ngày đếm từ cuối kỳ có thể là một; chọn vị trí trong kỳ thì hãy đếm từ một phía.",
    )


def _may_coincide(numbers: tuple[int, ...], sizes: range) -> bool:
    """Tell whether a day counted from the begin is one counted from the end, in a month or year of some size."""
    return any(ahead + size + 1 in numbers for ahead in numbers if ahead < 0 for size in sizes)


def _require(condition: object, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
