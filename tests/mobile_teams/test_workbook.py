"""The sheets of tours and stops: in, out and back again."""

from __future__ import annotations

import io
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from events.models import Campaign
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from events.workbook.report import FieldChange
from mobile_teams.models import Stop, Tour
from mobile_teams.planning import tour_plan_of
from tests.events.workbook.makers import Rows, World, activity_row, counts_of, make_world, problems_of
from tests.factories import make_area, make_planner, make_unit, make_user
from tests.mobile_teams.makers import make_team, make_vehicle
from units.models import Role
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.workbook.layout import CellRow
    from mobile_teams.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def world() -> World:
    return make_world()


@pytest.fixture
def team() -> Team:
    return make_team()


def tour_row(team: Team, code: str = "T1", **cells: Any) -> CellRow:
    row: CellRow = {"Mã chuyến": code, "Tên chuyến": "Chuyến Gia Cát", "Đội": team.resource.code}
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def stop_row(number: int, tour: str = "T1", **cells: Any) -> CellRow:
    row: CellRow = {"Mã chuyến": tour, "Thứ tự": number, "Mã hoạt động": f"A{number}"}
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def rows_with(team: Team, *, tours: list[CellRow], stops: list[CellRow], **cells: Any) -> Rows:
    """Two shows of the team in Gia Cát, 08/08 and 09/08/2023."""
    shows = [
        activity_row(
            f"A{number}", Loại_hình="Tuyên truyền lưu động", Ngày_bắt_đầu=f"{7 + number:02}/08/2023",
            Nguồn_lực=cells.get("resources", team.resource.code),
        )
        for number in (1, 2)
    ]  # fmt: skip
    return Rows(activities=shows, tours=tours, stops=stops)


def good(team: Team) -> Rows:
    return rows_with(team, tours=[tour_row(team)], stops=[stop_row(2), stop_row(1)])


def test_every_column_is_stored(team: Team) -> None:
    vehicle = make_vehicle()
    tour = tour_row(
        team, Xe=vehicle.resource.code, Điểm_xuất_phát="nhà văn hóa xã Gia Cát", Giờ_xuất_phát="14h30", Ghi_chú="Sớm"
    )
    stop = stop_row(
        1, Chương_trình="Múa\nKịch", Phương_án_mưa="Hội trường", Ăn_nghỉ="tại chỗ", Người_xem_dự_kiến="1.200",
        Nguồn_số_liệu="số liệu minh hoạ", Ghi_chú="báo trước",
    )  # fmt: skip
    stop |= {"Lắp đặt (phút)": 90, "Điện, sân khấu": "Máy phát"}
    codes = f"{team.resource.code}; {vehicle.resource.code}"
    import_workbook(rows_with(team, tours=[tour], stops=[stop], resources=codes).content(), by=None)
    plan = tour_plan_of(Tour.objects.get())
    assert (plan.departs_at, plan.note, plan.vehicle_id) == (time(14, 30), "Sớm", vehicle.pk)
    assert Tour.objects.get().depot.name == "Nhà văn hóa xã Gia Cát"
    (found,) = plan.stops
    assert (found.setup_minutes, found.running_order, found.rain_plan, found.power) == (
        90, "Múa\nKịch", "Hội trường", "Máy phát",
    )  # fmt: skip
    assert (found.lodging, found.expected_audience, found.quantity_source, found.note) == (
        "tại chỗ", 1200, "số liệu minh hoạ", "báo trước",
    )  # fmt: skip


def test_stops_are_driven_in_their_order_and_come_back(team: Team) -> None:
    import_workbook(good(team).content(), by=None)
    assert list(Stop.objects.values_list("position", "activity__code")) == [(1, "A1"), (2, "A2")]
    counts = counts_of(import_workbook(export_workbook(Campaign.objects.get()), by=None))
    assert (counts["Chuyến lưu động"], counts["Điểm phục vụ"]) == ((0, 0, 1, 0), (0, 0, 2, 0))
    assert Tour.objects.get().version == 1


def test_a_tour_with_a_stop_that_the_planner_may_not_see_is_left_out_whole(team: Team) -> None:
    rows = good(team)
    rows.activities[1]["Trạng thái"] = "Nháp"
    import_workbook(rows.content(), by=None)
    carol = viewer_of(make_user("Carol", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),))))
    book = load_workbook(io.BytesIO(export_workbook(Campaign.objects.get(), viewer=carol)))
    assert [book[title].max_row for title in ("Hoạt động", "Chuyến lưu động", "Điểm phục vụ")] == [2, 1, 1]


def test_a_contact_that_no_column_holds_stays(team: Team) -> None:
    import_workbook(good(team).content(), by=None)
    Stop.objects.update(contact_name="Bà Lan", contact_phone="0205")
    rows = rows_with(team, tours=[tour_row(team)], stops=[stop_row(1, Ghi_chú="mới")])
    report = import_workbook(rows.content(), by=None)
    assert counts_of(report)["Điểm phục vụ"] == (0, 1, 0, 1)
    assert report.sheets[4].changed[0].fields == (FieldChange(column="Ghi chú", before="", after="mới"),)
    assert list(Stop.objects.values_list("contact_name", "note")) == [("Bà Lan", "mới"), ("Bà Lan", "")]


def test_a_tour_that_the_file_leaves_out_stays(team: Team) -> None:
    import_workbook(good(team).content(), by=None)
    report = import_workbook(rows_with(team, tours=[], stops=[]).content(), by=None)
    assert (report.sheets[3].missing, Tour.objects.count()) == (("T1",), 1)


def spoilt(team: Team, *, tour: dict[str, Any] | None = None, stop: dict[str, Any] | None = None) -> Rows:
    return rows_with(team, tours=[tour_row(team, **(tour or {}))], stops=[stop_row(1), stop_row(2, **(stop or {}))])


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"Mã_chuyến": "T9"}, "A – Mã chuyến", "The sheet “Chuyến lưu động” has no tour with the code “T9”."),
        ({"Mã_hoạt_động": "A9"}, "C – Mã hoạt động", "The sheet “Hoạt động” has no activity with the code “A9”."),
        ({"Mã_hoạt_động": "A1"}, "C – Mã hoạt động", "“A1” already stands in row 2."),
        ({"Thứ_tự": 1}, "B – Thứ tự", "“1” already stands in row 2."),
        ({"Thứ_tự": "một"}, "B – Thứ tự", "«một» không phải là số; hãy nhập như 8,5 hoặc 1.200.000."),
        (
            {"Người_xem_dự_kiến": "đông"},
            "I – Người xem dự kiến",
            "«đông» không phải là số; hãy nhập như 8,5 hoặc 1.200.000.",
        ),
    ],
)
def test_a_bad_cell_of_a_stop(*, team: Team, cells: dict[str, Any], column: str, sentence: str) -> None:
    assert problems_of(spoilt(team, stop=cells).content()) == [(("Điểm phục vụ", 3, column), sentence)]
    assert Tour.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"Đội": None}, "C – Đội", "“Đội” is empty; please fill it in."),
        ({"Xe": "xe-zz"}, "D – Xe", "The code “xe-zz” is unknown."),
        (
            {"Điểm_xuất_phát": "Nơi nào đó xa lắm"},
            "E – Điểm xuất phát",
            "No venue or display site is called “Nơi nào đó xa lắm”.",
        ),
        (
            {"Điểm_xuất_phát": "Cụm cổ động Gia Cát"},
            "E – Điểm xuất phát",
            "A tour starts at a venue, not at a display site.",
        ),
        ({"Giờ_xuất_phát": "sáng"}, "F – Giờ xuất phát", "«sáng» không phải là giờ; hãy nhập như 19h30 hoặc 19:30."),
    ],
)
def test_a_bad_cell_of_a_tour(*, team: Team, cells: dict[str, Any], column: str, sentence: str) -> None:
    assert problems_of(spoilt(team, tour=cells).content()) == [(("Chuyến lưu động", 2, column), sentence)]


def test_what_is_no_team_is_refused(team: Team, world: World) -> None:
    found = problems_of(spoilt(team, tour={"Đội": world.hall.resource.code}).content())
    sentence = f"Give exactly one of these codes: {team.resource.code}."
    assert found == [(("Chuyến lưu động", 2, "C – Đội"), sentence)]


def test_a_tour_needs_a_stop_and_a_code_of_its_own(team: Team) -> None:
    rows = rows_with(team, tours=[tour_row(team), tour_row(team), tour_row(team, "T2")], stops=[stop_row(1)])
    assert problems_of(rows.content()) == [
        (("Chuyến lưu động", 3, "A – Mã chuyến"), "The code “T1” already stands in row 2."),
        (
            ("Chuyến lưu động", 4, "A – Mã chuyến"),
            "The tour has no stop; add at least one in the sheet “Điểm phục vụ”.",
        ),
    ]


def test_stops_out_of_their_order_in_time_are_named(team: Team) -> None:
    stops = [stop_row(1, Mã_hoạt_động="A2"), stop_row(2, Mã_hoạt_động="A1")]
    found = problems_of(rows_with(team, tours=[tour_row(team)], stops=stops).content())
    assert [place for place, _message in found] == [("Điểm phục vụ", 3, None)]


def test_a_show_that_does_not_take_the_team_is_named(team: Team) -> None:
    rows = rows_with(team, tours=[tour_row(team)], stops=[stop_row(1)], resources="")
    assert [place for place, _message in problems_of(rows.content())] == [("Điểm phục vụ", 2, None)]


def test_a_team_without_depot_needs_one(team: Team) -> None:
    team.depot = None
    team.save()
    assert problems_of(good(team).content()) == [
        (("Chuyến lưu động", 2, None), "Tour T1 has no depot and neither has its team; choose one.")
    ]


def test_a_unit_planner_plans_no_tour_elsewhere(team: Team) -> None:
    import_workbook(rows_with(team, tours=[], stops=[]).content(), by=make_planner())
    bob = make_user("Bob", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area("Huyện Bình Gia"),)))
    assert [place for place, _message in problems_of(good(team).content(), by=bob)] == [("Chuyến lưu động", 2, None)]
