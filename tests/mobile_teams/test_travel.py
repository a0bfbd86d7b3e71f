from datetime import time

import pytest
from pytest_django import DjangoAssertNumQueries

from events.registries import WorldScope
from events.rules.facts import PlaceFacts, TeamFacts, Travel
from mobile_teams.reading import load_graph
from mobile_teams.travel import MANY, Drives, team_facts
from tests.factories import make_resource, make_venue
from tests.mobile_teams.makers import CITY, DONG_DANG, make_road, make_team
from venues.models import PointQuality

pytestmark = pytest.mark.django_db

PLACES = {
    1: PlaceFacts(name="Thành phố", lon=CITY[0], lat=CITY[1]),
    2: PlaceFacts(name="Đồng Đăng", lon=DONG_DANG[0], lat=DONG_DANG[1]),
    3: PlaceFacts(name="Ước chừng", lon=DONG_DANG[0], lat=DONG_DANG[1], is_estimate=True),
    4: PlaceFacts(name="Chưa có tọa độ"),
}


def scope(*resources: int) -> WorldScope:
    return WorldScope(ends={}, resource_ids=frozenset(resources), places=PLACES)


def test_a_drive_over_a_sourced_road_between_known_points_is_sure() -> None:
    km = make_road().km
    drives = Drives(PLACES)
    assert drives(1, 2) == Travel(minutes=28, km=km, is_estimate=False)
    assert drives(2, 1) == drives(1, 2)


def test_a_drive_to_a_point_that_nobody_measured_is_an_estimate() -> None:
    make_road()
    drives = Drives(PLACES)
    assert drives(1, 3) == Travel(minutes=28, km=14.0, is_estimate=True)
    assert drives(2, 3) == Travel(minutes=0, km=0.0, is_estimate=False)


def test_no_way_is_known_to_a_place_without_a_point_or_without_a_row() -> None:
    drives = Drives(PLACES)
    assert [drives(1, 4), drives(4, 1), drives(1, 9), drives(9, 1)] == [None] * 4


def test_the_roads_are_read_when_first_asked_for_and_each_pair_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_road()
    with django_assert_num_queries(0):
        drives = Drives(PLACES)
    with django_assert_num_queries(2):
        drives(1, 2)
        drives(1, 2)
        drives(2, 1)


def test_the_graph_is_made_anew_when_a_road_changes() -> None:
    road = make_road()
    before = load_graph()
    assert load_graph() is before
    road.km = 20
    road.save()
    assert load_graph() is not before


def test_teams_come_with_hours_rest_and_the_way_to_their_depot() -> None:
    depot = make_venue("Kho", pk=99, lon=CITY[0], lat=CITY[1], point_quality=PointQuality.ESTIMATE)
    team = make_team("Đội 1", depot=depot)
    team.works_from, team.works_to, team.rest_weekday = time(7, 30), time(22), 0
    team.save()
    other = make_team("Đội 2")
    facts = team_facts(scope(team.resource_id, make_resource().pk))
    assert facts["teams"] == {
        team.resource_id: TeamFacts(
            name="Đội 1", works_from_min=450, works_to_min=1320, rest_weekday=0, depot_place_id=depot.pk
        )
    }
    assert facts["travel"](depot.pk, 2).is_estimate
    every = team_facts(scope(*range(1, MANY + 2), other.resource_id, team.resource_id))
    assert set(every["teams"]) == {team.resource_id, other.resource_id}
    assert every["teams"][other.resource_id].works_from_min is None


def test_without_resources_nothing_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert team_facts(scope())["teams"] == {}
