"""A late change as plain text, ready to be pasted into a message to those whom no calendar tells in time.

The text is Vietnamese whatever language the page speaks: it goes to the teams, the venues and the communes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE, last_day
from core.lunar import to_lunar
from core.vietnamese import format_time, format_weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.intervals import Interval

TAKES_PLACE: Final = frozenset({"confirmed", "done"})
CALLED_OFF: Final = {"cancelled": "HUỶ", "postponed": "HOÃN", "suspended": "TẠM DỪNG"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LateState:
    """When and where an occurrence takes place, and whether it does: `status` is a value of the glossary."""

    name: str
    interval: Interval
    all_day: bool
    status: str
    places: tuple[str, ...] = ()

    @property
    def takes_place(self) -> bool:
        """Whether people may count on it."""
        return self.status in TAKES_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange:
    """One occurrence before and after; None where there was none, or is none any more.

    `old_key` and `key` name the occurrence before and after (they differ where a whole series was moved). `office` is
    the lead unit with its office's telephone, `url` the absolute address of its page.
    """

    key: str
    old_key: str
    at: datetime
    before: LateState | None
    after: LateState | None
    area: str
    office: str
    url: str
    is_public: bool = True

    @property
    def title(self) -> str:
        """Its present name, or its last one."""
        state = self.after or self.before
        return "" if state is None else state.name

    @property
    def is_void(self) -> bool:
        """Whether there is nothing to tell: it takes place as before, or neither did nor does."""
        old, new = _counted(self.before), _counted(self.after)
        return old == new if old is None or new is None else _when_where(old) == _when_where(new)

    @property
    def heading(self) -> str:
        """What happened, in capitals."""
        old, new = _counted(self.before), _counted(self.after)
        if new is None:
            status = "cancelled" if self.after is None else self.after.status
            return CALLED_OFF.get(status, "RÚT KHỎI LỊCH")
        if old is None:
            was_called_off = self.before is not None and self.before.status in CALLED_OFF
            return "DIỄN RA TRỞ LẠI" if was_called_off else "BỔ SUNG"
        return _moved(old, new)


def merge_changes(changes: Iterable[LateChange]) -> list[LateChange]:
    """Follow each occurrence from its first state to its last; what came to nothing is left out. In order of time."""
    merged: dict[str, LateChange] = {}
    for each in sorted(changes, key=lambda change: change.at):
        first = merged.pop(each.old_key, None)
        merged[each.key] = each if first is None else replace(each, old_key=first.old_key, before=first.before)
    return [each for each in merged.values() if not each.is_void]


def render_change(change: LateChange) -> str:
    """Return the message about one change, four to six lines without an end of line at the end."""
    lines = [f"{change.heading}: {change.title}", *_state_lines(change)]
    lines.append(f"Địa bàn: {change.area}")
    if change.office:
        lines.append(f"Liên hệ: {change.office}")
    lines.append(f"Chi tiết: {change.url}")
    return "\n".join(lines)


def render_all(changes: Sequence[LateChange], *, now: datetime) -> str:
    """Return one message about all of them, numbered; `now` is told so that a later message is known from an older."""
    head = f"THAY ĐỔI LỊCH TUYÊN TRUYỀN (tính đến {format_moment(now)})"
    parts = (f"{number}. {render_change(change)}" for number, change in enumerate(changes, 1))
    return "\n\n".join((head, *parts))


def format_moment(moment: datetime) -> str:
    """Return "19h30, thứ Bảy 12/8/2023 (26/6 âm lịch)"."""
    local = moment.astimezone(LOCAL_ZONE)
    return f"{format_time(local)}, {format_day(local.date())}"


def format_day(day: date) -> str:
    """Return "thứ Bảy 12/8/2023 (26/6 âm lịch)"; without the lunar day outside the years it is known of."""
    weekday = format_weekday(day)
    written = f"{weekday[0].lower()}{weekday[1:]} {day.day}/{day.month}/{day.year}"
    try:
        lunar = to_lunar(day).label().removesuffix(" ÂL")
    except ValueError:
        return written
    return f"{written} ({lunar} âm lịch)"


def format_state_time(state: LateState, *, with_end: bool = False) -> str:
    """Return when it begins, of whole days all of them; `with_end` where the end is what changed."""
    first, last = state.interval.start.astimezone(LOCAL_ZONE), last_day(state.interval)
    if state.all_day:
        days = format_day(first.date())
        return f"cả ngày {days}" if first.date() == last else f"từ {days} đến hết {format_day(last)}"
    if not with_end:
        return format_moment(first)
    end = state.interval.end.astimezone(LOCAL_ZONE)
    if end.date() == first.date():
        return f"{format_time(first)}–{format_time(end)}, {format_day(first.date())}"
    return f"{format_moment(first)} đến {format_moment(end)}"


def _state_lines(change: LateChange) -> list[str]:
    old, new = _counted(change.before), _counted(change.after)
    if old is not None and new is not None:
        with_end = old.interval.start == new.interval.start and old.interval.end != new.interval.end
        return [f"{word}: {_told(state, with_end=with_end)}" for word, state in (("Cũ", old), ("Mới", new))]
    if new is not None:
        return [f"Diễn ra: {_told(new)}"]
    state = old or change.before or change.after
    return [] if state is None else [f"Không diễn ra: {_told(state)}"]


def _told(state: LateState, *, with_end: bool = False) -> str:
    places = f", tại {'; '.join(state.places)}" if state.places else ""
    return f"{format_state_time(state, with_end=with_end)}{places}"


def _moved(old: LateState, new: LateState) -> str:
    is_elsewhere, parts = old.places != new.places, []
    if old.interval != new.interval or old.all_day != new.all_day:
        days = [state.interval.start.astimezone(LOCAL_ZONE).date() for state in (old, new)]
        parts.append("ĐỔI GIỜ" if days[0] == days[1] else "ĐỔI NGÀY")
    if is_elsewhere:
        parts.append("ĐỊA ĐIỂM" if parts else "ĐỔI ĐỊA ĐIỂM")
    return " VÀ ".join(parts)


def _counted(state: LateState | None) -> LateState | None:
    return state if state is not None and state.takes_place else None


def _when_where(state: LateState) -> tuple[object, ...]:
    return state.interval, state.all_day, state.places
