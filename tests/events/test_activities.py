"""Alice plans in her district, Bob is in her unit, Charlie belongs to another unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.intervals import day_interval
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Activity, Occurrence, Status
from tests.factories import at, make_activity, make_area, make_campaign, make_resource, make_unit, make_user, make_venue
from units.models import AuditEntry, Role, Unit, User
from venues.models import Area

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    area: Area
    office: Unit
    alice: User


@pytest.fixture
def cao_loc(client: Client) -> District:
    area = make_area("Huyện Cao Lộc")
    office = make_unit("PVHTT-CAOLOC", areas=(area,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    client.force_login(alice)
    return District(area=area, office=office, alice=alice)


def entered(cao_loc: District, **changes: Any) -> dict[str, Any]:
    """What Alice fills in for a show on 08/08/2023."""
    campaign = make_campaign(f"kh-{Activity.objects.count()}-{AuditEntry.objects.count()}")
    values = {
        "campaign": campaign.pk,
        "code": "CL-01",
        "title": "Đêm văn nghệ",
        "kind": "mobile_team",
        "status": "confirmed",
        "is_public": "on",
        "area": cao_loc.area.pk,
        "lead_unit": cao_loc.office.pk,
        "start_date": "2023-08-08",
        "start_time": "19:30",
        "end_time": "21:30",
        "repeat": "none",
    }
    return values | changes


def stored(cao_loc: District, **fields: Any) -> Activity:
    return make_activity(area_id=cao_loc.area.pk, lead_unit_id=cao_loc.office.pk, **fields)


def weekly() -> dict[str, Any]:
    return {"recurrence": Recurrence(freq=Frequency.WEEKLY, count=4)}


def test_alice_plans_an_activity_and_lands_on_its_page(client: Client, cao_loc: District) -> None:
    response = client.post("/activities/plan/", entered(cao_loc))
    activity = Activity.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/activities/{activity.uid}/")
    assert planning.plan_of(activity).interval == at(date(2023, 8, 8))


def test_a_weekly_series_is_planned_with_its_exceptions(client: Client, cao_loc: District) -> None:
    client.post(
        "/activities/plan/",
        entered(
            cao_loc,
            repeat="weekly",
            repeat_until="2023-08-31",
            excluded_dates="15/08/2023",
            extra_dates="02/09/2023 8h00",
        ),
    )
    starts = [row.start.astimezone().isoformat() for row in Occurrence.objects.order_by("start")]
    assert starts == [
        "2023-08-08T19:30:00+07:00",
        "2023-08-22T19:30:00+07:00",
        "2023-08-29T19:30:00+07:00",
        "2023-09-02T08:00:00+07:00",
    ]


def test_a_form_with_faults_keeps_what_was_entered(client: Client, cao_loc: District) -> None:
    response = client.post("/activities/plan/", entered(cao_loc, start_date="31/02/2023", title="Đêm nhạc"))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["start_date"]
    assert response.context["form"]["title"].value() == "Đêm nhạc"
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("draft", "Đã lưu bản nháp: chưa giữ nguồn lực nào; công chúng chỉ thấy sau khi được duyệt."),
        ("tentative", "Đã lưu và giữ nguồn lực; công chúng chỉ thấy sau khi được duyệt."),
        ("confirmed", "Đã lưu. Lịch, bản đồ và liên kết lịch đã được cập nhật."),
    ],
)
def test_saving_says_who_sees_it_from_now_on(client: Client, cao_loc: District, *, status: str, sentence: str) -> None:
    page = client.post("/activities/plan/", entered(cao_loc, status=status), follow=True)
    assert [str(message) for message in page.context["messages"]] == [sentence]


@pytest.mark.usefixtures("cao_loc")
def test_a_new_form_names_the_first_day_alone_so_that_no_last_day_is_left_behind(client: Client) -> None:
    form = client.get("/activities/plan/?date=2023-08-08").context["form"]
    assert (form["start_date"].value(), form["end_date"].value()) == (date(2023, 8, 8), None)


def test_a_draft_may_take_nothing_but_is_told_what_stands_in_its_way(client: Client, cao_loc: District) -> None:
    team = make_resource("Đội 1")
    make_activity(resource_ids=(team.pk,))
    draft = entered(cao_loc, status="draft", resources=[team.pk])
    checked = client.post("/activities/plan/", draft | {"action": "check"})
    assert len(checked.context["attempt"].conflicts) == 1
    page = client.post("/activities/plan/", draft, follow=True)
    assert len(page.context["conflicts"]) == 1
    assert "Cần xử lý trước khi duyệt bản nháp này" in page.content.decode()


def test_a_taken_resource_is_named_in_the_summary(client: Client, cao_loc: District) -> None:
    team = make_resource("Đội 1")
    make_activity(resource_ids=(team.pk,))
    response = client.post("/activities/plan/", entered(cao_loc, resources=[team.pk]))
    assert (response.status_code, len(response.context["attempt"].conflicts)) == (200, 1)
    assert response.context["attempt"].conflicts[0].message in response.content.decode()
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("is_taken", [True, False])
def test_checking_tells_of_conflicts_and_saves_nothing(client: Client, cao_loc: District, *, is_taken: bool) -> None:
    team = make_resource("Đội 1")
    make_activity(resource_ids=(team.pk,) if is_taken else ())
    response = client.post("/activities/plan/", entered(cao_loc, resources=[team.pk], action="check"))
    attempt = response.context["attempt"]
    assert (response.status_code, attempt.was_checked, len(attempt.conflicts)) == (200, True, int(is_taken))
    assert Activity.objects.count() == 1


def test_a_code_that_is_taken_is_a_fault_of_the_form(client: Client, cao_loc: District) -> None:
    values = entered(cao_loc)
    client.post("/activities/plan/", values)
    for action in ("save", "check"):
        response = client.post("/activities/plan/", values | {"action": action})
        assert (response.status_code, len(response.context["form"].non_field_errors())) == (200, 1)


def test_alice_is_offered_her_own_areas_and_units_only(client: Client, cao_loc: District) -> None:
    make_area("Huyện Lộc Bình")
    form = client.get("/activities/plan/?date=2023-08-08").context["form"]
    assert list(form.fields["area"].queryset) == [cao_loc.area]
    assert list(form.fields["lead_unit"].queryset) == [cao_loc.office]
    assert form["start_date"].value() == date(2023, 8, 8)


def test_an_unchanged_form_changes_nothing_but_the_version(client: Client, cao_loc: District) -> None:
    activity = stored(cao_loc, venue_ids=(make_venue("Z").pk, make_venue("A").pk), **weekly())
    before = planning.plan_of(activity)
    form = client.get(f"/activities/{activity.uid}/edit/").context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    response = client.post(f"/activities/{activity.uid}/edit/", values | {"version": 1})
    assert response.status_code == 302
    assert planning.plan_of(Activity.objects.get()) == before


def test_another_editors_change_is_told_and_nothing_is_lost(client: Client, cao_loc: District) -> None:
    activity = stored(cao_loc)
    values = entered(cao_loc, title="Tên của Alice", campaign=activity.campaign_id, version=1)
    planning.set_status(uid=activity.uid, version=1, status=Status.POSTPONED, reason="Mưa", by=None)
    response = client.post(f"/activities/{activity.uid}/edit/", values)
    assert (response.status_code, response.context["version"]) == (200, 2)
    assert response.context["form"]["title"].value() == "Tên của Alice"
    assert [change for change in response.context["attempt"].stale.changes if "Mưa" in change] != []
    assert client.post(f"/activities/{activity.uid}/edit/", values | {"version": 2}).status_code == 302


def test_a_lost_version_is_never_current(client: Client, cao_loc: District) -> None:
    activity = stored(cao_loc)
    values = entered(cao_loc, campaign=activity.campaign_id, version="x")
    assert client.post(f"/activities/{activity.uid}/edit/", values).context["attempt"].stale.sequence == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "-3"),
        ("quantity", "8,555"),
        ("quantity", "nhiều"),
        ("quantity", "99999999999"),
        ("start_time", "25:00"),
        ("start_time", ""),
        ("end_time", ""),
        ("end_time", "19:30"),
        ("end_date", "2023-08-07"),
        ("excluded_dates", "31/02/2023"),
        ("extra_dates", "02/09/2023 tối"),
        ("area", "0"),
        ("code", "x" * 41),
    ],
)
def test_each_fault_is_told_at_its_field(client: Client, cao_loc: District, *, field: str, value: str) -> None:
    response = client.post("/activities/plan/", entered(cao_loc, **{field: value}))
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"repeat": "weekly", "repeat_weekdays": ["0"], "repeat_count": "3"},
        {"repeat": "weekly", "repeat_until": "2023-09-30", "repeat_count": "3"},
        {"repeat": "month_day", "repeat_month_days": "hôm nào cũng được", "repeat_count": "3"},
    ],
)
def test_a_repetition_that_does_not_fit_is_told(client: Client, cao_loc: District, changes: dict[str, Any]) -> None:
    response = client.post("/activities/plan/", entered(cao_loc, **changes))
    assert list(response.context["form"].errors) == ["repeat"]


@pytest.mark.parametrize(("first", "last"), [("2100-01-01", "2100-01-02"), ("2023-08-08", "9999-12-31")])
def test_years_beyond_the_calendar_are_refused(client: Client, cao_loc: District, *, first: str, last: str) -> None:
    response = client.post("/activities/plan/", entered(cao_loc, start_date=first, end_date=last))
    assert list(response.context["form"].errors) == ["start_date"]


def test_a_quantity_may_have_a_comma(client: Client, cao_loc: District) -> None:
    client.post("/activities/plan/", entered(cao_loc, quantity="1.200,5", quantity_unit="m2"))
    activity = Activity.objects.get()
    assert activity.quantity == Decimal("1200.5")
    assert client.get(f"/activities/{activity.uid}/edit/").context["form"]["quantity"].value() == "1.200,5"


def test_whole_days_need_no_clock(client: Client, cao_loc: District) -> None:
    client.post("/activities/plan/", entered(cao_loc, all_day="on", start_time="", end_time="", end_date="2023-08-12"))
    plan = planning.plan_of(Activity.objects.get())
    assert (plan.interval, plan.all_day) == (day_interval(date(2023, 8, 8), date(2023, 8, 12)), True)


@pytest.mark.parametrize("key", ["9" * 30, "-1", "<script>", "٣"])
def test_keys_that_nothing_has_are_refused_in_the_form(client: Client, cao_loc: District, key: str) -> None:
    response = client.post("/activities/plan/", entered(cao_loc, resources=[key], area=key))
    assert (response.status_code, sorted(response.context["form"].errors)) == (200, ["area", "resources"])
