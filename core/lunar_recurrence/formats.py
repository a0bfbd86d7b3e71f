"""Lunar rules as text for machines, after RFC 7529: "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15;SKIP=OMIT".

As there, "5L" is the leap month after the fifth, and SKIP says what becomes of a 30th that a month lacks, and of a leap
month that a year lacks unless X-LEAP does. The RFC has no word for the rest: X-LEAP, X-SHIFT, X-OFFSET, X-BASE.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.intervals import LOCAL_ZONE
from core.lunar_recurrence.rule import LeapPolicy, LunarFrequency, LunarRecurrence, MissingPolicy, ShiftPolicy
from core.vietnamese import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

SCALES = {"CHINESE", "VIETNAMESE"}
_SKIPS = {
    MissingPolicy.SKIP: "OMIT",
    MissingPolicy.LAST_DAY: "BACKWARD",
    MissingPolicy.NEXT_DAY: "FORWARD",
}
_MISSING_WORDS = {
    **{word: policy for policy, word in _SKIPS.items()},
    **{policy.value: policy for policy in MissingPolicy},
    "LAST": MissingPolicy.LAST_DAY,
    "NEXT": MissingPolicy.NEXT_DAY,
}
_SHIFT_WORDS = {
    **{policy.value: policy for policy in ShiftPolicy},
    **{policy.value.partition("_")[0]: policy for policy in ShiftPolicy},
}
_NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})(L)?", re.ASCII)


def format_lunar(rule: LunarRecurrence) -> str:
    """Return the text that is stored; `parse_lunar` gives back an equal rule."""
    is_yearly = rule.freq is LunarFrequency.YEARLY
    parts = {
        "RSCALE": "VIETNAMESE",
        "FREQ": rule.freq.value,
        "INTERVAL": rule.interval if rule.interval > 1 else None,
        "BYMONTH": _format_months(rule) if is_yearly else None,
        "BYMONTHDAY": ",".join(map(str, rule.days)),
        "SKIP": _SKIPS[rule.missing],
        "COUNT": rule.count,
        "UNTIL": None if rule.until is None else f"{rule.until:%Y%m%d}",
        "X-LEAP": _format_leap(rule),
        "X-SHIFT": None if rule.shift is ShiftPolicy.NONE else rule.shift.value,
        "X-OFFSET": rule.offset_days or None,
        "X-BASE": rule.base_year,
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value is not None)


def read_clause(name: str, value: str) -> dict[str, Any]:
    """Read one part in capitals, NAME=VALUE, into fields of `LunarRecurrence`; ValueError with a sentence."""
    reader = _READERS.get(name.removeprefix("X-"))
    if reader is None:
        raise ValueError(f"Cách lặp âm lịch không dùng phần {name}; hãy chỉ nêu ngày, tháng âm lịch và khoảng cách.")
    return reader(value)


def _format_months(rule: LunarRecurrence) -> str:
    names = {LeapPolicy.LEAP: ("L",), LeapPolicy.BOTH: ("", "L")}.get(rule.leap or rule.default_leap, ("",))
    return ",".join(f"{month}{leap}" for month in rule.months for leap in names)


def _format_leap(rule: LunarRecurrence) -> LeapPolicy | None:
    """Return what the months do not already say."""
    if rule.freq is LunarFrequency.MONTHLY:
        return None if rule.leap is rule.default_leap else rule.leap
    is_said = rule.leap is LeapPolicy.LEAP and rule.missing is MissingPolicy.SKIP
    return None if is_said or rule.leap in {LeapPolicy.REGULAR, LeapPolicy.BOTH} else rule.leap


def _read_months(value: str) -> dict[str, Any]:
    found: dict[bool, list[int]] = {False: [], True: []}
    for item in value.split(","):
        match = _MONTH.fullmatch(item.strip())
        if match is None:
            raise ValueError(f"«{item}» không phải là tháng âm lịch; hãy ghi từ 1 đến 12, tháng nhuận như 5L.")
        found[match[2] is not None].append(int(match[1]))
    plain, leap = found[False], found[True]
    if not leap:
        return {"months": tuple(plain)}
    if plain and sorted(plain) != sorted(leap):
        raise ValueError(f"«{value}» vừa có tháng thường vừa có tháng nhuận khác nhau; hãy tách thành hai hoạt động.")
    return {"months": tuple(leap), **({"leap": LeapPolicy.BOTH} if plain else {"is_leap_month": True})}


def _read_until(value: str) -> dict[str, Any]:
    match = _UNTIL.fullmatch(value)
    if match is None:
        return {"until": parse_date(_iso_to_local(value))}
    try:
        moment = datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007 -- zone below
    except ValueError as error:
        raise ValueError(f"«{value}» không phải là ngày kết thúc; hãy ghi như 20261130.") from error
    return {"until": (moment.replace(tzinfo=UTC).astimezone(LOCAL_ZONE) if match[3] else moment).date()}


def _iso_to_local(value: str) -> str:
    return "/".join(reversed(value.split("-"))) if re.fullmatch(r"\d{4}-\d\d?-\d\d?", value) else value


def _number(value: str) -> int:
    if not _NUMBER.fullmatch(value.strip()):
        raise ValueError(f"«{value}» không phải là số trong cách lặp âm lịch.")
    return int(value)


def _reader_of_number(field: str) -> Callable[[str], dict[str, Any]]:
    return lambda value: {field: _number(value)}


def _reader_of_word(field: str, words: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    def read(value: str) -> dict[str, Any]:
        if value not in words:
            raise ValueError(f"Cách lặp âm lịch không hiểu «{value}»; hãy chọn một trong: {', '.join(words)}.")
        return {field: words[value]}

    return read


def _read_scale(value: str) -> dict[str, Any]:
    if value not in SCALES:
        raise ValueError(f"Lịch «{value}» không được hỗ trợ; hãy dùng lịch âm Việt Nam (RSCALE=VIETNAMESE).")
    return {}


_READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "RSCALE": _read_scale,
    "WKST": lambda _: {},  # a lunar rule has no weeks
    "FREQ": _reader_of_word("freq", {each.value: each for each in LunarFrequency}),
    "INTERVAL": _reader_of_number("interval"),
    "BYMONTH": _read_months,
    "BYMONTHDAY": lambda value: {"days": tuple(_number(item) for item in value.split(","))},
    "SKIP": _reader_of_word("missing", _MISSING_WORDS),
    "MISSING": _reader_of_word("missing", _MISSING_WORDS),
    "COUNT": _reader_of_number("count"),
    "UNTIL": _read_until,
    "LEAP": _reader_of_word("leap", {each.value: each for each in LeapPolicy}),
    "SHIFT": _reader_of_word("shift", _SHIFT_WORDS),
    "OFFSET": _reader_of_number("offset_days"),
    "BASE": _reader_of_number("base_year"),
}
