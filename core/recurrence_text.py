"""Recurrence rules in Vietnamese: a sentence for screens and print, and the two columns of the workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.recurrence import Frequency, Recurrence, Weekday
from core.text import strip_marks
from core.vietnamese import SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES, format_date

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = {
    Frequency.DAILY: "ngày",
    Frequency.WEEKLY: "tuần",
    Frequency.MONTHLY: "tháng",
    Frequency.YEARLY: "năm",
}
_FREQUENCIES = {strip_marks(unit): freq for freq, unit in _UNITS.items()}
_WEEKDAYS = {
    **{strip_marks(name): day for day, name in enumerate(SHORT_WEEKDAY_NAMES)},
    **{strip_marks(name): day for day, name in enumerate(WEEKDAY_NAMES)},
    **{f"thu {day + 2}": day for day in range(6)},
}
WORKING_DAYS = tuple(Weekday(day) for day in range(5))
_ORDINAL_WORDS = {1: "đầu", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư", 5: "thứ năm", -1: "cuối"}
_ORDINALS = {
    "mot": 1, "dau": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "cuoi": -1,
}  # fmt: skip

_EVERY = re.compile(
    r"(?:(?:hang|moi) )?(?:(?P<n>\d{1,3}|mot|hai|ba) )?(?P<unit>ngay|tuan|thang|nam)(?: ?/ ?lan| (?:mot|1) lan)?"
)
_ITEM = r"(?:-?\d{1,3}|cuoi(?: thang(?! ?\d))?|dau)"
_AND = r"(?: ?, ?| va )"
_LIST = re.compile(rf"(?P<name>ngay trong nam|tuan trong nam|ngay|thang|lan) (?P<items>{_ITEM}(?:{_AND}{_ITEM})*)")
_DAY = re.compile(
    rf"(?P<start>tuan tu )?(?P<day>{'|'.join(_WEEKDAYS)})"
    rf"(?: tuan (?!tu )(?:thu )?(?P<ordinal>-?\d{{1,2}}|{'|'.join(_ORDINALS)}))?"
)
_BETWEEN = re.compile(r"(?:[\s,;]|va |vao )*")


def describe(rule: Recurrence) -> str:
    """Return the rule as a phrase: "hằng tuần vào thứ Hai, thứ Tư, đến 30/11/2023"."""
    when = _describe_days(rule)
    every = _every(rule)
    leads = rule.interval == 1 and rule.freq in {Frequency.MONTHLY, Frequency.YEARLY}
    phrase = f"{when} {every}" if leads else f"{every} vào {when}"
    parts = [phrase if when else every]
    if rule.by_set_position and not _is_working_day(rule):
        parts.append(f"chọn lần {_join(_place(each) for each in rule.by_set_position)} trong kỳ")
    if rule.week_start and (rule.by_week_no or (rule.freq is Frequency.WEEKLY and rule.interval > 1)):
        parts.append(f"tuần bắt đầu từ {_weekday(Weekday(rule.week_start))}")
    if rule.count is not None:
        parts.append(f"gồm {rule.count} buổi")
    if rule.until is not None:
        parts.append(f"đến {format_date(rule.until)}")
    return ", ".join(parts)


def to_labels(rule: Recurrence) -> tuple[str, str]:
    """Return the workbook's two columns, frequency and days: ("2 tuần một lần", "T2, T4").

    `parse_description` reads them back; count and last day are not in them, they have columns of their own.
    """
    clauses = [
        _join(_label_weekday(each) for each in rule.by_weekday),
        _clause("ngày", rule.by_month_day),
        _clause("tháng", rule.by_month),
        _clause("ngày trong năm", rule.by_year_day),
        _clause("tuần trong năm", rule.by_week_no),
        _clause("lần", rule.by_set_position),
        f"tuần từ {SHORT_WEEKDAY_NAMES[rule.week_start]}" if rule.week_start else "",
    ]
    return _every(rule), "; ".join(filter(None, clauses))


def parse_description(freq_label: str, on_label: str = "") -> Recurrence:
    """Read the workbook's two columns.

    Frequency: "hằng ngày|tuần|tháng|năm" (also "hàng", "mỗi"), "2 tuần một lần". Days: "T2, T4", "CN", "ngày 1, 15",
    "ngày cuối", "T3 tuần 2", "T6 tuần cuối", "ngày 8 tháng 8". ValueError with a sentence for anything else.
    """
    match = _EVERY.fullmatch(_plain(freq_label))
    if match is None or _plain(freq_label) == match["unit"]:
        raise ValueError(f"Không hiểu cách lặp «{freq_label}»; hãy ghi như «hằng tuần» hoặc «2 tuần một lần».")
    lists, weekdays, week_start = _read_days(on_label)
    return Recurrence(
        freq=_FREQUENCIES[match["unit"]],
        interval=_number(match["n"] or "mot"),
        by_weekday=weekdays,
        by_month_day=lists["ngay"],
        by_month=lists["thang"],
        by_set_position=lists["lan"],
        by_year_day=lists["ngay trong nam"],
        by_week_no=lists["tuan trong nam"],
        week_start=week_start,
    )


def _read_days(on_label: str) -> tuple[dict[str, tuple[int, ...]], tuple[Weekday, ...], int]:
    text = _plain(on_label)
    lists: dict[str, tuple[int, ...]] = dict.fromkeys(("ngay", "thang", "lan", "ngay trong nam", "tuan trong nam"), ())
    weekdays: list[Weekday] = []
    week_start = 0
    position = _skip(text, 0)
    while position < len(text):
        if found := _LIST.match(text, position):
            lists[found["name"]] += tuple(_number(item) for item in re.split(_AND, found["items"]))
        elif found := _DAY.match(text, position):
            day = _WEEKDAYS[found["day"]]
            if found["start"]:
                week_start = day
            else:
                weekdays.append(Weekday(day, _number(found["ordinal"]) if found["ordinal"] else None))
        else:
            raise ValueError(f"Không hiểu ngày lặp «{on_label}»; hãy ghi như «T2, T4», «ngày 1, 15» hoặc «T3 tuần 2».")
        position = _skip(text, found.end())
    return lists, tuple(weekdays), week_start


def _every(rule: Recurrence) -> str:
    unit = _UNITS[rule.freq]
    return f"hằng {unit}" if rule.interval == 1 else f"{rule.interval} {unit} một lần"


def _describe_days(rule: Recurrence) -> str:
    if _is_working_day(rule):
        weekdays = _said("ngày làm việc", map(_place, rule.by_set_position))
    else:
        weekdays = _join(map(_weekday, rule.by_weekday))
    clauses = (
        weekdays,
        _said("ngày", map(_month_day, rule.by_month_day)),
        _said("tháng", map(str, rule.by_month)),
        _said("tuần số", map(str, rule.by_week_no), "trong năm"),
        _said("ngày thứ", map(_year_day, rule.by_year_day), "trong năm"),
    )
    return " ".join(filter(None, clauses))


def _said(name: str, words: Iterable[str], after: str = "") -> str:
    """The words after the name of what they count; nothing where there are none."""
    listed = _join(words)
    return f"{name} {listed} {after}".strip() if listed else ""


def _is_working_day(rule: Recurrence) -> bool:
    """Tell whether the rule chooses among the working days of a month or of months: the last one, the third."""
    by_day = rule.by_month_day or rule.by_week_no or rule.by_year_day
    return bool(rule.by_set_position) and rule.by_weekday == WORKING_DAYS and not by_day


def _weekday(each: Weekday) -> str:
    name = WEEKDAY_NAMES[each.day]
    name = name.replace("Thứ", "thứ")
    return name if each.ordinal is None else f"{name} tuần {_place(each.ordinal)}"


def _label_weekday(each: Weekday) -> str:
    name = SHORT_WEEKDAY_NAMES[each.day]
    return name if each.ordinal is None else f"{name} tuần {_label_number(each.ordinal)}"


def _place(ordinal: int) -> str:
    if ordinal in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[ordinal]
    return f"thứ {ordinal}" if ordinal > 0 else f"thứ {-ordinal} từ cuối"


def _month_day(day: int) -> str:
    if day > 0:
        return str(day)
    return "cuối" if day == -1 else f"thứ {-day} từ cuối"


def _year_day(day: int) -> str:
    return str(day) if day > 0 else f"{-day} từ cuối"


def _clause(name: str, numbers: tuple[int, ...]) -> str:
    return _said(name, map(_label_number, numbers))


def _label_number(number: int) -> str:
    return "cuối" if number == -1 else str(number)


def _number(text: str) -> int:
    word = text.removesuffix(" thang")
    return _ORDINALS[word] if word in _ORDINALS else int(word)


def _skip(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _plain(text: str) -> str:
    return " ".join(strip_marks(text).split())


def _join(words: Iterable[str]) -> str:
    return ", ".join(words)
