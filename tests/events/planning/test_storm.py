"""A thousand people confirm at the same moment what wants the same fifty things."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import PlanRejected
from core.intervals import Interval, overlapping_pairs
from core.vietnamese import format_interval
from events import planning
from events.models import Activity, Booking, Status
from tests.concurrency import run_at_once
from tests.factories import at, make_area, make_campaign, make_plan, make_resource, make_unit

if TYPE_CHECKING:
    from events.planning import ActivityPlan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
RESOURCES = 50
CONFIRMATIONS = int(os.environ.get("PANO_STORM", "200"))


def plan_storm() -> list[Activity]:
    """Tentative in name only: drafts, several of which want each team in overlapping evenings."""
    teams = [make_resource(f"Đội {number}") for number in range(RESOURCES)]
    common = {"campaign_id": make_campaign().pk, "area_id": make_area().pk, "lead_unit_id": make_unit().pk}

    def plan(number: int) -> ActivityPlan:
        rival = number // RESOURCES
        return make_plan(
            **common,
            code=f"A{number}",
            title=f"Buổi {number}",
            status=Status.DRAFT,
            interval=at(date(2023, 8, 8) + timedelta(days=rival // 4), f"{16 + rival % 4}:00", hours=1.5),
            resource_ids=(teams[number % RESOURCES].pk,),
        )

    return planning.plan_activities(plans=[plan(number) for number in range(CONFIRMATIONS)], by=None)


@pytest.mark.timeout(1800)
def test_each_thing_is_held_by_one_at_a_time_and_every_loser_is_told_by_whom() -> None:
    activities = plan_storm()

    def attempt(number: int) -> str:
        activity = activities[number]
        try:
            planning.set_status(uid=activity.uid, version=activity.version, status=Status.CONFIRMED, reason="", by=None)
        except PlanRejected as refused:
            return " ".join(each.message for each in refused.conflicts if each.is_blocking)
        return "won"

    outcomes = run_at_once(attempt, CONFIRMATIONS)
    held = Booking.objects.select_related("occurrence__activity__event", "resource").order_by("id")
    by_team: dict[int, list[Booking]] = {}
    for booking in held:
        by_team.setdefault(booking.resource_id, []).append(booking)
    for bookings in by_team.values():
        assert list(overlapping_pairs((each.pk, Interval(each.start, each.end)) for each in bookings)) == []
    winners = {booking.occurrence.activity.pk for booking in held}
    won = {activity.pk for activity, outcome in zip(activities, outcomes, strict=True) if outcome == "won"}
    confirmed = set(Activity.objects.filter(status=Status.CONFIRMED).values_list("pk", flat=True))
    assert winners == won == confirmed
    assert Counter(outcome == "won" for outcome in outcomes)[False] == CONFIRMATIONS - len(won) > 0
    for activity, told in zip(activities, outcomes, strict=True):
        if told != "won":
            rivals = by_team[planning.plan_of(activity).resource_ids[0]]
            assert any(_names(told, booking) for booking in rivals), told


def _names(told: str, booking: Booking) -> bool:
    holder = f"«{booking.occurrence.activity.event.title}»"
    return holder in told and format_interval(Interval(booking.start, booking.end)) in told
