"""A document as plain text for a chat on a phone: no table, by days where the table goes by days."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE, Interval, last_day
from core.lunar import to_lunar
from core.vietnamese import format_date, format_time, format_weekday
from events.outputs.documents.entry_cells import one_line
from events.outputs.office_files import legal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section

MAIN: Final = ("paper", "slogan", "what")  # keys of the columns that say what a row is about, the first one wins
LEFT_TO_PAPER: Final = frozenset({"number", "part", "coordinating", "funding", "count_unit"})
SAYS_ITSELF: Final = frozenset({"where", "place", "unit", "note", "commune"})  # needs no heading in front
DAY_TITLE: Final = re.compile(r"\(\d\d/\d\d/\d{4}\)")  # a group that is a day already
OFF: Final = "HOÃN/HUỶ – "
LONGEST_MESSAGE: Final = 2000  # letters that a chat shows without folding


def write_text(document: Document) -> bytes:
    """Return the document as UTF-8 text: title, entries in the order of the paper, sums, revision and address."""
    return message_of(document).encode()


def message_of(document: Document) -> str:
    """Return the text: blocks parted by an empty line, no line ends in a space; equal documents give equal text."""
    head = [document.title, *document.subtitle]
    blocks = ["\n".join(head)]
    for section in document.sections:
        blocks += _blocks(section)
    foot = [*document.summary, f"Phiên bản {document.revision}, xem lịch: {document.link}"]
    blocks.append("\n".join(foot))
    return legal_text("\n\n".join(block for block in blocks if block)) + "\n"


def messages_of(document: Document, *, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """Return the text cut into messages of at most so many letters, between blocks, else between lines, else within."""
    messages, current = [], ""
    for piece in _pieces(message_of(document), longest):
        if current and len(current) + len(piece) > longest:
            messages.append(current.strip())
            current = ""
        current += piece
    return (*messages, current.strip())


def _pieces(text: str, longest: int) -> Iterator[str]:
    for block in text.split("\n\n"):
        lines = [f"{block}\n\n"] if len(block) + 2 <= longest else [f"{line}\n" for line in (*block.split("\n"), "")]
        for line in lines:
            for start in range(0, len(line), longest):
                yield line[start : start + longest]


def _blocks(section: Section) -> Iterator[str]:
    yield section.title
    if not section.rows:
        yield section.nothing
    for group in section.groups:
        yield from _group_blocks(section, group)
    if section.rows and section.totals:
        yield "\n".join(_total(section, row) for row in section.totals)


def _group_blocks(section: Section, group: RowGroup) -> Iterator[str]:
    """The rows of a group in blocks: a block a day, or one for all where the group is a day or the table has none."""
    dated = None if DAY_TITLE.search(group.title) else _dated(section)
    block = [group.title] if group.title else []
    shown = None
    for row in group.rows:
        day = None if dated is None else _day_of(row.cells[dated])
        if day is not None and day != shown:
            yield "\n".join(block)
            block, shown = [_day_title(section.columns[dated or 0], day)], day
        block += _lines(section, row, dated)
    yield "\n".join(block)


def _dated(section: Section) -> int | None:
    """The column whose days order the table: the first one of dates."""
    types = [column.value_type in {"date", "datetime"} for column in section.columns]
    return types.index(True) if True in types else None


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell.value, datetime):
        return cell.value.astimezone(LOCAL_ZONE).date()
    return cell.value if isinstance(cell.value, date) else None


def _day_title(column: Column, day: date) -> str:
    """Return "Thứ Hai 04/9/2023 (20/7 ÂL)"; a day that is a term and no day of a show tells which."""
    words = f"{format_weekday(day)} {_short_day(day)}/{day.year}"
    return f"{column.heading}: {words}" if column.value_type == "date" else f"{words}{_lunar(day)}"


def _lunar(day: date) -> str:
    try:
        return f" ({to_lunar(day).label()})"
    except ValueError:
        return ""


def _short_day(day: date) -> str:
    """Return "04/9": months but January and February without a zero, as offices write."""
    return f"{day.day:02}/{day.month:02}" if day.month in {1, 2} else f"{day.day:02}/{day.month}"


def _lines(section: Section, row: Row, dated: int | None) -> Iterator[str]:
    """One or two lines of a row: when and what; then what a reader of a message needs, each thing once."""
    cells = list(zip(section.columns, row.cells, strict=False))
    keys = [column.key for column in section.columns]
    main = next((keys.index(key) for key in MAIN if key in keys), 0)
    timed = next((index for index, column in enumerate(section.columns) if column.value_type == "datetime"), None)
    clock = _clock(row.cells[timed]) if timed is not None and dated in {None, timed} else ""
    sign = _sign(clock, row.cells[keys.index("number")] if "number" in keys else None)
    yield f"{sign} {OFF if row.kind == 'off' else ''}{_words(row.cells[main], small='({})')}"
    told = {main, dated, timed if clock else None}
    details = _details([pair for index, pair in enumerate(cells) if index not in told])
    if details:
        yield f"   {'; '.join(details)}"


def _sign(clock: str, number: Cell | None) -> str:
    if clock:
        return f"• {clock}:"
    return f"{number.text}." if number is not None and number.text else "•"


def _details(cells: list[tuple[Column, Cell]]) -> list[str]:
    told = [(column, _words(cell)) for column, cell in cells if column.key not in LEFT_TO_PAPER]
    return list(
        dict.fromkeys(
            words if column.key in SAYS_ITSELF else f"{column.heading}: {words}" for column, words in told if words
        )
    )


def _clock(cell: Cell) -> str:
    """Return "19h00–21h30", "19h00 đến 1h30 ngày 05/9", "cả ngày", "đến hết ngày 12/8"; "" where there is no time."""
    if isinstance(cell.value, datetime):
        return _hours(cell.value, cell.until) if isinstance(cell.until, datetime) else format_time(cell.value)
    if isinstance(cell.value, date):
        is_longer = isinstance(cell.until, date) and cell.until > cell.value
        return f"đến hết ngày {_day_after(cell.value, cell.until)}" if is_longer and cell.until else "Cả ngày"
    return ""


def _hours(start: datetime, end: datetime) -> str:
    first, last = start.astimezone(LOCAL_ZONE).date(), last_day(Interval(start, end))
    closing = format_time(end) if end.astimezone(LOCAL_ZONE).date() == last else "24h00"
    return (
        f"{format_time(start)}–{closing}"
        if first == last
        else (f"{format_time(start)} đến {closing} ngày {_day_after(first, last)}")
    )


def _day_after(first: date, last: date) -> str:
    return _short_day(last) if first.year == last.year else format_date(last)


def _words(cell: Cell, *, small: str = "{}") -> str:
    parts = [words for line in cell.text.split("\n") if (words := one_line(legal_text(line)))]
    return " ".join(filter(None, (", ".join(parts), small.format(one_line(cell.small)) if cell.small else "")))


def _total(section: Section, row: Row) -> str:
    """Return "Cộng Pa nô: Số lượng 12; Diện tích (m²) 96"."""
    position, found = 0, []
    for cell in row.cells:
        found.append((section.columns[position], cell))
        position += cell.span
    sums = "; ".join(f"{column.heading} {cell.text}" for column, cell in found[1:] if cell.text)
    return f"{found[0][1].text}: {sums}" if sums else found[0][1].text
