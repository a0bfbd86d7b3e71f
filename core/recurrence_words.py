"""The Vietnamese words of solar rules, folded: a table of patterns, each with what it says of a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.recurrence import Frequency, Weekday
from core.recurrence_text import WORKING_DAYS
from core.text import strip_marks
from core.vietnamese import SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[re.Match[str]], dict[str, Any]]

QUARTER = 3
_NUMBERS = {
    "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_PLACES = {"dau": 1, "dau tien": 1, "cuoi": -1, "cuoi cung": -1, "ap chot": -2}
_UNITS = {
    "ngay": (Frequency.DAILY, 1),
    "tuan": (Frequency.WEEKLY, 1),
    "thang": (Frequency.MONTHLY, 1),
    "quy": (Frequency.MONTHLY, QUARTER),
    "nam": (Frequency.YEARLY, 1),
}
_WEEKDAYS = {
    **{strip_marks(name): day for day, name in enumerate(SHORT_WEEKDAY_NAMES)},
    **{strip_marks(name): day for day, name in enumerate(WEEKDAY_NAMES)},
    **{f"thu {day + 2}": day for day in range(6)},
}

_BEFORE_A_DAY = (
    r"(?:moi|sang|trua|chieu|toi|dem)(?= (?:(?:sang|trua|chieu|toi|dem) )?(?:thu|t\d|chu|cn|ngay lam viec)\b)"
)
SPACE = re.compile(rf"(?:[\s,;.]|(?:va|vao|cua|cac|lap lai|lap|dinh ky|to chuc|duong lich|{_BEFORE_A_DAY})\b)*")


def _any(words: dict[str, Any]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_AND = r"(?: ?, ?| va )"
_NO_STEP = r"(?! (?:ngay|tuan|thang|quy|nam)(?: ?/ ?| (?:mot|1) )lan)"
_COUNTED = rf"(?:\d{{1,3}}|{_any(_NUMBERS)})\b"
_UNIT = rf"(?P<unit>{_any(_UNITS)})\b"
_DAY = rf"(?:{_any(_WEEKDAYS)})\b"
_OF_MONTH = r"(?: (?:(?:cua|trong) )?(?:moi )?thang\b(?! ?\d)(?! (?:mot|1) lan))?"
_END = rf"(?:{_any(_PLACES)})\b(?! tuan)"
_PLACE = rf"(?:{_END}|(?:thu )?{_COUNTED}(?: tu cuoi(?: len)?)?\b)"
_WEEK = rf"tuan (?:{_END}|(?:thu )?{_COUNTED}(?: tu cuoi(?: len)?)?\b)"
_MONTH_DAY = rf"(?:thu {_COUNTED} tu cuoi\b|{_END}{_OF_MONTH}|\d{{1,2}}(?![\d/.-]){_NO_STEP})"
_DATE = r"\d{1,2}/\d{1,2}(?![\d/])"
_MONTH = rf"(?:\d{{1,2}}\b|muoi mot|muoi hai|{_any(_NUMBERS)})\b(?! lan){_NO_STEP}"


def _list(item: str, again: str = "") -> str:
    return rf"{item}(?:{_AND}{again}{item})*"


def _items(item: str, text: str) -> list[str]:
    return re.findall(item, text)


def _to_number(word: str) -> int:
    return {"muoi mot": 11, "muoi hai": 12, **_NUMBERS}[word] if word.isalpha() or " " in word else int(word)


def _place(text: str) -> int:
    """Read "thu 2 tu cuoi" as -2, "cuoi cung" as -1, "thu hai" and "2" as 2."""
    word = text.removeprefix("tuan ").removeprefix("thu ")
    word = word.removesuffix(" len")
    if word in _PLACES:
        return _PLACES[word]
    number = _to_number(word.removesuffix(" tu cuoi"))
    return -number if word.endswith(" tu cuoi") else number


def _month_day(text: str) -> int:
    end = re.match(_END, text)
    return _PLACES[end[0]] if end else _place(text)


def _read_every(match: re.Match[str]) -> dict[str, Any]:
    freq, size = _UNITS[match["unit"]]
    times = _to_number(match["n"]) if match["n"] else 1
    return {"freq": freq, "interval": size * times}


def _read_every_other(match: re.Match[str]) -> dict[str, Any]:
    freq, size = _UNITS[match["unit"]] if match["unit"] != "nhat" else _UNITS["ngay"]
    return {"freq": freq, "interval": 2 * size}


def _read_working_days(match: re.Match[str]) -> dict[str, Any]:
    if match["places"] is None:
        return {"by_weekday": WORKING_DAYS}
    return {"by_weekday": WORKING_DAYS, "by_set_position": tuple(map(_place, _items(_PLACE, match["places"])))}


def _read_range(match: re.Match[str]) -> dict[str, Any]:
    first, last = _WEEKDAYS[match["first"]], _WEEKDAYS[match["last"]]
    return {"by_weekday": tuple(Weekday((first + step) % 7) for step in range((last - first) % 7 + 1))}


def _read_weekday(match: re.Match[str]) -> dict[str, Any]:
    day = _WEEKDAYS[match["day"]]
    if match["weeks"]:
        places = map(_place, _items(_PLACE, match["weeks"].replace("tuan ", "")))
    else:
        places = map(_place, [match["end"]] if match["end"] else [])
    return {"by_weekday": tuple(Weekday(day, place) for place in places) or (Weekday(day),)}


def _read_rest_days(match: re.Match[str]) -> dict[str, Any]:
    return {"rest_days": tuple(_WEEKDAYS[each] for each in _items(_DAY, match["days"]))}


def _read_dates(match: re.Match[str]) -> dict[str, Any]:
    pairs = [tuple(map(int, each.split("/"))) for each in _items(_DATE, match["dates"])]
    days, months = (tuple(dict.fromkeys(part)) for part in zip(*pairs, strict=True))
    if len(days) > 1 and len(months) > 1:
        raise ValueError(f"«{match['dates']}» là các ngày ở nhiều tháng khác nhau; hãy tách thành các hoạt động riêng.")
    return {"by_month_day": days, "by_month": months}


def _read_year_days(match: re.Match[str]) -> dict[str, Any]:
    return {"by_year_day": tuple(map(_place, _items(r"\d+(?: tu cuoi)?", match["days"])))}


def _reader_of_list(field: str, item: str, read: Callable[[str], int]) -> Reader:
    return lambda match: {field: tuple(map(read, _items(item, match["items"])))}


WORDS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"khong lap(?: lai)?\b|(?:chi )?mot lan\b", lambda _: {}),
        (rf"ngay lam viec\b(?: (?P<places>{_list(_PLACE)}){_OF_MONTH})?", _read_working_days),
        (rf"(?:hang|moi) (?:(?P<n>\d{{1,4}}|mot|hai|ba|bon) )?{_UNIT}(?! lam viec)(?: (?:mot|1) lan\b)?", _read_every),
        (rf"(?P<n>\d{{1,4}}|{_any(_NUMBERS)}) {_UNIT}(?: ?/ ?| (?:mot|1) )lan\b", _read_every),
        (r"cach (?P<unit>ngay|tuan|thang|nam|nhat)\b(?: (?:mot|1) lan\b)?", _read_every_other),
        (rf"(?:tu )?(?P<first>{_DAY}) ?(?:den|toi|-|–) ?(?P<last>{_DAY})", _read_range),
        (
            rf"(?P<day>{_DAY})(?: (?P<weeks>{_WEEK}(?:{_AND}(?:{_WEEK}|\d\b))*)| (?P<end>{_END}))?{_OF_MONTH}",
            _read_weekday,
        ),
        (r"cuoi tuan\b", lambda _: {"by_weekday": (Weekday(5), Weekday(6))}),
        (rf"tru (?P<days>{_list(_DAY)})", _read_rest_days),
        (rf"chon lan (?P<items>{_list(_PLACE)}) trong ky\b", _reader_of_list("by_set_position", _PLACE, _place)),
        (rf"tuan so (?P<items>{_list(_COUNTED)}) trong nam\b", _reader_of_list("by_week_no", _COUNTED, _to_number)),
        (rf"tuan bat dau tu (?P<day>{_DAY})", lambda match: {"week_start": _WEEKDAYS[match["day"]]}),
        (r"ngay thu (?P<days>\d{1,3}(?: tu cuoi)?(?: ?, ?\d{1,3}(?: tu cuoi)?)*) trong nam\b", _read_year_days),
        (rf"ngay (?P<dates>{_list(_DATE, '(?:ngay )?')})", _read_dates),
        (
            rf"ngay (?P<items>{_list(_MONTH_DAY, '(?:ngay )?')}){_OF_MONTH}",
            _reader_of_list("by_month_day", _MONTH_DAY, _month_day),
        ),
        (rf"thang (?P<items>{_list(_MONTH, '(?:thang )?')})", _reader_of_list("by_month", _MONTH, _to_number)),
    )
)
