"""Dates, times and numbers as Vietnamese officials write and type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, last_day
from core.text import strip_marks

if TYPE_CHECKING:
    from core.intervals import Interval

WEEKDAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SHORT_WEEKDAY_NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")

_DATE = re.compile(r"(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:[/.-]| nam )(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?: ?(?:h|gio) ?(?:(\d{1,2}) ?(?:['’′]|p|phut)?)?|:(\d{2})(?::00)?)")
_YEARS = range(1900, 2101)  # a plan outside is a slip of the keyboard
_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


def format_date(d: date) -> str:
    """Return "08/08/2023"; an aware datetime is first taken to local time."""
    day = _local(d)
    return f"{day:%d/%m}/{day.year:04}"


def format_long_date(d: date) -> str:
    """Return "ngày 08 tháng 8 năm 2023": days under 10 and months 1 and 2 take a zero (NĐ 30/2020, phụ lục I)."""
    day = _local(d)
    month = f"{day.month:02}" if day.month in {1, 2} else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def format_time(t: time | datetime) -> str:
    """Return "19h30", "7h00"; an aware datetime is first taken to local time."""
    if isinstance(t, datetime) and t.utcoffset() is not None:
        t = t.astimezone(LOCAL_ZONE)
    return f"{t.hour}h{t.minute:02}"


def format_weekday(d: date) -> str:
    """Return "Thứ Hai" ... "Thứ Bảy", "Chủ nhật"."""
    return WEEKDAY_NAMES[_local(d).weekday()]


def format_short_weekday(d: date) -> str:
    """Return "T2" ... "T7", "CN"."""
    return SHORT_WEEKDAY_NAMES[_local(d).weekday()]


def format_number(x: float | Decimal, decimals: int | None = None) -> str:
    """Return "1.234,5": a dot between thousands, a comma before decimals.

    `decimals` fixes their number, halves away from zero; None shows as many as the number has.
    """
    exact = x if isinstance(x, Decimal) else Decimal(str(x))
    if not exact.is_finite():
        raise ValueError(f"«{x}» không phải là số.")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if exact == 0:
        text = text.removeprefix("-")
    return text.translate(str.maketrans(",.", ".,"))


def parse_number(text: str | float | Decimal) -> Decimal:
    """Read "8,5", "8.5", "1.200.000", "1.200", "1 200,5" or a number from a spreadsheet cell, exactly.

    One dot or space before exactly three digits parts thousands ("1.200" is 1200), one comma is decimal ("1,200" is
    1.2); where both occur, the last one is decimal. ValueError with a sentence otherwise.
    """
    written = _SPACES.sub(" ", str(text)).strip()
    unsigned = written.removeprefix("-").removeprefix("\u2212")
    whole, comma, fraction = unsigned.rpartition(",")
    if comma and "." in fraction:
        whole, comma, fraction = unsigned.rpartition(".")
    if isinstance(text, str) and _THOUSANDS.fullmatch(unsigned) and not _is_one_comma(unsigned):
        digits = re.sub(r"\D", "", unsigned)
    elif comma and _THOUSANDS.fullmatch(whole) and fraction.isdecimal():
        digits = re.sub(r"\D", "", whole) + "." + fraction
    elif _PLAIN.fullmatch(unsigned):
        digits = unsigned.replace(",", ".")
    else:
        raise ValueError(f"«{text}» không phải là số; hãy nhập như 8,5 hoặc 1.200.000.")
    return Decimal(digits) if unsigned == written else -Decimal(digits)


def format_interval(interval: Interval, *, all_day: bool = False) -> str:
    """Return the interval for people, in local time, with an inclusive last day.

    All-day: "08/08/2023", "25/07–31/07/2023", "25/12/2023–05/01/2024". Timed: "19h30–21h30, 08/08/2023"; up to
    midnight "19h30–24h00, 08/08/2023"; over midnight "19h30, 08/08/2023 – 1h30, 09/08/2023".
    """
    start, end = interval.local().start, interval.local().end
    last = last_day(interval)
    if all_day:
        return _format_days(start.date(), last)
    closing = format_time(end) if end.date() == last else "24h00"
    if start.date() == last:
        return f"{format_time(start)}–{closing}, {format_date(start)}"
    return f"{format_time(start)}, {format_date(start)} – {closing}, {format_date(last)}"


def parse_date(text: str | date) -> date:
    """Read dd/mm/yyyy (also d-m-yyyy, d.m.yyyy and "ngày 08 tháng 8 năm 2023"); pass a date through.

    An aware datetime gives its local day, a naive one (a spreadsheet cell) its own. ValueError with a sentence,
    also for a typed year outside 1900-2100.
    """
    if isinstance(text, date):
        return _local(text)
    match = _DATE.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"«{text}» không phải là ngày; hãy nhập theo dạng ngày/tháng/năm, ví dụ 08/08/2023.")
    day, month, year = (int(part) for part in match.groups())
    if year not in _YEARS:
        raise ValueError(f"Năm {year} trong «{text}» phải từ {_YEARS[0]} đến {_YEARS[-1]}.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"Không có ngày {text.strip()} trong lịch; hãy kiểm tra lại ngày và tháng.") from error


def parse_time(text: str | time) -> time:
    """Read "19h30", "19:30", "19 giờ 30", "7h"; pass a time through. ValueError with a sentence."""
    if isinstance(text, time):
        return text
    match = _TIME.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"«{text}» không phải là giờ; hãy nhập như 19h30 hoặc 19:30.")
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise ValueError(f"Không có giờ {text.strip()}; giờ từ 0 đến 23, phút từ 0 đến 59.") from error


def _format_days(first: date, last: date) -> str:
    if first == last:
        return format_date(first)
    if first.year == last.year:
        return f"{first:%d/%m}–{format_date(last)}"
    return f"{format_date(first)}–{format_date(last)}"


def _local(d: date) -> date:
    """Return the plain day: the local one of an aware datetime, the written one of a naive one."""
    if not isinstance(d, datetime):
        return d
    return d.astimezone(LOCAL_ZONE).date() if d.utcoffset() is not None else d.date()


def _plain(text: str) -> str:
    return _SPACES.sub(" ", strip_marks(text)).strip()


def _is_one_comma(text: str) -> bool:
    return text.count(",") == 1
