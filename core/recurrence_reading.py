"""What a planner types about repetition: "thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9"."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core.intervals import LOCAL_ZONE
from core.lunar_recurrence import LunarRecurrence, parse_lunar
from core.recurrence import Frequency, Recurrence, Weekday
from core.recurrence_words import SPACE, WORDS
from core.text import strip_marks
from core.vietnamese import parse_date

_EXAMPLE = "hãy ghi như «thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9»"
_GROWING = {"by_weekday", "rest_days", "extra_days", "excluded_days"}
_SPACES = re.compile(r"\s+")
_LEAP_YEARS = 9  # 29/02 comes back within eight years, also around 2100

_DATE = r"\d{1,2}(?:[/.-]| thang )\d{1,2}(?:(?:[/.-]| nam )\d{4})?(?![\d/])"
_DATES = rf"(?:(?:cac )?ngay )?(?P<dates>{_DATE}(?:(?: ?, ?| va )(?:ngay )?{_DATE})*)"
_CLAUSES = {
    "extra_days": re.compile(rf"\b(?:them|bo sung) {_DATES}"),
    "excluded_days": re.compile(rf"\b(?:tru|bo|nghi|khong to chuc) {_DATES}"),
    "until": re.compile(
        rf"\b(?:cho )?(?:den|toi)(?: het)?(?: ngay)? (?P<dates>{_DATE})"
        r"|\b(?:den|toi) het (?:nam (?P<whole>\d{4})|thang (?P<month>\d{1,2})(?:(?:/| nam )(?P<year>\d{4}))?)\b"
    ),
    "count": re.compile(
        r"(?:\b(?:gom|trong|du|tong cong) )?\b(?P<count>\d{1,4}) buoi\b"
        r"|(?:^|, ?|\b(?:gom|trong|du|tong cong) )(?P<times>\d{1,4}) lan\b(?! moi)"
    ),
}
_LUNAR = re.compile(
    r"\b(?:am lich|lich am|al|ram|thang gieng|thang chap|giao thua|nhuan"
    r"|tet (?:nguyen dan|nguyen tieu|han thuc|doan ngo|trung thu)|gio to|vu lan|ong cong ong tao)\b"
)
_MUNG = re.compile(r"\b(?:ngay )?(?:mung|mong)\b")
_EITHER = re.compile(r"\b(?:mung|mong) \d{1,2}(?:(?: thang |/)\d{1,2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRepetition:
    """What the words say: at most one rule, by the sun or by the moon, and the days added to it or left out."""

    rule: Recurrence | None = None
    lunar: LunarRecurrence | None = None
    extra_days: tuple[date, ...] = ()
    excluded_days: tuple[date, ...] = ()


def read_repetition(text: str, start: datetime) -> ReadRepetition:
    """Read how a series that begins at `start` repeats, typed with or without marks; "" is a single occurrence.

    A day without a year is the one that follows `start`. Reads back what `describe` and `describe_lunar` write.
    ValueError with a sentence that quotes the words not understood, or names the parts that contradict each other.
    """
    shown = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    folded = strip_marks(shown)
    if len(folded) != len(shown):
        shown = folded
    first = start.astimezone(LOCAL_ZONE).date()
    ends, shown, folded = _take_clauses(shown, folded, first)
    days = {name: ends.pop(name, ()) for name in ("extra_days", "excluded_days")}
    if _LUNAR.search(folded):
        return ReadRepetition(lunar=replace(parse_lunar(shown, first), **ends), **days)
    if (either := _EITHER.search(folded)) and "duong lich" not in folded:
        words = shown[either.start() : either.end()]
        raise ValueError(f"«{words}» là ngày âm lịch hay dương lịch? Hãy ghi thêm «âm lịch» hoặc «dương lịch».")
    return ReadRepetition(rule=_build(_read_words(shown, _MUNG.sub(_day, folded)), ends), **days)


def _take_clauses(shown: str, folded: str, first: date) -> tuple[dict[str, Any], str, str]:
    """Read the days and ends that any rule may have, and blank them out of both texts."""
    ends: dict[str, Any] = {}
    for name, pattern in _CLAUSES.items():
        for match in pattern.finditer(folded):
            _add(ends, name, _read_clause(name, match, first))
            shown = _blank(shown, match)
        folded = pattern.sub(lambda match: _blank(match.string, match)[match.start() : match.end()], folded)
    return ends, shown, folded


def _read_clause(name: str, match: re.Match[str], first: date) -> object:
    if name == "count":
        return int(match["count"] or match["times"])
    if name != "until":
        return tuple(_read_day(each, first) for each in re.findall(_DATE, match["dates"]))
    if match["dates"]:
        return _read_day(match["dates"], first)
    month = int(match["month"] or 12)
    if month not in range(1, 13):
        raise ValueError(f"Không có tháng {month}; tháng phải từ 1 đến 12.")
    year = int(match["year"] or match["whole"] or first.year + (month < first.month))
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_day(text: str, first: date) -> date:
    day, month, *year = re.findall(r"\d+", text)
    if year:
        return parse_date(f"{day}/{month}/{year[0]}")
    for ahead in range(_LEAP_YEARS):
        try:
            found = date(first.year + ahead, int(month), int(day))
        except ValueError:
            continue
        if found >= first:
            return found
    raise ValueError(f"Không có ngày {day}/{month} trong lịch; hãy kiểm tra lại ngày và tháng.")


def _day(mung: re.Match[str]) -> str:
    """Say "mùng 2" by the sun as "ngày 2"; positions in the text stay."""
    return "ngay".rjust(len(mung[0]))


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + ",".ljust(match.end() - match.start()) + text[match.end() :]


def _read_words(shown: str, folded: str) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    position = _skip(folded, 0)
    while position < len(folded):
        match, read = next(
            ((match, read) for pattern, read in WORDS if (match := pattern.match(folded, position))), (None, None)
        )
        if match is None or read is None:
            words = re.split(r"[,;]", shown[position:])[0].strip()
            raise ValueError(f"Không hiểu «{words}» trong cách lặp; {_EXAMPLE}.")
        for name, value in read(match).items():
            _add(parts, name, value)
        position = _skip(folded, match.end())
    return parts


def _skip(text: str, position: int) -> int:
    match = SPACE.match(text, position)
    return match.end() if match else position


def _add(parts: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401 -- days grow, the rest is said once
    if name in _GROWING:
        parts[name] = tuple(dict.fromkeys((*parts.get(name, ()), *value)))
    elif parts.setdefault(name, value) != value:
        raise ValueError(f"Cách lặp nói hai điều khác nhau; hãy tách thành hai hoạt động, hoặc {_EXAMPLE[4:]}.")


def _build(parts: dict[str, Any], ends: dict[str, Any]) -> Recurrence | None:
    if not parts:
        if ends:
            raise ValueError(f"Chưa nêu lặp lại khi nào; {_EXAMPLE}.")
        return None
    weekdays: tuple[Weekday, ...] = parts.get("by_weekday", ())
    if len({each.ordinal is None for each in weekdays}) > 1:
        raise ValueError("Hãy ghi rõ tuần thứ mấy cho từng thứ, ví dụ «thứ Ba tuần thứ hai, thứ Ba tuần thứ tư».")
    parts.setdefault("freq", _frequency(parts))
    if rest_days := parts.pop("rest_days", ()):
        parts |= _without(rest_days, parts)
    return Recurrence(**parts, **ends)


def _frequency(parts: dict[str, Any]) -> Frequency:
    """What the days imply where no frequency is said."""
    if "by_month" in parts or "by_year_day" in parts or "by_week_no" in parts:
        return Frequency.YEARLY
    is_nth = any(each.ordinal for each in parts.get("by_weekday", ()))
    if is_nth or "by_month_day" in parts or "by_set_position" in parts:
        return Frequency.MONTHLY
    return Frequency.WEEKLY


def _without(rest_days: tuple[int, ...], parts: dict[str, Any]) -> dict[str, Any]:
    """Say "every day but Sunday" as every week on the other days."""
    if parts["freq"] not in {Frequency.DAILY, Frequency.WEEKLY} or parts.get("interval", 1) != 1:
        raise ValueError("Chỉ «hằng ngày» hoặc «hằng tuần» mới trừ được thứ, ví dụ «hằng ngày trừ Chủ nhật».")
    days = parts.get("by_weekday") or tuple(Weekday(day) for day in range(7))
    return {"freq": Frequency.WEEKLY, "by_weekday": tuple(each for each in days if each.day not in rest_days)}
