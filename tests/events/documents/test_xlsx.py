"""The workbook, opened again: real dates and numbers, text that stays text, a sheet that prints well."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from events.outputs.documents.model import Cell, Column, Document, RowGroup, Section
from events.outputs.documents.xlsx import lines_in, write_xlsx
from tests.events.documents.document_makers import FRAME, HOSTILE, make_document, make_row


def sheets_of(document: Document) -> list[Worksheet]:
    return list(load_workbook(BytesIO(write_xlsx(document))).worksheets)


def rows_of(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_dates_moments_and_numbers_are_values_with_formats() -> None:
    (sheet,) = sheets_of(make_document(make_row(1, "Triển lãm")))
    row = {str(name.value): cell for name, cell in zip(sheet[3], sheet[6], strict=True)}
    assert {name: cell.value for name, cell in row.items()} == {
        "STT": 1,
        "Nội dung": "Triển lãm\nTriển lãm",
        "Bắt đầu": datetime(2023, 9, 4, 19),  # noqa: DTZ001 -- a spreadsheet knows no zones
        "Kết thúc": datetime(2023, 9, 4, 21, 30),  # noqa: DTZ001
        "Thời gian": "Thứ Hai\n19h00–21h30, 04/09/2023\n(20/7 ÂL)",
        "Hạn": datetime(2023, 9, 1),  # noqa: DTZ001
        "Số lượng": 3,
        "Diện tích (m²)": 12.5,
        "Kinh phí": 1_500_000,
    }
    formats = {name: cell.number_format for name, cell in row.items() if cell.number_format != "General"}
    assert formats == {
        "STT": "#,##0",
        "Bắt đầu": "dd/mm/yyyy hh:mm",
        "Kết thúc": "dd/mm/yyyy hh:mm",
        "Hạn": "dd/mm/yyyy",
        "Số lượng": 'General" cái"',
        "Diện tích (m²)": "#,##0.##",
        "Kinh phí": "#,##0",
    }


def test_headings_groups_totals_and_sums_stand_in_their_order() -> None:
    (sheet,) = sheets_of(make_document(make_row(1, "Một"), make_row(2, "Hai", kind="off")))
    assert [row[0] for row in rows_of(sheet)] == [
        "LỊCH HOẠT ĐỘNG",
        "Địa bàn: Huyện Cao Lộc – (Tháng 9)",
        "STT",
        "Tuần thứ 36",
        "Tháng 9 năm 2023",
        1,
        2,
        "Cộng",
        "Tổng số: 2 buổi.",
    ]
    assert [bool(sheet.cell(number, 2).font.strike) for number in (6, 7)] == [False, True]
    assert not sheet["I7"].font.strike
    assert "A8:F8" in [str(area) for area in sheet.merged_cells.ranges]
    assert sheet["G8"].value == 3


def test_the_sheet_prints_well() -> None:
    (sheet,) = sheets_of(make_document(make_row(1, "Một")))
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert round(sheet.page_margins.left * 25.4) == 30
    around = sheet.HeaderFooter
    assert around.oddHeader is not None
    assert around.oddFooter is not None
    assert (around.differentFirst, around.oddHeader.center.text) == (True, "&P")
    assert around.oddFooter.left.text == (
        "Phiên bản abc123 · In ngày 01/08/2023 · https://pano.example/calendar/?area=huyen-cao-loc&&date=2023-08-01"
    )
    assert sheet.column_dimensions["B"].width == 31.6
    assert sheet.row_dimensions[6].height == 45


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    (sheet,) = sheets_of(make_document(make_row(1, text), title=text or "x", subtitle=(text,)))
    cell = sheet["B6"]
    clean = text.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")
    assert (cell.value, cell.data_type) == (f"{clean}\nTriển lãm", "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")
    assert (sheet["A1"].data_type, sheet["A2"].data_type) == ("s", "s")


def test_tables_of_another_form_take_another_sheet_and_an_empty_one_says_so() -> None:
    document = make_document(make_row(1, "Một"))
    other = Section(columns=(Column(key="x", heading="X", width=30),), groups=(), nothing="Không có gì.")
    first, second = sheets_of(
        replace(document, sections=(*document.sections, other), frame=replace(FRAME, authority=()))
    )
    assert (first.title, second.title) == ("Bảng 1", "Bảng 2")
    assert [row[0] for row in rows_of(second)] == [
        "LỊCH HOẠT ĐỘNG", "Địa bàn: Huyện Cao Lộc – (Tháng 9)", "X", "Không có gì.", "Tổng số: 2 buổi."
    ]  # fmt: skip


def test_a_row_without_a_time_leaves_start_and_end_empty() -> None:
    row = make_row(2, "Không có hoạt động.")
    free = replace(row, cells=(*row.cells[:2], Cell(), *row.cells[3:]), keys=())
    (sheet,) = sheets_of(make_document(make_row(1, "Một"), free))
    assert [cell.value for cell in sheet[7]][1:6] == [
        "Không có hoạt động.\nTriển lãm",
        None,
        None,
        None,
        sheet["F6"].value,
    ]


def test_groups_without_title_and_dates_without_words_need_no_line_of_their_own() -> None:
    row = make_row(1, "Một")
    when = replace(row.cells[2], until=None)
    bare = replace(row, cells=(*row.cells[:2], when, *row.cells[3:]))
    section = Section(columns=make_document().sections[0].columns, groups=(RowGroup(title="", rows=(bare,)),))
    (sheet,) = sheets_of(make_document(sections=(section,), subtitle=()))
    assert [cell.value for cell in sheet[3]][2:5] == ["Thời gian", "Thời gian", "Hạn"]
    assert sheet["A4"].value == 1


def test_equal_documents_are_equal_bytes_without_a_clock() -> None:
    document = make_document(make_row(1, "Một"))
    content = write_xlsx(document)
    assert content == write_xlsx(document)
    with ZipFile(BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("một hai ba", 20, 1), ("một hai ba", 7, 2), ("dài" * 10, 10, 3), ("a " + "b" * 25, 10, 4)],
)
def test_lines_are_counted_between_words(text: str, width: float, lines: int) -> None:
    assert lines_in(text, width) == lines
