"""The weekly schedule in the form offices use: a table a week, a heading a day, morning, afternoon, evening."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE, last_day
from core.lunar import to_lunar
from core.vietnamese import format_date, format_time, format_weekday
from events.outputs.documents.entry_cells import (
    coordinating_cell,
    end_value,
    note_cell,
    one_line,
    start_value,
    unit_cell,
    what_cell,
    where_cell,
)
from events.outputs.documents.facts import period_text, span_of
from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section
from events.outputs.documents.schedule import totals_text
from events.outputs.documents.weeks import week_of, week_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.facts import DocumentFacts
    from events.programme.entries import Programme, ProgrammeEntry

TITLE: Final = "LỊCH CÔNG TÁC TUẦN"
NOON, EVENING = 12, 18
COLUMNS: Final = (
    Column(key="part", heading="Buổi", width=21.5, align="center"),
    Column(key="time", heading="Giờ", width=29, align="center", value_type="datetime"),
    Column(key="what", heading="Nội dung", width=58.5),
    Column(key="coordinating", heading="Thành phần", width=41),
    Column(key="where", heading="Địa điểm", width=41.5),
    Column(key="unit", heading="Chủ trì", width=40.5),
    Column(key="note", heading="Ghi chú", width=20),
)


def build_week(programme: Programme, facts: DocumentFacts) -> Document:
    """Return the schedule by weeks and days: each entry once, on the day it begins or the period does.

    Where a whole week or less is asked for, its days without entries stand there too.
    """
    period = period_text(programme, facts.period)
    sections = tuple(_sections(programme, facts))
    nothing = Section(
        columns=COLUMNS, groups=(), nothing=f"{one_line(f'Không có hoạt động nào {facts.where} {period}')}."
    )
    return Document(
        kind=facts.kind,
        title=TITLE,
        subtitle=facts.subjects,
        frame=facts.frame,
        sections=sections or (nothing,),
        summary=totals_text(programme.entries),
        revision=programme.revision,
        printed_on=facts.printed_on,
        link=facts.link,
        file_name=facts.file_name,
    )


def part_of_day(entry: ProgrammeEntry, day: date) -> str:
    """Return "SÁNG", "CHIỀU" or "TỐI" by the start; "CẢ NGÀY" where whole days count or it began before the day."""
    start = entry.interval.start.astimezone(LOCAL_ZONE)
    if entry.all_day or start.date() < day:
        return "CẢ NGÀY"
    return "SÁNG" if start.hour < NOON else "CHIỀU" if start.hour < EVENING else "TỐI"


def _sections(programme: Programme, facts: DocumentFacts) -> Iterator[Section]:
    days = _days(programme, facts)
    for week, group in groupby(days, key=week_of):
        yield Section(title=week_title(week), columns=COLUMNS, groups=tuple(_day(day, days[day]) for day in group))


def _days(programme: Programme, facts: DocumentFacts) -> dict[date, list[ProgrammeEntry]]:
    """The days to print in their order, each with what begins on it."""
    span = span_of(programme, facts.period)
    days: dict[date, list[ProgrammeEntry]] = {}
    if span is not None and programme.entries and span[1] - span[0] < timedelta(days=7):
        days = {span[0] + timedelta(days=offset): [] for offset in range((span[1] - span[0]).days + 1)}
    for entry in programme.entries:
        begins = entry.interval.start.astimezone(LOCAL_ZONE).date()
        days.setdefault(begins if span is None else max(begins, span[0]), []).append(entry)
    return dict(sorted(days.items()))


def _day(day: date, entries: list[ProgrammeEntry]) -> RowGroup:
    title = f"{format_weekday(day).upper()} ({format_date(day)}) – {to_lunar(day).label()}"
    rows = tuple(_row(entry, day) for entry in entries)
    return RowGroup(title=title, rows=rows or (_free_day(),))


def _free_day() -> Row:
    return Row(cells=(Cell(), Cell(), Cell(text="Không có hoạt động."), *(Cell() for _ in range(4))))


def _row(entry: ProgrammeEntry, day: date) -> Row:
    return Row(
        cells=(
            Cell(text=part_of_day(entry, day)),
            Cell(text=_hours(entry), value=start_value(entry), until=end_value(entry)),
            what_cell(entry),
            coordinating_cell(entry),
            where_cell(entry),
            unit_cell(entry),
            note_cell(entry),
        ),
        keys=(entry.key,),
        kind="off" if entry.is_off else "entry",
    )


def _hours(entry: ProgrammeEntry) -> str:
    start, last = entry.interval.start.astimezone(LOCAL_ZONE), last_day(entry.interval)
    tail = "" if last == start.date() else f"đến {format_date(last)}"
    if entry.all_day:
        return tail or "cả ngày"
    closing = format_time(entry.interval.end) if entry.interval.end.astimezone(LOCAL_ZONE).date() == last else "24h00"
    return f"{format_time(start)}–{closing}" if not tail else f"{format_time(start)}\n{tail}"
