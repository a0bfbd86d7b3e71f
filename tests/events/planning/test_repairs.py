"""Every repair proposed for any kind of conflict, applied, removes it and adds none."""

from collections import Counter
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from core.conflicts import Conflict
from core.errors import NotAllowed, StalePlan
from core.intervals import LOCAL_ZONE
from core.recurrence import from_rrule
from events.models import (
    Activity,
    Festival,
    FestivalDate,
    Figure,
    KindTrait,
    LeadTime,
    MourningPeriod,
    PlanStep,
    Status,
)
from events.planning import find_conflicts, plan_of
from events.planning.checking import check_drafts
from events.planning.drafting import draft
from events.planning.repairs import Repair, apply_repair, check_with_repairs, propose_repairs, save_repaired
from events.planning.states import state_of
from events.planning.steps import undo_step
from events.planning.trials import held, identity_of
from mobile_teams.models import Team
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_plan,
    make_resource,
    make_space,
    make_unit,
    make_user,
    make_venue,
    whole_days,
)
from units.models import Role
from venues.models import Closure, OpeningHours, QuietPlace, Resource, Space

pytestmark = pytest.mark.django_db
DAY = date(2023, 8, 8)  # a Tuesday
TODAY = date(2023, 6, 1)


def conflicts_of(activity: Activity) -> list[Conflict]:
    """What stands in the activity's way, as if it were held."""
    activity = Activity.objects.get(pk=activity.pk)
    state = state_of(activity)
    return check_drafts([draft(held(state.plan), activity=activity, overrides=state.overrides)], today=TODAY)


def repairs_of(activity: Activity, conflict: Conflict) -> tuple[Repair, ...]:
    activity = Activity.objects.get(pk=activity.pk)
    with translation.override("vi"):
        return propose_repairs(conflict, state=state_of(activity), uid=activity.uid, today=TODAY, activity=activity)


def labels(activity: Activity, code: str) -> list[str]:
    """The repairs of the activity's only conflict of that code, each applied, found good, and taken back."""
    before = conflicts_of(activity)
    (conflict,) = [each for each in before if each.code == code]
    repairs = repairs_of(activity, conflict)
    for repair in repairs:
        assert_mends(activity, conflict, repair, before=before)
    assert [each.cost for each in repairs] == sorted(each.cost for each in repairs)
    return [each.label for each in repairs]


def assert_mends(activity: Activity, conflict: Conflict, repair: Repair, *, before: list[Conflict]) -> None:
    """Applied, the conflict is gone and nothing new has come up; then everything is as it was."""
    uid = activity.uid
    start = plan_of(Activity.objects.get(pk=activity.pk)).interval.start
    sid = transaction.savepoint()
    stored = Activity.objects.get(pk=activity.pk)
    changed = apply_repair(uid=uid, seen=stored.version, key=repair.key, by=None, today=TODAY)
    by = plan_of(changed).interval.start - start
    after = Counter(identity_of(each, uid, by=by) for each in conflicts_of(changed))
    known = Counter(identity_of(each, uid) for each in before)
    assert after[identity_of(conflict, uid)] == 0
    assert after - known == Counter()
    assert all(each.fingerprint != conflict.fingerprint for each in conflicts_of(changed))
    transaction.savepoint_rollback(sid)


def make_team(name: str, **fields: Any) -> Resource:
    resource = make_resource(name)
    fields.setdefault("unit", None)
    unit = fields.pop("unit") or make_unit()
    Team.objects.create(resource=resource, unit=unit, **fields)
    return resource


def clashing_draft(**fields: Any) -> Activity:
    """A draft: it takes nothing yet, so that it can be stored though it clashes."""
    return make_activity(status=Status.DRAFT, **fields)


def test_a_hall_taken_twice_another_hour_another_hall_another_day() -> None:
    venue = make_venue("Nhà văn hoá", lon=106.76, lat=21.85)
    hall = make_space(venue, name="Hội trường lớn").resource
    make_space(venue, name="Hội trường nhỏ")
    near = make_venue("Nhà văn hoá 2", lon=106.77, lat=21.86, area=venue.area)
    make_space(near, name="Hội trường gần")
    make_space(make_venue("Xa", lon=107.2, lat=21.5, area=venue.area), name="Hội trường xa")
    make_activity(resource_ids=(hall.pk,))
    planned = clashing_draft(resource_ids=(hall.pk,), venue_ids=(venue.pk,))
    assert labels(planned, "double_booking") == [
        "Bắt đầu lúc 17h30 cùng ngày",
        "Dùng Hội trường nhỏ thay Hội trường lớn",
        "Dùng Hội trường gần (Nhà văn hoá 2), cách 1,5 km",
    ]


def test_another_space_brings_its_venue_along() -> None:
    venue = make_venue("Nhà văn hoá", lon=106.76, lat=21.85)
    hall = make_space(venue).resource
    near = make_space(make_venue("Nhà văn hoá 2", lon=106.77, lat=21.86)).resource
    make_activity(resource_ids=(hall.pk,), interval=at(DAY, "06:00", hours=17))
    planned = clashing_draft(resource_ids=(hall.pk,), venue_ids=(venue.pk,))
    (conflict,) = conflicts_of(planned)
    repair = repairs_of(planned, conflict)[0]
    assert (repair.state.plan.resource_ids, repair.state.plan.venue_ids) == (
        (near.pk,), (near.space.venue_id,),
    )  # fmt: skip


def test_a_team_taken_twice_another_of_its_unit_then_of_others() -> None:
    unit = make_unit()
    team, _own, _other = make_team("Đội 1", unit=unit), make_team("Đội 2", unit=unit), make_team("Đội khác")
    make_activity(resource_ids=(team.pk,), interval=at(DAY, "06:00", hours=17))
    planned = clashing_draft(resource_ids=(team.pk,))
    assert labels(planned, "double_booking") == [
        "Giao cho Đội 2 thay Đội 1",
        "Chuyển sang Thứ Ba 15/08/2023",
        "Giao cho Đội khác thay Đội 1",
    ]


def weekly(count: int = 4, **fields: Any) -> Activity:
    """A draft on four Tuesdays."""
    rule = from_rrule(f"FREQ=WEEKLY;COUNT={count}", at(DAY).start)
    return clashing_draft(recurrence=rule, interval=at(DAY), **fields)


def test_of_a_series_only_the_clashing_occurrence_changes_or_is_skipped() -> None:
    team = make_team("Đội 1")
    make_activity(resource_ids=(team.pk,), interval=at(DAY + timedelta(days=7), "06:00", hours=17))
    planned = weekly(resource_ids=(team.pk,))
    assert labels(planned, "double_booking") == [
        "Chuyển sang Thứ Tư 16/08/2023, chỉ buổi 15/08/2023",
        "Bỏ qua buổi 15/08/2023; có thể thêm lại sau",
    ]
    (conflict,) = conflicts_of(planned)
    moved, skipped = repairs_of(planned, conflict)
    assert list(moved.state.overrides) == [at(DAY + timedelta(days=7)).start]
    assert moved.state.plan.interval == at(DAY)
    assert [each.start for each in skipped.state.plan.skipped_dates] == [at(DAY + timedelta(days=7)).start]


def test_a_closed_hall_and_a_closed_venue() -> None:
    venue, near = make_venue("Sân A", lon=106.76, lat=21.85), make_venue("Sân B", lon=106.765, lat=21.855)
    hall = make_space(venue).resource
    make_space(near, name="Hội trường B")
    span = at(DAY, "00:00", hours=48)
    Closure.objects.create(venue=venue, start=span.start, end=span.end, reason="sửa mái")
    assert labels(clashing_draft(resource_ids=(hall.pk,), venue_ids=(venue.pk,)), "closure") == [
        "Dùng Hội trường B (Sân B), cách 0,8 km",
        "Chuyển sang Thứ Ba 15/08/2023",
    ]
    assert labels(clashing_draft(venue_ids=(venue.pk,)), "closure") == [
        "Dùng Sân B, cách 0,8 km",
        "Chuyển sang Thứ Ba 15/08/2023",
    ]


def test_out_of_the_opening_hours_once_and_every_week() -> None:
    venue = make_venue("Sân A", lon=None, lat=None)
    for weekday in range(7):
        OpeningHours.objects.create(venue=venue, weekday=weekday, opens=time(7), closes=time(21))
    assert labels(clashing_draft(venue_ids=(venue.pk,)), "opening_hours") == ["Bắt đầu lúc 19h00 cùng ngày"]
    assert labels(weekly(venue_ids=(venue.pk,)), "opening_hours") == ["Bắt đầu lúc 19h00 cùng ngày, cho mọi buổi"]


def test_more_people_than_the_hall_holds() -> None:
    venue = make_venue(lon=106.76, lat=21.85)
    small, big = make_space(venue, name="Nhỏ"), make_space(venue, name="Lớn")
    Space.objects.filter(pk=small.pk).update(capacity=100)
    Space.objects.filter(pk=big.pk).update(capacity=400)
    planned = clashing_draft(resource_ids=(small.resource_id,), venue_ids=(venue.pk,), expected_audience=300)
    assert labels(planned, "capacity") == ["Dùng Lớn thay Nhỏ"]
    assert labels(weekly(resource_ids=(small.resource_id,), expected_audience=300), "capacity") == [
        "Dùng Lớn thay Nhỏ, cho mọi buổi"
    ]


def test_a_team_that_cannot_be_there_in_time_starts_later_or_another_goes() -> None:
    unit = make_unit()
    team, _other = make_team("Đội 1", unit=unit), make_team("Đội 2", unit=unit)
    far = make_venue("Xa", lon=106.60, lat=22.10)
    make_activity(resource_ids=(team.pk,), venue_ids=(make_venue("Đây").pk,), interval=at(DAY, "16:00"))
    planned = clashing_draft(resource_ids=(team.pk,), venue_ids=(far.pk,), interval=at(DAY, "18:15"))
    found = labels(planned, "travel")
    assert found[0].startswith("Bắt đầu lúc")
    assert found[1:] == ["Giao cho Đội 2 thay Đội 1", "Chuyển sang Thứ Ba 15/08/2023"]


def test_a_team_on_its_day_of_rest_and_after_hours() -> None:
    resting = make_team("Đội nghỉ thứ Ba", rest_weekday=1)
    make_team("Đội 2")
    assert labels(clashing_draft(resource_ids=(resting.pk,)), "team_hours") == [
        "Chuyển sang Thứ Tư 09/08/2023",
        "Giao cho Đội 2 thay Đội nghỉ thứ Ba",
    ]
    early = make_team("Đội về sớm", works_from=time(7), works_to=time(20))
    assert labels(clashing_draft(resource_ids=(early.pk,)), "team_hours")[0] == "Bắt đầu lúc 18h00 cùng ngày"


def test_a_team_that_plays_too_many_evenings() -> None:
    Figure.objects.create(code="team.max_evenings", name="Số tối liền", value=2)
    team = make_team("Đội 1")
    make_team("Đội 2")
    for days in (1, 2):
        make_activity(resource_ids=(team.pk,), interval=at(DAY + timedelta(days=days)))
    assert labels(clashing_draft(resource_ids=(team.pk,)), "team_load") == [
        "Chuyển sang Thứ Ba 15/08/2023",
        "Giao cho Đội 2 thay Đội 1",
    ]


def test_outside_the_campaign_comes_back_to_its_edge() -> None:
    campaign = make_campaign(starts_on=date(2023, 8, 10), ends_on=date(2023, 8, 31))
    early = clashing_draft(campaign_id=campaign.pk)
    late = clashing_draft(campaign_id=campaign.pk, interval=at(date(2023, 9, 20)))
    assert labels(early, "campaign_window") == ["Chuyển sang Thứ Năm 10/08/2023"]
    assert labels(late, "campaign_window") == ["Chuyển sang Thứ Năm 31/08/2023"]
    assert labels(weekly(campaign_id=campaign.pk, code="D"), "campaign_window") == [
        "Chuyển sang Thứ Năm 10/08/2023, chỉ buổi 08/08/2023",
        "Bỏ qua buổi 08/08/2023; có thể thêm lại sau",
    ]


def test_too_late_for_a_paper_the_first_day_that_leaves_time() -> None:
    LeadTime.objects.create(code="R1", name="Thông báo", kind="mobile_team", days=7, warn_days=3)
    planned = clashing_draft(interval=at(TODAY + timedelta(days=1)))
    (found,) = labels(planned, "lead_time")
    assert found == "Chuyển sang Thứ Bảy 17/06/2023"


def test_loud_at_night_ends_earlier_or_starts_earlier() -> None:
    Figure.objects.create(code="quiet.night_start", name="Giờ yên tĩnh từ", value=22)
    Figure.objects.create(code="quiet.night_end", name="đến", value=6)
    KindTrait.objects.create(kind="mobile_team", is_loud=True)
    planned = clashing_draft(interval=at(DAY, "20:30"))
    assert labels(planned, "quiet_hours") == ["Bắt đầu lúc 20h00 cùng ngày"]


def test_loud_near_a_hospital_goes_elsewhere() -> None:
    Figure.objects.create(code="quiet.distance_m", name="Khoảng cách", value=200)
    KindTrait.objects.create(kind="mobile_team", is_loud=True)
    QuietPlace.objects.create(name="Bệnh viện tỉnh", kind="hospital", lon=106.7601, lat=21.8501)
    near = make_venue("Sân A", lon=106.76, lat=21.85)
    make_venue("Sân B", lon=106.77, lat=21.85)
    assert labels(clashing_draft(venue_ids=(near.pk,)), "quiet_hours") == ["Dùng Sân B, cách 1,0 km"]


def test_a_day_of_mourning_and_the_main_day_of_a_festival() -> None:
    KindTrait.objects.create(kind="mobile_team", is_entertainment=True, is_big=True)
    MourningPeriod.objects.create(name="Quốc tang", first_day=DAY, last_day=DAY + timedelta(days=1))
    assert labels(clashing_draft(), "mourning") == ["Chuyển sang Thứ Ba 15/08/2023"]
    festival = Festival.objects.create(code="hoi", name="Hội Kỳ Cùng", is_big=True)
    day = date(2023, 9, 5)
    FestivalDate.objects.create(festival=festival, year=2023, first_day=day, last_day=day, main_day=day)
    assert labels(clashing_draft(interval=at(day)), "festival_clash") == ["Chuyển sang Thứ Ba 12/09/2023"]


def test_what_the_plan_cannot_mend_has_no_repair() -> None:
    KindTrait.objects.create(kind="mobile_team", is_gathering=True)
    area = make_area("Xã biên giới", is_border=True)
    assert labels(clashing_draft(area_id=area.pk), "border_notice") == []


def test_a_conflict_of_what_takes_no_place_has_no_repair() -> None:
    hall = make_resource()
    make_activity(resource_ids=(hall.pk,))
    planned = clashing_draft(resource_ids=(hall.pk,))
    (conflict,) = conflicts_of(planned)
    Activity.objects.filter(pk=planned.pk).update(status=Status.CANCELLED)
    assert repairs_of(planned, conflict) == ()


def two_on_one_hall() -> Activity:
    venue = make_venue()
    hall = make_space(venue).resource
    make_activity(resource_ids=(hall.pk,))
    return clashing_draft(resource_ids=(hall.pk,))


def test_a_repair_is_one_step_that_can_be_undone() -> None:
    planned = two_on_one_hall()
    before, steps = state_of(planned), PlanStep.objects.count()
    repair = repairs_of(planned, conflicts_of(planned)[0])[0]
    apply_repair(uid=planned.uid, seen=planned.version, key=repair.key, by=None, today=TODAY)
    assert PlanStep.objects.count() == steps + 1
    assert Activity.objects.get(pk=planned.pk).status == Status.DRAFT
    undo_step(campaign_id=planned.campaign_id, by=None)
    assert state_of(Activity.objects.get(pk=planned.pk)) == before


def test_a_repair_is_tried_again_when_it_is_applied() -> None:
    planned = two_on_one_hall()
    repair = repairs_of(planned, conflicts_of(planned)[0])[0]
    (hall,) = plan_of(planned).resource_ids
    make_activity(resource_ids=(hall,), interval=repair.state.plan.interval)
    with pytest.raises(ValidationError):
        apply_repair(uid=planned.uid, seen=planned.version, key=repair.key, by=None, today=TODAY)
    with pytest.raises(ValidationError):
        apply_repair(uid="khong-co", seen=1, key=repair.key, by=None, today=TODAY)


def test_a_repair_of_an_older_version_or_by_others_is_refused() -> None:
    planned = two_on_one_hall()
    repair = repairs_of(planned, conflicts_of(planned)[0])[0]
    with pytest.raises(StalePlan):
        apply_repair(uid=planned.uid, seen=planned.version + 1, key=repair.key, by=None, today=TODAY)
    carol = make_user("Carol", role=Role.UNIT_PLANNER)
    with pytest.raises(NotAllowed):
        apply_repair(uid=planned.uid, seen=planned.version, key=repair.key, by=carol, today=TODAY)


def test_a_plan_not_stored_yet_is_checked_with_its_repairs() -> None:
    hall = make_space().resource
    make_activity(resource_ids=(hall.pk,))
    plan = make_plan(resource_ids=(hall.pk,))
    (conflict,), repairs = check_with_repairs(plan, uid=None, today=TODAY)
    (again,), same = check_with_repairs(plan, uid=None, today=TODAY)
    keys = [each.key for each in repairs[conflict.fingerprint]]
    assert keys
    assert keys == [each.key for each in same[again.fingerprint]]
    assert [each.code for each in find_conflicts(plan=plan)] == [conflict.code]


def test_nothing_is_moved_into_the_past() -> None:
    team = make_team("Đội 1")
    soon = TODAY + timedelta(days=3)
    make_activity(resource_ids=(team.pk,), interval=at(soon, "06:00", hours=17))
    for days in range(1, 15):
        make_activity(resource_ids=(team.pk,), interval=at(soon + timedelta(days=days), "06:00", hours=17))
    planned = clashing_draft(resource_ids=(team.pk,), interval=at(soon))
    (conflict,) = conflicts_of(planned)
    found = [each.state.plan.interval.start.astimezone(LOCAL_ZONE).date() for each in repairs_of(planned, conflict)]
    assert found == [soon - timedelta(days=1)]


def test_what_lasts_whole_days_moves_by_days_alone() -> None:
    team = make_team("Đội 1")
    make_activity(resource_ids=(team.pk,), **whole_days(DAY))
    assert labels(clashing_draft(resource_ids=(team.pk,), **whole_days(DAY)), "double_booking") == [
        "Chuyển sang Thứ Ba 15/08/2023"
    ]


def test_a_plan_whose_activity_is_gone_is_not_stored() -> None:
    with pytest.raises(ValidationError):
        save_repaired(plan=make_plan(), uid="khong-co", seen=1, key="x", by=None, today=TODAY)
