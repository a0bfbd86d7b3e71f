"""The list of papers to send: what, to whom, by when, for which activity; what is late first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE
from core.vietnamese import format_date, format_number
from events.outputs.documents.entry_cells import number_cell, one_line, what_cell, when_cell
from events.outputs.documents.facts import period_text
from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section

if TYPE_CHECKING:
    from core.keys import OccurrenceKey
    from events.outputs.documents.facts import DocumentFacts
    from events.programme.entries import Programme, ProgrammeEntry

TITLE: Final = "DANH MỤC VĂN BẢN THÔNG BÁO, ĐĂNG KÝ"
GROUPS: Final = {
    "missed": "Quá hạn, chưa gửi",
    "due": "Phải gửi",
    "late": "Đã gửi muộn",
    "sent": "Đã gửi đúng hạn",
    "over": "Hoạt động đã qua, chưa ghi nhận ngày gửi",
}
OPEN: Final = ("missed", "due")  # what is still to be sent
COLUMNS: Final = (
    Column(key="number", heading="STT", width=11, align="center", value_type="integer"),
    Column(key="send_by", heading="Gửi muộn nhất", width=24, align="center", value_type="date"),
    Column(key="paper", heading="Văn bản", width=54),
    Column(key="receiver", heading="Nơi nhận", width=36),
    Column(key="what", heading="Hoạt động", width=51.5),
    Column(key="when", heading="Thời gian tổ chức", width=46, value_type="datetime"),
    Column(key="state", heading="Đã gửi", width=29.5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One paper of one activity: `entry` is the occurrence that sets its last day, `state` a key of GROUPS.

    `send_by` is None where the law names no day: then it goes out before the occurrence begins.
    """

    entry: ProgrammeEntry
    name: str
    receiver: str
    source: str
    send_by: date | None
    sent_on: date | None
    state: str


def build_notices(programme: Programme, facts: DocumentFacts, *, lines: tuple[NoticeLine, ...]) -> Document:
    """Return the list, what is late first, then by the last day of sending; numbered through."""
    ordered = sorted(lines, key=_order)
    numbered = list(enumerate(ordered, start=1))
    groups = tuple(
        RowGroup(title=title, rows=rows)
        for state, title in GROUPS.items()
        if (rows := tuple(_row(number, line) for number, line in numbered if line.state == state))
    )
    period = period_text(programme, facts.period)
    nothing = f"{one_line(f'Không có văn bản nào phải gửi {facts.where} {period}')}."
    open_ones = sum(line.state in OPEN for line in lines)
    return Document(
        kind=facts.kind,
        title=TITLE,
        subtitle=(*facts.subjects, *((f"({period[:1].upper()}{period[1:]})",) if period else ())),
        frame=facts.frame,
        sections=(Section(columns=COLUMNS, groups=groups, nothing=nothing),),
        summary=(f"Tổng số: {format_number(len(lines))} văn bản, còn phải gửi {format_number(open_ones)}.",)
        if lines
        else (),
        revision=programme.revision,
        printed_on=facts.printed_on,
        link=facts.link,
        file_name=facts.file_name,
    )


def _order(line: NoticeLine) -> tuple[int, date, OccurrenceKey, str]:
    day = line.send_by or line.entry.interval.start.astimezone(LOCAL_ZONE).date()
    return list(GROUPS).index(line.state), day, line.entry.key, line.name


def _row(number: int, line: NoticeLine) -> Row:
    sent = format_date(line.sent_on) if line.sent_on else "ngày …/…/……"
    return Row(
        cells=(
            number_cell(number),
            Cell(text=format_date(line.send_by) if line.send_by else "trước buổi tổ chức", value=line.send_by),
            Cell(text=one_line(line.name), small=one_line(line.source)),
            Cell(text=one_line(line.receiver)),
            _what_cell(line.entry),
            when_cell(line.entry),
            Cell(text=sent, value=line.sent_on),
        ),
        keys=(line.entry.key,),
    )


def _what_cell(entry: ProgrammeEntry) -> Cell:
    """The activity as everywhere; of a draft it is said that it is one, since nobody else knows of it yet."""
    cell = what_cell(entry)
    return replace(cell, small=f"{cell.small} – {entry.status_label}") if entry.status == "draft" else cell
