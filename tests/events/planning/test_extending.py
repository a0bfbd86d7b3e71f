"""Series without end: laid out to a horizon, further every day, without touching any other row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.lunar_recurrence import LunarFrequency, LunarRecurrence, ShiftPolicy, first_lunar_match
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.expansion import expand_activity
from events.models import Activity, Booking, DayOff, Occurrence, PlannedEvent
from events.planning import ActivityChange
from events.planning.extending import extend_horizons
from events.tasks import lay_out_series
from tests.factories import at, make_activity, make_resource

if TYPE_CHECKING:
    from core.intervals import Interval

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),))
MARKET = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(2, 7, 12, 17, 22, 27))


def next_tuesday(weeks: int = 0) -> Interval:
    today = timezone.localdate()
    return at(today + timedelta(days=(1 - today.weekday()) % 7 + 7 * weeks))


def fresh(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def rows(activity: Activity) -> list[tuple[Any, ...]]:
    found = activity.occurrences.order_by("recurrence_id")
    return list(found.values_list("id", "recurrence_id", "start", "end", "status", "bookings__id"))


def agrees(activity: Activity) -> bool:
    """The index, the expansion and django-scheduler's question give the same."""
    stored = list(fresh(activity).occurrences.order_by("recurrence_id").values_list("start", flat=True))
    expanded = [slot.interval.start for slot in expand_activity(fresh(activity))]
    event = PlannedEvent.objects.get(pk=activity.event_id)
    window = (event.start - timedelta(days=40), event.start + timedelta(days=36500))
    return stored == expanded == [each.start for each in event.get_occurrences(*window)]


def test_a_series_without_end_is_laid_out_two_years_ahead() -> None:
    activity = make_activity(interval=next_tuesday(), recurrence=TUESDAYS)
    assert activity.horizon == timezone.localdate() + timedelta(days=730)
    last = activity.occurrences.latest("start").start
    assert timedelta(0) <= activity.horizon - timezone.localdate(last) < timedelta(days=7)
    assert agrees(activity)


def test_a_campaign_that_lasts_longer_sets_the_horizon(settings: Any) -> None:
    settings.PANO_HORIZON_DAYS = -100_000
    activity = make_activity(interval=at(date(2023, 8, 8)), recurrence=TUESDAYS)
    assert (activity.horizon, activity.occurrences.count()) == (date(2023, 12, 31), 21)
    late = make_activity(interval=at(date(2024, 1, 2)), recurrence=TUESDAYS)
    assert (late.horizon, late.occurrences.count()) == (date(2024, 1, 2), 1)


def test_later_days_are_added_and_nothing_else_is_written() -> None:
    team = make_resource()
    activity = make_activity(interval=next_tuesday(), recurrence=TUESDAYS, resource_ids=(team.pk,))
    other = make_activity(interval=next_tuesday(300), recurrence=TUESDAYS)
    bounded = make_activity(interval=next_tuesday(), recurrence=replace(TUESDAYS, count=4))
    Activity.objects.filter(pk=other.pk).update(horizon=timezone.localdate() + timedelta(days=9999))
    before = [rows(each) for each in (activity, other, bounded)]
    with CaptureQueriesContext(connection) as queries:
        assert extend_horizons(today=timezone.localdate() + timedelta(days=21)) == 1
    assert rows(activity)[: len(before[0])] == before[0]
    assert len(rows(activity)) == len(before[0]) + 3 == Booking.objects.filter(resource=team).count()
    assert [rows(each) for each in (other, bounded)] == before[1:]
    written = [each["sql"].split()[0] for each in queries if each["sql"].split()[0] in {"UPDATE", "DELETE", "INSERT"}]
    assert written == [
        "UPDATE",
        "INSERT",
        "INSERT",
        "INSERT",
    ]  # the activity's own row, new occurrences, bookings, mark
    assert (fresh(activity).sequence, extend_horizons(today=timezone.localdate())) == (0, 0)
    assert agrees(activity)


def test_a_new_day_that_clashes_is_skipped_with_its_reason_and_undo_still_works() -> None:
    team = make_resource("Đội 1")
    activity = make_activity(interval=next_tuesday(), recurrence=TUESDAYS, resource_ids=(team.pk,))
    last = activity.occurrences.latest("start").start
    taken = at(timezone.localdate(last) + timedelta(days=14))
    make_activity(interval=taken, resource_ids=(team.pk,), title="Hội thi")
    plan = replace(planning.plan_of(fresh(activity)), title="Mới")
    planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=None)
    extend_horizons(today=timezone.localdate() + timedelta(days=21))
    (skip,) = planning.plan_of(fresh(activity)).skipped_dates
    assert (skip.start, "Hội thi" in skip.reason, fresh(activity).sequence) == (taken.start, True, 1)
    planning.undo_step(campaign_id=activity.campaign_id, by=None)
    plan = planning.plan_of(fresh(activity))
    assert (plan.title == "Mới", plan.skipped_dates) == (False, (skip,))
    assert agrees(activity)


def test_a_series_of_too_many_days_stays_as_far_as_it_is() -> None:
    activity = make_activity(interval=next_tuesday(), recurrence=Recurrence(freq=Frequency.DAILY))
    extend_horizons(today=timezone.localdate() + timedelta(days=2000))
    assert (fresh(activity).version, fresh(activity).horizon) == (1, activity.horizon)


def test_market_days_and_working_days_are_laid_out_too() -> None:
    first = first_lunar_match(MARKET, next_tuesday().start)
    market = make_activity(interval=at(first.date()), lunar=MARKET)
    rule = replace(MARKET, days=(15,), shift=ShiftPolicy.NEXT_WORKING_DAY)
    named = first_lunar_match(rule, next_tuesday(10).start)
    DayOff.objects.create(day=named.date(), name="Nghỉ bù", source="x")
    moved = first_lunar_match(rule, next_tuesday(10).start, days_off={named.date()})
    working = make_activity(interval=at(moved.date()), lunar=rule)
    extend_horizons(today=timezone.localdate() + timedelta(days=60))
    assert (moved > named, agrees(market), agrees(working), fresh(market).sequence) == (True, True, True, 1)


def test_the_daily_task_forgets_old_results_of_tasks() -> None:
    now = timezone.now()
    common = {"task_path": lay_out_series.module_path, "args_kwargs": {"args": [], "kwargs": {}}, "backend_name": "x"}
    for status, days in (("SUCCESSFUL", 15), ("FAILED", 15), ("SUCCESSFUL", 13), ("READY", 15)):
        finished_at = None if status == "READY" else now - timedelta(days=days)
        DBTaskResult.objects.create(status=status, finished_at=finished_at, run_after=now, **common)
    lay_out_series.func()
    assert list(DBTaskResult.objects.order_by("status").values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]


def test_the_command_and_the_task_do_it() -> None:
    activity = make_activity(interval=next_tuesday(), recurrence=TUESDAYS)
    Activity.objects.filter(pk=activity.pk).update(horizon=timezone.localdate())
    Occurrence.objects.filter(activity=activity, start__gt=timezone.now() + timedelta(days=8)).delete()
    call_command("extend_series")
    assert (agrees(activity), lay_out_series.func()) == (True, 0)
    planning.delete_activities(seen={activity.uid: 2}, by=None)
    Activity.objects.filter(pk=activity.pk).update(horizon=timezone.localdate())
    assert (extend_horizons(today=timezone.localdate()), agrees(activity)) == (0, False)
