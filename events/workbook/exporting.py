"""The stored plan as the same workbook: values only, nothing in it can run."""

from __future__ import annotations

import io
from datetime import date, time
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from events.outputs.spreadsheet_text import write_text
from events.planning import campaign_plan_of
from events.programme.gate import visible_q
from events.workbook.activity_rows import CampaignLists, activity_cells, stored_activities, tidy_plan_of
from events.workbook.campaign_sheet import campaign_rows, tidy_campaign
from events.workbook.context import load_handlers
from events.workbook.layout import ACTIVITY_SHEET, CAMPAIGN_SHEET, LEGEND_TITLE, Sheet
from events.workbook.reference import load_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from events.models import Campaign
    from events.workbook.layout import CellRow, CellValue, Column
    from units.permissions import Viewer

_HEADER_FILL = PatternFill("solid", fgColor="DDE6F0")
_REQUIRED_FILL = PatternFill("solid", fgColor="F6E3B4")
_WRAP_FROM = 24  # characters: columns at least this wide hold sentences
_LIST_ROWS = 2000  # rows below the header that offer a choice list


def export_workbook(campaign: Campaign, *, viewer: Viewer | None = None) -> bytes:
    """The campaign as an .xlsx file; importing it again changes nothing. Times are local.

    Leaves out the activities that `viewer` may not see, and what belongs to them; None is the system and sees all.
    """
    reference = load_reference()
    lists = CampaignLists.of(campaign)
    stored = stored_activities(campaign)
    hidden = hidden_codes(campaign, viewer)
    plans = [tidy_plan_of(activity) for code, activity in stored.items() if code not in hidden]
    rows: dict[str, Sequence[CellRow]] = {
        CAMPAIGN_SHEET.title: campaign_rows(tidy_campaign(campaign_plan_of(campaign)), reference),
        ACTIVITY_SHEET.title: [activity_cells(plan, reference, lists) for plan in plans],
    }
    for handler in load_handlers():
        rows.update(handler.export(campaign, reference, hidden=hidden))
    return write_workbook(rows)


def hidden_codes(campaign: Campaign, viewer: Viewer | None) -> frozenset[str]:
    """Codes of the campaign's activities that the viewer may not see, and of deleted ones whoever asks."""
    shown = campaign.activities.filter(is_deleted=False).values("pk")
    if viewer is not None:
        shown = shown.filter(visible_q(viewer))
    return frozenset(campaign.activities.exclude(pk__in=shown).values_list("code", flat=True))


def write_workbook(rows: Mapping[str, Sequence[CellRow]]) -> bytes:
    """The legend and every known sheet with these rows, by sheet title."""
    sheets = (CAMPAIGN_SHEET, ACTIVITY_SHEET, *(sheet for handler in load_handlers() for sheet in handler.sheets))
    book = Workbook()
    legend: Worksheet = book.active  # type: ignore[assignment]
    _write_legend(legend, sheets)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, rows.get(sheet.title, ()))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_legend(worksheet: Worksheet, sheets: Sequence[Sheet]) -> None:
    worksheet.title = LEGEND_TITLE
    lines: list[tuple[str, str, str]] = [
        ("Trang", "Cột", "Cách ghi"),
        ("", "", "Cột có nền vàng là bắt buộc. Không dùng công thức, không gộp ô. Trang này không được nhập vào."),
    ]
    for sheet in sheets:
        lines.append((sheet.title, "", sheet.intro))
        lines += [(sheet.title, column.title, _explain(column)) for column in sheet.columns]
    for number, line in enumerate(lines, start=1):
        for index, text in enumerate(line, start=1):
            _write(worksheet.cell(number, index), text)
            worksheet.cell(number, index).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABC", (20, 26, 90), strict=True):
        worksheet.column_dimensions[letter].width = width
        worksheet[f"{letter}1"].font = Font(bold=True)
    worksheet.freeze_panes = "A2"


def _explain(column: Column) -> str:
    allowed = f"Chọn: {', '.join(column.choices)}." if column.choices else ""
    return " ".join(filter(None, (column.note, allowed, "Bắt buộc." if column.is_required else "")))


def _write_sheet(worksheet: Worksheet, sheet: Sheet, rows: Sequence[CellRow]) -> None:
    columns = [
        column
        for column in sheet.columns
        if not column.is_optional or any(row.get(column.title) not in {None, ""} for row in rows)
    ]
    for index, column in enumerate(columns, start=1):
        cell = worksheet.cell(1, index)
        _write(cell, column.title)
        cell.font = Font(bold=True)
        cell.fill = _REQUIRED_FILL if column.is_required else _HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        worksheet.column_dimensions[get_column_letter(index)].width = column.width
        if column.choices:
            _offer_choices(worksheet, get_column_letter(index), column)
        for number, row in enumerate(rows, start=2):
            _write(worksheet.cell(number, index), row.get(column.title))
            if column.width >= _WRAP_FROM:
                worksheet.cell(number, index).alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.freeze_panes = "B2"
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _offer_choices(worksheet: Worksheet, letter: str, column: Column) -> None:
    """Excel's own list; it holds 255 characters, longer lists stay in the legend alone."""
    formula = f'"{",".join(column.choices)}"'
    if len(formula) <= 255 and not any("," in choice for choice in column.choices):  # noqa: PLR2004 -- Excel's limit
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        worksheet.add_data_validation(validation)
        validation.add(f"{letter}2:{letter}{_LIST_ROWS}")


def _write(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write one value; text stays text, even where it looks like a formula, an error or a number."""
    if value is None:
        return
    if isinstance(value, str):
        write_text(cell, value)
        return
    cell.value = value
    if isinstance(value, time):
        cell.number_format = 'h"h"mm'
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
