"""The route sheet: what the driver has on the dashboard and every commune stamps (A4 landscape).

Its columns are those of the travel paper (giấy đi đường) and of the trade; a stop is a block of two lines, so that
sixteen columns stay readable. Everything here is text that is ready to print.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from events.outputs.pdf import render_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.outputs.documents.model import DocumentFrame
    from events.outputs.pdf import Enclosure

TEMPLATE: Final = "print/route_sheet.html"
STYLE_SHEET: Final = Path(__file__).resolve().parents[2] / "templates" / "print" / "route_sheet.css"
# Thông tư 20/2014/TT-BVHTTDL ngày 09/12/2014, Điều 6.
EQUIPMENT: Final = (
    "Bản tin, báo, tạp chí",
    "Tài liệu tuyên truyền, tờ rơi",
    "Máy chiếu, máy tính, máy ảnh, máy quay",
    "Đầu phát hình, phát thanh",
    "Nhạc cụ",
    "Âm thanh, ánh sáng",
    "Băng, cờ, khẩu hiệu, khung giá triển lãm",
    "Trang phục, đạo cụ",
    "Xe tuyên truyền chuyên dụng",
    "Máy phát điện, xăng dầu",
    "Sân khấu di động",
    "Thiết bị khác: ổ cắm, dây, mưa bạt, thuốc",
)
ROLES: Final = ("Trưởng đoàn", "Tuyên truyền viên", "Diễn viên, nhạc công", "Âm thanh – ánh sáng", "Lái xe")
DOCUMENTS: Final = (
    "Giấy đi đường của từng người",
    "Lệnh điều xe",
    "Công văn phối hợp với địa phương",
    "Kịch bản, lời dẫn đã duyệt",
    "Giấy đăng ký, đăng kiểm, bảo hiểm xe",
    "Phiếu lộ trình này (có xác nhận)",
)
EMERGENCY: Final = (("113", "Công an"), ("114", "Cứu hỏa, cứu nạn"), ("115", "Cấp cứu y tế"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStop:
    """One stop as printed; a stop that is off has no drive and keeps its row, struck through.

    `after` is the line below the block: the way home or the night's place, empty between stops of one day.
    """

    number: int
    weekday: str
    date: str
    lunar: str
    departure: str
    arrival: str
    km: str
    is_estimate: bool
    commune: str
    place: str
    point: str
    road: str
    setup: str
    show: str
    wait: str
    title: str
    power: str
    rain: str
    audience: str
    contact: str
    phone: str
    lodging: str
    is_off: bool
    status: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningItem:
    """One item of a programme; `minutes` is empty where the plan gives none."""

    text: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOrder:
    """A programme and the numbers of the stops that show it; `total` is empty unless every item has its minutes."""

    stops: str
    items: tuple[RunningItem, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSheet:
    """Everything on the sheet, with the head and foot that the team's unit keeps for it.

    `is_internal` False is the public edition: no contact, lodging, plate or note.
    """

    name: str
    code: str
    frame: DocumentFrame
    campaign: str
    basis: tuple[str, ...]
    team: str
    vehicle: str
    plate: str
    depot: str
    departs: str
    returns: str
    km: str
    is_estimate: bool
    stops: tuple[SheetStop, ...]
    warnings: tuple[str, ...]
    running_orders: tuple[RunningOrder, ...]
    border_note: str
    note: str
    assumptions: str
    revision: str
    link: str
    qr: str
    is_internal: bool


def render_route_sheet_html(sheet: RouteSheet) -> str:
    """Return the sheet as one HTML document in Vietnamese."""
    fixed = {"equipment": EQUIPMENT, "roles": ROLES, "documents": DOCUMENTS, "emergency": EMERGENCY}
    return render_to_string(TEMPLATE, {"sheet": sheet, **fixed})


def render_route_sheet(sheet: RouteSheet, *, archive: Sequence[Enclosure] = ()) -> bytes:
    """Return the sheet as a tagged PDF, PDF/A-3 with files to carry; equal sheets give equal bytes."""
    return render_pdf(render_route_sheet_html(sheet), base_css=(STYLE_SHEET,), archive=archive)
