"""What is wrong with a workbook before its contents are looked at."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from events.workbook import reading
from events.workbook.cells import Problems
from events.workbook.layout import ACTIVITY_SHEET, CAMPAIGN_SHEET
from events.workbook.reading import read_workbook
from tests.events.workbook.makers import Rows, activity_row, spoiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook

SHEETS = (CAMPAIGN_SHEET, ACTIVITY_SHEET)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_A_WORKBOOK = "The file is not an Excel workbook (.xlsx); it may be CSV, PDF or Word."
DAMAGED = "The workbook is damaged or incomplete; open it in Excel, save it again and retry."
PROTECTED = "The workbook is protected by a password; remove the password and save it again."
FORMULA = "The cell contains a formula; paste its value instead."


def read(content: bytes) -> list[tuple[str, int | None, str | None, str]]:
    problems = Problems()
    read_workbook(content, SHEETS, problems)
    return [(each.sheet, each.row, each.column, each.message) for each in problems.found]


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def encrypted_archive() -> bytes:
    """A zip whose only entry says that it is encrypted."""
    content = bytearray(archive(a=b"x"))
    content[6] |= 1
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    return bytes(content)


def oversized_archive() -> bytes:
    """A zip that claims to unpack to 1 GB."""
    content = bytearray(archive(a=b"x"))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 1 << 30)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NOT_A_WORKBOOK),
        ("Mã;Tên\nA1;Đêm hội\n".encode(), NOT_A_WORKBOOK),
        (b"%PDF-1.7", NOT_A_WORKBOOK),
        (archive(word__document_xml=b"<w/>"), NOT_A_WORKBOOK),
        (OLE + b"\0" * 64, "The file is an old .xls workbook; save it as .xlsx and try again."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), PROTECTED),
        (encrypted_archive(), PROTECTED),
        (
            oversized_archive(),
            "The workbook unpacks to more than 60 MB; it is not read. Remove pictures and empty formatted rows.",
        ),
        (b"PK\x03\x04 rest is missing", DAMAGED),
        (Rows().content()[:3000], DAMAGED),
        (archive(xl__workbook_xml=b"<workbook"), DAMAGED),
        (archive(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'), DAMAGED),
    ],
)
def test_what_is_no_workbook_says_so(content: bytes, sentence: str) -> None:
    assert read(content) == [("file", None, None, sentence)]


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert read(b"PK" + b"0" * 20) == [
        ("file", None, None, "The file is larger than 20 MB; split the plan or remove pictures.")
    ]


def test_a_sheet_with_too_many_rows_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 5)
    assert read(Rows().content()) == [
        (
            "Kế hoạch",
            None,
            None,
            "The sheet has 9 rows; at most 5 are read. Delete the empty rows below the plan.",
        )
    ]


def test_a_lone_cell_far_to_the_right_is_refused() -> None:
    def write(book: Workbook) -> None:
        book["Hoạt động"]["XFD2"].value = "x"

    message = "The sheet has 16384 columns; at most 100 are read. Delete what stands to the right."
    assert read(spoiled(write)) == [("Hoạt động", None, None, message)]


def test_merged_cells_by_the_million_are_not_opened() -> None:
    sheet = b'<worksheet><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    content = archive(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=sheet)
    assert read(content) == [("file", None, None, DAMAGED)]


def test_an_empty_sheet_misses_its_columns() -> None:
    def empty(book: Workbook) -> None:
        book["Kế hoạch"].delete_rows(1, 20)

    assert [each[1] for each in read(spoiled(empty))] == [1] * 5


def test_a_missing_sheet_names_those_that_are_there() -> None:
    content = spoiled(lambda book: book.remove(book["Hoạt động"]))
    assert read(content) == [
        (
            "Hoạt động",
            None,
            None,
            (
                "The sheet “Hoạt động” is missing; the workbook has: Hướng dẫn, Kế hoạch, Trực quan, Chuyến lưu động, "
                "Điểm phục vụ. Start from the empty template."
            ),
        )
    ]


def test_marks_and_case_of_sheet_and_heading_do_not_matter() -> None:
    def rename(book: Workbook) -> None:
        book["Hoạt động"].title = "HOAT DONG"
        book["HOAT DONG"]["A1"].value = "ma *"

    problems = Problems()
    rows = read_workbook(spoiled(rename), SHEETS, problems)
    assert (problems.found, rows["Hoạt động"][0].text("Mã")) == ([], "A1")


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        ("A1", None, [(1, None, "The column “Mã” is missing in row 1.")]),
        ("B1", "Mã", [
            (1, "B", "The heading “Mã” stands twice; delete one of the two columns."),
            (1, None, "The column “Tên hoạt động” is missing in row 1."),
        ]),
        ("AB2", "thừa", [(2, "AB", "The column has values but no known heading in row 1.")]),
        ("B2", "=1+1", [(2, "B – Tên hoạt động", FORMULA)]),
        ("G2", "=TODAY()", [(2, "G – Ngày bắt đầu", FORMULA)]),
        ("B2", "#REF!", [(2, "B – Tên hoạt động", "The cell contains the error #REF!; write the value instead.")]),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named(cell: str, value: object, found: list[tuple[int, str | None, str]]) -> None:
    def write(book: Workbook) -> None:
        book["Hoạt động"][cell].value = value

    problems = read(spoiled(write))
    assert [each[1:] for each in problems if "no known heading" not in each[3] or cell == "AB2"] == found


def test_an_unknown_heading_lists_what_is_allowed() -> None:
    def write(book: Workbook) -> None:
        book["Kế hoạch"]["F1"].value = "Người ký"

    assert read(spoiled(write)) == [
        ("Kế hoạch", 1, "F", "The heading “Người ký” is unknown; allowed: Mục, Mã, Nội dung, Ngày, Ghi chú.")
    ]


def test_merged_cells_are_named() -> None:
    content = spoiled(
        lambda book: book["Hoạt động"].merge_cells("A2:A3"), Rows(activities=[activity_row("A1"), activity_row("A2")])
    )
    message = "The cells A2:A3 are merged; unmerge them and write the value in every row."
    assert read(content) == [("Hoạt động", 2, "A", message)]


def test_blank_rows_are_skipped_and_row_numbers_are_those_of_the_file() -> None:
    def insert(book: Workbook) -> None:
        book["Hoạt động"].insert_rows(2, amount=3)
        book["Hoạt động"]["A3"].value = "   "

    problems = Problems()
    rows = read_workbook(spoiled(insert), SHEETS, problems)
    assert [row.number for row in rows["Hoạt động"]] == [5]


def test_a_sheet_with_bad_headings_gives_no_rows() -> None:
    def spoil(book: Workbook) -> None:
        book["Hoạt động"]["A1"].value = "Code"

    spoil_heading: Callable[[Workbook], None] = spoil
    assert sorted(read_workbook(spoiled(spoil_heading), SHEETS, Problems())) == ["Kế hoạch"]
