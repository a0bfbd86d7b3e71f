"""An entry's parts as cells, the same in every document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE, last_day
from core.vietnamese import format_interval, format_weekday
from events.outputs.documents.model import Cell
from events.outputs.lunar_days import lunar_label

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.intervals import Interval
    from events.programme.entries import ProgrammeEntry

MOST_NAMED: Final = 5  # coordinating units of one row


def number_cell(number: int) -> Cell:
    """The running number."""
    return Cell(text=str(number), value=number)


def what_cell(entry: ProgrammeEntry) -> Cell:
    """The title, with the kind below it."""
    return Cell(text=one_line(entry.title), small=entry.kind_label)


def when_cell(entry: ProgrammeEntry) -> Cell:
    """Weekday and time, the lunar date below; its values are the local start and end (days where whole days count)."""
    lunar = lunar_label(entry.interval)
    text = f"{weekdays(entry.interval)}\n{format_interval(entry.interval, all_day=entry.all_day)}"
    return Cell(text=text, value=start_value(entry), until=end_value(entry), small=f"({lunar})" if lunar else "")


def where_cell(entry: ProgrammeEntry) -> Cell:
    """The places, one a line."""
    return Cell(text="\n".join(one_line(place.name) for place in entry.places))


def unit_cell(entry: ProgrammeEntry) -> Cell:
    """The lead unit."""
    return Cell(text=one_line(entry.unit.name))


def coordinating_cell(entry: ProgrammeEntry) -> Cell:
    """The coordinating units; of many the first few and how many more, so that no row fills a page."""
    names = [one_line(unit.name) for unit in entry.coordinating]
    if len(names) > MOST_NAMED:
        rest = len(names) - MOST_NAMED + 1
        names = [*names[: MOST_NAMED - 1], f"và {rest} đơn vị khác"]
    return Cell(text="; ".join(names))


def note_cell(entry: ProgrammeEntry) -> Cell:
    """The status in words and the quantity."""
    return Cell(text="\n".join(filter(None, (entry.status_label, one_line(entry.quantity)))))


def weekdays(interval: Interval) -> str:
    """Return "Thứ Ba", or "Thứ Ba – Thứ Sáu" for several local days."""
    first, last = interval.start.astimezone(LOCAL_ZONE).date(), last_day(interval)
    return format_weekday(first) if first == last else f"{format_weekday(first)} – {format_weekday(last)}"


def start_value(entry: ProgrammeEntry) -> date | datetime:
    """Return the local start: a day where whole days count, else an aware moment."""
    start = entry.interval.start.astimezone(LOCAL_ZONE)
    return start.date() if entry.all_day else start


def end_value(entry: ProgrammeEntry) -> date | datetime:
    """Return the local end: the last day where whole days count, else an aware moment."""
    return last_day(entry.interval) if entry.all_day else entry.interval.end.astimezone(LOCAL_ZONE)


def one_line(text: str) -> str:
    """Return the text on one line, so that a line break in it makes no paragraph."""
    return " ".join(text.split())
