"""The wall calendar (A3): months as grids, with lunar days and days of note; the list of entries follows."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.intervals import last_day
from core.lunar import to_lunar
from core.vietnamese import format_number, format_time
from events.outputs.days import first_day_of
from events.outputs.documents.schedule import build_schedule
from events.outputs.kind_letters import letter_of
from events.outputs.month_grid import month_bounds, next_month
from events.outputs.observances import FESTIVAL, observances_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.almanac.entries import Almanac
    from events.outputs.documents.facts import DocumentFacts
    from events.outputs.documents.model import Document
    from events.programme.entries import Programme, ProgrammeEntry

TITLE: Final = "LỊCH TREO TƯỜNG"
QUARTER: Final = 3
YEAR: Final = 12
LINE_LETTERS: Final = 18  # of 16 pt in the width of a day of the month
TITLE_LINES: Final = 2
LINES_A_DAY: Final = {4: 6, 5: 4, 6: 3}  # weeks of the month → lines of 16 pt in a day


@dataclass(frozen=True, slots=True, kw_only=True)
class WallDay:
    """A day. `letters` mark the kinds of what begins, `going` those of what began before, in small letters.

    `titles` say what begins, shortened; `more` how many more do, which stand only in the list; `lasting` counts what
    began before.
    """

    number: int
    lunar: str
    is_new_moon: bool
    is_off: bool
    letters: tuple[str, ...]
    going: tuple[str, ...]
    observances: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    more: str = ""
    lasting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallMonth:
    """A month as weeks of seven days, Monday first; None stands for other months' days; `noted` tells what is noted."""

    title: str
    weeks: tuple[tuple[WallDay | None, ...], ...]
    noted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """The months of one sheet; `size` is "month", "quarter" or "year" and says how large they are set."""

    months: tuple[WallMonth, ...]
    size: str
    legend: tuple[tuple[str, str], ...]


def wall_bounds(first: date, last: date) -> tuple[date, date]:
    """Return the whole months that hold the days, twelve of them at most."""
    begin = month_bounds(first)[0]
    end = begin
    for _ in range(YEAR - 1):
        following = next_month(end)
        if following > last:
            break
        end = following
    return begin, month_bounds(end)[1]


def build_wall(programme: Programme, facts: DocumentFacts, *, almanac: Almanac) -> Document:
    """Return the wall calendar of the almanac's days, whole months; the tables list every entry."""
    listed = build_schedule(programme, facts)
    firsts = [almanac.first]
    while next_month(firsts[-1]) <= almanac.last:
        firsts.append(next_month(firsts[-1]))
    size = "month" if len(firsts) == 1 else "quarter" if len(firsts) <= QUARTER else "year"
    kinds = {entry.kind: entry.kind_label for entry in programme.entries}
    wall = Wall(
        months=tuple(_month(first, programme, (almanac, size)) for first in firsts),
        size=size,
        legend=tuple((letter_of(kind), label) for kind, label in sorted(kinds.items())),
    )
    return replace(listed, title=f"{TITLE} {_span(firsts)}", drawing=wall, paper="A3", map=None)


def _span(firsts: list[date]) -> str:
    first, last = firsts[0], firsts[-1]
    if len(firsts) == YEAR and first.month == 1:
        return f"NĂM {first.year}"
    if len(firsts) == QUARTER and first.month % QUARTER == 1:
        return f"QUÝ {('I', 'II', 'III', 'IV')[first.month // QUARTER]} NĂM {first.year}"
    if first == last:
        return f"THÁNG {first.month} NĂM {first.year}"
    return f"TỪ THÁNG {first.month}/{first.year} ĐẾN THÁNG {last.month}/{last.year}"


def _month(first: date, programme: Programme, setting: tuple[Almanac, str]) -> WallMonth:
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begins, ends = month_bounds(first)
    held: dict[date, list[ProgrammeEntry]] = {}
    for entry in programme.entries:
        for day in _days(entry, begins, ends):
            held.setdefault(day, []).append(entry)
    return WallMonth(
        title=f"Tháng {first.month} năm {first.year}",
        weeks=tuple(
            tuple(_day(day, held.get(day, []), setting) if day.month == first.month else None for day in week)
            for week in weeks
        ),
        noted=tuple(_noted(setting[0], begins, ends)),
    )


def _noted(almanac: Almanac, begins: date, ends: date) -> Iterator[str]:
    """National, sector and ASEAN days, days off and mourning: "8/8 Ngày ASEAN"; festivals stand in the month alone."""
    for offset in range((ends - begins).days + 1):
        day = begins + timedelta(days=offset)
        names = [each.name for each in observances_on(almanac, day) if each.kind != FESTIVAL]
        if names:
            yield f"{day.day}/{day.month} {', '.join(names)}"


def _days(entry: ProgrammeEntry, begins: date, ends: date) -> Iterator[date]:
    day, last = max(first_day_of(entry.interval), begins), min(last_day(entry.interval), ends)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _day(day: date, entries: list[ProgrammeEntry], setting: tuple[Almanac, str]) -> WallDay:
    almanac, size = setting
    lunar = to_lunar(day)
    noted = observances_on(almanac, day)
    starting = [entry for entry in entries if first_day_of(entry.interval) == day]
    lasting = [entry for entry in entries if first_day_of(entry.interval) < day]
    with_month = lunar.day == 1 or day.day == 1 or size == "month"
    drawn = WallDay(
        number=day.day,
        lunar=f"{lunar.day}/{lunar.month}" if with_month else str(lunar.day),
        is_new_moon=lunar.day == 1,
        is_off=day.weekday() == calendar.SUNDAY or any(each.is_day_off for each in noted),
        letters=_letters(starting),
        going=tuple(letter for letter in _letters(lasting) if letter not in _letters(starting)),
    )
    names = tuple(each.name for each in noted)
    return _with_text(drawn, names, (_room(day), starting, len(lasting))) if size == "month" else drawn


def _letters(entries: list[ProgrammeEntry]) -> tuple[str, ...]:
    return tuple(sorted({letter_of(entry.kind) for entry in entries}))


def _with_text(drawn: WallDay, names: tuple[str, ...], content: tuple[int, list[ProgrammeEntry], int]) -> WallDay:
    """The day with its days of note and as many titles as its lines hold."""
    room, starting, lasting = content
    titles = tuple(_fitting(starting, room - sum(map(_lines, names))))
    more = len(starting) - len(titles)
    return replace(
        drawn,
        observances=names,
        titles=titles,
        more=f"và {format_number(more)} việc khác" if more else "",
        lasting=format_number(lasting) if lasting else "",
    )


def _room(day: date) -> int:
    """How many lines a day of its month has for text."""
    return LINES_A_DAY[len(calendar.Calendar().monthdatescalendar(day.year, day.month))]


def _fitting(entries: list[ProgrammeEntry], room: int) -> Iterator[str]:
    """The first titles that fit into so many lines; what does not is counted below them."""
    left = room
    for entry in entries:
        title = _short(_title(entry))
        left -= _lines(title)
        if left < 0:
            return
        yield title


def _lines(text: str) -> int:
    return -(-len(text) // LINE_LETTERS)


def _short(text: str) -> str:
    """Return the text, or its first words and dots where it takes more than two lines."""
    most = TITLE_LINES * LINE_LETTERS - 2
    return text if len(text) <= most else text[:most].rpartition(" ")[0].rstrip(" ,–-:;") + "…"


def _title(entry: ProgrammeEntry) -> str:
    clock = "" if entry.all_day else f"{format_time(entry.interval.start)} "
    off = f" ({entry.status_label})" if entry.is_off else ""
    return f"{letter_of(entry.kind)} {clock}{entry.title}{off}"
