"""A small world and good workbooks in it, for tests to spoil."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from core.errors import ImportRejected
from events.workbook.exporting import write_workbook
from events.workbook.importing import import_workbook
from tests.factories import make_area, make_face, make_site, make_space, make_unit, make_venue
from venues.models import Area, AreaLevel, Face, Space

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook

    from events.workbook.layout import CellRow
    from events.workbook.report import ImportReport
    from units.models import Unit, User


@dataclass(frozen=True, kw_only=True)
class World:
    """Cao Lộc with one commune, its office, a hall and a panel."""

    district: Area
    commune: Area
    unit: Unit
    hall: Space
    face: Face


def make_world() -> World:
    province = make_area("Tỉnh Lạng Sơn", level=AreaLevel.PROVINCE, slug="tinh-lang-son")
    district = make_area("Huyện Cao Lộc", parent=province, slug="huyen-cao-loc", valid_to=date(2025, 6, 30))
    commune = make_area("Xã Gia Cát", level=AreaLevel.COMMUNE, parent=district, valid_to=date(2025, 6, 30))
    make_area("Huyện Chi Lăng", parent=province)
    hall = make_space(make_venue("Nhà văn hóa xã Gia Cát", area=commune), name="Hội trường xã Gia Cát")
    face = make_face(make_site("Cụm cổ động Gia Cát", area=commune), name="Pa nô Gia Cát")
    unit = make_unit("PVHTT-CAOLOC", areas=(district,), name="Phòng Văn hóa và Thông tin huyện Cao Lộc")
    return World(district=district, commune=commune, unit=unit, hall=hall, face=face)


def campaign_rows() -> list[CellRow]:
    return [
        {"Mục": "Mã kế hoạch", "Nội dung": "thu-2023"},
        {"Mục": "Tên kế hoạch", "Nội dung": "Kế hoạch thử"},
        {"Mục": "Năm", "Nội dung": 2023},
        {"Mục": "Bắt đầu", "Ngày": date(2023, 5, 1)},
        {"Mục": "Kết thúc", "Ngày": date(2023, 12, 31)},
        {"Mục": "Đơn vị chủ trì", "Mã": "PVHTT-CAOLOC"},
        {"Mục": "Nội dung tuyên truyền", "Mã": "ND1", "Nội dung": "Lợi ích"},
        {"Mục": "Nguồn kinh phí", "Mã": "NS1", "Nội dung": "Ngân sách"},
    ]


def activity_row(code: str = "A1", **cells: Any) -> CellRow:
    """An evening in the hall of Gia Cát; keys are titles with spaces as underscores."""
    row: CellRow = {
        "Mã": code,
        "Tên hoạt động": f"Đêm văn nghệ {code}",
        "Loại hình": "Giao lưu",
        "Trạng thái": "Đã duyệt",
        "Địa bàn": "Xã Gia Cát, Huyện Cao Lộc",
        "Ngày bắt đầu": date(2023, 8, 8),
        "Giờ bắt đầu": "19h30",
        "Giờ kết thúc": "21h30",
        "Đơn vị chủ trì": "PVHTT-CAOLOC",
    }
    return row | {key.replace("_", " "): value for key, value in cells.items()}


@dataclass(kw_only=True)
class Rows:
    """The rows of a workbook; the default one is good and has one activity."""

    campaign: list[CellRow] = field(default_factory=campaign_rows)
    activities: list[CellRow] = field(default_factory=lambda: [activity_row()])
    postings: list[CellRow] = field(default_factory=list)
    tours: list[CellRow] = field(default_factory=list)
    stops: list[CellRow] = field(default_factory=list)

    def content(self) -> bytes:
        return write_workbook(
            {
                "Kế hoạch": self.campaign,
                "Hoạt động": self.activities,
                "Trực quan": self.postings,
                "Chuyến lưu động": self.tours,
                "Điểm phục vụ": self.stops,
            }
        )


def spoiled(spoil: Callable[[Workbook], object], rows: Rows | None = None) -> bytes:
    """A good workbook after `spoil` has changed it."""
    book = load_workbook(io.BytesIO((rows or Rows()).content()))
    spoil(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


Place = tuple[str, int | None, str | None]


def problems_of(content: bytes, *, by: User | None = None) -> list[tuple[Place, str]]:
    """Where and what: every problem of the workbook; [] when it is good (and then it is imported)."""
    try:
        import_workbook(content, by=by)
    except ImportRejected as rejection:
        return [((each.sheet, each.row, each.column), each.message) for each in rejection.problems]
    return []


def places_of(content: bytes) -> list[Place]:
    return [place for place, _message in problems_of(content)]


def counts_of(report: ImportReport) -> dict[str, tuple[int, int, int, int]]:
    """New, changed, unchanged and missing rows by sheet, sheets without any left out."""
    found = {
        sheet.sheet: (len(sheet.new), len(sheet.changed), sheet.unchanged, len(sheet.missing))
        for sheet in report.sheets
    }
    return {title: counts for title, counts in found.items() if any(counts)}
