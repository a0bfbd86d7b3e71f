"""Changing what is planned: versions, sequences, exceptions kept, other rows untouched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import PlanRejected, StalePlan
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Booking, Status
from events.planning import ActivityChange, OccurrenceChange
from events.planning.locks import lock_activities, lock_resources
from tests.factories import at, make_activity, make_planner, make_resource, make_unit, make_venue
from units.models import AuditEntry

if TYPE_CHECKING:
    from core.intervals import Interval

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 29))


def change(activity: Activity, *, version: int | None = None, **fields: Any) -> Activity:
    plan = replace(planning.plan_of(activity), **fields)
    seen = activity.version if version is None else version
    return planning.change_activity(change=ActivityChange(uid=activity.uid, version=seen, plan=plan), by=None)


def change_one(activity: Activity, number: int, interval: Interval | None, *, reason: str = "") -> Activity:
    start = activity.occurrences.order_by("recurrence_id")[number].recurrence_id
    command = OccurrenceChange(
        key=OccurrenceKey(activity.uid, start), version=activity.version, interval=interval, reason=reason
    )
    return planning.change_occurrence(change=command, by=None)


def test_a_new_title_raises_the_version_but_not_the_sequence() -> None:
    activity = change(make_activity(), title="Tên mới")
    assert (activity.event.title, activity.version, activity.sequence) == ("Tên mới", 2, 0)


@pytest.mark.parametrize("field", ["interval", "status", "venue_ids", "recurrence"])
def test_time_place_and_status_raise_the_sequence(field: str) -> None:
    values: dict[str, Any] = {
        "interval": at(date(2023, 8, 9)),
        "status": Status.POSTPONED,
        "venue_ids": (make_venue().pk,),
        "recurrence": TUESDAYS,
    }
    assert change(make_activity(), **{field: values[field]}).sequence == 1


def test_an_unchanged_occurrence_keeps_its_row() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    keys = list(activity.occurrences.values_list("id", flat=True))
    change(activity, title="Tên mới")
    assert list(activity.occurrences.values_list("id", flat=True)) == keys


def test_bookings_follow_the_new_time_and_the_new_resource() -> None:
    old, new = make_resource(), make_resource()
    activity = make_activity(resource_ids=(old.pk,))
    change(activity, interval=at(date(2023, 9, 1)), resource_ids=(new.pk,))
    rows = Booking.objects.values_list("resource_id", "start")
    assert list(rows) == [(new.pk, at(date(2023, 9, 1)).start)]


def test_two_activities_swap_their_teams_in_one_transaction() -> None:
    one, two = make_resource(), make_resource()
    first, second = make_activity(resource_ids=(one.pk,)), make_activity(resource_ids=(two.pk,))
    swaps = [(first, two), (second, one)]
    planning.change_activities(
        changes=[
            ActivityChange(uid=a.uid, version=1, plan=replace(planning.plan_of(a), resource_ids=(r.pk,)))
            for a, r in swaps
        ],
        by=None,
    )
    assert set(Booking.objects.values_list("occurrence__activity", "resource")) == {(a.pk, r.pk) for a, r in swaps}


def test_a_rule_may_be_dropped_and_taken_up_again() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    single = change(activity, recurrence=None)
    assert (single.occurrences.count(), single.event.rule) == (1, None)
    again = change(single, recurrence=replace(TUESDAYS, until=date(2023, 8, 15)))
    assert again.occurrences.count() == 2


def test_the_lead_unit_brings_its_own_calendar() -> None:
    unit = make_unit(name="Bảo tàng tỉnh")
    assert change(make_activity(), lead_unit_id=unit.pk).event.calendar.name == "Bảo tàng tỉnh"


def test_a_stale_editor_is_told_field_by_field() -> None:
    activity = make_activity(title="Cũ")
    planner = make_planner("Phương")
    plan = replace(planning.plan_of(activity), title="Mới", is_public=False)
    planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=planner)
    with pytest.raises(StalePlan) as caught:
        change(activity, title="Khác")
    assert caught.value.sequence == 2
    told = " ".join(caught.value.changes)
    for words in ("Phương", "«Cũ»", "«Mới»", "«có»", "«không»"):
        assert words in told
    assert Activity.objects.get(pk=activity.pk).event.title == "Mới"


def test_a_version_from_nowhere_is_stale_without_changes_to_tell() -> None:
    with pytest.raises(StalePlan) as caught:
        change(make_activity(), version=7)
    assert caught.value.changes == ()


def test_an_activity_that_is_gone_is_told() -> None:
    activity = make_activity()
    with pytest.raises(ValidationError, match="không còn"):
        planning.set_status(uid="khong-co", version=1, status=Status.DONE, reason="", by=None)
    assert activity.version == 1


def test_a_change_into_a_taken_slot_is_rejected_and_changes_nothing() -> None:
    team = make_resource()
    make_activity(resource_ids=(team.pk,))
    other = make_activity(resource_ids=(team.pk,), interval=at(date(2023, 9, 1)))
    with pytest.raises(PlanRejected):
        change(other, interval=at(date(2023, 8, 8)))
    assert planning.plan_of(Activity.objects.get(pk=other.pk)).interval == at(date(2023, 9, 1))


def test_one_occurrence_moves_and_keeps_its_identity() -> None:
    team = make_resource()
    activity = make_activity(recurrence=TUESDAYS, resource_ids=(team.pk,))
    moved = change_one(activity, 1, at(date(2023, 8, 16), "20:00"))
    row = moved.occurrences.get(recurrence_id=at(date(2023, 8, 15)).start)
    assert (row.start, moved.sequence) == (at(date(2023, 8, 16), "20:00").start, 1)
    assert row.bookings.get().start == row.start


def test_one_occurrence_is_cancelled_and_frees_what_it_took() -> None:
    team = make_resource()
    activity = make_activity(recurrence=TUESDAYS, resource_ids=(team.pk,))
    cancelled = change_one(activity, 0, None)
    statuses = cancelled.occurrences.order_by("recurrence_id").values_list("status", flat=True)
    assert list(statuses) == [Status.CANCELLED, *[Status.CONFIRMED] * 3]
    assert Booking.objects.filter(resource=team).count() == 3


def test_exceptions_survive_a_new_hour_and_die_with_their_day() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    activity = change_one(activity, 0, None)
    activity = change_one(activity, 1, at(date(2023, 8, 17)))
    activity = change(activity, interval=at(date(2023, 8, 8), "18:00"))
    rows = list(activity.occurrences.order_by("recurrence_id").values_list("status", "start"))
    assert rows[0] == (Status.CANCELLED, at(date(2023, 8, 8), "18:00").start)
    assert rows[1] == (Status.CONFIRMED, at(date(2023, 8, 17)).start)
    weekly = replace(TUESDAYS, interval=2)
    activity = change(activity, recurrence=weekly)
    assert activity.event.occurrence_set.count() == 1


def test_the_history_names_moved_and_cancelled_days() -> None:
    activity = change_one(make_activity(recurrence=TUESDAYS), 0, None, reason="mưa lớn")
    change_one(activity, 1, at(date(2023, 8, 17)))
    after = AuditEntry.objects.filter(subject_type="events.activity").latest("id").after
    assert after is not None
    assert after["exceptions"] == ["08/08/2023: huỷ (mưa lớn)", "15/08/2023: chuyển sang 19h30–21h30, 17/08/2023"]


def test_an_occurrence_that_does_not_exist_is_told() -> None:
    activity = make_activity()
    stray = OccurrenceKey(activity.uid, at(date(2024, 1, 1)).start)
    with pytest.raises(ValidationError):
        planning.change_occurrence(change=OccurrenceChange(key=stray, version=1, interval=None), by=None)


def test_postponing_frees_and_confirming_takes_again() -> None:
    team = make_resource()
    activity = make_activity(resource_ids=(team.pk,))
    put_off = planning.set_status(uid=activity.uid, version=1, status=Status.POSTPONED, reason="Mưa", by=None)
    assert (Booking.objects.count(), put_off.status_reason, put_off.sequence) == (0, "Mưa", 1)
    make_activity(resource_ids=(team.pk,))
    with pytest.raises(PlanRejected):
        planning.set_status(uid=activity.uid, version=2, status=Status.CONFIRMED, reason="", by=None)


def test_a_draft_is_checked_as_if_it_were_held() -> None:
    team = make_resource()
    make_activity(resource_ids=(team.pk,))
    sketch = make_activity(status=Status.DRAFT, resource_ids=(team.pk,))
    found = planning.find_conflicts(plan=planning.plan_of(sketch), uid=sketch.uid)
    assert [conflict.code for conflict in found] == ["double_booking"]
    assert planning.find_conflicts(plan=replace(planning.plan_of(sketch), resource_ids=()), uid=sketch.uid) == []


def test_an_activity_does_not_clash_with_itself() -> None:
    activity = make_activity(resource_ids=(make_resource().pk,))
    shifted = replace(planning.plan_of(activity), interval=activity_interval(activity).shifted(timedelta(hours=1)))
    assert planning.find_conflicts(plan=shifted, uid=activity.uid) == []


def activity_interval(activity: Activity) -> Interval:
    return planning.plan_of(activity).interval


def test_changing_one_activity_touches_no_row_of_another() -> None:
    other = make_activity(recurrence=TUESDAYS, resource_ids=(make_resource().pk,))
    before = list(other.occurrences.values()), list(Booking.objects.values())
    change(make_activity(), interval=at(date(2023, 9, 1)))
    assert (list(other.occurrences.values()), list(Booking.objects.values())) == before


@pytest.mark.django_db(transaction=True)
def test_locks_demand_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        lock_resources([1])
    with pytest.raises(RuntimeError):
        lock_activities(["a"])
