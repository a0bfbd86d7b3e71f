"""Recurrence rules as text for machines: RFC 5545 RRULE values and django-scheduler's `Rule.params`."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

from core.intervals import LOCAL_ZONE
from core.recurrence.equivalents import say_alike
from core.recurrence.expansion import check_start, last_instant
from core.recurrence.rule import WEEKDAY_CODES, Frequency, Parts, Recurrence, Weekday

_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
_UNTIL = re.compile(r"\d{8}(?P<time>T\d{6}(?P<utc>Z)?)?", re.ASCII)
_PARTS = {
    "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "BYYEARDAY", "BYWEEKNO",
}  # fmt: skip
_FIELDS = [field.name for field in fields(Parts)]
_CLOCK = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_PARAM_NAMES = {"BYDAY": "byweekday"}


def to_rrule(rule: Recurrence, dtstart: datetime, *, all_day: bool = False) -> str:
    """Return the value of an RRULE line (RFC 5545 §3.3.10), without its name.

    UNTIL takes the type of DTSTART: a DATE for all-day, else the last second of the local day in UTC. ValueError
    when `dtstart` does not fit the rule.
    """
    check_start(rule, dtstart)
    parts = {"FREQ": rule.freq.value}
    if rule.until is not None:
        parts["UNTIL"] = f"{rule.until:%Y%m%d}" if all_day else f"{last_instant(rule.until):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in {**parts, **_numeric_parts(rule)}.items())


def from_rrule(text: str, dtstart: datetime | None = None, *, all_day: bool = False) -> Recurrence:
    """Read an RRULE value, with or without "RRULE:" in front.

    UNTIL becomes its local day; given `dtstart`, the last local day whose occurrence is not after it: a day without
    time is then its midnight, as libical has it, but the whole day in an all-day series.
    What calendars understand in different ways is read as the same rule in other words where there are such, also
    with what `dtstart` decides written out (`equivalents`); BYHOUR, BYMINUTE and BYSECOND that repeat its own time
    fall away. ValueError with a sentence for what Pano does not plan with.
    """
    start = None if dtstart is None else dtstart.astimezone(LOCAL_ZONE)
    parts = _without_clock(_split(text.strip().upper().removeprefix("RRULE:"), pair="="), start)
    until = None
    if "UNTIL" in parts:
        until = _read_until(parts["UNTIL"].split("T")[0], None) if all_day else _read_until(parts["UNTIL"], start)
    return _rule(_read(parts, until), None if start is None else start.date())


def to_params(rule: Recurrence) -> str:
    """Return the text for django-scheduler's `Rule.params`: "interval:2;byweekday:MO,WE"; the frequency and the
    last day are not in it, they are stored in `Rule.frequency` and `Event.end_recurring_period`.
    """
    named = ((_PARAM_NAMES.get(name, name.lower()), value) for name, value in _numeric_parts(rule).items())
    return ";".join(f"{name}:{value}" for name, value in named)


def from_params(frequency: str, params: str, *, until: date | None = None) -> Recurrence:
    """Read `Rule.frequency` and `Rule.params`; `until` is the last local day, stored elsewhere.

    ValueError with a sentence for what it cannot read whole: nothing is dropped.
    """
    written = _split(params.strip().upper(), pair=":")
    if "BYDAY" in written or "UNTIL" in written:
        raise ValueError(f"Tham số lặp «{params}» có phần không được phép (BYDAY, UNTIL).")
    parts = {"BYDAY" if name == "BYWEEKDAY" else name: value for name, value in written.items()}
    return _rule(_read({**parts, "FREQ": frequency.upper()}, until), None)


def _numeric_parts(rule: Recurrence) -> dict[str, str]:
    """All parts but FREQ and UNTIL, those left at their default omitted."""
    lists: dict[str, tuple[object, ...]] = {
        "COUNT": (rule.count,) if rule.count is not None else (),
        "INTERVAL": (rule.interval,) if rule.interval != 1 else (),
        "BYMONTH": rule.by_month,
        "BYWEEKNO": rule.by_week_no,
        "BYYEARDAY": rule.by_year_day,
        "BYMONTHDAY": rule.by_month_day,
        "BYDAY": rule.by_weekday,
        "BYSETPOS": rule.by_set_position,
        "WKST": (WEEKDAY_CODES[rule.week_start],) if rule.week_start else (),
    }
    return {name: ",".join(str(value) for value in values) for name, values in lists.items() if values}


def _split(text: str, *, pair: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in filter(None, text.split(";")):
        name, found, value = (each.strip() for each in piece.partition(pair))
        if not found or not value or name in parts:
            raise ValueError(f"Quy tắc lặp «{text}» viết sai ở «{piece}».")
        parts[name] = value
    return parts


def _without_clock(parts: dict[str, str], start: datetime | None) -> dict[str, str]:
    """Drop the parts that say the start's own time; ValueError for any other time."""
    for name, unit in _CLOCK.items():
        own = None if start is None else str(getattr(start, unit))
        if name in parts and {each.lstrip("0") or "0" for each in _items(parts, name)} != {own}:
            raise ValueError(
                f"Giờ trong quy tắc lặp ({name}={parts[name]}) không phải là giờ bắt đầu của hoạt động; "
                "hãy lập mỗi giờ một hoạt động."
            )
    return {name: value for name, value in parts.items() if name not in _CLOCK}


def _read(parts: dict[str, str], until: date | None) -> Parts:
    frequency = parts.get("FREQ", "")
    if frequency in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise ValueError(f"Tần suất lặp «{frequency}» không được hỗ trợ; hãy lập mỗi giờ một hoạt động.")
    if frequency not in set(Frequency):
        raise ValueError(f"Tần suất lặp «{frequency}» không được hỗ trợ; chỉ có ngày, tuần, tháng, năm.")
    if "RSCALE" in parts:
        raise ValueError("Không hỗ trợ lịch khác (RSCALE) trong quy tắc lặp; hãy chọn lặp theo ngày âm lịch.")
    unknown = sorted(parts.keys() - _PARTS)
    if unknown:
        raise ValueError(f"Không hỗ trợ phần {', '.join(unknown)} của quy tắc lặp.")
    return Parts(
        freq=Frequency(frequency),
        interval=_integer(parts.get("INTERVAL", "1")),
        count=_integer(parts["COUNT"]) if "COUNT" in parts else None,
        until=until,
        by_weekday=tuple(dict.fromkeys(_weekday(each) for each in _items(parts, "BYDAY"))),
        by_month_day=_integers(parts, "BYMONTHDAY"),
        by_month=_integers(parts, "BYMONTH"),
        by_set_position=_integers(parts, "BYSETPOS"),
        week_start=_weekday(parts.get("WKST", "MO")).day,
        by_year_day=_integers(parts, "BYYEARDAY"),
        by_week_no=_integers(parts, "BYWEEKNO"),
    )


def _rule(read: Parts, start: date | None) -> Recurrence:
    written = say_alike(read, start)
    return Recurrence(**{name: getattr(written, name) for name in _FIELDS})


def _items(parts: dict[str, str], name: str) -> list[str]:
    return [each.strip() for each in parts[name].split(",")] if name in parts else []


def _integers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    """The numbers of a part; one that is written twice counts once."""
    return tuple(dict.fromkeys(_integer(each) for each in _items(parts, name)))


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"«{text}» trong quy tắc lặp không phải là số nguyên.")
    return int(text)


def _weekday(text: str) -> Weekday:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise ValueError(f"«{text}» trong quy tắc lặp không phải là thứ trong tuần.")
    return Weekday(WEEKDAY_CODES.index(match[2]), int(match[1]) if match[1] else None)


def _read_until(text: str, start: datetime | None) -> date:
    match = _UNTIL.fullmatch(text)
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z")) if match else None
    except ValueError:
        moment = None
    if match is None or moment is None:
        raise ValueError(f"Ngày kết thúc «{text}» của quy tắc lặp viết sai.")
    local = moment.replace(tzinfo=UTC).astimezone(LOCAL_ZONE) if match["utc"] else moment
    is_over = start is not None and local.time() < start.time()
    return local.date() - timedelta(days=is_over)
