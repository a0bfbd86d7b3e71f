"""A series into occurrences; the index and django-scheduler's own question agree with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.intervals import Interval
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, Weekday, first_match
from events import planning
from events.expansion import Override, Slot, expand_activity, expand_series
from events.models import Activity, PlannedEvent
from tests.factories import at, make_activity, make_campaign, make_plan

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from events.planning import ActivityPlan

MONDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(0),), until=date(2023, 8, 28))
FIRST = at(date(2023, 8, 7))


def weeks(number: int) -> Interval:
    return FIRST.shifted(timedelta(weeks=number))


def test_a_one_off_has_one_occurrence() -> None:
    assert expand_series(first=FIRST, rule=None) == (Slot(recurrence_id=FIRST.start, interval=FIRST),)


def test_excluded_dates_win_over_the_rule_and_over_extra_dates() -> None:
    extra = at(date(2023, 8, 9)).start
    slots = expand_series(
        first=FIRST,
        rule=MONDAYS,
        extra_dates=(extra, weeks(2).start),
        excluded_dates=(weeks(1).start, weeks(2).start),
    )
    assert [slot.recurrence_id for slot in slots] == [FIRST.start, extra, weeks(3).start]


def test_an_override_keeps_the_identity_of_what_it_moves() -> None:
    moved = weeks(1).shifted(timedelta(days=1))
    slots = expand_series(first=FIRST, rule=MONDAYS, overrides={weeks(1).start: Override(interval=moved, title="Dời")})
    assert slots[1] == Slot(recurrence_id=weeks(1).start, interval=moved, title="Dời")


def test_an_override_of_a_start_the_series_lacks_is_ignored() -> None:
    stray = Override(interval=weeks(9), is_cancelled=True)
    assert expand_series(first=FIRST, rule=MONDAYS, overrides={weeks(9).start: stray}) == expand_series(
        first=FIRST, rule=MONDAYS
    )


@st.composite
def plans(draw: DrawFn) -> ActivityPlan:
    """Legal weekly and monthly plans with excluded and extra dates."""
    start = at(
        date(2023, 5, 1) + timedelta(days=draw(st.integers(0, 200))),
        draw(st.sampled_from(["00:30", "06:00", "19:30", "23:00"])),
        hours=draw(st.sampled_from([1, 2.5, 30])),
    )
    days = tuple(Weekday(day) for day in sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3))))
    weekly = Recurrence(freq=Frequency.WEEKLY, by_weekday=days, count=draw(st.integers(1, 8)))
    monthly = Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 15), count=draw(st.integers(1, 6)))
    rule = draw(st.sampled_from([None, weekly, monthly]))
    if rule is not None:
        start = Interval(first := first_match(rule, start.start), first + start.duration)
    later = start.start + timedelta(days=3, hours=1)
    extra = draw(st.sampled_from([(), (later,)]))
    plan = make_plan_unsaved(interval=start, recurrence=rule, extra_dates=extra)
    starts = [slot.recurrence_id for slot in expand_series(first=start, rule=rule, extra_dates=extra)]
    return replace(plan, excluded_dates=tuple(starts[1::3]))


def make_plan_unsaved(**fields: Any) -> ActivityPlan:
    return planning.ActivityPlan(
        campaign_id=0, code="A", title="A", kind="exhibition", status="confirmed", area_id=0, lead_unit_id=0, **fields
    )


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_the_index_and_django_scheduler_agree_with_the_expansion(plan: ActivityPlan) -> None:
    Activity.objects.all().delete()
    base = make_plan()
    keys = {name: getattr(base, name) for name in ("campaign_id", "code", "area_id", "lead_unit_id")}
    activity = planning.plan_activity(plan=replace(plan, **keys), by=None)
    slots = expand_activity(activity)
    rows = activity.occurrences.order_by("recurrence_id").values_list("recurrence_id", "start", "end")
    assert list(rows) == [(s.recurrence_id, s.interval.start, s.interval.end) for s in slots]
    window = (plan.interval.start - timedelta(days=1), plan.interval.start + timedelta(days=400))
    asked = PlannedEvent.objects.get(pk=activity.event_id).get_occurrences(*window)
    assert [(o.start, o.end) for o in asked] == [(s.interval.start, s.interval.end) for s in slots]


@pytest.mark.django_db
def test_get_occurrences_leaves_out_what_is_cancelled_or_outside_the_window() -> None:
    activity = make_activity(interval=FIRST, recurrence=MONDAYS)
    row = activity.occurrences.get(recurrence_id=weeks(1).start)
    key = OccurrenceKey(activity.uid, row.recurrence_id)
    planning.change_occurrence(change=planning.OccurrenceChange(key=key, version=1, interval=None), by=None)
    event = PlannedEvent.objects.get(pk=activity.event_id)
    found = event.get_occurrences(weeks(0).end, weeks(3).start)
    assert [o.start for o in found] == [weeks(2).start]


@pytest.mark.django_db
def test_unsaved_edits_count() -> None:
    event = make_activity(interval=FIRST, campaign_id=make_campaign("khac").pk).event
    event.title = "Chưa lưu"
    assert [o.title for o in event.get_occurrences(FIRST.start, FIRST.end)] == ["Chưa lưu"]
