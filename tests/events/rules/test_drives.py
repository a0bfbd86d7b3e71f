"""Kilometres of a day: from the depot by every stop and back."""

from datetime import date, datetime

from core.clock import to_seconds
from core.intervals import LOCAL_ZONE
from events.rules.drives import Drives, drives_of
from events.rules.facts import ActivityFacts, Task, TeamFacts, Travel, World

TEAM, VEHICLE, DEPOT, LOC_BINH, NA_SAM, NOWHERE = 1, 2, 10, 11, 12, 13
ROADS = {(DEPOT, LOC_BINH): (24.0, False), (LOC_BINH, NA_SAM): (50.25, True), (DEPOT, NA_SAM): (30.0, False)}


def travel(start: int, end: int) -> Travel | None:
    found = ROADS.get((start, end)) or ROADS.get((end, start))
    return None if found is None else Travel(minutes=found[0] * 2, km=found[0], is_estimate=found[1])


def world(*, depot: int | None) -> World:
    return World(today=date(2026, 1, 1), teams={TEAM: TeamFacts(name="Đội 1", depot_place_id=depot)}, travel=travel)


def task(day: int, hour: int, *places: int, resources: tuple[int, ...] = (TEAM,)) -> Task:
    start = to_seconds(datetime(2026, 8, day, hour, tzinfo=LOCAL_ZONE))
    facts = ActivityFacts(uid="a")
    return Task("a", start, start, start + 7200, resources, places, facts, True, True, "Đêm văn nghệ")


def test_a_day_leads_from_the_depot_by_every_stop_in_order_and_back() -> None:
    tasks = [task(8, 19, NA_SAM), task(8, 8, LOC_BINH), task(9, 19, LOC_BINH)]
    assert drives_of(tasks, world(depot=DEPOT)) == Drives(km=152.2, legs=5, unknown=0, is_estimate=True)


def test_without_a_depot_only_drives_between_stops_count() -> None:
    assert drives_of([task(8, 8, LOC_BINH), task(8, 19, NA_SAM)], world(depot=None)).km == 50.2


def test_staying_at_a_place_is_no_drive() -> None:
    tasks = [task(8, 8, LOC_BINH), task(8, 14, LOC_BINH)]
    assert drives_of(tasks, world(depot=DEPOT)) == Drives(km=48.0, legs=2)


def test_what_has_no_place_or_no_road_is_counted_as_unknown() -> None:
    assert drives_of([task(8, 8), task(9, 8, NOWHERE)], world(depot=DEPOT)) == Drives(unknown=4)


def test_only_teams_drive() -> None:
    assert drives_of([task(8, 8, LOC_BINH, resources=(VEHICLE,))], world(depot=DEPOT)) == Drives()
