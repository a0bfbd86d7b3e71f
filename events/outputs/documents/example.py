"""A made-up document with something in every tag, on which a template is tried before an office keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.keys import OccurrenceKey
from events.outputs.documents.model import Appendix, Cell, Document, DocumentFrame, Row, RowGroup, Section, Signature

if TYPE_CHECKING:
    from events.outputs.documents.model import Column, RowKind

KEY: Final = OccurrenceKey("vi-du@pano", datetime(2023, 8, 8, tzinfo=UTC))
WHOLE_FRAME: Final = DocumentFrame(
    authority=("CƠ QUAN CHỦ QUẢN", "CƠ QUAN BAN HÀNH"),
    has_national_title=True,
    number_line="Số: ……/KH-VHTT",
    date_line="…………………, ngày …… tháng …… năm ………",
    recipients=("Như trên", "Lưu: VT"),
    signatures=(
        Signature(who="NGƯỜI LẬP BIỂU", how="Ký, ghi rõ họ tên"),
        Signature(who="KẾ TOÁN", how="Ký, ghi rõ họ tên"),
        Signature(who="THỦ TRƯỞNG ĐƠN VỊ", how="Ký tên, đóng dấu", name="Họ và tên"),
    ),
    appendix=Appendix(number="Phụ lục I", attached_to="Kèm theo Kế hoạch số …/KH ngày … của …"),
)


def example_document(kind: str, columns: tuple[Column, ...], *, frame: DocumentFrame = WHOLE_FRAME) -> Document:
    """Return two tables with these columns: groups, a row called off, sums; every part of the frame filled in."""
    groups = tuple(
        RowGroup(title=f"Nhóm {number}", rows=(_row(columns, "entry"), _row(columns, "off"))) for number in (1, 2)
    )
    total = Row(cells=(Cell(text="Cộng", span=len(columns)),), kind="total")
    tables = tuple(
        Section(columns=columns, groups=groups, title=f"Bảng {number}", totals=(total,)) for number in (1, 2)
    )
    return _document(kind, tables, frame)


def empty_example(kind: str, columns: tuple[Column, ...]) -> Document:
    """Return the same without a row, and with nothing in the frame that may be left out."""
    nothing = Section(columns=columns, groups=(), nothing="Không có hoạt động nào.")
    return _document(kind, (nothing,), DocumentFrame(draft_mark=""))


def _document(kind: str, sections: tuple[Section, ...], frame: DocumentFrame) -> Document:
    return Document(
        kind=kind,
        title="TÊN VĂN BẢN",
        subtitle=("Địa bàn: Ví dụ", "(Từ ngày 01/08/2023 đến ngày 31/08/2023)"),
        frame=frame,
        sections=sections,
        summary=("Tổng số: 4 dòng.",),
        revision="vidu",
        printed_on="01/08/2023",
        link="https://vi-du.invalid/",
        file_name=f"mau-{kind}",
    )


def _row(columns: tuple[Column, ...], kind: RowKind) -> Row:
    return Row(
        cells=tuple(Cell(text=f"{column.heading} …", small="dòng nhỏ") for column in columns), keys=(KEY,), kind=kind
    )
