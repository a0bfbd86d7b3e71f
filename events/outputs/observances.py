"""Days of note: national days, the sector's, ASEAN's and the province's own.

Source: the Labour Code 2019 article 112 and the founding documents named beside each; last checked 24/11/2026.
Only fixed days are listed; lunar feasts follow from the lunar date in `LUNAR_DAYS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.lunar import to_lunar


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """A day of note: `since` is its first year, `is_day_off` whether offices are closed."""

    name: str
    since: int = 1900
    is_day_off: bool = False


SOLAR_DAYS: Final[dict[tuple[int, int], Observance]] = {
    (1, 1): Observance(name="Tết Dương lịch", is_day_off=True),
    (3, 2): Observance(name="Ngày thành lập Đảng", since=1930),
    (3, 3): Observance(name="Ngày Biên phòng toàn dân", since=1989),
    (30, 4): Observance(name="Ngày Giải phóng miền Nam", since=1975, is_day_off=True),
    (1, 5): Observance(name="Quốc tế Lao động", is_day_off=True),
    (7, 5): Observance(name="Chiến thắng Điện Biên Phủ", since=1954),
    (19, 5): Observance(name="Ngày sinh Chủ tịch Hồ Chí Minh"),
    (5, 6): Observance(name="Ngày Môi trường thế giới", since=1973),
    (21, 6): Observance(name="Ngày Báo chí cách mạng", since=1925),
    (28, 6): Observance(name="Ngày Gia đình Việt Nam", since=2001),
    (27, 7): Observance(name="Ngày Thương binh – Liệt sĩ", since=1947),
    (28, 7): Observance(name="Việt Nam gia nhập ASEAN", since=1995),
    (8, 8): Observance(name="Ngày ASEAN", since=1967),
    (19, 8): Observance(name="Cách mạng tháng Tám", since=1945),
    (28, 8): Observance(name="Ngày truyền thống ngành Văn hoá", since=1945),
    (2, 9): Observance(name="Quốc khánh", since=1945, is_day_off=True),
    (10, 10): Observance(name="Chiến thắng Chi Lăng"),
    (4, 11): Observance(name="Ngày thành lập tỉnh Lạng Sơn"),
    (18, 11): Observance(name="Ngày Đại đoàn kết toàn dân tộc", since=2003),
    (20, 11): Observance(name="Ngày Nhà giáo Việt Nam", since=1982),
    (23, 11): Observance(name="Ngày Di sản văn hoá Việt Nam", since=2005),
    (24, 11): Observance(name="Ngày Văn hoá Việt Nam", since=2026),
    (15, 12): Observance(name="Hiến chương ASEAN có hiệu lực", since=2008),
    (22, 12): Observance(name="Ngày thành lập Quân đội nhân dân", since=1944),
    (31, 12): Observance(name="Cộng đồng ASEAN hình thành", since=2015),
}
LUNAR_DAYS: Final[dict[tuple[int, int], Observance]] = {
    (1, 1): Observance(name="Tết Nguyên đán", is_day_off=True),
    (2, 1): Observance(name="Mùng 2 Tết", is_day_off=True),
    (3, 1): Observance(name="Mùng 3 Tết", is_day_off=True),
    (15, 1): Observance(name="Rằm tháng Giêng"),
    (10, 3): Observance(name="Giỗ Tổ Hùng Vương", is_day_off=True),
    (15, 8): Observance(name="Tết Trung thu"),
}


def observances_on(day: date) -> tuple[Observance, ...]:
    """Return what the day is known for, solar days first; empty for most days. Years 1901 to 2099."""
    lunar = to_lunar(day)
    found = (
        SOLAR_DAYS.get((day.day, day.month)),
        None if lunar.is_leap else LUNAR_DAYS.get((lunar.day, lunar.month)),
    )
    return tuple(each for each in found if each is not None and each.since <= day.year)
