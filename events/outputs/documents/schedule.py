"""The schedule of an area, a unit, a team or a campaign: every entry a row, grouped by month or week, with totals."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE
from core.text import sort_key
from core.vietnamese import format_number
from events.outputs.documents.entry_cells import (
    coordinating_cell,
    note_cell,
    number_cell,
    unit_cell,
    what_cell,
    when_cell,
    where_cell,
)
from events.outputs.documents.facts import period_text
from events.outputs.documents.map_of_entries import map_of_entries
from events.outputs.documents.model import Column, Document, Row, RowGroup, Section
from events.outputs.documents.weeks import week_of, week_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from core.intervals import Interval
    from events.outputs.documents.facts import DocumentFacts
    from events.programme.entries import Programme, ProgrammeEntry

TITLE: Final = "LỊCH HOẠT ĐỘNG TUYÊN TRUYỀN"
COLUMNS: Final = (
    Column(key="number", heading="STT", width=11, align="center", value_type="integer"),
    Column(key="what", heading="Nội dung", width=57),
    Column(key="when", heading="Thời gian (dương, âm)", width=46, value_type="datetime"),
    Column(key="where", heading="Địa điểm", width=40),
    Column(key="unit", heading="Đơn vị thực hiện", width=40),
    Column(key="coordinating", heading="Đơn vị phối hợp", width=38),
    Column(key="note", heading="Ghi chú", width=20),
)


def build_schedule(programme: Programme, facts: DocumentFacts, *, group_by: str = "month") -> Document:
    """Return the schedule: rows numbered from 1 in the order of the Programme, groups by the day they begin.

    What began before the period stands in the period's first group.
    """
    period = period_text(programme, facts.period)
    where = " ".join(filter(None, (facts.where, period)))
    section = Section(
        columns=COLUMNS,
        groups=tuple(_groups(programme.entries, facts.period, titled=_TITLES[group_by])),
        nothing=f"Không có hoạt động nào {where}.".replace(" .", "."),
    )
    named = " ".join(facts.subjects)
    names = {entry.campaign.name for entry in programme.entries if entry.campaign.name not in named}
    campaigns = sorted(names, key=sort_key)
    return Document(
        kind=facts.kind,
        title=TITLE,
        subtitle=(*facts.subjects, *([f"({period[:1].upper()}{period[1:]})"] if period else []), *campaigns),
        frame=facts.frame,
        sections=(section,),
        summary=totals_text(programme.entries),
        map=map_of_entries(programme.entries, facts.outlines),
        revision=programme.revision,
        printed_on=facts.printed_on,
        link=facts.link,
        file_name=facts.file_name,
    )


def totals_text(entries: tuple[ProgrammeEntry, ...]) -> tuple[str, ...]:
    """Return how many entries there are, how many of them are off, and how many of each kind; empty for none."""
    if not entries:
        return ()
    off = sum(entry.is_off for entry in entries)
    called_off = f", trong đó {format_number(off)} buổi hoãn hoặc huỷ" if off else ""
    counted = Counter(entry.kind_label for entry in entries)
    kinds = "; ".join(f"{kind} ({format_number(counted[kind])})" for kind in sorted(counted, key=sort_key))
    return (f"Tổng số: {format_number(len(entries))} buổi{called_off}.", f"Theo loại hình: {kinds}.")


def _groups(
    entries: tuple[ProgrammeEntry, ...], period: Interval | None, *, titled: Callable[[date], str]
) -> Iterator[RowGroup]:
    numbered = enumerate(entries, start=1)
    for title, group in groupby(numbered, key=lambda pair: titled(_shown_from(pair[1], period))):
        yield RowGroup(title=title, rows=tuple(_row(number, entry) for number, entry in group))


def _shown_from(entry: ProgrammeEntry, period: Interval | None) -> date:
    start = entry.interval.start if period is None else max(entry.interval.start, period.start)
    return start.astimezone(LOCAL_ZONE).date()


def _month_title(day: date) -> str:
    return f"Tháng {day.month} năm {day.year}"


def _week_title(day: date) -> str:
    return week_title(week_of(day))


_TITLES: Final = {"month": _month_title, "week": _week_title}


def _row(number: int, entry: ProgrammeEntry) -> Row:
    return Row(
        cells=(
            number_cell(number),
            what_cell(entry),
            when_cell(entry),
            where_cell(entry),
            unit_cell(entry),
            coordinating_cell(entry),
            note_cell(entry),
        ),
        keys=(entry.key,),
        kind="off" if entry.is_off else "entry",
    )
