"""The workbook's sheets and columns, in one readable place; contents are Vietnamese by convention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | Decimal | date | time | None
CellRow: TypeAlias = dict[str, CellValue]  # column title -> value

MAX_BYTES = 20 * 1024 * 1024  # of an uploaded workbook
LEGEND_TITLE = "Hướng dẫn"
YES, NO = "Có", "Không"
ILLUSTRATIVE = "số liệu minh hoạ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title is its key. `is_optional` columns may be missing from a file, which then says nothing."""

    title: str
    width: int = 14
    note: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with its columns in writing order and a sentence for the legend."""

    title: str
    intro: str
    columns: tuple[Column, ...]


KIND_LABELS = {
    "visual_display": "Cổ động trực quan",
    "mobile_team": "Tuyên truyền lưu động",
    "exhibition": "Triển lãm",
    "exchange": "Giao lưu",
    "fair_seminar": "Hội chợ - hội thảo",
    "media_item": "Tin bài",
    "integrated_session": "Lồng ghép",
}
STATUS_LABELS = {
    "draft": "Nháp",
    "tentative": "Dự kiến",
    "confirmed": "Đã duyệt",
    "postponed": "Hoãn",
    "suspended": "Tạm dừng",
    "cancelled": "Đã huỷ",
    "done": "Đã thực hiện",
}

CODE = "Mã kế hoạch"
NAME = "Tên kế hoạch"
YEAR = "Năm"
STARTS = "Bắt đầu"
ENDS = "Kết thúc"
LETTER_NUMBER = "Số văn bản"
LETTER_DATE = "Ngày văn bản"
LEAD_UNIT = "Đơn vị chủ trì"
PARTNER_UNIT = "Đơn vị phối hợp"
OBJECTIVE = "Mục đích"
REQUIREMENT = "Yêu cầu"
BASIS = "Căn cứ"
THEME = "Nội dung tuyên truyền"
FORM = "Hình thức"
AUDIENCE = "Đối tượng"
FUNDING = "Nguồn kinh phí"
REPORT = "Hạn báo cáo"
ITEMS = (
    CODE, NAME, YEAR, STARTS, ENDS, LETTER_NUMBER, LETTER_DATE, LEAD_UNIT, PARTNER_UNIT, OBJECTIVE, REQUIREMENT,
    BASIS, THEME, FORM, AUDIENCE, FUNDING, REPORT,
)  # fmt: skip
PRIORITY = "ưu tiên"
BEFORE_DAY = "trước ngày"

CAMPAIGN_SHEET = Sheet(
    title="Kế hoạch",
    intro="Mỗi dòng là một mục của kế hoạch; mục nào có nhiều nội dung thì ghi nhiều dòng.",
    columns=(
        Column(title="Mục", width=24, is_required=True, choices=ITEMS, note="Chọn trong danh sách."),
        Column(title="Mã", width=20, note="Mã đơn vị, mã nội dung (ND1…), hình thức (HT1…), đối tượng (DT1…), NS1…"),
        Column(title="Nội dung", width=80, note="Lời của văn bản."),
        Column(title="Ngày", width=14, note="ngày/tháng/năm, ví dụ 10/12/2023."),
        Column(title="Ghi chú", width=36, note="Căn cứ: cơ quan ban hành; đối tượng: «ưu tiên»; hạn: «trước ngày»."),
    ),
)

ACTIVITY_SHEET = Sheet(
    title="Hoạt động",
    intro="Mỗi dòng là một hoạt động có ngày. Nhiều mã trong một ô cách nhau bằng dấu chấm phẩy.",
    columns=(
        Column(title="Mã", width=14, is_required=True, note="Duy nhất trong kế hoạch; nhập lại thì sửa đúng dòng này."),
        Column(title="Tên hoạt động", width=48, is_required=True),
        Column(title="Loại hình", width=22, is_required=True, choices=tuple(KIND_LABELS.values())),
        Column(title="Trạng thái", width=14, choices=tuple(STATUS_LABELS.values()), note="Để trống là «Nháp»."),
        Column(
            title="Địa bàn", width=28, is_required=True,
            note="Tên địa bàn có hiệu lực vào ngày bắt đầu; xã ghi kèm huyện: «Xã Gia Cát, Huyện Cao Lộc».",
        ),
        Column(title="Địa điểm", width=40, note="Tên địa điểm hoặc vị trí cổ động, cách nhau bằng dấu chấm phẩy."),
        Column(title="Ngày bắt đầu", is_required=True, note="ngày/tháng/năm"),
        Column(title="Giờ bắt đầu", width=12, note="19h30; để trống là cả ngày."),
        Column(title="Ngày kết thúc", note="Tính cả ngày này; để trống là cùng ngày bắt đầu."),
        Column(title="Giờ kết thúc", width=12, note="21h30; 24h00 là nửa đêm cuối ngày."),
        Column(title="Lặp lại", width=16, note="hằng tuần, hằng tháng, 2 tuần một lần…"),
        Column(title="Lặp vào", width=18, note="T2, T4; ngày 1, 15; T3 tuần 2"),
        Column(title="Lặp đến ngày", note="Ngày cuối cùng có thể có buổi; hoặc «không thời hạn»."),
        Column(
            title="Lặp âm lịch", width=24, is_optional=True,
            note="Thay cho ba cột trên: «rằm tháng Giêng hằng năm», «ngày 2, 7, 12, 17, 22, 27 hằng tháng».",
        ),
        Column(title="Số buổi", width=10, is_optional=True, note="Thay cho «Lặp đến ngày»."),
        Column(title="Bỏ các ngày", width=24, note="02/09/2023; 04/09/2023"),
        Column(title="Ngày bổ sung", width=24, is_optional=True, note="Ngày thêm ngoài cách lặp; có thể kèm giờ."),
        Column(title="Đơn vị chủ trì", width=18, is_required=True, note="Mã đơn vị."),
        Column(title="Đơn vị phối hợp", width=26, note="Các mã đơn vị."),
        Column(title="Nội dung tuyên truyền", width=18, note="Mã ND1; ND2… của trang Kế hoạch."),
        Column(title="Hình thức", width=14, note="Mã HT1…"),
        Column(title="Đối tượng", width=14, note="Mã DT1…"),
        Column(title="Nguồn kinh phí", width=14, note="Mã NS1…"),
        Column(title="Nguồn lực", width=26, note="Mã không gian, mặt bảng, đội, xe, thiết bị được dùng."),
        Column(title="Số lượng", width=10, note="8,5 hoặc 1.200"),
        Column(title="ĐVT", width=10),
        Column(title="Nguồn số liệu", width=20, note=f"Số không có trong văn bản ghi «{ILLUSTRATIVE}»."),
        Column(title="Số người dự kiến", width=12, is_optional=True),
        Column(title="Dự toán (đồng)", width=14, is_optional=True, note="1.200.000"),
        Column(title="Thủ tục", width=14, is_optional=True, note="Mã thủ tục cần thêm ngoài thủ tục của loại hình."),
        Column(title="Công khai", width=10, choices=(YES, NO), note="Để trống là «Có»."),
        Column(title="Mô tả", width=48, note="Lời giới thiệu cho người dân."),
        Column(title="Ghi chú", width=36, note="Chỉ cán bộ thấy."),
        Column(title="Lý do", width=30, is_optional=True, note="Lý do hoãn, tạm dừng hoặc huỷ."),
    ),
)  # fmt: skip
