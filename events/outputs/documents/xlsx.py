"""A document as a workbook: real dates and numbers, one table a sheet, ready to sort, to sum and to print."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from events.outputs.documents.xlsx_columns import NUMBER_FORMATS, set_value, sheet_columns
from events.outputs.office_files import legal_text, without_clock
from events.outputs.spreadsheet_text import write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from events.outputs.documents.model import Cell, Document, Row, Section
    from events.outputs.documents.xlsx_columns import SheetColumn

FAMILY: Final = "Times New Roman"
PLAIN: Final = Font(name=FAMILY, size=11)
BOLD: Final = Font(name=FAMILY, size=11, bold=True)
STRUCK: Final = Font(name=FAMILY, size=11, strike=True)
TITLE: Final = Font(name=FAMILY, size=14, bold=True)
FONTS: Final = {"entry": PLAIN, "off": STRUCK, "total": BOLD}
THIN: Final = Side(style="thin", color="808080")
BOX: Final = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
GREY: Final = PatternFill("solid", fgColor="E6E6E6")
LETTERS_A_UNIT: Final = 1.12  # of width: it counts digits, letters of this family are narrower
MM_AN_INCH: Final = 25.4
MARGINS: Final = {"left": 30, "right": 15, "top": 20, "bottom": 20}  # millimetres; NĐ 30/2020, annex I
LONGEST_FOOTER: Final = 240  # Excel holds 255 with its marks
LINE: Final = 15.0  # points; rows are given their height, for not every program makes them grow on opening


def write_xlsx(document: Document) -> bytes:
    """Return the document as .xlsx: a sheet for each form of table, its sections below one another.

    Every sheet has its title, a heading row that stays in sight and repeats on paper, and A4 landscape on one page's
    width. Rows called off are struck through. Equal documents give equal bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = legal_text(document.title), legal_text(_issuer(document))
    tables = [tuple(group) for _, group in groupby(document.sections, key=lambda each: each.columns)]
    for number, sections in enumerate(tables, start=1):
        sheet = book.create_sheet(f"Bảng {number}")
        _write_sheet(sheet, document, sections)
        if number == len(tables):
            for line in document.summary:
                _write_line(sheet, line, font=PLAIN)
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _issuer(document: Document) -> str:
    return document.frame.authority[-1] if document.frame.authority else ""


def _write_sheet(sheet: Worksheet, document: Document, sections: tuple[Section, ...]) -> None:
    rows = tuple(row for section in sections for row in (*section.rows, *section.totals))
    tracks = sheet_columns(sections[0].columns, rows)
    for position, track in enumerate(tracks, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = round(track.width, 1)
    _write_line(sheet, document.title, font=TITLE)
    _write_line(sheet, " – ".join(document.subtitle), font=PLAIN)
    _write_headings(sheet, tracks)
    _set_up_paper(sheet, document)
    for section in sections:
        _write_section(sheet, section, tracks)


def _write_headings(sheet: Worksheet, tracks: tuple[SheetColumn, ...]) -> None:
    number = sheet.max_row + 1
    for position, track in enumerate(tracks, start=1):
        cell = sheet.cell(number, position)
        write_text(cell, track.heading)
        cell.font, cell.border, cell.fill = BOLD, BOX, GREY
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[number].height = LINE * max(lines_in(track.heading, track.width) for track in tracks)
    sheet.freeze_panes = f"A{number + 1}"
    sheet.print_title_rows = f"{number}:{number}"


def _write_section(sheet: Worksheet, section: Section, tracks: tuple[SheetColumn, ...]) -> None:
    if section.title:
        _write_line(sheet, section.title, font=BOLD, is_centred=True)
    if not section.rows:
        _write_line(sheet, section.nothing, font=PLAIN)
    for group in section.groups:
        if group.title:
            _write_line(sheet, group.title, font=BOLD, fill=GREY)
        for row in group.rows:
            _write_row(sheet, row, tracks)
    for row in section.totals if section.rows else ():
        _write_row(sheet, row, tracks)


def _write_row(sheet: Worksheet, row: Row, tracks: tuple[SheetColumn, ...]) -> None:
    number = sheet.max_row + 1
    covered = dict(_starts(row))
    sheet.row_dimensions[number].height = LINE * max(_lines(track, covered) for track in tracks)
    for position, track in enumerate(tracks, start=1):
        target = sheet.cell(number, position)
        is_status = row.kind == "off" and position == len(tracks)  # stays readable, as on paper
        target.font, target.border = BOLD if is_status else FONTS[row.kind], BOX
        target.alignment = Alignment(horizontal=track.column.align, vertical="top", wrap_text=True)
        target.number_format = NUMBER_FORMATS.get(track.column.value_type, "General")
        if track.index in covered:
            _write_part(sheet, (number, position), covered[track.index], part=track.part)
    for index, cell in covered.items():
        if cell.span > 1:
            places = [at for at, track in enumerate(tracks, start=1) if index <= track.index < index + cell.span]
            sheet.merge_cells(start_row=number, end_row=number, start_column=places[0], end_column=places[-1])
            sheet.cell(number, places[0]).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)


def _starts(row: Row) -> list[tuple[int, Cell]]:
    """The index of the column each cell begins at."""
    found, index = [], 0
    for cell in row.cells:
        found.append((index, cell))
        index += cell.span
    return found


def _lines(track: SheetColumn, covered: dict[int, Cell]) -> int:
    cell = covered.get(track.index)
    if cell is None or cell.span > 1 or track.part == "until" or (track.part == "value" and cell.value is not None):
        return 1
    return sum(lines_in(line, track.width * LETTERS_A_UNIT) for line in cell.lines) or 1


def lines_in(text: str, width: float) -> int:
    """Return how many lines the text takes at most in a column so many letters wide, broken between words."""
    lines, free = 1, width
    for word in text.split():
        if len(word) > free and free < width:
            lines, free = lines + 1, width
        lines, free = lines + int(len(word) / (width + 1)), free - len(word) - 1
    return lines


def _write_part(sheet: Worksheet, at: tuple[int, int], cell: Cell, *, part: str) -> None:
    target = sheet.cell(*at)
    value = cell.until if part == "until" else cell.value
    if part == "words" or (part == "value" and value is None):
        write_text(target, "\n".join(cell.lines))
    elif value is not None:
        set_value(target, value, cell)


def _write_line(
    sheet: Worksheet, text: str, *, font: Font, fill: PatternFill | None = None, is_centred: bool = False
) -> None:
    """A line across the sheet, as high as its text needs."""
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value else 1
    letters = len(sheet.column_dimensions)
    cell = sheet.cell(number, 1)
    write_text(cell, text)
    cell.font = font
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if is_centred else "left")
    if fill is not None:
        cell.fill = fill
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=letters)
    width = sum(each.width for each in sheet.column_dimensions.values())
    sheet.row_dimensions[number].height = LINE * (1.4 if font is TITLE else lines_in(text, width))


def _set_up_paper(sheet: Worksheet, document: Document) -> None:
    """A4 landscape, as wide as the page; page numbers top centre from page 2, the revision at the foot."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side, millimetres in MARGINS.items():
        setattr(sheet.page_margins, side, millimetres / MM_AN_INCH)
    sheet.page_margins.header = sheet.page_margins.footer = 10 / MM_AN_INCH
    foot = f"Phiên bản {document.revision} · In ngày {document.printed_on} · {document.link}".replace("&", "&&")
    text = HeaderFooterItem(left=_HeaderFooterPart(legal_text(foot)[:LONGEST_FOOTER]))
    sheet.HeaderFooter.differentFirst = True
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart("&P"))
    sheet.HeaderFooter.oddFooter = sheet.HeaderFooter.firstFooter = text
