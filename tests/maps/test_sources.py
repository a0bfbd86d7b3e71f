"""What the layers read: filters, visibility and cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.intervals import day_interval
from events import planning
from events.models import Status
from events.programme import Scope
from maps import sources
from mobile_teams.planning import save_tour
from tests.factories import make_activity, make_area, make_campaign, make_face, make_planner, make_site, make_venue
from tests.mobile_teams.makers import make_road, make_show, make_team, make_tour, plan_tour
from units.permissions import viewer_of
from venues.models import AreaLevel

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from maps.outputs.geojson import FeatureCollection

pytestmark = pytest.mark.django_db
VISITOR = viewer_of(None)
AUGUST = day_interval(date(2023, 8, 1), date(2023, 8, 31))


def titles(layer: FeatureCollection) -> list[str]:
    return [each["properties"]["title"] for each in layer["features"]]


def venues(**scope: object) -> FeatureCollection:
    return sources.venues(window=None, scope=Scope(**scope), viewer=VISITOR)  # type: ignore[arg-type]


def tours() -> FeatureCollection:
    return sources.tours(window=AUGUST, scope=Scope(), viewer=VISITOR)


def test_activities_are_those_the_viewer_may_see() -> None:
    venue = make_venue()
    for title, status in (("Công khai", Status.CONFIRMED), ("Bản nháp", Status.DRAFT)):
        make_activity(title=title, status=status, venue_ids=(venue.pk,))
    seen = {
        viewer: titles(sources.activities(window=AUGUST, scope=Scope(), viewer=viewer))
        for viewer in (VISITOR, viewer_of(make_planner()))
    }
    assert [sorted(each) for each in seen.values()] == [["Công khai"], ["Bản nháp", "Công khai"]]


def test_venues_in_use_are_drawn() -> None:
    make_venue("Bảo tàng")
    make_venue("Rạp cũ", is_active=False)
    assert titles(venues()) == ["Bảo tàng"]


def test_venues_are_narrowed_by_area_with_all_below_it_and_by_text() -> None:
    district = make_area("Huyện Cao Lộc")
    commune = make_area("Thị trấn Đồng Đăng", level=AreaLevel.COMMUNE, parent=district)
    make_venue("Nhà văn hóa Đồng Đăng", area=commune)
    make_venue("Sân vận động", area=district)
    make_venue("Chợ", area=make_area("Huyện Lộc Bình"))
    found = (titles(venues(areas=(district.slug,))), titles(venues(query="dong dang")))
    assert found == (["Nhà văn hóa Đồng Đăng", "Sân vận động"], ["Nhà văn hóa Đồng Đăng"])


def test_faces_are_drawn_at_their_site_with_their_size() -> None:
    area = make_area("Huyện Cao Lộc")
    site = make_site("Cụm cổ động", area=area)
    face = make_face(site, name="Mặt A")
    face.width_m, face.height_m = 10, 4
    face.save()
    make_face(site, name="Mặt B")
    make_face(name="Mặt nơi khác")
    layer = sources.faces(window=None, scope=Scope(areas=(area.slug,)), viewer=VISITOR)
    drawn = [(each["properties"]["title"], each["properties"]["size"]) for each in layer["features"]]
    assert drawn == [("Mặt A", "10 × 4 m"), ("Mặt B", "")]


def test_a_tour_follows_the_roads_to_its_stops_in_order_and_home() -> None:
    make_road()
    tour = make_tour(days=(8, 9))
    line, *stops = tours()["features"]
    city, town = [106.76101, 21.85264], [106.69802, 21.95091]
    assert (line["id"], line["geometry"]["coordinates"]) == (f"tour-{tour.pk}", [city, town, city, town, city])
    assert (line["properties"]["km"], line["properties"]["is_estimate"]) == (56.0, False)
    assert [(stop["properties"]["number"], stop["geometry"]["coordinates"]) for stop in stops] == [(1, town), (2, town)]


def test_a_cancelled_evening_keeps_its_number_and_is_not_driven_to() -> None:
    make_road()
    tour, planner = make_tour(days=(8, 9)), make_planner()
    off = tour.stops.get(position=2).activity
    planning.set_status(uid=off.uid, version=off.version, status=Status.CANCELLED, reason="Mưa bão", by=planner)
    line, *stops = tours()["features"]
    assert (line["properties"]["km"], [stop["properties"]["is_off"] for stop in stops]) == (28.0, [False, True])


def test_a_tour_whose_places_have_no_points_is_omitted_as_a_whole() -> None:
    team, campaign = make_team(), make_campaign()
    show = make_show(team, campaign=campaign, venue=make_venue("Sân xã", lon=None, lat=None))
    tour = save_tour(plan=plan_tour(team, show), by=None)
    assert [each["key"] for each in tours()["omitted"]] == [f"tour-{tour.pk}", f"tour-{tour.pk}/1"]


def test_a_tour_outside_the_window_or_that_the_viewer_may_not_see_is_left_out() -> None:
    make_tour(days=(8,), team=make_team("Đội 1"))
    team, campaign = make_team("Đội 2"), make_campaign()
    draft = make_show(team, campaign=campaign, day=9, status=Status.DRAFT)
    save_tour(plan=plan_tour(team, draft), by=None)
    september = day_interval(date(2023, 9, 1), date(2023, 9, 30))
    later = sources.tours(window=september, scope=Scope(), viewer=VISITOR)
    assert (len(tours()["features"]), len(later["features"])) == (2, 0)


@pytest.mark.parametrize("name", ["activities", "venues", "faces", "tours"])
def test_a_layer_costs_the_same_for_one_and_for_three(
    name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cost = {"activities": 5, "venues": 1, "faces": 1, "tours": 19}[name]
    for number in (1, 2, 3):
        make_face()
        make_tour(days=(number,), code=f"T{number}")
        if number != 2:
            with django_assert_num_queries(cost):
                getattr(sources, name)(window=AUGUST, scope=Scope(), viewer=VISITOR)
