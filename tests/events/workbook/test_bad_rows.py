"""Bad cells: each is named with sheet, row and column, all at once, and nothing is saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from events.models import Activity, Campaign
from tests.events.workbook.makers import Rows, World, activity_row, places_of, problems_of
from tests.factories import make_area, make_venue

if TYPE_CHECKING:
    from events.workbook.layout import CellRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def campaign_without(item: str) -> Rows:
    rows = Rows()
    rows.campaign = [row for row in rows.campaign if row["Mục"] != item]
    return rows


def campaign_with(cells: CellRow) -> Rows:
    rows = Rows()
    rows.campaign.append(cells)
    return rows


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (
            {"Ngày_bắt_đầu": "31/02/2023"},
            "G – Ngày bắt đầu",
            "Không có ngày 31/02/2023 trong lịch; hãy kiểm tra lại ngày và tháng.",
        ),
        (
            {"Ngày_bắt_đầu": "2023-08-08"},
            "G – Ngày bắt đầu",
            "«2023-08-08» không phải là ngày; hãy nhập theo dạng ngày/tháng/năm, ví dụ 08/08/2023.",
        ),
        ({"Ngày_bắt_đầu": None}, "G – Ngày bắt đầu", "“Ngày bắt đầu” is empty; please fill it in."),
        ({"Giờ_bắt_đầu": "25h00"}, "H – Giờ bắt đầu", "Không có giờ 25h00; giờ từ 0 đến 23, phút từ 0 đến 59."),
        (
            {"Giờ_kết_thúc": None},
            "J – Giờ kết thúc",
            "Give both the start and the end time, or neither for a whole day.",
        ),
        ({"Giờ_bắt_đầu": None}, "H – Giờ bắt đầu", "Give both the start and the end time, or neither for a whole day."),
        (
            {"Giờ_kết_thúc": "19h30"},
            "J – Giờ kết thúc",
            ("The end must lie after the start; if it passes midnight, give the next day as the last day."),
        ),
        ({"Ngày_kết_thúc": "07/08/2023"}, "I – Ngày kết thúc", "The last day lies before the first day."),
        (
            {"Loại_hình": "Karaoke"},
            "C – Loại hình",
            (
                "“Karaoke” is not one of the allowed values: Cổ động trực quan, Tuyên truyền lưu động, "
                "Triển lãm, Giao lưu, Hội chợ - hội thảo, Tin bài, Lồng ghép."
            ),
        ),
        ({"Tên_hoạt_động": "x" * 256}, "B – Tên hoạt động", "The text has 256 characters; at most 255 are allowed."),
        ({"Địa_bàn": "Huyện Cao Lọc"}, None, ""),
        (
            {"Địa_bàn": "Huyện Cao Lốc Lộc"},
            "E – Địa bàn",
            ("No area is called “Huyện Cao Lốc Lộc” on 08/08/2023. Did you mean «Huyện Cao Lộc, Tỉnh Lạng Sơn»?"),
        ),
        (
            {"Ngày_bắt_đầu": "08/08/2026"},
            "E – Địa bàn",
            ("“Xã Gia Cát, Huyện Cao Lộc” does not exist on 08/08/2026; use the name valid on that day."),
        ),
        (
            {"Địa_điểm": "Nhà văn hoá xã Gia Cat 2"},
            "F – Địa điểm",
            (
                "No venue or display site in Xã Gia Cát is called “Nhà văn hoá xã Gia Cat 2”. Did you "
                "mean «Nhà văn hóa xã Gia Cát»?"
            ),
        ),
        (
            {"Địa_bàn": "Huyện Chi Lăng", "Địa_điểm": "Nhà văn hóa xã Gia Cát"},
            "F – Địa điểm",
            "“Nhà văn hóa xã Gia Cát” does not lie in Huyện Chi Lăng; correct the area or the place.",
        ),
        (
            {"Đơn_vị_chủ_trì": "PVHTT-CAOLOK"},
            "O – Đơn vị chủ trì",
            (
                "The code “PVHTT-CAOLOK” is unknown. Did you mean «PVHTT-CAOLOC (Phòng Văn hóa và Thông "
                "tin huyện Cao Lộc)»?"
            ),
        ),
        ({"Nguồn_lực": "zzzz"}, "U – Nguồn lực", "The code “zzzz” is unknown."),
        (
            {"Nội_dung_tuyên_truyền": "ND9"},
            "Q – Nội dung tuyên truyền",
            "The code “ND9” is not in the sheet “Kế hoạch”; it has: ND1.",
        ),
        ({"Hình_thức": "HT1"}, "R – Hình thức", "The code “HT1” is not in the sheet “Kế hoạch”; it has: –."),
        ({"Số_lượng": "nhiều"}, "V – Số lượng", "«nhiều» không phải là số; hãy nhập như 8,5 hoặc 1.200.000."),
        ({"Số_lượng": -3}, "V – Số lượng", "«-3» is out of range; give a number of 0 or more."),
        ({"Số_lượng": "1,234"}, "V – Số lượng", "«1,234» has too many decimals; at most 2 are kept."),
        ({"Lặp_vào": "T2"}, "K – Lặp lại", "Say how it repeats, for example “hằng tuần”, or empty the other columns."),
        ({"Lặp_lại": "hằng tuần", "Lặp_vào": "T3"}, "M – Lặp đến ngày", "A repeated activity needs its last day."),
        (
            {"Lặp_lại": "thỉnh thoảng", "Lặp_đến_ngày": "30/09/2023"},
            "K – Lặp lại",
            "Không hiểu cách lặp «thỉnh thoảng»; hãy ghi như «hằng tuần» hoặc «2 tuần một lần».",
        ),
        (
            {"Lặp_lại": "hằng tuần", "Lặp_vào": "T9", "Lặp_đến_ngày": "30/09/2023"},
            "L – Lặp vào",
            "Không hiểu ngày lặp «T9»; hãy ghi như «T2, T4», «ngày 1, 15» hoặc «T3 tuần 2».",
        ),
        (
            {"Lặp_lại": "hằng tuần", "Lặp_vào": "T2", "Lặp_đến_ngày": "30/09/2023"},
            "G – Ngày bắt đầu",
            "Ngày bắt đầu 08/08/2023 không khớp với cách lặp; ngày đầu tiên khớp là 14/08/2023.",
        ),
        (
            {"Lặp_lại": "hằng tuần", "Lặp_đến_ngày": "30/07/2023"},
            "M – Lặp đến ngày",
            "The last day lies before the first day.",
        ),
        (
            {"Bỏ_các_ngày": "32/08/2023"},
            "N – Bỏ các ngày",
            "Không có ngày 32/08/2023 trong lịch; hãy kiểm tra lại ngày và tháng.",
        ),
        (
            {"Bỏ_các_ngày": "08/08/2023"},
            "N – Bỏ các ngày",
            "Every date of the activity is left out; keep at least one.",
        ),
        (
            {"Lặp_âm_lịch": "rằm tháng Giêng", "Lặp_lại": "hằng tuần", "Lặp_đến_ngày": "30/09/2023"},
            "N – Lặp âm lịch",
            "An activity repeats by the sun or by the moon; empty one of the two columns.",
        ),
        ({"Thủ_tục": "R9"}, "Y – Thủ tục", "The code “R9” is unknown."),
        ({"Dự_toán_(đồng)": "1,5"}, "Y – Dự toán (đồng)", "«1,5» has too many decimals; at most 0 are kept."),
        ({"Đơn_vị_chủ_trì": None}, "O – Đơn vị chủ trì", "“Đơn vị chủ trì” is empty; please fill it in."),
        ({"Mã": None}, "A – Mã", "“Mã” is empty; please fill it in."),
    ],
)
def test_a_bad_cell_of_an_activity(cells: dict[str, Any], column: str | None, sentence: str) -> None:
    found = problems_of(Rows(activities=[activity_row(**cells)]).content())
    assert found == ([(("Hoạt động", 2, column), sentence)] if column else [])
    assert Activity.objects.count() == (0 if column else 1)


@pytest.mark.parametrize(
    ("rows", "row", "column", "sentence"),
    [
        (campaign_without("Mã kế hoạch"), None, "Mục", "The item “Mã kế hoạch” is missing; add a row for it."),
        (campaign_with({"Mục": "Năm", "Nội dung": 2024}), 10, "A – Mục", "The item “Năm” may stand only once."),
        (
            campaign_with({"Mục": "Căn cứ", "Mã": "1/KH", "Nội dung": None}),
            10,
            "C – Nội dung",
            "“Nội dung” is empty; please fill it in.",
        ),
        (campaign_with({"Mục": "Đơn vị phối hợp", "Mã": "ZZ"}), 10, "B – Mã", "The code “ZZ” is unknown."),
        (
            campaign_with({"Mục": "Hạn báo cáo", "Ngày": "10/13/2023"}),
            10,
            "D – Ngày",
            "Không có ngày 10/13/2023 trong lịch; hãy kiểm tra lại ngày và tháng.",
        ),
        (
            campaign_with({"Mục": "Hạn báo cáo", "Ngày": "10/12/2023", "Ghi chú": "sớm"}),
            10,
            "E – Ghi chú",
            "“sớm” is not one of the allowed values: trước ngày, đến hết ngày.",
        ),
        (
            campaign_with({"Mục": "Nội dung tuyên truyền", "Mã": "ND1", "Nội dung": "Nữa"}),
            10,
            "B – Mã",
            "The code “ND1” already stands in row 8.",
        ),
        (
            campaign_with({"Mục": "Chữ ký"}),
            10,
            "A – Mục",
            (
                "“Chữ ký” is not one of the allowed values: Mã kế hoạch, Tên kế hoạch, Năm, Bắt đầu, Kết "
                "thúc, Số văn bản, Ngày văn bản, Đơn vị chủ trì, Đơn vị phối hợp, Mục đích, Yêu cầu, Căn "
                "cứ, Nội dung tuyên truyền, Hình thức, Đối tượng, Nguồn kinh phí, Hạn báo cáo."
            ),
        ),
    ],
)
def test_a_bad_row_of_the_campaign(*, rows: Rows, row: int | None, column: str, sentence: str) -> None:
    assert problems_of(rows.content()) == [(("Kế hoạch", row, column), sentence)]
    assert Campaign.objects.count() == 0


@pytest.mark.parametrize(
    ("index", "cells", "column", "sentence"),
    [
        (
            0,
            {"Nội dung": "kế hoạch"},
            "C – Nội dung",
            "The code “kế hoạch” may have only letters without marks, digits and hyphens.",
        ),
        (2, {"Nội dung": 23}, "C – Nội dung", "“23” is not a year between 1990 and 2100."),
        (4, {"Ngày": date(2023, 4, 1)}, "D – Ngày", "The last day of the campaign lies before the first."),
    ],
)
def test_a_bad_cell_of_the_campaign(*, index: int, cells: dict[str, Any], column: str, sentence: str) -> None:
    rows = Rows()
    rows.campaign[index] |= cells
    assert problems_of(rows.content()) == [(("Kế hoạch", index + 2, column), sentence)]


def test_all_problems_of_all_sheets_are_found_at_once() -> None:
    rows = Rows(
        activities=[
            activity_row("A1", Ngày_bắt_đầu="hôm nay", Địa_bàn="Huyện Nào Đó", Nguồn_lực="zz"),
            activity_row("A1", Đơn_vị_chủ_trì="??"),
            activity_row("A2", Giờ_bắt_đầu="25h00", Địa_điểm="Nơi xa"),
        ],
        postings=[{"Mã mục": "P1", "Mã hoạt động": "A9", "Hình thức": "pa nô"}],
    )
    rows.campaign[2]["Nội dung"] = "hai nghìn"
    assert sorted(places_of(rows.content()), key=str) == [
        ("Hoạt động", 2, "E – Địa bàn"),
        ("Hoạt động", 2, "G – Ngày bắt đầu"),
        ("Hoạt động", 2, "U – Nguồn lực"),
        ("Hoạt động", 3, "A – Mã"),
        ("Hoạt động", 3, "O – Đơn vị chủ trì"),
        ("Hoạt động", 4, "F – Địa điểm"),
        ("Hoạt động", 4, "H – Giờ bắt đầu"),
        ("Kế hoạch", 4, "C – Nội dung"),
        ("Trực quan", 2, "B – Mã hoạt động"),
        ("Trực quan", 2, "D – Khẩu hiệu"),
        ("Trực quan", 2, "H – ĐVT"),
        ("Trực quan", 2, "I – Số lượng"),
        ("Trực quan", 2, "O – Đơn vị thực hiện"),
    ]
    assert Campaign.objects.count() == 0


def test_a_bad_activity_row_is_not_reported_again_by_what_refers_to_it() -> None:
    rows = Rows(
        activities=[activity_row("A1", Loại_hình="Cổ động trực quan", Ngày_bắt_đầu="hôm nay")],
        postings=[
            {
                "Mã mục": "P1", "Mã hoạt động": "A1", "Hình thức": "pa nô", "Khẩu hiệu": "Chào mừng", "ĐVT": "cái",
                "Số lượng": 1, "Đơn vị thực hiện": "PVHTT-CAOLOC",
            }
        ],
    )  # fmt: skip
    assert places_of(rows.content()) == [("Hoạt động", 2, "G – Ngày bắt đầu")]


def test_a_name_that_two_places_share_lists_them(world: World) -> None:
    for code in ("V-A", "V-B"):
        make_venue("Nhà văn hóa thôn", area=world.commune, code=code)
    rows = Rows(activities=[activity_row(Địa_điểm="nha van hoa thon")])
    assert problems_of(rows.content()) == [
        (
            ("Hoạt động", 2, "F – Địa điểm"),
            (
                "“nha van hoa thon” means more than one: Nhà văn hóa thôn (V-A); Nhà văn hóa thôn (V-B). "
                "Write the code or the full name."
            ),
        )
    ]


def test_a_name_that_two_areas_share_lists_them() -> None:
    make_area("Xã Gia Cát", level="commune", parent=make_area("Huyện Văn Lãng"))
    rows = Rows(activities=[activity_row(Địa_bàn="Xã Gia Cát")])
    assert problems_of(rows.content()) == [
        (
            ("Hoạt động", 2, "E – Địa bàn"),
            (
                "“Xã Gia Cát” means more than one: Xã Gia Cát, Huyện Cao Lộc; Xã Gia Cát, Huyện Văn Lãng. "
                "Write the code or the full name."
            ),
        )
    ]


def test_only_one_unit_leads() -> None:
    from tests.factories import make_unit

    make_unit("BAOTANG")
    rows = Rows(activities=[activity_row(Đơn_vị_chủ_trì="PVHTT-CAOLOC; BAOTANG")])
    assert problems_of(rows.content()) == [
        (
            ("Hoạt động", 2, "O – Đơn vị chủ trì"),
            "Only one unit leads; write the others into “Đơn vị phối hợp”.",
        )
    ]
