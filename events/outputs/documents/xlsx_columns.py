"""From the columns of a table to those of a sheet: a period on paper is a start, an end and words in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from core.intervals import LOCAL_ZONE
from core.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell

    from events.outputs.documents.model import Cell, Column, Row

Part = Literal["value", "until", "words"]
DATED: Final = frozenset({"date", "datetime"})
MM_A_LETTER: Final = 1.9
DAY_WIDTH, MOMENT_WIDTH = 12.0, 17.0
DAY_FORMAT: Final = "dd/mm/yyyy"
MOMENT_FORMAT: Final = "dd/mm/yyyy hh:mm"
NUMBER_FORMATS: Final = {"integer": "#,##0", "number": "#,##0.##", "money": "#,##0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of the sheet: the `part` it shows of the cells of the table's column `index`; width in letters."""

    column: Column
    index: int
    part: Part
    heading: str
    width: float


def sheet_columns(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet for these rows: start and end as dates of their own where the words say more."""
    cells = {index: list(_cells_of(index, rows)) for index in range(len(columns))}
    return tuple(found for index, column in enumerate(columns) for found in _parts(column, index, cells[index]))


def set_value(target: SheetCell | MergedCell, value: date | Decimal | int, cell: Cell) -> None:
    """Write a date, a moment (local, without its zone) or a number, with the format that shows it as the words do."""
    if isinstance(value, datetime):
        target.value = value.astimezone(LOCAL_ZONE).replace(tzinfo=None)
        target.number_format = MOMENT_FORMAT
    elif isinstance(value, date):
        target.value = value
        target.number_format = DAY_FORMAT
    else:
        target.value = value
        target.number_format = f'General"{_unit_of(cell)}"' if _unit_of(cell) else target.number_format


def _cells_of(index: int, rows: tuple[Row, ...]) -> Iterator[Cell]:
    for row in rows:
        position = 0
        for cell in row.cells:
            if position == index:
                yield cell
            position += cell.span


def _parts(column: Column, index: int, cells: Iterable[Cell]) -> Iterator[SheetColumn]:
    def part(name: Part, heading: str, width: float) -> SheetColumn:
        return SheetColumn(column=column, index=index, part=name, heading=heading, width=width)

    if column.value_type not in DATED:
        yield part("value", column.heading, column.width / MM_A_LETTER)
        return
    own = DAY_WIDTH if column.value_type == "date" else MOMENT_WIDTH
    dated = [cell for cell in cells if cell.value is not None]
    has_end = any(cell.until is not None for cell in dated)
    yield part("value", "Bắt đầu" if has_end else column.heading, own)
    if has_end:
        yield part("until", "Kết thúc", own)
    if has_end or any(cell.lines != (format_date(cell.value),) for cell in dated if isinstance(cell.value, date)):
        yield part("words", column.heading, column.width / MM_A_LETTER)


def _unit_of(cell: Cell) -> str:
    """The words behind a number ("3 cái"), as a number format can carry them."""
    number = format_number(cell.value) if isinstance(cell.value, int) else ""
    return cell.text.removeprefix(number).replace('"', "") if number and cell.text.startswith(number) else ""
