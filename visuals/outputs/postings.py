"""The appendix of visual items and the list of what must come down, as documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.vietnamese import format_date, format_number
from events.outputs.documents.entry_cells import number_cell, one_line
from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section
from events.programme.revision import revision_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.outputs.documents.facts import DocumentFacts
    from events.programme.entries import ProgrammeEntry

APPENDIX_COLUMNS: Final = (
    Column(key="number", heading="STT", width=11, align="center", value_type="integer"),
    Column(key="format", heading="Hình thức", width=14),
    Column(key="slogan", heading="Nội dung khẩu hiệu", width=44.5),
    Column(key="size", heading="Kích thước", width=18, align="center"),
    Column(key="count_unit", heading="ĐVT", width=12.5, align="center"),
    Column(key="quantity", heading="Số lượng", width=13.5, align="right", value_type="integer"),
    Column(key="area", heading="Diện tích (m²)", width=18.5, align="right", value_type="number"),
    Column(key="place", heading="Vị trí", width=33),
    Column(key="installed", heading="Treo", width=22, align="center", value_type="date"),
    Column(key="removed", heading="Tháo", width=22, align="center", value_type="date"),
    Column(key="unit", heading="Đơn vị", width=29.5),
    Column(key="funding", heading="Kinh phí", width=13.5),
)
REMOVAL_COLUMNS: Final = (
    Column(key="number", heading="STT", width=11, align="center", value_type="integer"),
    Column(key="removed", heading="Tháo chậm nhất", width=28, align="center", value_type="date"),
    Column(key="format", heading="Hình thức", width=20),
    Column(key="slogan", heading="Nội dung khẩu hiệu", width=56),
    Column(key="quantity", heading="Số lượng", width=23, align="center", value_type="integer"),
    Column(key="place", heading="Vị trí", width=51),
    Column(key="unit", heading="Đơn vị tháo", width=43),
    Column(key="done", heading="Đã tháo", width=20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingLine:
    """A posting as the papers show it; `is_overdue` says that it should be down.

    `funding` is the code of its source of money and `funding_name` the code with the name.
    """

    entry: ProgrammeEntry
    format: str
    slogan: str
    size: str
    count_unit: str
    quantity: int
    area_m2: Decimal | None
    place: str
    install_day: date
    removal_day: date | None
    last_day: date
    unit: str
    funding: str
    funding_name: str
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingTotal:
    """How much there is of one format in one unit of count."""

    format: str
    count_unit: str
    quantity: int
    area_m2: Decimal


def build_appendix(lines: Sequence[PostingLine], facts: DocumentFacts, *, totals: Sequence[PostingTotal]) -> Document:
    """Return the appendix: a row a posting, then the totals by format and of all square metres."""
    rows = tuple(_appendix_row(number, line) for number, line in enumerate(lines, start=1))
    section = Section(
        columns=APPENDIX_COLUMNS,
        groups=(RowGroup(title="", rows=rows),),
        totals=tuple(_total_rows(totals)) if rows else (),
        nothing=_sentence(f"Không có hạng mục cổ động trực quan nào {facts.where} {facts.period_words}"),
    )
    document = _document(lines, facts, title="DANH MỤC CỔ ĐỘNG TRỰC QUAN", section=section)
    return replace(document, summary=(*document.summary, *_funding_key(lines)))


def build_removals(lines: Sequence[PostingLine], facts: DocumentFacts) -> Document:
    """Return what still has to come down, what is overdue first, then by day."""
    ordered = sorted(lines, key=lambda line: (not line.is_overdue, line.removal_day or line.last_day))
    numbered = list(enumerate(ordered, start=1))
    groups = tuple(
        RowGroup(title=title, rows=rows)
        for title, is_overdue in (("Quá hạn tháo dỡ", True), ("Chưa quá hạn", False))
        if (
            rows := tuple(
                _removal_row(number, line, facts.today) for number, line in numbered if line.is_overdue == is_overdue
            )
        )
    )
    nothing = _sentence(f"Không còn hạng mục nào phải tháo dỡ {facts.where} {facts.period_words}")
    section = Section(columns=REMOVAL_COLUMNS, groups=groups, nothing=nothing)
    return _document(ordered, facts, title="DANH MỤC THÁO DỠ CỔ ĐỘNG TRỰC QUAN", section=section)


def _document(lines: Sequence[PostingLine], facts: DocumentFacts, *, title: str, section: Section) -> Document:
    off, overdue = sum(line.entry.is_off for line in lines), sum(line.is_overdue for line in lines)
    words = [f"Tổng số: {format_number(len(lines))} hạng mục"] if lines else []
    words += [f"trong đó {format_number(off)} thuộc hoạt động hoãn hoặc huỷ, không tính vào tổng cộng"] if off else []
    words += [f"{format_number(overdue)} quá hạn tháo dỡ"] if overdue else []
    period = facts.period_words
    return Document(
        kind=facts.kind,
        title=title,
        subtitle=(*facts.subjects, *((f"({period[:1].upper()}{period[1:]})",) if period else ())),
        frame=facts.frame,
        sections=(section,),
        summary=(", ".join(words) + ".",) if words else (),
        revision=revision_of(tuple({line.entry.key: line.entry for line in lines}.values())),
        printed_on=facts.printed_on,
        link=facts.link,
        file_name=facts.file_name,
    )


def _funding_key(lines: Sequence[PostingLine]) -> Iterator[str]:
    """What the codes of the column of money stand for: written once, they leave the rows short."""
    names = sorted({line.funding_name for line in lines if line.funding})
    if names:
        yield f"Kinh phí: {'; '.join(names)}."


def _sentence(words: str) -> str:
    return f"{one_line(words)}."


def _appendix_row(number: int, line: PostingLine) -> Row:
    removal = line.removal_day or line.last_day
    area = "" if line.area_m2 is None else format_number(line.area_m2)
    return Row(
        cells=(
            number_cell(number),
            Cell(text=line.format),
            Cell(text=one_line(line.slogan)),
            Cell(text=line.size),
            Cell(text=line.count_unit),
            Cell(text=format_number(line.quantity), value=line.quantity),
            Cell(text=area, value=line.area_m2),
            Cell(text=one_line(line.place)),
            Cell(text=format_date(line.install_day), value=line.install_day),
            Cell(text=format_date(removal), value=removal),
            Cell(text=one_line(line.unit)),
            Cell(text=one_line(line.funding)),
        ),
        keys=(line.entry.key,),
        kind="off" if line.entry.is_off else "entry",
    )


def _removal_row(number: int, line: PostingLine, today: date) -> Row:
    removal = line.removal_day or line.last_day
    late = f"quá {format_number((today - removal).days)} ngày" if line.is_overdue else ""
    return Row(
        cells=(
            number_cell(number),
            Cell(text=format_date(removal), value=removal, small=late),
            Cell(text=line.format),
            Cell(text=one_line(line.slogan)),
            Cell(text=f"{format_number(line.quantity)} {line.count_unit}", value=line.quantity),
            Cell(text=one_line(line.place)),
            Cell(text=one_line(line.unit)),
            Cell(),
        ),
        keys=(line.entry.key,),
        kind="off" if line.entry.is_off else "entry",
    )


def _total_rows(totals: Sequence[PostingTotal]) -> Iterator[Row]:
    for total in totals:
        yield _total_row(f"Cộng {total.format}", total.count_unit, quantity=total.quantity, area_m2=total.area_m2)
    yield _total_row("Tổng cộng", "", quantity=None, area_m2=sum((each.area_m2 for each in totals), Decimal(0)))


def _total_row(label: str, count_unit: str, *, quantity: int | None, area_m2: Decimal) -> Row:
    return Row(
        cells=(
            Cell(text=label, span=4),
            Cell(text=count_unit),
            Cell(text="" if quantity is None else format_number(quantity), value=quantity),
            Cell(text=format_number(area_m2), value=area_m2),
            Cell(span=5),
        ),
        kind="total",
    )
