"""What an office may write into its own template: the tags, all plain text, lists and yes or no.

A tag's name is Vietnamese without marks, for the people who write templates; a column's tag is its heading so written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.text import strip_marks
from events.outputs.office_files import legal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.model import Cell, Document, Row, Section

Tag = str | int | bool | list["Tag"] | dict[str, "Tag"]
NATIONAL_TITLE: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
OTHER: Final = re.compile(r"[^a-z0-9]+")

TAGS: Final = {
    "co_quan_chu_quan": "Cơ quan chủ quản (dòng trên), trống nếu không có",
    "co_quan": "Cơ quan ban hành",
    "quoc_hieu": "Quốc hiệu, trống nếu văn bản không ghi",
    "tieu_ngu": "Tiêu ngữ, trống nếu văn bản không ghi",
    "du_thao": "Chữ DỰ THẢO, trống nếu không ghi",
    "so_ky_hieu": "Dòng số, ký hiệu để trống chờ ghi",
    "dia_danh_ngay": "Dòng địa danh, ngày tháng để trống chờ ghi",
    "phu_luc": "Số phụ lục, trống nếu không phải phụ lục",
    "kem_theo": "Kèm theo văn bản nào, trống nếu không phải phụ lục",
    "tieu_de": "Tên văn bản, chữ in hoa",
    "phu_de": "Danh sách các dòng dưới tên: địa bàn, thời gian, kế hoạch",
    "dong": "Danh sách tất cả các dòng của các bảng, theo thứ tự in",
    "bang": "Danh sách các bảng",
    "tom_tat": "Danh sách các câu tổng số",
    "noi_nhan": "Danh sách nơi nhận",
    "chu_ky": "Danh sách khối ký",
    "phien_ban": "Phiên bản dữ liệu",
    "ngay_in": "Ngày in",
    "lien_ket": "Địa chỉ lịch trực tuyến",
}
TABLE_TAGS: Final = {
    "tieu_de": "Tên bảng, trống nếu không có",
    "mau": "Thứ tự của kiểu bảng, từ 0; các bảng cùng cột có cùng số",
    "cot": "Danh sách tên các cột",
    "dong": "Danh sách các dòng của bảng",
    "tong": "Danh sách các dòng tổng",
    "trong": "Câu thay cho bảng khi không có dòng nào; trống khi có",
}
ROW_TAGS: Final = {
    "nhom": "Tên nhóm: tháng, tuần, ngày; trống nếu không chia nhóm",
    "mo_nhom": "Đúng ở dòng đầu của một nhóm có tên",
    "bi_huy": "Đúng khi hoãn hoặc huỷ",
    "hinh": "Số cột mà từng ô chiếm, ví dụ 1-1-1; dùng cho dòng tổng",
    "o": "Danh sách các ô; mỗi ô có chu (chữ) và nho (dòng nhỏ, kèm dấu xuống dòng)",
}
SIGNATURE_TAGS: Final = {"nguoi_ky": "Chức danh", "cach_ky": "Cách ký", "ho_ten": "Họ tên, thường để trống"}


def tags_of(document: Document) -> dict[str, Tag]:
    """Return every tag with its value; nothing in it is more than text, numbers, lists and dictionaries of them."""
    frame = document.frame
    layouts = list(dict.fromkeys(section.columns for section in document.sections))
    tables: list[Tag] = [_table(section, layouts.index(section.columns)) for section in document.sections]
    rows: list[Tag] = [row for section in document.sections for row in _rows(section)]
    signatures: list[Tag] = [
        {"nguoi_ky": _text(each.who), "cach_ky": _text(each.how), "ho_ten": _text(each.name)}
        for each in frame.signatures
    ]
    return {
        "co_quan_chu_quan": _text("\n".join(frame.authority[:-1])),
        "co_quan": _text("".join(frame.authority[-1:])),
        "quoc_hieu": NATIONAL_TITLE if frame.has_national_title else "",
        "tieu_ngu": MOTTO if frame.has_national_title else "",
        "du_thao": _text(frame.draft_mark),
        "so_ky_hieu": _text(frame.number_line),
        "dia_danh_ngay": _text(frame.date_line),
        "phu_luc": "" if frame.appendix is None else _text(frame.appendix.number),
        "kem_theo": "" if frame.appendix is None else _text(frame.appendix.attached_to),
        "tieu_de": _text(document.title),
        "phu_de": _texts(document.subtitle),
        "dong": rows,
        "bang": tables,
        "tom_tat": _texts(document.summary),
        "noi_nhan": _texts(frame.recipients),
        "chu_ky": signatures,
        "phien_ban": _text(document.revision),
        "ngay_in": _text(document.printed_on),
        "lien_ket": _text(document.link),
    }


def column_tag(heading: str) -> str:
    """Return the tag of a column: "Thời gian (dương, âm)" is `thoi_gian`."""
    return OTHER.sub("_", strip_marks(IN_BRACKETS.sub("", heading)).lower()).strip("_")


def _table(section: Section, layout: int) -> Tag:
    return {
        "tieu_de": _text(section.title),
        "mau": layout,
        "cot": _texts(tuple(column.heading for column in section.columns)),
        "dong": list(_rows(section)),
        "tong": [_row(section, row, "", is_first=False) for row in section.totals],
        "trong": "" if section.rows else _text(section.nothing),
    }


def _rows(section: Section) -> Iterator[Tag]:
    for group in section.groups:
        for number, row in enumerate(group.rows):
            yield _row(section, row, group.title, is_first=number == 0)


def _row(section: Section, row: Row, group: str, *, is_first: bool) -> Tag:
    named: dict[str, Tag] = {column_tag(column.heading): "" for column in section.columns}
    position = 0
    for cell in row.cells:
        named[column_tag(section.columns[position].heading)] = _text("\n".join(cell.lines))
        position += cell.span
    return {
        **named,
        "nhom": _text(group),
        "mo_nhom": is_first and bool(group),
        "bi_huy": row.kind == "off",
        "hinh": shape_of(row),
        "o": [_cell(cell) for cell in row.cells],
    }


def shape_of(row: Row) -> str:
    """Return how many columns each cell covers: "4-1-1-1-5"."""
    return "-".join(str(cell.span) for cell in row.cells)


def _cell(cell: Cell) -> Tag:
    small = _text(cell.small)
    return {"chu": _text(cell.text), "nho": f"\n{small}" if small and cell.text else small}


def _texts(texts: tuple[str, ...]) -> list[Tag]:
    return [_text(text) for text in texts]


def _text(text: str) -> str:
    """Return the text as Word keeps it: no controls, which its file cannot carry or would be breaks of pages."""
    return legal_text(text).replace("\r", "").replace("\t", " ")
