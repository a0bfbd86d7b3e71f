"""Saving tours: who may, what must hold, what the trail keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, PlanRejected, StalePlan
from mobile_teams.commands import StopPlan
from mobile_teams.models import Stop, Tour
from mobile_teams.planning import save_tour, tour_plan_of
from tests.factories import make_area, make_campaign, make_planner, make_unit, make_user
from tests.mobile_teams.makers import make_show, make_team, make_tour, make_vehicle, plan_tour
from units.models import AuditEntry, Role

pytestmark = pytest.mark.django_db


def stops_of(tour: Tour) -> list[tuple[int, str]]:
    return list(tour.stops.order_by("position").values_list("position", "activity__code"))


def test_a_tour_is_stored_with_its_stops_in_order_and_audited() -> None:
    alice, team, campaign = make_planner("Alice"), make_team(), make_campaign()
    shows = [make_show(team, campaign=campaign, day=day) for day in (8, 9)]
    tour = save_tour(plan=plan_tour(team, *shows, departs_at=time(16)), by=alice)
    assert stops_of(tour) == [(1, shows[0].code), (2, shows[1].code)]
    assert (tour.depot, tour.departs_at, tour.version) == (team.depot, time(16), 1)
    entry = AuditEntry.objects.get(subject_type="mobile_teams.tour")
    assert (entry.actor, entry.verb, entry.before, len((entry.after or {})["stops"])) == (alice, "plan", None, 2)


def test_saving_what_is_stored_writes_nothing() -> None:
    tour = make_tour(days=(8, 9))
    trail = AuditEntry.objects.count()
    again = save_tour(plan=tour_plan_of(tour), by=None)
    assert (again.version, AuditEntry.objects.count()) == (1, trail)


def test_stops_that_stay_keep_their_rows() -> None:
    team, campaign = make_team(), make_campaign()
    first, second, third = (make_show(team, campaign=campaign, day=day) for day in (8, 9, 10))
    tour = save_tour(plan=plan_tour(team, second, third), by=None)
    kept = Stop.objects.get(activity=second).pk
    stops = (StopPlan(activity_id=first.pk), StopPlan(activity_id=second.pk, rain_plan="Trong nhà"))
    tour = save_tour(plan=replace(plan_tour(team, first), stops=stops), by=None)
    assert stops_of(tour) == [(1, first.code), (2, second.code)]
    stop = Stop.objects.get(activity=second)
    assert (stop.pk, stop.rain_plan, tour.version) == (kept, "Trong nhà", 2)


def test_a_change_leaves_before_and_after_in_the_trail() -> None:
    tour = make_tour()
    save_tour(plan=replace(tour_plan_of(tour), name="Chuyến biên giới"), by=None)
    entry = AuditEntry.objects.filter(verb="change", subject_type="mobile_teams.tour").get()
    names = [(entry.before or {})["name"], (entry.after or {})["name"]]
    assert names == ["Chuyến chào mừng Ngày ASEAN", "Chuyến biên giới"]


def test_an_editor_who_comes_late_is_told() -> None:
    tour = make_tour()
    plan = replace(tour_plan_of(tour), name="Một", version=1)
    save_tour(plan=plan, by=None)
    with pytest.raises(StalePlan):
        save_tour(plan=replace(plan, name="Hai"), by=None)


def test_only_the_planner_of_the_stops_area_may() -> None:
    district, other = make_area("Huyện Cao Lộc"), make_area("Huyện Văn Lãng")
    unit = make_unit(areas=(district,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=unit)
    bob = make_user("Bob", role=Role.VIEWER, unit=unit)
    charlie = make_user("Charlie", role=Role.UNIT_PLANNER, unit=make_unit(areas=(other,)))
    team, campaign = make_team(), make_campaign()
    plan = plan_tour(team, make_show(team, campaign=campaign, area=district))
    tour = save_tour(plan=plan, by=alice)
    elsewhere = plan_tour(team, make_show(team, campaign=campaign, day=9, area=other))
    for person, wanted in ((bob, plan), (charlie, elsewhere), (alice, elsewhere)):
        with pytest.raises(NotAllowed):
            save_tour(plan=wanted, by=person)
    assert tour_plan_of(tour).stops == plan.stops


def rejected(plan: Any) -> list[str]:
    with pytest.raises(PlanRejected) as caught:
        save_tour(plan=plan, by=None)
    return [conflict.code for conflict in caught.value.conflicts]


def test_every_stop_must_take_the_team_and_the_vehicle() -> None:
    show = make_show(make_team("Đội khác"), campaign=make_campaign())
    assert rejected(plan_tour(make_team(), show, vehicle_id=make_vehicle().pk)) == ["stop-resource", "stop-resource"]


def test_a_stop_belongs_to_one_tour() -> None:
    team, campaign = make_team(), make_campaign()
    show = make_show(team, campaign=campaign)
    save_tour(plan=plan_tour(team, show), by=None)
    assert rejected(plan_tour(team, show, code="T2")) == ["stop-taken"]


def test_stops_follow_the_clock() -> None:
    team, campaign = make_team(), make_campaign()
    late, early = make_show(team, campaign=campaign, day=9), make_show(team, campaign=campaign, day=8)
    assert rejected(plan_tour(team, late, early)) == ["stop-order"]


def test_a_tour_needs_stops_that_exist() -> None:
    team = make_team()
    show = make_show(team, campaign=make_campaign())
    for stops in ((), (StopPlan(activity_id=10**6),)):
        with pytest.raises(ValidationError):
            save_tour(plan=plan_tour(team, show, stops=stops), by=None)


def test_faulty_fields_name_their_stop() -> None:
    team = make_team()
    show = make_show(team, campaign=make_campaign())
    stops = (StopPlan(activity_id=show.pk, contact_phone="0" * 31),)
    with pytest.raises(ValidationError, match=show.code):
        save_tour(plan=plan_tour(team, show, stops=stops), by=None)


def test_a_tour_without_any_depot_is_refused() -> None:
    team = make_team()
    team.depot = None
    team.save()
    show = make_show(team, campaign=make_campaign())
    with pytest.raises(ValidationError):
        save_tour(plan=plan_tour(team, show), by=None)


def test_the_queries_do_not_grow_with_the_stops(django_assert_max_num_queries: Any) -> None:
    team, campaign = make_team(), make_campaign()
    shows = [make_show(team, campaign=campaign, day=day) for day in range(8, 14)]
    for number, plan in enumerate((plan_tour(team, shows[0]), plan_tour(team, *shows))):
        with django_assert_max_num_queries(32):
            assert save_tour(plan=plan, by=None).version == number + 1
