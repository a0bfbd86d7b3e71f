"""Which saves are late changes: what the next day holds, and whether it differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Activity, Status, UrgentChange
from events.planning import ActivityChange, OccurrenceChange
from events.planning.late_changes import near_now
from tests.events.late.makers import make_soon, soon
from tests.factories import make_planner, make_resource, make_site, make_venue, whole_days

pytestmark = pytest.mark.django_db


def save(activity: Activity, **fields: Any) -> Activity:
    activity = Activity.objects.get(pk=activity.pk)
    plan = replace(planning.plan_of(activity), **fields)
    return planning.change_activity(
        change=ActivityChange(uid=activity.uid, version=activity.version, plan=plan), by=None
    )


def told() -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    return [(row.before, row.after) for row in UrgentChange.objects.order_by("id")]


def statuses() -> list[tuple[str | None, str | None]]:
    return [(None if old is None else old["status"], None if new is None else new["status"]) for old, new in told()]


def test_a_new_show_of_tonight_is_told() -> None:
    venue = make_venue("Hội trường A")
    activity = make_soon(venue_ids=(venue.pk,))
    ((before, after),) = told()
    assert before is None
    assert after == {
        "recurrence_id": activity.event.start.astimezone(UTC).isoformat(),
        "title": activity.event.title,
        "start": activity.event.start.astimezone(UTC).isoformat(),
        "end": activity.event.end.astimezone(UTC).isoformat(),
        "all_day": False,
        "status": "confirmed",
        "places": ["Hội trường A"],
    }


@pytest.mark.parametrize("status", [Status.DRAFT, Status.TENTATIVE, Status.CANCELLED])
def test_what_nobody_counts_on_is_not_told(status: Status) -> None:
    save(make_soon(status=status), interval=soon(5))
    assert told() == []


def test_what_lies_further_ahead_is_not_told() -> None:
    save(make_soon(30), interval=soon(40))
    assert told() == []


@pytest.mark.parametrize(("before", "after"), [(3, 5), (3, 48), (48, 3)])
def test_a_show_moved_into_within_or_out_of_the_next_day_is_told(before: float, after: float) -> None:
    activity = make_soon(before)
    UrgentChange.objects.all().delete()
    save(activity, interval=soon(after))
    ((old, new),) = told()
    assert old is not None
    assert new is not None
    assert (old["start"], new["start"]) == tuple(
        soon(hours).start.astimezone(UTC).isoformat() for hours in (before, after)
    )
    assert UrgentChange.objects.get().recurrence_id == soon(after).start


def test_another_place_is_told_and_another_name_is_not() -> None:
    activity = make_soon(venue_ids=(make_venue("Hội trường A").pk,))
    UrgentChange.objects.all().delete()
    save(activity, title="Tên khác", expected_audience=300)
    assert told() == []
    save(activity, venue_ids=(make_venue("Hội trường B").pk,), site_ids=(make_site("Cổng chào").pk,))
    assert [(old and old["places"], new and new["places"]) for old, new in told()] == [
        (["Hội trường A"], ["Hội trường B", "Cổng chào"])
    ]


def test_calling_off_and_letting_it_take_place_again_are_told() -> None:
    activity = make_soon()
    UrgentChange.objects.all().delete()
    for status in (Status.POSTPONED, Status.CANCELLED, Status.CONFIRMED, Status.DONE):
        version = Activity.objects.get(pk=activity.pk).version
        planning.set_status(uid=activity.uid, version=version, status=status, reason="Mưa lớn", by=None)
    assert statuses() == [("confirmed", "postponed"), ("cancelled", "confirmed")]


def test_deleting_is_told_and_undoing_it_too() -> None:
    activity, planner = make_soon(), make_planner()
    UrgentChange.objects.all().delete()
    planning.delete_activities(seen={activity.uid: activity.version}, by=planner)
    planning.undo_step(campaign_id=activity.campaign_id, by=planner)
    assert statuses() == [("confirmed", "cancelled"), ("cancelled", "confirmed")]


def test_one_occurrence_of_a_series_is_told_alone() -> None:
    activity = make_soon(recurrence=Recurrence(freq=Frequency.DAILY, count=10))
    UrgentChange.objects.all().delete()
    first = soon()
    key = OccurrenceKey(activity.uid, first.start)
    planning.change_occurrence(
        change=OccurrenceChange(key=key, version=activity.version, interval=first.shifted(timedelta(hours=1))), by=None
    )
    assert [row.recurrence_id for row in UrgentChange.objects.all()] == [first.start]


def test_a_series_moved_by_an_hour_is_told_for_the_next_day_alone() -> None:
    activity = make_soon(recurrence=Recurrence(freq=Frequency.DAILY, count=10))
    UrgentChange.objects.all().delete()
    save(activity, interval=soon(4))
    assert [(old and old["start"], new and new["start"]) for old, new in told()] == [
        (soon(3).start.astimezone(UTC).isoformat(), soon(4).start.astimezone(UTC).isoformat())
    ]


def test_a_date_that_falls_away_is_told_as_gone() -> None:
    activity = make_soon(recurrence=Recurrence(freq=Frequency.DAILY, count=10))
    UrgentChange.objects.all().delete()
    save(activity, excluded_dates=(soon().start,))
    assert statuses() == [("confirmed", None)]


def test_a_display_whose_last_day_changes_far_ahead_is_not_told_but_taking_it_down_is() -> None:
    today = timezone.localdate()
    activity = make_soon(**whole_days(today - timedelta(days=5), today + timedelta(days=20)))
    UrgentChange.objects.all().delete()
    save(activity, **whole_days(today - timedelta(days=5), today + timedelta(days=30)))
    assert told() == []
    save(activity, status=Status.SUSPENDED, status_reason="Bão")
    assert statuses() == [("confirmed", "suspended")]


def test_what_is_over_is_not_told() -> None:
    save(make_soon(-5), interval=soon(-10))
    assert told() == []


def test_words_and_far_edits_cost_no_more_than_one_query() -> None:
    far = make_soon(72, resource_ids=(make_resource().pk,))
    with CaptureQueriesContext(connection) as none:
        save(far, title="Tên khác")
    asked = [query["sql"] for query in none if "events_occurrence" in query["sql"] and "end" in query["sql"]]
    with CaptureQueriesContext(connection) as queries:
        assert near_now([], material=(), now=timezone.now()) == []
    assert (len(queries), [sql for sql in asked if '"start" <' in sql]) == (0, [])
