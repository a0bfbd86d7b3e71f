"""Reads a lunar rule as machines store it, as planners shorten it ("15/1", "2,7,12") and as they say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.lunar import to_lunar
from core.lunar_recurrence.formats import read_clause
from core.lunar_recurrence.rule import LeapPolicy, LunarFrequency, LunarRecurrence, MissingPolicy
from core.lunar_recurrence.words import SPACE, WORDS
from core.text import strip_marks

if TYPE_CHECKING:
    from datetime import date

_CLAUSE = re.compile(r"\s*([A-Za-z-]+)\s*=\s*(.*?)\s*")
_LABEL = re.compile(r"\s*RRULE:", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_EXAMPLE = "hãy ghi như «15/1», «rằm tháng Giêng», «2, 7, 12, 17, 22, 27» hoặc «ngày cuối tháng Chạp»"


def parse_lunar(text: str, start: date | None = None) -> LunarRecurrence:
    """Read a lunar rule: clauses parted by ";", each NAME=VALUE or words, with or without marks.

    Reads what `format_lunar` and `describe_lunar` write, RFC 7529's parts (RSCALE may be missing), "15/1",
    "15/1 nhuận", "-1", "mùng 10 tháng Giêng", "ngày 2, 7, 12 hằng tháng", "giao thừa"... A day and month that are
    not said come from `start`, a solar day. ValueError with a sentence that quotes what is not understood.
    """
    parts: dict[str, Any] = {}
    for clause in _LABEL.sub("", text).split(";"):
        named = _CLAUSE.fullmatch(clause)
        for found in [read_clause(named[1].upper(), named[2].upper())] if named else _read_words(clause):
            _merge(parts, found, text)
    return _build(parts, start)


def _read_words(clause: str) -> list[dict[str, Any]]:
    text = _SPACES.sub(" ", strip_marks(clause)).strip()
    found = []
    position = _skip(text, 0)
    while position < len(text):
        match, read = next(
            ((match, read) for pattern, read in WORDS if (match := pattern.match(text, position))), (None, None)
        )
        if match is None or read is None:
            raise ValueError(f"Không hiểu «{text[position:]}» trong ngày âm lịch «{clause.strip()}»; {_EXAMPLE}.")
        found.append(read(match))
        position = _skip(text, match.end())
    return found


def _skip(text: str, position: int) -> int:
    match = SPACE.match(text, position)
    return match.end() if match else position


def _merge(parts: dict[str, Any], found: dict[str, Any], text: str) -> None:
    """Add what one clause says; several days or months add up, anything else may be said once."""
    is_date = "days" in found and "months" in found
    for name, value in found.items():
        if name == "months" and "months" in parts and is_date:
            if (parts["days"] == found["days"]) == (parts["months"] == value):
                raise ValueError(f"«{text}» có nhiều ngày ở nhiều tháng khác nhau; hãy tách thành các hoạt động riêng.")
            parts["days"] = tuple(dict.fromkeys(parts["days"] + found["days"]))
            parts["months"] = tuple(dict.fromkeys(parts["months"] + value))
        elif name not in parts:
            parts[name] = value
        elif parts[name] != value and not (is_date and name == "days"):
            raise ValueError(f"«{text}» nói hai điều trái nhau; hãy ghi lại một điều.")


def _build(parts: dict[str, Any], start: date | None) -> LunarRecurrence:
    if start is not None:
        _fill(parts, start)
    if "days" not in parts:
        raise ValueError(f"Cách lặp chưa nêu ngày âm lịch nào; {_EXAMPLE}.")
    if parts.pop("is_leap_month", False) and "leap" not in parts:
        parts["leap"] = _leap_by_skip(parts.get("missing", MissingPolicy.SKIP))
    freq = parts.setdefault("freq", LunarFrequency.YEARLY if "months" in parts else LunarFrequency.MONTHLY)
    interval = parts.get("interval", 1)
    if freq is LunarFrequency.YEARLY and "months" not in parts:  # RFC 5545: then every month of the year
        parts |= {"freq": LunarFrequency.MONTHLY} if interval == 1 else {"months": tuple(range(1, 13))}
        parts.setdefault("leap", LeapPolicy.BOTH)
    elif freq is LunarFrequency.MONTHLY and "months" in parts and interval == 1:  # BYMONTH limits: the same days
        parts["freq"] = LunarFrequency.YEARLY
    return LunarRecurrence(**parts)


def _leap_by_skip(skip: MissingPolicy) -> LeapPolicy:
    """Return what RFC 7529 makes of "5L" in a year without that leap month."""
    if skip is MissingPolicy.NEXT_DAY:
        raise ValueError("Tháng nhuận mà năm không có thì không chuyển sang tháng sau được; hãy dùng SKIP=BACKWARD.")
    return LeapPolicy.LEAP if skip is MissingPolicy.SKIP else LeapPolicy.PREFER_LEAP


def _fill(parts: dict[str, Any], start: date) -> None:
    """Take from the first day what the rule does not say, as RFC 5545 does."""
    lunar = to_lunar(start)
    if "days" in parts:
        return
    parts["days"] = (lunar.day,)
    if parts.get("freq") is not LunarFrequency.MONTHLY and "months" not in parts:
        parts["months"] = (lunar.month,)
        if lunar.is_leap:
            parts.setdefault("leap", LeapPolicy.LEAP)
