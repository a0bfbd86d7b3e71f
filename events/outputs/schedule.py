"""An area's schedule as a paper: an internal work sheet in the look of Decree 30/2020/NĐ-CP, annex I.

It never looks like a signed document: no national title, number and date left blank, "DỰ THẢO" in the head.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from core.intervals import LOCAL_ZONE, last_day
from core.text import sort_key
from core.vietnamese import format_date, format_interval, format_number, format_weekday
from events.outputs.lunar_days import lunar_label
from events.outputs.pdf import render_pdf
from events.outputs.qr import render_qr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.intervals import Interval
    from events.programme.entries import Label, Programme, ProgrammeEntry

STYLE_SHEET: Final = Path(__file__).resolve().parents[2] / "templates" / "print" / "schedule.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSheet:
    """What the paper says that the programme does not.

    `authority` are the lines of the issuing body, its parent first; `period` is what was
    asked for, None for all there is; `printed_on` is ready text ("08/08/2023"); `link` is the
    absolute address of the live page, printed and coded as QR.
    """

    area_name: str
    authority: tuple[str, ...]
    period: Interval | None
    printed_on: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One occurrence as a line of the table; every value is text for people."""

    number: str
    entry: ProgrammeEntry
    weekday: str
    time: str
    lunar: str
    places: tuple[str, ...]
    coordinating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMonth:
    """The rows that begin in one month ("Tháng 8 năm 2023"), or went on from before the period into it."""

    title: str
    rows: tuple[ScheduleRow, ...]


def render_schedule_pdf(programme: Programme, sheet: ScheduleSheet) -> bytes:
    """Return the paper as a tagged PDF (PDF/UA-1), A4 landscape; equal input, equal bytes."""
    return render_pdf(render_schedule_html(programme, sheet), base_css=[STYLE_SHEET])


def render_schedule_html(programme: Programme, sheet: ScheduleSheet) -> str:
    """Return the paper as one HTML document: every entry is one row, numbered from 1, grouped by month."""
    months = tuple(_months(programme.entries, sheet.period))
    campaigns = sorted({entry.campaign.name for entry in programme.entries}, key=sort_key)
    context = {
        "sheet": sheet,
        "authority": {"above": sheet.authority[:-1], "own": "".join(sheet.authority[-1:])},
        "period": period_text(programme, sheet.period),
        "campaigns": campaigns,
        "months": months,
        "totals": _totals(programme.entries),
        "count": format_number(len(programme.entries)),
        "off_count": format_number(sum(entry.is_off for entry in programme.entries)),
        "revision": programme.revision,
        "qr": render_qr(sheet.link),
    }
    return render_to_string("print/schedule.html", context)


def period_text(programme: Programme, period: Interval | None) -> str:
    """Return "từ ngày 01/05/2023 đến ngày 31/12/2023": the period asked for, else the span of the entries, else ""."""
    span = span_of(programme, period)
    return "" if span is None else f"từ ngày {format_date(span[0])} đến ngày {format_date(span[1])}"


def span_of(programme: Programme, period: Interval | None) -> tuple[date, date] | None:
    """Return the first and last local day of the period, else of the entries; None where there is neither."""
    if period is None and not programme.entries:
        return None
    intervals = [entry.interval for entry in programme.entries] if period is None else [period]
    first = min(interval.start for interval in intervals).astimezone(LOCAL_ZONE).date()
    return first, max(last_day(interval) for interval in intervals)


def _months(entries: tuple[ProgrammeEntry, ...], period: Interval | None) -> Iterator[ScheduleMonth]:
    numbered = enumerate(entries, start=1)
    for (year, month), group in groupby(numbered, key=lambda pair: _month(pair[1], period)):
        rows = tuple(_row(number, entry) for number, entry in group)
        yield ScheduleMonth(title=f"Tháng {month} năm {year}", rows=rows)


def _month(entry: ProgrammeEntry, period: Interval | None) -> tuple[int, int]:
    start = entry.interval.start if period is None else max(entry.interval.start, period.start)
    local = start.astimezone(LOCAL_ZONE)
    return local.year, local.month


def _row(number: int, entry: ProgrammeEntry) -> ScheduleRow:
    return ScheduleRow(
        number=str(number),
        entry=entry,
        weekday=_weekdays(entry.interval),
        time=format_interval(entry.interval, all_day=entry.all_day),
        lunar=lunar_label(entry.interval),
        places=tuple(place.name for place in entry.places),
        coordinating=_names(entry.coordinating),
    )


def _weekdays(interval: Interval) -> str:
    first, last = interval.start.astimezone(LOCAL_ZONE).date(), last_day(interval)
    return format_weekday(first) if first == last else f"{format_weekday(first)} – {format_weekday(last)}"


def _names(units: tuple[Label, ...]) -> str:
    return "; ".join(unit.name for unit in units)


def _totals(entries: tuple[ProgrammeEntry, ...]) -> list[tuple[str, str]]:
    """Return how many entries there are of each kind, in the order of the kinds' names."""
    counted = Counter(entry.kind_label for entry in entries)
    return [(kind, format_number(counted[kind])) for kind in sorted(counted, key=sort_key)]
