"""The sheet "Trực quan": postings in, out and back again."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from events.models import Activity, Campaign
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from events.workbook.report import FieldChange
from tests.events.workbook.makers import Rows, World, activity_row, counts_of, make_world, problems_of
from tests.factories import make_area, make_planner, make_unit, make_user
from units.models import Role
from units.permissions import viewer_of
from visuals.commands import PostingPlan
from visuals.models import Posting
from visuals.planning import posting_plans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.workbook.layout import CellRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def world() -> World:
    make_unit("PVHTT-CAOLOC-2")
    return make_world()


def posting_row(code: str = "P1", **cells: Any) -> CellRow:
    row: CellRow = {
        "Mã mục": code,
        "Mã hoạt động": "A1",
        "Hình thức": "pa nô",
        "Khẩu hiệu": "Chào mừng Ngày ASEAN",
        "ĐVT": "cái",
        "Số lượng": 2,
        "Đơn vị thực hiện": "PVHTT-CAOLOC",
    }
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def rows_with(*postings: CellRow, resources: str = "") -> Rows:
    """A fortnight of display in Gia Cát from 01/08/2023 with these postings."""
    activity = activity_row(
        Loại_hình="Cổ động trực quan", Ngày_bắt_đầu="01/08/2023", Ngày_kết_thúc="14/08/2023", Giờ_bắt_đầu=None,
        Giờ_kết_thúc=None, Nguồn_lực=resources,
    )  # fmt: skip
    return Rows(activities=[activity], postings=list(postings))


def import_rows(rows: Rows) -> dict[str, tuple[int, int, int, int]]:
    return counts_of(import_workbook(rows.content(), by=None))


def test_every_column_is_stored(world: World) -> None:
    face = world.face.resource.code
    row = posting_row(
        Mặt_bảng=face, Hạn_lắp_đặt="31/07/2023", Hạn_tháo_dỡ=date(2023, 8, 16), Nguồn_kinh_phí="NS1", Số_mặt=2,
        Nguồn_số_liệu="số liệu minh hoạ", Ghi_chú="Thay bạt cũ",
    )  # fmt: skip
    row |= {"Rộng (m)": "10", "Cao (m)": 4.5, "Diện tích (m²)": "180"}
    import_rows(rows_with(row, resources=face))
    assert posting_plans_of(Activity.objects.get()) == (
        PostingPlan(
            code="P1", format="panel", slogan="Chào mừng Ngày ASEAN", count_unit="cái", quantity=2,
            unit_id=world.unit.pk, width_m=Decimal(10), height_m=Decimal("4.5"), sides=2, area_m2=Decimal(180),
            site_id=world.face.site_id, face_id=world.face.pk, install_by=date(2023, 7, 31),
            remove_by=date(2023, 8, 16), funding_source_id=Campaign.objects.get().funding_sources.get().pk,
            quantity_source="số liệu minh hoạ", note="Thay bạt cũ",
        ),
    )  # fmt: skip


def test_a_spot_that_is_no_site_stays_in_words_and_comes_back(world: World) -> None:
    venue = world.hall.venue.name
    rows = rows_with(
        posting_row("P1", Vị_trí="dải phân cách đường tỉnh", Ghi_chú="hai hàng"),
        posting_row("P2", Vị_trí="Cụm cổ động Gia Cát"),
        posting_row("P3", Vị_trí=venue),
    )
    import_rows(rows)
    stored = [(plan.site_id, plan.note) for plan in posting_plans_of(Activity.objects.get())]
    assert stored == [
        (None, "Vị trí: dải phân cách đường tỉnh\nhai hàng"),
        (world.face.site_id, ""),
        (None, f"Vị trí: {venue}"),
    ]
    counts = counts_of(import_workbook(export_workbook(Campaign.objects.get()), by=None))
    assert counts["Trực quan"] == (0, 0, 3, 0)


@pytest.mark.usefixtures("world")
def test_items_of_a_draft_of_another_district_do_not_go_out() -> None:
    rows = rows_with(posting_row())
    rows.activities[0]["Trạng thái"] = "Nháp"
    import_rows(rows)
    carol = viewer_of(make_user("Carol", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),))))
    book = load_workbook(io.BytesIO(export_workbook(Campaign.objects.get(), viewer=carol)))
    assert [book[title].max_row for title in ("Hoạt động", "Trực quan")] == [1, 1]


@pytest.mark.usefixtures("world")
def test_changed_rows_are_named_and_missing_ones_stay() -> None:
    import_rows(rows_with(posting_row("P1"), posting_row("P2")))
    report = import_workbook(rows_with(posting_row("P1", Số_lượng=1200), posting_row("P3")).content(), by=None)
    assert counts_of(report)["Trực quan"] == (1, 1, 0, 1)
    assert report.sheets[2].changed[0].fields == (FieldChange(column="Số lượng", before="2", after="1.200"),)
    assert list(Posting.objects.values_list("code", "quantity")) == [("P1", 1200), ("P2", 2), ("P3", 2)]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"Mã_hoạt_động": "A9"}, "B – Mã hoạt động", "The sheet “Hoạt động” has no activity with the code “A9”."),
        (
            {"Hình_thức": "bảng"},
            "C – Hình thức",
            ("“bảng” is not one of the allowed values: pa nô, băng rôn, phướn, cờ, áp phích, LED, cổng chào."),
        ),
        (
            {"Vị_trí": "Cụm cổ động Gia Cat 1"},
            "K – Vị trí",
            (
                "No venue or display site in Xã Gia Cát is called “Cụm cổ động Gia Cat 1”. Did you mean "
                "«Cụm cổ động Gia Cát»?"
            ),
        ),
        (
            {"Nguồn_kinh_phí": "NS8"},
            "P – Nguồn kinh phí",
            "The code “NS8” is not in the sheet “Kế hoạch”; it has: NS1.",
        ),
        ({"Đơn_vị_thực_hiện": None}, "O – Đơn vị thực hiện", "“Đơn vị thực hiện” is empty; please fill it in."),
        (
            {"Đơn_vị_thực_hiện": "PVHTT-CAOLOC; PVHTT-CAOLOC-2"},
            "O – Đơn vị thực hiện",
            "Give the code of exactly one unit.",
        ),
        ({"Số_lượng": "2,5"}, "I – Số lượng", "«2,5» has too many decimals; at most 0 are kept."),
        (
            {"ĐVT": "lượt"},
            None,
            ("Hạng mục P1: đơn vị tính «lượt» không dùng cho hình thức này; hãy chọn m², cụm, cái, tấm."),
        ),
        (
            {"Hạn_lắp_đặt": "05/08/2023"},
            None,
            (
                "Hạng mục P1: hạn lắp đặt 05/08/2023 muộn hơn ngày bắt đầu treo 01/08/2023; hãy chọn hạn "
                "lắp đặt không muộn hơn 01/08/2023."
            ),
        ),
    ],
)
def test_a_bad_cell(cells: dict[str, Any], column: str | None, sentence: str) -> None:
    assert problems_of(rows_with(posting_row(**cells)).content()) == [(("Trực quan", 2, column), sentence)]
    assert Campaign.objects.count() == 0


def test_a_face_must_be_among_what_the_activity_takes(world: World) -> None:
    code = world.face.resource.code
    assert problems_of(rows_with(posting_row(Mặt_bảng=code)).content()) == [
        (
            ("Trực quan", 2, "L – Mặt bảng"),
            f"The activity A1 does not take the face {code}; add the code to its “Nguồn lực”.",
        )
    ]


def test_what_is_no_face_is_refused(world: World) -> None:
    code = world.hall.resource.code
    assert problems_of(rows_with(posting_row(Mặt_bảng=code), resources=code).content()) == [
        (("Trực quan", 2, "L – Mặt bảng"), "Give the code of exactly one face of a display site.")
    ]


@pytest.mark.usefixtures("world")
def test_a_code_stands_once_in_an_activity() -> None:
    assert problems_of(rows_with(posting_row("P1"), posting_row("P1")).content()) == [
        (("Trực quan", 3, "A – Mã mục"), "The code “P1” already stands in row 2.")
    ]


@pytest.mark.usefixtures("world")
def test_a_size_that_no_column_holds_is_refused() -> None:
    found = problems_of(rows_with(posting_row() | {"Rộng (m)": 100_000}).content())
    assert [place for place, _message in found] == [("Trực quan", 2, None)]


def test_a_unit_planner_hangs_nothing_elsewhere(world: World) -> None:
    import_workbook(rows_with().content(), by=make_planner())
    bob = make_user("Bob", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area("Huyện Bình Gia"),)))
    assert problems_of(rows_with(posting_row()).content(), by=bob) == [
        (("Trực quan", 2, None), "You may plan only in the areas of your own unit; ask the Department's planner.")
    ]
    assert world.unit.postings.count() == 0
