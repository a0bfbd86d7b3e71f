"""The Vietnamese words of lunar rules, folded: a table of patterns, each with what it says of a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.lunar_recurrence.rule import LAST_OF_MONTH, LunarFrequency
from core.lunar_recurrence.rule import LeapPolicy as Leap
from core.lunar_recurrence.rule import MissingPolicy as Missing
from core.lunar_recurrence.rule import ShiftPolicy as Shift
from core.vietnamese import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[re.Match[str]], dict[str, Any]]

_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_DAYS = {**_NUMBERS, "ram": 15, "cuoi": LAST_OF_MONTH}
_MONTHS = {**_NUMBERS, "gieng": 1, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_FEASTS = {
    "tet nguyen dan": (1, 1), "tet nguyen tieu": (15, 1), "gio to hung vuong": (10, 3), "gio to": (10, 3),
    "tet han thuc": (3, 3), "tet doan ngo": (5, 5), "le vu lan": (15, 7), "tet trung thu": (15, 8),
    "ong cong ong tao": (23, 12),
}  # fmt: skip
_LEAPS = {
    "thang thuong": Leap.REGULAR, "thang nhuan": Leap.LEAP, "ca thang nhuan": Leap.BOTH,
    "ca thang thuong va thang nhuan": Leap.BOTH, "ca hai": Leap.BOTH, "bo qua": Leap.REGULAR,
    "uu tien thang nhuan, nam khong nhuan thi thang thuong": Leap.PREFER_LEAP, "uu tien thang nhuan": Leap.PREFER_LEAP,
}  # fmt: skip
_MISSINGS = {
    "bo qua": Missing.SKIP, "lay ngay 29": Missing.LAST_DAY, "lay ngay cuoi thang": Missing.LAST_DAY,
    "lay mung 1 thang sau": Missing.NEXT_DAY,
}  # fmt: skip
_SHIFTS = {
    "ke tiep": Shift.NEXT_WORKING_DAY, "tiep theo": Shift.NEXT_WORKING_DAY, "lien truoc": Shift.PREVIOUS_WORKING_DAY,
    "truoc do": Shift.PREVIOUS_WORKING_DAY, "gan nhat": Shift.NEAREST_WORKING_DAY,
}  # fmt: skip


def _any(words: dict[str, Any]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_AND = r"(?: ?, ?| va )"
_NOT_A_STEP = r"(?![\d/]| nam \d{4}| ?(?:nam|thang)(?: ?/ ?| (?:mot|1) )lan| buoi| ngay (?:truoc|sau))"
_NUMBER = rf"(?:\d{{1,2}}|{_any(_NUMBERS)})"
_MONTH = rf"(?:\d{{1,2}}|{_any(_MONTHS)})\b{_NOT_A_STEP}"
_DAY = rf"(?:-1|\d{{1,2}}|{_any(_DAYS)})\b{_NOT_A_STEP}(?: cung)?"
_EVERY = (
    r"(?:hang|moi) (?P<unit>nam|thang)\b"
    rf"|(?P<n>{_NUMBER}|\d{{1,3}}) (?P<step>nam|thang)(?: ?/ ?| (?:mot|1) )lan\b"
)
_CALLED = r"(?:ngay |mung |mong |hom )*"

SPACE = re.compile(r"(?:[\s,.()]|(?:va|vao|cua|theo|lap lai|lap|am lich|lich am|al)\b)*")


def _read_days(match: re.Match[str]) -> dict[str, Any]:
    found = re.findall(rf"-1|\d+|\b(?:{_any(_DAYS)})\b", match["days"])
    return {"days": tuple(_DAYS[each] if each in _DAYS else int(each) for each in found)}


def _read_months(match: re.Match[str]) -> dict[str, Any]:
    found = re.findall(rf"\d+|\b(?:{_any(_MONTHS)})\b", match["months"])
    if found[0] == "mot":
        raise ValueError("«Tháng Một» có người hiểu là tháng Giêng, có người là tháng 11; hãy ghi bằng số.")
    months = tuple(_MONTHS[each] if each in _MONTHS else int(each) for each in found)
    return {"months": months, "freq": LunarFrequency.YEARLY} | _leap(match)


def _read_day_and_month(match: re.Match[str]) -> dict[str, Any]:
    return {"days": (int(match[1]),), "months": (int(match[2]),), "freq": LunarFrequency.YEARLY} | _leap(match)


def _read_feast(match: re.Match[str]) -> dict[str, Any]:
    day, month = _FEASTS[match[0]]
    return {"days": (day,), "months": (month,), "freq": LunarFrequency.YEARLY}


def _read_tet(match: re.Match[str]) -> dict[str, Any]:
    return {"days": (_to_number(match[1]),), "months": (1,), "freq": LunarFrequency.YEARLY}


def _leap(match: re.Match[str]) -> dict[str, Any]:
    return {"leap": Leap.LEAP} if match["leap"] else {}


def _read_every(match: re.Match[str]) -> dict[str, Any]:
    unit = match["unit"] or match["step"]
    freq = LunarFrequency.YEARLY if unit == "nam" else LunarFrequency.MONTHLY
    return {"freq": freq} | ({"interval": _to_number(match["n"])} if match["n"] else {})


def _read_offset(match: re.Match[str]) -> dict[str, Any]:
    days = int(match["n"] or 1)
    return {"offset_days": days if "sau" in match[0].split() else -days}


def _to_number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _say(**parts: object) -> Reader:
    return lambda _: dict(parts)


_EVE = {"days": (1,), "months": (1,), "offset_days": -1, "freq": LunarFrequency.YEARLY}
WORDS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?:dem )?giao thua\b|(?:30|ba muoi) tet\b", _say(**_EVE)),
        (rf"(?:{_any(_FEASTS)})\b", _read_feast),
        (rf"(?:mung|mong) ({_NUMBER}) tet\b", _read_tet),
        (_EVERY, _read_every),
        (r"(?:tinh |ke )?tu nam (\d{4})\b", lambda match: {"base_year": int(match[1])}),
        (rf"thang nhuan ?: ?(?:chi )?({_any(_LEAPS)})\b", lambda match: {"leap": _LEAPS[match[1]]}),
        (r"(?:tinh )?ca thang nhuan\b", _say(leap=Leap.BOTH)),
        (r"(?:bo|khong tinh) thang nhuan\b", _say(leap=Leap.REGULAR)),
        (r"uu tien thang nhuan\b", _say(leap=Leap.PREFER_LEAP)),
        (r"(?:chi )?(?:thang )?nhuan\b", _say(leap=Leap.LEAP)),
        (
            rf"thang thieu(?: khong co ngay 30)? ?:? ?(?:thi )?({_any(_MISSINGS)})\b",
            lambda match: {"missing": _MISSINGS[match[1]]},
        ),
        (
            rf"trung ngay nghi ?:? ?(?:thi )?chuyen (?:sang|ve|den) ngay lam viec ({_any(_SHIFTS)})\b",
            lambda match: {"shift": _SHIFTS[match[1]]},
        ),
        (r"(?:to chuc )?(?:truoc|sau) do (?P<n>\d{1,2}) ngay\b", _read_offset),
        (r"(?P<n>\d{1,2}) ngay (?:truoc|sau)\b|(?P<eve>(?:dem|toi|hom|ngay) truoc)\b", _read_offset),
        (r"(?:gom|trong|du) (\d{1,4}) (?:buoi|lan|ky)\b", lambda match: {"count": int(match[1])}),
        (
            r"den (?:het )?(?:ngay )?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\b",
            lambda match: {"until": parse_date(match[1])},
        ),
        (rf"{_CALLED}(\d{{1,2}})/(\d{{1,2}})(?![\d/])(?P<leap> nhuan\b)?", _read_day_and_month),
        (rf"thang (?P<months>{_MONTH}(?:{_AND}(?:thang )?{_MONTH})*)(?P<leap> nhuan\b)?", _read_months),
        (
            rf"{_CALLED}(?P<days>{_DAY}(?:{_AND}{_CALLED}{_DAY})*)(?: (?:cua )?thang\b(?! {_MONTH}))?",
            _read_days,
        ),
    )
)
