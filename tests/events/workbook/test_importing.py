"""Good workbooks: what they write, what they leave alone, and who may bring them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import ImportRejected
from core.intervals import LOCAL_ZONE, Interval, day_interval
from core.lunar_recurrence import LunarFrequency, LunarRecurrence
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Campaign, LeadTime
from events.planning import ActivityChange
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from events.workbook.report import FieldChange
from events.workbook.saving import activity_uid
from tests.events.workbook.makers import Rows, World, activity_row, counts_of, problems_of
from tests.factories import make_activity, make_area, make_planner, make_user
from units.models import AuditEntry, Role

if TYPE_CHECKING:
    from events.planning import ActivityPlan

pytestmark = pytest.mark.django_db


def import_rows(*activities: object) -> dict[str, tuple[int, int, int, int]]:
    rows = Rows(activities=list(activities))  # type: ignore[arg-type]
    return counts_of(import_workbook(rows.content(), by=None))


def stored_plan(code: str = "A1") -> ActivityPlan:
    return planning.plan_of(Activity.objects.get(code=code))


def test_every_column_is_stored(world: World) -> None:
    import_rows(
        activity_row(
            Địa_điểm="nhà văn hoá xã gia cát; Cụm cổ động Gia Cát",
            Lặp_lại="hằng tuần", Lặp_vào="T3", Lặp_đến_ngày="29/08/2023", Bỏ_các_ngày="15/08/2023; 22/08/2023",
            Nội_dung_tuyên_truyền="ND1", Nguồn_kinh_phí="NS1", Nguồn_lực=world.hall.resource.code, Số_lượng="1.200,5",
            ĐVT="lượt", Nguồn_số_liệu="số liệu minh hoạ", Công_khai="Không", Mô_tả="Mô tả", Ghi_chú="Ghi chú",
        )
    )  # fmt: skip
    campaign = Campaign.objects.get()
    at = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
    plan = stored_plan()
    assert plan == planning.ActivityPlan(
        uid=activity_uid("thu-2023", "A1"), campaign_id=campaign.pk, code="A1", title="Đêm văn nghệ A1",
        kind="exchange", status="confirmed", area_id=world.commune.pk, lead_unit_id=world.unit.pk,
        interval=Interval(at, at.replace(hour=21)), recurrence=Recurrence(
            freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 29)
        ),
        excluded_dates=(at.replace(day=15), at.replace(day=22)), venue_ids=(world.hall.venue_id,),
        site_ids=(world.face.site_id,), resource_ids=(world.hall.resource_id,),
        theme_ids=(campaign.themes.get().pk,), funding_source_ids=(campaign.funding_sources.get().pk,),
        quantity=Decimal("1200.5"), quantity_unit="lượt", quantity_source="số liệu minh hoạ", is_public=False,
        description="Mô tả", notes="Ghi chú",
    )  # fmt: skip


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("cells", "interval"),
    [
        ({"Giờ_bắt_đầu": None, "Giờ_kết_thúc": None}, day_interval(date(2023, 8, 8), date(2023, 8, 8))),
        (
            {"Giờ_bắt_đầu": None, "Giờ_kết_thúc": None, "Ngày_kết_thúc": "10/08/2023"},
            day_interval(date(2023, 8, 8), date(2023, 8, 10)),
        ),
        (
            {"Giờ_bắt_đầu": time(20), "Giờ_kết_thúc": "24h00"},
            Interval(datetime(2023, 8, 8, 20, tzinfo=LOCAL_ZONE), datetime(2023, 8, 9, tzinfo=LOCAL_ZONE)),
        ),
        (
            {"Giờ_bắt_đầu": "22:00", "Ngày_kết_thúc": date(2023, 8, 9), "Giờ_kết_thúc": time(1, 30)},
            Interval(datetime(2023, 8, 8, 22, tzinfo=LOCAL_ZONE), datetime(2023, 8, 9, 1, 30, tzinfo=LOCAL_ZONE)),
        ),
    ],
)
def test_times(cells: dict[str, Any], interval: Interval) -> None:
    import_rows(activity_row(**cells))
    assert stored_plan().interval == interval


@pytest.mark.usefixtures("world")
def test_importing_again_changes_nothing() -> None:
    import_rows(activity_row())
    audit = AuditEntry.objects.count()
    assert import_rows(activity_row()) == {"Kế hoạch": (0, 0, 1, 0), "Hoạt động": (0, 0, 1, 0)}
    assert (AuditEntry.objects.count(), Activity.objects.get().version) == (audit, 1)


@pytest.mark.usefixtures("world")
def test_a_changed_row_is_changed_and_its_cells_are_named() -> None:
    import_rows(activity_row("A1"), activity_row("A2", Ngày_bắt_đầu="09/08/2023"))
    content = Rows(activities=[activity_row("A1", Tên_hoạt_động="Tên mới", Giờ_kết_thúc="22h00")]).content()
    report = import_workbook(content, by=None)
    assert counts_of(report)["Hoạt động"] == (0, 1, 0, 1)
    change = report.sheets[1].changed[0]
    assert change.fields == (
        FieldChange(column="Tên hoạt động", before="Đêm văn nghệ A1", after="Tên mới"),
        FieldChange(column="Giờ kết thúc", before="21h30", after="22h00"),
    )
    assert (Activity.objects.get(code="A1").version, Activity.objects.count()) == (2, 2)


@pytest.mark.usefixtures("world")
def test_a_changed_campaign_names_its_lines_and_keeps_what_the_file_leaves_out() -> None:
    rows = Rows()
    rows.campaign.append({"Mục": "Đối tượng", "Mã": "DT1", "Nội dung": "Cán bộ", "Ghi chú": "ưu tiên"})
    import_workbook(rows.content(), by=None)
    rows.campaign[-1] = {"Mục": "Đối tượng", "Mã": "DT2", "Nội dung": "Học sinh"}
    rows.campaign[2]["Nội dung"] = 2024
    report = import_workbook(rows.content(), by=None)
    assert report.sheets[0].changed[0].fields == (
        FieldChange(column="Năm", before="2023", after="2024"),
        FieldChange(column="Đối tượng", before="", after="DT2 · Học sinh"),
    )
    assert list(Campaign.objects.get().audiences.values_list("code", "is_priority")) == [("DT2", False), ("DT1", True)]


@pytest.mark.usefixtures("world")
def test_a_dry_run_counts_and_writes_nothing() -> None:
    report = import_workbook(Rows().content(), by=None, is_dry_run=True)
    assert counts_of(report) == {"Kế hoạch": (1, 0, 0, 0), "Hoạt động": (1, 0, 0, 0)}
    assert (Campaign.objects.count(), Activity.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_a_clash_within_the_file_names_both_rows(world: World) -> None:
    code = world.hall.resource.code
    rows = Rows(activities=[activity_row("A1", Nguồn_lực=code), activity_row("A2", Nguồn_lực=code)])
    assert problems_of(rows.content()) == [
        (
            ("Hoạt động", 3, "U – Nguồn lực"),
            (
                "«Đêm văn nghệ A2» không lấy được không gian «Hội trường xã Gia Cát»: «Đêm văn nghệ A1» đã đăng ký "
                "19h30–21h30, 08/08/2023; hãy chọn giờ khác hoặc không gian khác. (See also row 2.)"
            ),
        )
    ]
    assert Activity.objects.count() == 0


def test_a_clash_with_the_stored_plan_names_the_row(world: World) -> None:
    make_activity(
        title="Đã có", resource_ids=(world.hall.resource_id,), area_id=world.commune.pk, lead_unit_id=world.unit.pk
    )
    found = problems_of(Rows(activities=[activity_row(Nguồn_lực=world.hall.resource.code)]).content())
    assert [place for place, _message in found] == [("Hoạt động", 2, "U – Nguồn lực")]


def test_two_activities_may_swap_what_they_take(world: World) -> None:
    hall, face = world.hall.resource.code, world.face.resource.code
    import_rows(activity_row("A1", Nguồn_lực=hall), activity_row("A2", Nguồn_lực=face))
    counts = import_rows(activity_row("A1", Nguồn_lực=face), activity_row("A2", Nguồn_lực=hall))
    assert counts["Hoạt động"] == (0, 2, 0, 0)


@pytest.mark.usefixtures("world")
def test_the_columns_of_the_scheduling_core_are_stored() -> None:
    LeadTime.objects.create(code="R2", name="Văn bản chấp thuận", days=7)
    import_rows(
        activity_row(
            "A1", Ngày_bắt_đầu="30/08/2023", Lặp_âm_lịch="rằm tháng Bảy hằng năm", Số_người_dự_kiến="1.500",
            Thủ_tục="r2", Địa_bàn="Huyện Chi Lăng", **{"Dự toán (đồng)": "12.500.000"},
        ),
        activity_row("A2", Lặp_lại="hằng tuần", Lặp_đến_ngày="không thời hạn", Địa_bàn="Huyện Chi Lăng"),
    )  # fmt: skip
    first, second = stored_plan("A1"), stored_plan("A2")
    assert first.lunar == LunarRecurrence(freq=LunarFrequency.YEARLY, months=(7,), days=(15,))
    assert (first.expected_audience, first.budget_vnd, first.procedures) == (1500, 12_500_000, ("R2",))
    assert second.recurrence == Recurrence(freq=Frequency.WEEKLY)


@pytest.mark.usefixtures("world")
def test_what_optional_columns_would_say_stays_without_them() -> None:
    import_rows(activity_row())
    activity = Activity.objects.get()
    extra = (datetime(2023, 8, 20, 8, tzinfo=LOCAL_ZONE),)
    plan = planning.plan_of(activity)
    from dataclasses import replace

    change = ActivityChange(
        uid=activity.uid, version=1, plan=replace(plan, extra_dates=extra, status="postponed", status_reason="Mưa")
    )
    planning.change_activity(change=change, by=None)
    exported = export_workbook(Campaign.objects.get())
    assert import_rows(activity_row(Trạng_thái="Hoãn"))["Hoạt động"] == (0, 0, 1, 0)
    assert counts_of(import_workbook(exported, by=None))["Hoạt động"] == (0, 0, 1, 0)


@pytest.mark.usefixtures("world")
def test_a_uid_that_a_renamed_activity_kept_is_not_given_twice() -> None:
    import_rows(activity_row("A1"))
    Activity.objects.update(code="B1")
    import_rows(activity_row("A1"))
    assert Activity.objects.values("uid").distinct().count() == 2


def test_a_unit_planner_imports_only_own_areas(world: World) -> None:
    import_workbook(Rows().content(), by=make_planner())
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=world.unit)
    make_area("Huyện Đình Lập")
    rows = Rows(activities=[activity_row("A1", Mô_tả="Mới"), activity_row("A2", Địa_bàn="Huyện Đình Lập")])
    assert problems_of(rows.content(), by=alice) == [
        (
            ("Hoạt động", 3, "E – Địa bàn"),
            "You may plan only in the areas of your own unit; ask the Department's planner.",
        )
    ]
    assert problems_of(Rows(activities=[activity_row("A1", Mô_tả="Mới")]).content(), by=alice) == []
    assert stored_plan().description == "Mới"


def test_a_unit_planner_may_not_bring_a_campaign(world: World) -> None:
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=world.unit)
    with pytest.raises(ImportRejected) as rejection:
        import_workbook(Rows().content(), by=alice)
    assert [each.message for each in rejection.value.problems] == [
        "Only a planner of the Department may change a campaign."
    ]
