"""From bytes to rows: everything that can be wrong with a workbook before its contents are looked at."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from core.text import fold
from events.workbook.cells import Problems, Row
from events.workbook.layout import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from events.workbook.cells import Cell
    from events.workbook.layout import Sheet

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_MERGED_CELLS = 200_000  # openpyxl makes an object of each
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_PART = "xl/workbook.xml"
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def read_workbook(content: bytes, sheets: Sequence[Sheet], problems: Problems) -> dict[str, tuple[Row, ...]]:
    """Return the filled rows of every known sheet by its title; {} when the bytes are no workbook at all.

    Notes every structural problem: not an .xlsx file, missing sheets, wrong headers, formulas, merged cells.
    """
    reason = _refusal(content)
    book = None if reason else _open(content)
    if book is None:
        problems.add(_("file"), reason or _broken())
        return {}
    rows: dict[str, tuple[Row, ...]] = {}
    for sheet in sheets:
        found = _find(book, sheet.title)
        if found is None:
            problems.add(
                sheet.title,
                _("The sheet “%(sheet)s” is missing; the workbook has: %(present)s. Start from the empty template.")
                % {"sheet": sheet.title, "present": ", ".join(book.sheetnames)},
            )
        else:
            rows |= _read_sheet(found, sheet, problems)
    return rows


def _refusal(content: bytes) -> str:
    """The sentence why these bytes are not opened at all, or ""."""
    if len(content) > MAX_BYTES:
        return _("The file is larger than 20 MB; split the plan or remove pictures.")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return _("The workbook is protected by a password; remove the password and save it again.")
        return _("The file is an old .xls workbook; save it as .xlsx and try again.")
    if not content.startswith(b"PK"):
        return _("The file is not an Excel workbook (.xlsx); it may be CSV, PDF or Word.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _archive_refusal(archive)
    except (zipfile.BadZipFile, ValueError, OSError):
        return _broken()


def _archive_refusal(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        return _("The workbook unpacks to more than 60 MB; it is not read. Remove pictures and empty formatted rows.")
    if any(part.flag_bits & 1 for part in parts):
        return _("The workbook is protected by a password; remove the password and save it again.")
    if _WORKBOOK_PART not in archive.namelist():
        return _("The file is not an Excel workbook (.xlsx); it may be CSV, PDF or Word.")
    return ""


def _broken() -> str:
    return _("The workbook is damaged or incomplete; open it in Excel, save it again and retry.")


def _open(content: bytes) -> Workbook | None:
    try:
        _refuse_bombs(content)
        return load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001 -- a broken part makes openpyxl raise anything from KeyError to ParseError
        return None


def _refuse_bombs(content: bytes) -> None:
    """ValueError for what only an attack writes: a document type (entity bombs), or merged cells by the million."""
    merged = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            part = archive.read(name)
            merged += sum(_size(match.decode()) for match in _MERGED.findall(part))
            if merged > MAX_MERGED_CELLS or any(mark in part[:4096] for mark in _DOCTYPES):
                raise ValueError(name)


def _size(cells: str) -> int:
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(cells))
    return (right - left + 1) * (bottom - top + 1)


def _find(book: Workbook, title: str) -> Worksheet | None:
    worksheets = {sheet.title: sheet for sheet in reversed(book.worksheets)}
    if title in worksheets:
        return worksheets[title]
    return {fold(name): sheet for name, sheet in worksheets.items()}.get(fold(title))


def _read_sheet(worksheet: Worksheet, sheet: Sheet, problems: Problems) -> dict[str, tuple[Row, ...]]:
    """The rows under the sheet's title; {} where the headings are wrong, since every row would be wrong too."""
    if worksheet.max_row > MAX_ROWS:
        message = _("The sheet has %(rows)s rows; at most %(limit)s are read. Delete the empty rows below the plan.")
        problems.add(sheet.title, message % {"rows": worksheet.max_row, "limit": MAX_ROWS})
        return {}
    if worksheet.max_column > MAX_COLUMNS:
        message = _("The sheet has %(columns)s columns; at most %(limit)s are read. Delete what stands to the right.")
        problems.add(sheet.title, message % {"columns": worksheet.max_column, "limit": MAX_COLUMNS})
        return {}
    _report_merged(worksheet, sheet, problems)
    titles = _read_header(worksheet, sheet, problems)
    is_whole = titles.keys() and not any(
        problem.sheet == sheet.title and problem.row == 1 for problem in problems.found
    )
    rows = tuple(_read_rows(worksheet, sheet, titles, problems=problems))
    return {sheet.title: rows} if is_whole else {}


def _read_rows(worksheet: Worksheet, sheet: Sheet, titles: dict[int, str], *, problems: Problems) -> Iterator[Row]:
    letters = {title: get_column_letter(index) for index, title in titles.items()}
    for number, cells in enumerate(worksheet.iter_rows(min_row=2), start=2):
        filled = {index: cell for index, cell in enumerate(cells, start=1) if not _is_blank(cell.value)}
        if not filled:
            continue
        faulty = {index: fault for index, cell in filled.items() if (fault := _fault(cell, index, titles))}
        for index, fault in faulty.items():
            letter = get_column_letter(index)
            column = f"{letter} – {titles[index]}" if index in titles else letter
            problems.add(sheet.title, fault, row=number, column=column)
        yield Row(
            sheet=sheet.title,
            number=number,
            cells={
                titles[index]: cast("Cell", cell.value)
                for index, cell in filled.items()
                if index in titles and index not in faulty
            },
            letters=letters,
            problems=problems,
            unreadable=frozenset(titles[index] for index in faulty if index in titles),
        )


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _fault(cell: XlsxCell | MergedCell, index: int, titles: dict[int, str]) -> str:
    """Why this cell cannot be read, or ""."""
    if cell.data_type == "f":
        return _("The cell contains a formula; paste its value instead.")
    if cell.data_type == "e":
        return _("The cell contains the error %(value)s; write the value instead.") % {"value": cell.value}
    if titles and index not in titles:
        return _("The column has values but no known heading in row 1.")
    return ""


def _report_merged(worksheet: Worksheet, sheet: Sheet, problems: Problems) -> None:
    for area in sorted(worksheet.merged_cells.ranges, key=lambda each: (each.min_row, each.min_col)):
        problems.add(
            sheet.title,
            _("The cells %(cells)s are merged; unmerge them and write the value in every row.") % {"cells": area.coord},
            row=area.min_row,
            column=get_column_letter(area.min_col),
        )


def _read_header(worksheet: Worksheet, sheet: Sheet, problems: Problems) -> dict[int, str]:
    """Column numbers to titles; marks, case and a trailing asterisk do not matter."""
    known = {fold(column.title): column.title for column in sheet.columns}
    titles: dict[int, str] = {}
    for index, cell in enumerate(next(worksheet.iter_rows(max_row=1)), start=1):
        written = str(cell.value or "").strip()
        if not written:
            continue
        title = known.get(fold(written.rstrip("* ")))
        if title is None:
            message = _("The heading “%(heading)s” is unknown; allowed: %(allowed)s.")
            values = {"heading": written, "allowed": ", ".join(column.title for column in sheet.columns)}
            problems.add(sheet.title, message % values, row=1, column=get_column_letter(index))
        elif title in titles.values():
            message = _("The heading “%(heading)s” stands twice; delete one of the two columns.")
            problems.add(sheet.title, message % {"heading": title}, row=1, column=get_column_letter(index))
        else:
            titles[index] = title
    for column in sheet.columns:
        if column.title not in titles.values() and not column.is_optional:
            message = _("The column “%(heading)s” is missing in row 1.")
            problems.add(sheet.title, message % {"heading": column.title}, row=1)
    return titles
